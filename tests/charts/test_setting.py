"""Pictures come of every chart, whatever was typed; what members typed is text to typst and nothing else."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from bot.charts import fonts, pairs, results, rounds, scores, setting
from bot.charts.data import chart_json
from bot.charts.setting import TEMPLATES, Setter, Undrawn
from bot.core.chart import Bar, Bars, Chart
from bot.core.counting.values import Form
from tests.charts.subjects import counted, profile, subject


@pytest.fixture(scope="module")
def setter() -> Iterator[Setter]:
    """One typesetter for all, as the program has one."""
    made = Setter()
    yield made
    made.close()


def chart(*labels: str, title: str = "Which?") -> Chart:
    """Bars with these labels."""
    bars = tuple(Bar(chr(65 + n), label, "1 vote", 0.5) for n, label in enumerate(labels))
    return Chart(title, "", Bars(bars), "", "alt")


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a picture."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


DRAWN = {
    "results": lambda: results.results(subject(counted("plurality"))),
    "duels": lambda: results.results(subject(counted("schulze"))),
    "rounds": lambda: rounds.rounds(subject(counted("irv"))),
    "many rounds": lambda: rounds.rounds(subject(counted("stv", 25))),
    "stages": lambda: rounds.rounds(subject(counted("star"))),
    "scores": lambda: scores.scores(subject(counted("star")), profile(Form.SCORES)),
    "pairs": lambda: pairs.pairs(subject(counted("schulze"))),
    "many pairs": lambda: pairs.pairs(subject(counted("schulze", 25))),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_becomes_a_picture(setter: Setter, name: str, theme: str) -> None:
    """As wide as a phone is read, at twice its pixels."""
    assert size(setter.set("picture.typ", chart_json(DRAWN[name](), theme), "png"))[0] == 840


def test_a_long_label_takes_more_lines_and_nothing_runs_out(setter: Setter) -> None:
    """One of 95 signs without a space too: the picture grows in height."""
    short = size(setter.set("picture.typ", chart_json(chart("x"), "light"), "png"))
    long = size(setter.set("picture.typ", chart_json(chart("W" * 95), "light"), "png"))
    assert long[0] == short[0] and long[1] > short[1] + 60


HOSTILE = [
    "#panic()",
    '#import "look.typ"',
    '$ #read("look.typ") $',
    "\\u{0} \" ' ` \\",
    "*a* _b_ `c` // d /* e",
    "<label> @ref #[",
    "\ud800 lone",
    "\u202e\u0000\u0007",
    "= heading\n- list",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_never_run(setter: Setter, text: str) -> None:
    """A command would stop the picture or change it: as a title, a label and in a document."""
    assert size(setter.set("picture.typ", chart_json(chart(text, title=text), "light"), "png"))[0] == 840


def test_typed_markup_stands_as_typed(setter: Setter) -> None:
    """Each sign of it is in the document's text."""
    import pypdfium2

    made = setter.set("picture.typ", chart_json(chart("#panic() *bold* $x^2$"), "light"), "pdf")
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert "#panic() *bold* $x^2$" in text


def test_missing_fonts_leave_boxes_not_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system has neither CJK nor emoji, the rest of the picture is there."""
    monkeypatch.setattr(fonts, "SINGLE", tmp_path)
    monkeypatch.setattr(fonts, "COLLECTED", tmp_path)
    fonts._place.cache_clear()
    bare = Setter()
    try:
        assert fonts.needed("星期三 🗳️ ערב") == frozenset()
        assert size(bare.set("picture.typ", chart_json(chart("星期三 🗳️ ערב"), "light"), "png"))[0] == 840
    finally:
        bare.close()
        fonts._place.cache_clear()


def test_only_the_fonts_that_a_text_needs_are_taken(tmp_path: Path) -> None:
    """Shipped scripts need none; what is gathered is linked or copied into a folder of our own."""
    assert fonts.needed("Lunes, ñandú, Ελλάδα, Москва, مساءً") == frozenset()
    for name in fonts.needed("ערב ไทย 星期三"):
        assert "Noto" in name
    fonts.gather(tmp_path, fonts.needed("ערב"))
    fonts.gather(tmp_path, fonts.needed("ערב"))  # a second time changes nothing
    assert all(path.exists() for path in tmp_path.iterdir())


def test_the_folder_of_fonts_is_taken_away() -> None:
    """Nothing is left in the system's temporary folder."""
    made = Setter()
    made.set("picture.typ", chart_json(chart("x"), "light"), "png")
    folder = Path(made._folder.name)
    assert folder.is_dir()
    made.close()
    assert not folder.exists()


def test_without_typst_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra may be missing."""
    monkeypatch.setattr(setting, "find_spec", lambda name: None)
    with pytest.raises(Undrawn, match="not installed"):
        Setter().set("picture.typ", "{}", "png")


def test_what_typst_refuses_is_a_fact_of_ours(setter: Setter) -> None:
    """Whatever goes wrong in there."""
    with pytest.raises(Undrawn):
        setter.set("picture.typ", "no json", "png")


# The look


def themes() -> dict[str, dict[str, str]]:
    """The colours as the templates have them."""
    source = (TEMPLATES / "look.typ").read_text("utf-8")
    found = re.findall(r"(light|dark): \((.*?\"\))\),\n", source, re.DOTALL)
    return {name: dict(re.findall(r"(\w+): rgb\(\"(#\w{6})\"\)", colours)) for name, colours in found}


def contrast(one: str, other: str) -> float:
    """By WCAG 2: 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read(theme: str) -> None:
    """4.5:1 for texts on what they stand on, 3:1 for bars on paper."""
    c = themes()[theme]
    texts = [("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("accent", "tint"), ("on", "accent")]
    assert {pair: contrast(c[pair[0]], c[pair[1]]) for pair in texts if contrast(c[pair[0]], c[pair[1]]) < 4.5} == {}
    assert min(contrast(c[bar], c["paper"]) for bar in ("plain", "accent")) >= 3


def test_both_themes_have_the_same_colours_and_none_is_twice() -> None:
    """A colour has one meaning."""
    light, dark = themes()["light"], themes()["dark"]
    assert set(light) == set(dark)
    assert all(a != b for theme in (light, dark) for a, b in combinations(theme.values(), 2))

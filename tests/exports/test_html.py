"""A report is one page that runs nothing and fetches nothing, whatever was typed, and that everybody can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.core.poll.breakdown import Breakdown
from bot.core.poll.values import Ballot, Edit, Poll, PollOption, Results, State
from bot.core.record import Line, Picture, PollRecord
from bot.exports.files import poll_files
from bot.i18n import words
from tests.exports.records import OPENED, countable, kept, poll, record

VOID = {"meta", "img", "source", "br"}
HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "picture": "</style><img src=x onerror=alert(1)>",
    "comment": "<!-- --><base href=//x.example>",
    "attribute": '" onmouseover="alert(1)\' autofocus=',
    "entity": "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "turned around": "\u202egnihton \u2066inside",
    "controls": "a\x00b\x1b[31mc",
    "half a sign": "\ud800x",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1f2\U0001f1fd",
    "Arabic": "خط جديد للحافلات",
    "Chinese": "夜間巴士",
    "braces": "{n, plural} {{x}} %s",
}
KINDS = [pytest.param(p, ballots, id=f"{p.kind}-{p.method}-{p.named}") for p, ballots in countable()]


class Page(HTMLParser):
    """What a browser makes of a page: every element with its attributes, and the texts."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(data.decode("utf-8"))
        assert not self.open

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Its end, which must be the innermost."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """A text, with the element that it is in."""
        self.inside.append((self.open[-1] if self.open else "", data))

    def named(self, name: str) -> list[dict[str, str]]:
        """The attributes of every element of a name."""
        return [attributes for tag, attributes in self.elements if tag == name]

    def texts(self, *but: str) -> str:
        """All texts, but for those in some elements."""
        return "".join(data for tag, data in self.inside if tag not in but)


def page(made: PollRecord, ballots: Sequence[Ballot] = (), locale: str = "en") -> Page:
    """The report, read."""
    (file,) = poll_files(made, "html", words(locale), ballots)
    assert (file.name, file.mime) == ("poll-7.html", "text/html")
    return Page(file.data)


def everything(asked: Poll, text: str) -> PollRecord:
    """A record in which every text of somebody's is this one."""
    options = tuple(PollOption(option.id, option.text and f"{text}{n}") for n, option in enumerate(asked.options))
    rules = replace(asked.rules, role_names=(text,), breakdown="role:5", breakdown_name=text)
    edits = (Edit(OPENED, "", text, "now"), Edit(OPENED, options[0].id, text, "now"))
    turned = replace(asked, question=text, options=options, rules=rules, edits=edits, wordings={})
    counts = {option.id: 6 for option in options}
    made = record(turned, breakdown=Breakdown((21, 15), (counts, counts)), transcript=(Line(OPENED, text, text),))
    return replace(made, place_name=text, pictures=(Picture("results", f"<svg>{text}", f"<svg>{text}", text),))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("asked", [poll(), poll(kind="ranked", method="irv"), poll(kind="score", named=True)])
def test_no_text_becomes_markup(text: str, asked: Poll) -> None:
    """The elements are the same as with harmless texts, and so are their attributes; the text itself can be read."""
    hostile, harmless = page(everything(asked, text)), page(everything(asked, "harmless"))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in harmless.elements]
    assert [sorted(given) for _, given in hostile.elements] == [sorted(given) for _, given in harmless.elements]
    bare = re.sub("[\x00\x1b\ud800\u202e\u2066]", "", text)
    assert hostile.texts("style").count(bare) >= 8
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", hostile.texts("style"))


@pytest.mark.parametrize(("asked", "ballots"), KINDS)
@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_page_stands_alone_and_is_well_made(asked: Poll, ballots: list[Ballot], locale: str) -> None:
    """No script, nothing from elsewhere; language, one h1, headings in order, tables with captions and scopes."""
    made = record(asked, ballots, pictures=(Picture("results", "<svg/>", "<svg/>", "What it shows"),))
    found = page(made, ballots, locale)
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base", "svg", "a"}
    for _, given in found.elements:
        assert not [name for name in given if name.startswith("on")]
        for value in (given.get("src", ""), given.get("srcset", "")):
            assert value == "" or value.startswith("data:image/svg+xml;base64,")
    style = "".join(data for tag, data in found.inside if tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    assert any("default-src 'none'" in given.get("content", "") for given in found.named("meta"))
    assert found.named("html")[0]["lang"] == locale
    levels = [tag for tag in (tag for tag, _ in found.elements) if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == "h1"
    assert set(levels[1:]) == {"h2"}
    assert len(found.named("caption")) == len(found.named("table")) > 0
    assert all(given.get("scope") in ("col", "row") for given in found.named("th"))
    assert all(given.get("alt") for given in found.named("img"))


def test_what_a_report_tells() -> None:
    """Question, verdict, turnout, rounds, pairs, other methods, rules, edits, root, how to check, transcript."""
    asked = poll(kind="ranked", method="irv")
    cast = kept(asked, [{"a": 1}] * 4 + [{"b": 1, "a": 2}] * 2 + [{"c": 1, "b": 2}] * 3)
    made = record(asked, cast)
    text = page(made).texts("style")
    for said in (
        "Which of these?", "Result: A · Yes.", "9 of 312 members voted. It describes these voters only.",
        "Round 1 of 2", "From B: 2 to A.", "Schulze (winning votes)", "instant runoff (IRV)",
        "Edited while the poll ran",
        "One against one", made.poll.root or "", made.poll.salt, "tertulia verify", "and nothing more", "Tea for all",
        "Ada", "Source: poll 7 of The town",
    ):  # fmt: skip
        assert said in text, said


def test_an_open_poll_says_that_it_is_open() -> None:
    """And has no root yet."""
    text = page(record(poll(named=True, results=Results.LIVE, state=State.OPEN))).texts("style")
    assert "still open" in text
    assert "Check it yourself" not in text


def test_a_withheld_result_shows_the_options_alone() -> None:
    """With the reason, and without the promise that it can be recounted."""
    few = kept(poll())[:3]
    found = page(record(poll(), few), few)
    assert "withheld" in found.texts("style")
    assert "holds every ballot" not in found.texts("style")
    assert not found.named("table")


def test_a_missed_quorum_elects_nobody() -> None:
    """No winner is marked."""
    found = page(record(poll(kind="ranked", quorum=7), kept(poll(), [{"a": 1}] * 6)))
    assert "quorum" in found.texts("style").lower()
    assert not [given for given in found.named("span") if "won" in given.get("class", "").split()]


def test_a_picture_serves_light_and_dark() -> None:
    """The dark one on dark screens alone; its words are its alternative, and the bars are left to it."""
    drawn = record(poll(), pictures=(Picture("results", "<svg>l", "<svg>d", "A 3, B 1, C 3"),))
    found = page(drawn)
    assert found.named("img")[0]["alt"] == "A 3, B 1, C 3"
    assert found.named("source")[0]["media"] == "screen and (prefers-color-scheme: dark)"
    assert not [given for given in found.named("span") if given.get("class", "").startswith("bar")]
    assert [given for given in page(record(poll())).named("span") if given.get("class", "").startswith("bar")]

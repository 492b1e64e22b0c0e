"""`tertulia check` says everything at once and ends with the right code."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.check import run
from bot.content.ready import ready_polls
from bot.core.ready import ReadyOption

Write = Callable[..., Path]

POLLS = """\
- id: r-calm
  article: slow-streets
  item: t-calm
  kind: support
  question: {en: "Calmer streets?", es: "¿Calles más calmadas?"}
- id: r-where
  article: slow-streets
  kind: multiple
  question: {en: "Where?", es: "¿Dónde?"}
  options:
    - {id: o-school, en: "At schools", es: "En las escuelas"}
    - {id: o-all, en: "Everywhere", es: "En todas partes"}
  min: 1
  max: 2
"""


def check(*paths: Path) -> tuple[int, str]:
    out = io.StringIO()
    return run(paths, out), out.getvalue()


def test_sound_packs_get_a_line_each(pack_folder: Write) -> None:
    """The line says id, languages, counts and version."""
    code, said = check(pack_folder())
    assert code == 0
    assert said.startswith("slow-streets: en, es; 2 sections, 1 takeaways, 1 pros, 1 cons, 0 actions; version ")


def test_a_folder_of_packs_is_checked_pack_by_pack(pack_folder: Write) -> None:
    """A folder without language files stands for the packs in it."""
    folder = pack_folder("one")
    pack_folder("two")
    code, said = check(folder.parent)
    assert (code, [line.split(":")[0] for line in said.splitlines()]) == (0, ["one", "two"])


def test_a_single_file_is_checked_by_itself(pack_folder: Write, english: str) -> None:
    """A file alone is not compared with its neighbours, but its own faults are found."""
    folder = pack_folder(en=english.replace("id: t-calm", "id: t-new"))
    assert check(folder / "en.yaml")[0] == 0
    (folder / "en.yaml").write_text(english.replace("id: t-calm", "id: t new"))
    assert check(folder / "en.yaml") == (
        1,
        (
            f"{folder}/en.yaml:23: takeaways[t new].id: “t new” is no id: use a-z, 0-9 and single hyphens, "
            "as in “rent-cap”\n1 problem.\n"
        ),
    )


def test_what_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    """A mistyped path must not pass for a sound pack."""
    code, said = check(tmp_path / "nowhere", tmp_path)
    assert code == 1
    assert "nowhere:1: there is no such file or folder" in said
    assert "holds no language file" in said


def test_what_ships_is_sound() -> None:
    """Without paths, the project's own packs and polls are checked, and they pass."""
    code, said = check()
    assert code == 0, said


FAULTS = [
    pytest.param("", "", [], id="sound"),
    pytest.param(
        "t-calm",
        "t-clam",
        ["3: [r-calm].item: “slow-streets” has no item “t-clam” (did you mean “t-calm”?)"],
        id="unknown item",
    ),
    pytest.param(
        "article: slow-streets",
        "article: slow-street",
        ["2: [r-calm].article: there is no article “slow-street” (did you mean “slow-streets”?)"],
        id="unknown article",
    ),
    pytest.param(
        "kind: support",
        "kind: rated",
        ["4: [r-calm].kind: “rated” is none of single, multiple, support, approval, motion, ranked or score"],
        id="unknown kind",
    ),
    pytest.param("kind: support", "kind: single", ["1: [r-calm]: needs at least two options"], id="no options"),
    pytest.param(
        "kind: multiple",
        "kind: support",
        ["6: [r-where]: a support poll brings its own options: leave them out"],
        id="options too many",
    ),
    pytest.param(
        "max: 2",
        "max: 3",
        ["6: [r-where]: “min” and “max” must fit the 2 options: 1 ≤ min ≤ max ≤ 2"],
        id="max",
    ),
    pytest.param(
        "max: 2",
        "max: 2\n  method: irv",
        ["6: [r-where]: “irv” doesn't count multiple ballots: approval, equal-shares"],
        id="another kind's method",
    ),
    pytest.param("max: 2", "max: two", ["14: [r-where].max: must be a whole number"], id="no number"),
    pytest.param(
        ', es: "En todas partes"',
        "",
        ["6: [r-where]: the option “o-all” and the question are not in the same languages"],
        id="untranslated",
    ),
    pytest.param(
        "id: r-where",
        "id: r-calm",
        ["6: [r-calm].id: the id “r-calm” is used twice, in lines 1 and 6"],
        id="id twice",
    ),
    pytest.param(
        "Everywhere",
        "E" * 76,
        ["12: [r-where].options[o-all]: is too long for its card: 76 characters, at most 75"],
        id="long",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_ready_polls_are_held_against_the_packs(old: str, new: str, expected: list[str], pack_folder: Write) -> None:
    """A poll that no longer fits its article is found before a moderator picks it."""
    root = pack_folder("content/slow-streets").parent.parent
    assert old in POLLS
    (root / "seeds").mkdir()
    (root / "seeds" / "polls.yaml").write_text(POLLS.replace(old, new, 1), encoding="utf-8")
    code, said = check(root / "seeds")
    lines = said.replace(f"{root}/seeds/polls.yaml:", "").splitlines()
    assert (code, lines[:-1]) == (1 if expected else 0, expected)
    assert bool(expected) or lines == ["polls.yaml: 2 ready polls"]


def test_ready_polls_become_values(pack_folder: Write, tmp_path: Path) -> None:
    """Texts by language, counts as numbers, an absent item as None."""
    (tmp_path / "polls.yaml").write_text(POLLS, encoding="utf-8")
    support, multiple = ready_polls(tmp_path / "polls.yaml")
    assert (support.item, support.kind, support.options, support.max) == ("t-calm", "support", (), 1)
    assert (multiple.item, multiple.min, multiple.max) == (None, 1, 2)
    assert multiple.options[1] == ReadyOption("o-all", {"en": "Everywhere", "es": "En todas partes"})

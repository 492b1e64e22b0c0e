"""What a poll may look like is settled before anybody sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import Refusal
from bot.core.poll.drafting import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    fixed_options,
    nearly_alike,
    read_options,
    read_question,
    with_kind,
    with_limits,
    with_options,
)
from bot.core.poll.values import Poll, PollOption, Rules

ABC = read_options("A1 | B1 | C1")


def draft(options: tuple[PollOption, ...] = ABC, kind: str = "multiple", least: int = 1, most: int = 3) -> Poll:
    return Poll("p", "place", "Q?", kind, options, rules=Rules(minimum=least, maximum=most))


QUESTIONS = [
    pytest.param("  What\n\nfirst? ", "What first?", id="one line"),
    pytest.param("a\tb", "a b", id="a tab is a space"),
    pytest.param("\u202eevil\u2066", "evil", id="overrides go"),
    pytest.param("x" * LONGEST_QUESTION, "x" * LONGEST_QUESTION, id="the longest"),
    pytest.param("**@everyone** <@1>", "**@everyone** <@1>", id="marks stay as typed: cards escape them"),
    pytest.param("", "empty_question", id="empty"),
    pytest.param("\u200b\u2060 \u3164", "empty_question", id="invisible"),
    pytest.param("\u200d\u200c", "empty_question", id="joiners alone"),
    pytest.param("x" * (LONGEST_QUESTION + 1), "long_question", id="too long"),
    pytest.param("🗳️" * 70, "long_question", id="too long as phones count"),
]


@pytest.mark.parametrize(("typed", "expected"), QUESTIONS)
def test_a_question(typed: str, expected: str) -> None:
    """Cleaned, on one line, and of a length that a phone shows."""
    assert read_or_why(lambda: read_question(typed)) == expected


OPTIONS = [
    pytest.param("A|B", ["A", "B"], id="bars"),
    pytest.param(" One | Two | Three ", ["One", "Two", "Three"], id="bars and spaces"),
    pytest.param("One\nTwo\n\n\nThree", ["One", "Two", "Three"], id="lines"),
    pytest.param("- One\n* Two\n• Three", ["One", "Two", "Three"], id="bullets"),
    pytest.param("A |  | B", ["A", "B"], id="an empty one is none"),
    pytest.param(" | ".join(f"Option {n}" for n in range(25)), [f"Option {n}" for n in range(25)], id="25"),
    pytest.param("< 18 | ≥ 18", ["< 18", "≥ 18"], id="told apart by a sign"),
    pytest.param("C | C++ | C#", ["C", "C++", "C#"], id="told apart by signs"),
    pytest.param("👍 | 👎", ["👍", "👎"], id="emoji"),
    pytest.param("x" * LONGEST_OPTION + " | y", ["x" * LONGEST_OPTION, "y"], id="the longest"),
    pytest.param(" | ".join(f"Option {n}" for n in range(26)), "many_options", id="26"),
    pytest.param("A", "few_options", id="one"),
    pytest.param("", "few_options", id="none"),
    pytest.param("A | \u200b", "few_options", id="one and an invisible one"),
    pytest.param("x" * (LONGEST_OPTION + 1) + " | y", "long_option", id="too long"),
    pytest.param("cat a | sort\nNo pipes at all", ["cat a | sort", "No pipes at all"], id="a bar in a line is a bar"),
    pytest.param("grep \\| x | plain", ["grep | x", "plain"], id="a bar behind a backslash is a bar"),
    pytest.param("a \\| b\nc", ["a | b", "c"], id="also in a line"),
    pytest.param("grep \\| x", "few_options", id="and parts nothing"),
    pytest.param("赞成｜反对", ["赞成", "反对"], id="the bar of another keyboard"),
    pytest.param("10\u00a0km | 5\u00a0km", ["10\u00a0km", "5\u00a0km"], id="no-break spaces stay"),
    pytest.param("Si | Sí", ["Si", "Sí"], id="an accent makes another word"),
    pytest.param("ma | má | mà", ["ma", "má", "mà"], id="and so does each accent"),
    pytest.param("Año | Ano", ["Año", "Ano"], id="and a tilde"),
    pytest.param("10² | 102", ["10²", "102"], id="and a raised number"),
    pytest.param("May | may", ["May", "may"], id="and a capital"),
    pytest.param("½ | 1/2", ["½", "1/2"], id="and a fraction in one sign"),
    pytest.param("Ω | Ο", ["Ω", "Ο"], id="other letters"),
    pytest.param("5 | 5", "same_options", id="twice the same"),
    pytest.param("e\u0301 | é", "same_options", id="composed or not, it looks the same"),
    pytest.param("10\u00a0km | 10 km", "same_options", id="a space that looks like another"),
    pytest.param("Yes | Ye\u200ds", "same_options", id="the same but for an invisible joiner"),
    pytest.param("Yes | Y\ufe0fes", "same_options", id="the same but for a variation sign"),
    pytest.param("Yes | \u202eYes", "same_options", id="the same but for an override"),
]


@pytest.mark.parametrize(("typed", "expected"), OPTIONS)
def test_options(typed: str, expected: list[str] | str) -> None:
    """2 to 25 texts that can be told apart; letters are their ids."""
    found = read_or_why(lambda: read_options(typed))
    assert found == expected if isinstance(found, str) else [o.text for o in found] == expected  # type: ignore[attr-defined]


ALIKE = [
    pytest.param("Si | Sí", [("Si", "Sí")], id="an accent"),
    pytest.param("May | may | May!", [("May", "may")], id="a capital, not a sign"),
    pytest.param("10² | 102", [("10²", "102")], id="a raised number"),
    pytest.param("Parks | Buses", [], id="nothing alike"),
]


@pytest.mark.parametrize(("typed", "pairs"), ALIKE)
def test_options_that_are_nearly_the_same_are_told(typed: str, pairs: list[tuple[str, str]]) -> None:
    """They are taken as they are; the preview asks whether that is meant."""
    assert list(nearly_alike(read_options(typed))) == pairs


def test_the_same_texts_stay_the_same_options() -> None:
    """A form sent back unchanged keeps ids that say more than a letter."""
    before = (PollOption("o-parks", "Parks"), PollOption("o-bread", "Bread"))
    assert read_options("Parks\nBread", before) == before
    assert [o.id for o in read_options("Parks\nBuses", before)] == ["a", "b"]


LIMITS = [
    pytest.param(0, 0, (1, 3), id="none given"),
    pytest.param(2, 0, (2, 3), id="the least"),
    pytest.param(0, 2, (1, 2), id="the most"),
    pytest.param(3, 3, (3, 3), id="all"),
    pytest.param(3, 2, "bad_limits", id="crossed"),
    pytest.param(0, 4, "bad_limits", id="more than there are"),
    pytest.param(-1, 2, "bad_limits", id="below nothing"),
]


@pytest.mark.parametrize(("least", "most", "expected"), LIMITS)
def test_limits(least: int, most: int, expected: tuple[int, int] | str) -> None:
    """From at least one to at most all, and the least not over the most."""
    found = read_or_why(lambda: with_limits(draft(), least, most).rules)
    assert (found if isinstance(found, str) else (found.minimum, found.maximum)) == expected  # type: ignore[attr-defined]


KEPT = [
    pytest.param(1, 2, "A1|B1|C1|D1", (1, 2), id="a limit stays when options are added"),
    pytest.param(1, 3, "A1|B1|C1|D1", (1, 4), id="all stays all"),
    pytest.param(1, 2, "A1|B1|C2", (1, 2), id="a limit stays when a text changes"),
    pytest.param(2, 3, "A1|B1", (2, 2), id="as far as there are options"),
    pytest.param(3, 3, "A1|B1", (2, 2), id="both are lowered"),
]


@pytest.mark.parametrize(("least", "most", "options", "expected"), KEPT)
def test_limits_survive_other_options(least: int, most: int, options: str, expected: tuple[int, int]) -> None:
    """What the moderator allowed isn't forgotten when the options are edited."""
    after = with_options(draft(least=least, most=most), read_options(options)).rules
    assert (after.minimum, after.maximum) == expected


def test_a_scale_has_no_options_to_go_back_to() -> None:
    """From the support scale there is no way to a kind that needs options."""
    scale = with_kind(draft(), "support")
    assert read_or_why(lambda: with_kind(scale, "single")) == "few_options"
    assert replace(scale, kind="support").options == fixed_options("support")


def read_or_why(doing: object) -> object:
    """What comes out, or the key of the refusal."""
    try:
        return doing()  # type: ignore[operator]
    except Refusal as refusal:
        return refusal.key

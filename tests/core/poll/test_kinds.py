"""Ballots as they are typed, chosen and pressed, for each kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.core.poll.drafting import fixed_options, read_options
from bot.core.poll.kinds import KINDS, find_option, kind_of, limits
from bot.core.poll.values import LETTERS, MOST_OPTIONS, Poll, PollOption, Rules

SUPPORT = fixed_options("support")
MOST = tuple(PollOption(LETTERS[n].lower(), f"Text {n}") for n in range(MOST_OPTIONS))


def poll(options: str | tuple[PollOption, ...], kind: str = "single", least: int = 1, most: int = 1) -> Poll:
    """A poll with options as a moderator types them."""
    read = options if isinstance(options, tuple) else read_options(options)
    return Poll("p", "place", "Q?", kind, read, rules=Rules(minimum=least, maximum=most))


FOUND = [
    pytest.param("Parks | Buses", "b", "b", id="letter"),
    pytest.param("Parks | Buses", " B ", "b", id="capital letter"),
    pytest.param("Parks | Buses", "2", "b", id="number"),
    pytest.param("Parks | Buses", "PARKS!", "a", id="text as it is meant"),
    pytest.param("Autobús | Tren", "autobus", "a", id="text without its accent"),
    pytest.param("0 | 1 | 2", "1", "b", id="a number that is a text goes before a place"),
    pytest.param("B | A", "a", "a", id="a letter goes before a text: boards show letters"),
    pytest.param("👍 | 👎", "👎", "b", id="emoji are told apart"),
    pytest.param("< 18 | ≥ 18", "< 18", "a", id="signs are told apart"),
    pytest.param("< 18 | ≥ 18", "18", None, id="a text that fits two is neither"),
    pytest.param("Si | Sí", "Sí", "b", id="an accent is heard where it counts"),
    pytest.param("Si | Sí", "sí", "b", id="whatever its case"),
    pytest.param("ma | má | mà", "ma", "a", id="and its lack too"),
    pytest.param("May | may", "may", "b", id="a capital where it counts"),
    pytest.param("Parks | Buses", "Ｂ", "b", id="a full-width letter"),
    pytest.param("Parks | Buses", "В", "b", id="a letter of another alphabet that looks like ours"),
    pytest.param("В | Buses", "В", "a", id="but not where it is a text"),
    pytest.param("Parks | Buses", "２", "b", id="a full-width number"),
    pytest.param("Parks | Buses", "٢", "b", id="an Arabic number"),
    pytest.param("Parks | Buses", "", None, id="nothing"),
    pytest.param("👍 | 👎", "???", None, id="signs alone are no emoji"),
    pytest.param(SUPPORT, "!!", None, id="signs alone are no step of a scale"),
    pytest.param(SUPPORT, "support", "support", id="a step's id"),
    pytest.param(SUPPORT, "F", "no-opinion", id="a step's letter"),
    pytest.param("Parks | Buses", "c", None, id="a letter too many"),
    pytest.param("Parks | Buses", "0", None, id="no such number"),
    pytest.param("Parks | Buses", "-1", "a", id="a sign before a number is no sign"),
]


@pytest.mark.parametrize(("options", "typed", "found"), FOUND)
def test_an_option_is_found(options: str | tuple[PollOption, ...], typed: str, found: str | None) -> None:
    """By id, letter, text or number, in this order; never by nothing."""
    assert find_option(typed, poll(options)) == found


READ = [
    pytest.param("a,c", {"a", "c"}, id="commas"),
    pytest.param("a c", {"a", "c"}, id="spaces"),
    pytest.param("A + C", {"a", "c"}, id="plus"),
    pytest.param("a and c", {"a", "c"}, id="and"),
    pytest.param("a y c", {"a", "c"}, id="Spanish and"),
    pytest.param("a, b y c", {"a", "b", "c"}, id="a list in Spanish"),
    pytest.param("x,y", {"x", "y"}, id="the 25th letter after a comma"),
    pytest.param("x y", {"x", "y"}, id="the 25th letter at the end"),
    pytest.param("y", {"y"}, id="the 25th letter alone"),
    pytest.param("y y x", {"y", "x"}, id="the 25th letter and another"),
    pytest.param("Text 3", {"d"}, id="a text with a space"),
    pytest.param("text 3, text 4", {"d", "e"}, id="texts with spaces"),
    pytest.param("a,a,a", {"a"}, id="the same again"),
    pytest.param("", set(), id="nothing"),
    pytest.param(" , ", set(), id="only commas"),
]


@pytest.mark.parametrize(("typed", "marked"), READ)
def test_several_options_are_read(typed: str, marked: set[str]) -> None:
    """Between commas, spaces, plus signs and "and", none is lost."""
    assert set(KINDS["multiple"].read(typed, poll(MOST, "multiple", 1, 25))) == marked


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_is_written_is_read_again(kind: str, data: st.DataObject) -> None:
    """Every ballot of every kind survives being written and read."""
    options = SUPPORT if kind == "support" else MOST
    most = len(options) if kind == "multiple" else 1
    here = poll(options, kind, 1, most)
    chosen = data.draw(st.sets(st.sampled_from([o.id for o in options]), min_size=1, max_size=most))
    marks = dict.fromkeys(chosen, 1)
    kind_of(here).check(marks, here)
    assert kind_of(here).read(kind_of(here).write(marks, here), here) == marks
    if kind not in ("ranked", "score"):
        assert kind_of(here).read(",".join(chosen), here) == marks


CHECKED = [
    pytest.param("single", 1, 1, "", "no_marks", id="nothing"),
    pytest.param("single", 1, 1, "a b", "too_many_marks", id="two of one"),
    pytest.param("support", 1, 1, "a b", "too_many_marks", id="two steps"),
    pytest.param("multiple", 2, 3, "a", "too_few_marks", id="one of two to three"),
    pytest.param("multiple", 2, 3, "a b c d", "too_many_marks", id="four of two to three"),
    pytest.param("multiple", 2, 3, "a b", None, id="the least"),
    pytest.param("multiple", 2, 3, "a b c", None, id="the most"),
    pytest.param("multiple", 1, 99, "a b c d e f", None, id="a limit over the options"),
]


@pytest.mark.parametrize(("kind", "least", "most", "typed", "why"), CHECKED)
def test_a_ballot_is_held_to_its_limits(kind: str, least: int, most: int, typed: str, why: str | None) -> None:
    """Neither too many nor too few marks, and not none."""
    here = poll(SUPPORT if kind == "support" else MOST[:6], kind, least, most)
    marks = KINDS[kind].read(typed, here)
    assert why_refused(lambda: KINDS[kind].check(marks, here)) == why


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_of_another_poll_is_refused(kind: str) -> None:
    """Marks, presses and typed texts that name no option say which letters there are."""
    here = poll(SUPPORT if kind == "support" else MOST[:6], kind, 1, 1)
    for doing in (
        lambda: KINDS[kind].check({"z": 1}, here),
        lambda: KINDS[kind].press({}, "z", here),
        lambda: KINDS[kind].read("z=3" if kind == "score" else "z", here),
    ):
        with pytest.raises(Refusal) as caught:
            doing()
        facts = caught.value.facts
        assert (caught.value.key, facts["option"], facts["last"]) == ("unknown_option", "z", "F")


PRESSED = [
    pytest.param("single", 1, 1, "", "a", "a", id="first"),
    pytest.param("single", 1, 1, "a", "b", "b", id="another replaces"),
    pytest.param("single", 1, 1, "a", "a", "a", id="again changes nothing"),
    pytest.param("support", 1, 1, "oppose", "support", "support", id="another step replaces"),
    pytest.param("multiple", 1, 2, "a", "b", "a,b", id="another is added"),
    pytest.param("multiple", 1, 2, "a,b", "a", "a,b", id="again changes nothing, the limit or not"),
    pytest.param("ranked", 1, 1, "b,a", "a", "b,a", id="again keeps its rank"),
    pytest.param("ranked", 1, 1, "b", "a", "b,a", id="another is ranked next"),
    pytest.param("score", 1, 1, "a", "a", "a", id="again keeps its score"),
    pytest.param("multiple", 1, 2, "a,b", "c", "too_many_marks", id="one over the limit"),
    pytest.param("multiple", 1, 1, "a", "b", "b", id="a limit of one replaces"),
]


@pytest.mark.parametrize(("kind", "least", "most", "before", "option", "after"), PRESSED)
def test_a_press(kind: str, least: int, most: int, before: str, option: str, after: str) -> None:
    """One choice is replaced, several are added to, the same press again changes nothing: an answer may be lost."""
    here = poll(SUPPORT if kind == "support" else MOST[:6], kind, least, most)
    had = {option: n for n, option in enumerate(filter(None, before.split(",")), 1)}
    try:
        marks = KINDS[kind].press(had, option, here)
    except Refusal as refusal:
        assert refusal.key == after
    else:
        assert ",".join(marks) == after
        assert KINDS[kind].press(marks, option, here) == marks


TAKEN = [
    pytest.param("single", {"a": 1}, "a", {}, id="the only one"),
    pytest.param("single", {"a": 1}, "b", {"a": 1}, id="one that is not marked"),
    pytest.param("multiple", {"a": 1, "c": 1}, "a", {"c": 1}, id="one of two"),
    pytest.param("ranked", {"a": 1, "b": 2, "c": 3}, "b", {"a": 1, "c": 2}, id="a rank, the gap closed"),
    pytest.param("score", {"a": 5, "b": 0}, "a", {"b": 0}, id="a score"),
]


@pytest.mark.parametrize(("kind", "before", "option", "after"), TAKEN)
def test_an_option_is_taken_back(kind: str, before: dict[str, int], option: str, after: dict[str, int]) -> None:
    """And no other."""
    assert KINDS[kind].without(before, option, poll(MOST[:6], kind, 1, 6)) == after


TYPED = [
    pytest.param("b > a = c", {"b": 1, "a": 2, "c": 2}, id="our signs"),
    pytest.param("b → a＝c", {"b": 1, "a": 2, "c": 2}, id="an arrow, full width"),
    pytest.param("b＞a；c", {"b": 1, "a": 2, "c": 3}, id="full width"),
    pytest.param("b -> a -> c", {"b": 1, "a": 2, "c": 3}, id="arrows as typed"),
    pytest.param("b a c", {"b": 1, "a": 2, "c": 3}, id="letters alone"),
    pytest.param("2 1 3", {"b": 1, "a": 2, "c": 3}, id="numbers alone"),
    pytest.param("b = c a", {"b": 1, "c": 1, "a": 2}, id="equal ones among letters"),
    pytest.param("b\u00a0>\u202fa", {"b": 1, "a": 2}, id="no-break spaces"),
    pytest.param("Text 3", {"d": 1}, id="a text with a space"),
    pytest.param("text 3 > text 0", {"d": 1, "a": 2}, id="texts"),
]


@pytest.mark.parametrize(("typed", "marks"), TYPED)
def test_a_ranking_as_it_is_typed(typed: str, marks: dict[str, int]) -> None:
    """Whatever sign a phone or a keyboard puts between its options."""
    assert KINDS["ranked"].read(typed, poll(MOST[:6], "ranked")) == marks


@pytest.mark.parametrize("typed", ["a5 b0", "a=5, b=0", "a＝５；b＝０", "a:5 b:0", "a=٥ b=٠", "a=5\u200f, b=0\u200f"])
def test_scores_as_they_are_typed(typed: str) -> None:
    """In every script's digits."""
    assert KINDS["score"].read(typed, poll(MOST[:6], "score")) == {"a": 5, "b": 0}


def test_a_text_that_holds_a_comma() -> None:
    """Is one option, alone or among others."""
    here = poll("Salt, pepper | Sugar | Oil + vinegar", "multiple", 1, 3)
    assert KINDS["multiple"].read("salt, pepper, sugar", here) == {"a": 1, "b": 1}
    assert KINDS["multiple"].read("sugar, oil + vinegar", here) == {"b": 1, "c": 1}


def test_limits_never_exceed_the_options() -> None:
    """A limit kept from more options is lowered to those there are."""
    assert limits(poll("A | B", "multiple", 1, 9)) == (1, 2)
    assert limits(poll("A | B", "single", 2, 9)) == (1, 1)


def why_refused(doing: object) -> str | None:
    """The key of the refusal, None without one."""
    try:
        doing()  # type: ignore[operator]
    except Refusal as refusal:
        return refusal.key
    return None


LONG = [
    pytest.param("score", "a" + "= " * 1_500, "no_score", id="signs that part a score from its option"),
    pytest.param("score", "a" + "9" * 5_000, "wrong_score", id="a number with more digits than Python reads"),
    pytest.param("score", "a 5 b", "no_score", id="the last option without a score"),
    pytest.param("score", "a=5=b", "no_score", id="a number that ends nothing"),
    pytest.param("score", "a=-1", "wrong_score", id="less than nothing"),
    pytest.param("ranked", "a>" * 1_500 + "a", "twice_marked", id="the same option again and again"),
]


@pytest.mark.parametrize(("kind", "typed", "why"), LONG)
def test_what_is_no_ballot_is_refused_at_once(kind: str, typed: str, why: str) -> None:
    """However long it is: a pattern that looked back took minutes for the first, with everybody else waiting."""
    asked = poll("Parks | Buses", kind)
    with pytest.raises(Refusal) as refused:
        kind_of(asked).check(kind_of(asked).read(typed, asked), asked)
    assert refused.value.key == why

"""Votes follow their option: every way to retype a list of options leaves each with its id, and none goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.core.poll.drafting import fixed_options, read_options
from bot.core.poll.editing import added, edited, like, near
from bot.core.poll.values import Poll, PollOption, Rules, Wording

AT = 5_000
TEXTS = ("Parks", "Buses", "Books")


def poll(*texts: str, kind: str = "single", **rules: object) -> Poll:
    options = tuple(PollOption("abcdefghijklmnopqrstuvwxyz"[n], text) for n, text in enumerate(texts or TEXTS))
    return Poll("p", "place", "What first?", kind, options, rules=Rules(**rules), revision=7)  # type: ignore[arg-type]


def after(before: Poll, *lines: str) -> dict[str, str] | str:
    """The options by id, or the key of the refusal."""
    try:
        return {o.id: o.text for o in edited(before, before.question, "\n".join(lines), AT).poll.options}
    except Refusal as refusal:
        return refusal.key


RETYPED = [
    pytest.param(TEXTS, {}, id="nothing changed"),
    pytest.param(("Books", "Parks", "Buses", "Bread"), {"d": "Bread"}, id="another order changes nothing"),
    pytest.param(("Parks", "Night buses", "Books"), {"b": "Night buses"}, id="a new wording"),
    pytest.param(("Books", "parks", "Buses"), {"a": "parks"}, id="another spelling, elsewhere"),
    pytest.param(("Parks", "Buses", "Books", "Bread"), {"d": "Bread"}, id="a new one last"),
    pytest.param(("Bread", "Parks", "Buses", "Books"), {"d": "Bread"}, id="a new one first comes last"),
    pytest.param(("Parks", "Bread", "Busses", "Books"), {"b": "Busses", "d": "Bread"}, id="the likelier one is it"),
    pytest.param(("A", "B", "C"), {"a": "A", "b": "B", "c": "C"}, id="all anew, in order"),
    pytest.param(("Parks", "X", "Y"), {"b": "X", "c": "Y"}, id="two unlike ones, in order"),
]


@pytest.mark.parametrize(("lines", "changed"), RETYPED)
def test_votes_follow_their_option(lines: tuple[str, ...], changed: dict[str, str]) -> None:
    """Ids stay where they were, whatever the lines; what changed is noted, and nothing else."""
    before = poll()
    standing = {o.id: o.text for o in before.options}
    assert after(before, *lines) == {**standing, **changed}
    change = edited(before, before.question, "\n".join(lines), AT)
    assert {(e.option, e.before, e.after) for e in change.edits} == {
        (option, standing.get(option, ""), text) for option, text in changed.items()
    }
    assert change.poll.revision == (8 if changed else 7)
    assert change.poll.edits == change.edits


REFUSED = [
    pytest.param(("Parks", "Buses"), "options_stay", id="one is gone"),
    pytest.param(("Parks", "Trams"), "options_stay", id="one is gone and another reworded"),
    pytest.param(("Parks",), "few_options", id="all but one"),
    pytest.param((), "few_options", id="none left"),
    pytest.param(("Parks", "Buses", "Books", "Bo\u200doks"), "same_options", id="two that look the same"),
    pytest.param(("Buses", "Parks", "Books"), "order_stays", id="another order"),
    pytest.param(("Parks", "Buses", "x" * 96), "long_option", id="too long"),
    pytest.param((*TEXTS, *(f"Option {n}" for n in range(23))), "many_options", id="26"),
]


@pytest.mark.parametrize(("lines", "why"), REFUSED)
def test_what_cannot_be(lines: tuple[str, ...], why: str) -> None:
    """An option that goes would take its votes along."""
    assert after(poll(), *lines) == why


@given(st.permutations(TEXTS), st.lists(st.sampled_from(["Bread", "Trams", "Parts", "Bikes"]), unique=True))
def test_no_vote_ever_changes_its_meaning(order: list[str], more: list[str]) -> None:
    """Whatever is added and however it is ordered, each option that stays as it reads keeps its id, in its place."""
    found = after(poll(), *order, *more)
    if order != list(TEXTS) and not more:
        assert found == "order_stays"
        return
    assert isinstance(found, dict)
    assert list(found.items())[:3] == [("a", "Parks"), ("b", "Buses"), ("c", "Books")]
    assert sorted(found.values()) == sorted([*TEXTS, *more])


def test_the_question_too() -> None:
    """Is noted under no option; words known in other languages go with what was changed."""
    before = poll()
    known = Poll(**{**{f: getattr(before, f) for f in before.__dataclass_fields__}, "wordings": {
        "es": Wording("¿Qué primero?", ("Parques", "Autobuses", "Libros"))}})  # fmt: skip
    change = edited(known, "What next?", "Parks\nBuses\nBooks", AT)
    assert [(e.option, e.before, e.after) for e in change.edits] == [("", "What first?", "What next?")]
    assert change.poll.wordings == {}
    joined = edited(known, known.question, "Parks\nBuses\nBooks\nBread", AT).poll
    assert joined.wordings["es"].options == ("Parques", "Autobuses", "Libros", "Bread")


def test_a_scale_keeps_its_options() -> None:
    """Only its question can be changed, whatever is sent."""
    scale = Poll("p", "place", "Do you?", "support", fixed_options("support"))
    change = edited(scale, "Would you?", "anything", AT)
    assert change.poll.options == scale.options and len(change.edits) == 1


def test_all_stays_all() -> None:
    """Where a ballot could choose every option, it can choose the new one too."""
    assert edited(poll(kind="approval", maximum=3), "Q?", "Parks\nBuses\nBooks\nBread", AT).poll.rules.maximum == 4
    assert edited(poll(kind="approval", maximum=2), "Q?", "Parks\nBuses\nBooks\nBread", AT).poll.rules.maximum == 2


def test_an_option_joins() -> None:
    """Under a letter that was never another's, in its proposer's words in every language."""
    change = added(poll(), "Bread", AT)
    assert [(o.id, o.text) for o in change.poll.options][-1] == ("d", "Bread")
    assert [(e.option, e.before, e.after) for e in change.edits] == [("d", "", "Bread")]
    with pytest.raises(Refusal, match="same_options"):
        added(poll(), "Par\u200dks", AT)
    full = poll(*(f"Option {n}" for n in range(25)))
    with pytest.raises(Refusal, match="many_options"):
        added(full, "Bread", AT)


LIKE = [
    pytest.param("Parks", "a", "a", id="the same"),
    pytest.param("PARKS!", None, "a", id="but for case and signs"),
    pytest.param("Pärks", None, "a", id="but for an accent"),
    pytest.param("Parkss", None, "a", id="nearly"),
    pytest.param("Trams", None, None, id="another"),
]


@pytest.mark.parametrize(("text", "same", "close"), LIKE)
def test_what_is_there_already(text: str, same: str | None, close: str | None) -> None:
    """Is found: the same option, or one that looks like it."""
    assert (like(poll(), text), near(poll(), text)) == (same, close)


def test_emoji_are_told_apart() -> None:
    """Two options without a letter are not the same."""
    assert like(poll("👍", "👎"), "👎") == "b"
    assert like(poll("👍", "👎"), "🤷") is None


def test_reading_what_a_form_held() -> None:
    """A form sent as it stands changes nothing."""
    before = poll()
    text = "\n".join(o.text for o in before.options)
    assert edited(before, before.question, text, AT).edits == ()
    assert read_options(text) == before.options


def test_a_text_does_not_change_its_owner() -> None:
    """Neither at once nor in steps can two options swap their texts: votes would change their meaning."""
    asked = poll("yes", "no")
    aside = edited(asked, asked.question, "aside\nno", AT).poll
    with pytest.raises(Refusal, match="text_of_another"):
        edited(aside, asked.question, "aside\nyes", AT)
    assert edited(aside, asked.question, "yes\nno", AT).poll.options == asked.options

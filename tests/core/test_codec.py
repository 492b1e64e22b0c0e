"""The codec: every intent comes back as it went, and whatever else comes is refused."""

from __future__ import annotations

from dataclasses import Field

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.core import intents as i
from bot.core.codec import LIMIT, Undecodable, decode, encode, shapes, typed_fields

SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,>=+-"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        pytest.param(i.ListPolls(), "1:polls", id="without fields"),
        pytest.param(i.PressOption("k3x9", "b"), "1:press:k3x9:b", id="ids"),
        pytest.param(i.ReadSection("pack"), "1:section:pack", id="trailing defaults left out"),
        pytest.param(i.ReadSection("", "s", 0), "1:section::s", id="a gap before what is given"),
        pytest.param(i.ClosePoll("p", 3, True), "1:close:p:3:1", id="numbers and switches"),
        pytest.param(i.ShowProsCons("p", "paired"), "1:proscons:p", id="a default that is no blank"),
        pytest.param(i.CastBallot("p", "a,b", "because"), "1:cast:p", id="what is typed stays behind"),
        pytest.param(i.ImportArticle(i.Attachment("a", b"x"), "es"), "1:import:es", id="a file stays behind"),
    ],
)
def test_an_intent_is_a_short_string(intent: i.Intent, text: str) -> None:
    """Version, verb, fields in the order of the class. These very strings stand in channels: they never change."""
    assert encode(intent) == text
    assert encode(decode(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("1:", id="no verb"),
        pytest.param("2:polls", id="another version"),
        pytest.param("1:nonsense", id="an unknown verb"),
        pytest.param("1:polls:x", id="a field too many"),
        pytest.param("1:press:a b", id="a space"),
        pytest.param("1:press:<@1>", id="a mention"),
        pytest.param("1:press:\u0661", id="another alphabet"),
        pytest.param("1:log:1.5", id="a number that is none"),
        pytest.param("1:log:--1", id="two signs"),
        pytest.param("1:log:\u0663", id="another alphabet's number"),
        pytest.param("1:press:" + "x" * LIMIT, id="too long"),
        pytest.param("poll:vote:12", id="another program's"),
    ],
)
def test_a_string_that_is_no_intent_is_refused(text: str) -> None:
    """Of another program or version, or tampered with."""
    with pytest.raises(Undecodable):
        decode(text)


@pytest.mark.parametrize("value", ["a:b", "a b", "ñ", "a\n", "|", "#", "x" * LIMIT])
def test_what_is_no_id_of_ours_can_not_be_sent(value: str) -> None:
    """Better an error here than a button that can't be read."""
    with pytest.raises(ValueError, match=r"no id of ours|over 64"):
        encode(i.PressOption(value, "b"))


def test_what_a_person_types_is_named() -> None:
    """Those fields become a form's fields."""
    assert typed_fields(i.CastBallot) == ("marks", "reason")
    assert typed_fields(i.ImportArticle) == ("file",)
    assert typed_fields(i.ListPolls) == ()


def _values(field: Field[object]) -> st.SearchStrategy[object]:
    if isinstance(field.default, bool):
        return st.booleans()
    if isinstance(field.default, int):
        return st.integers(-999, 9_999)
    # An empty string travels as the field's default: where that is no blank, blank can't be said.
    return st.text(SAFE, min_size=1 if field.default else 0, max_size=8)


KINDS = st.sampled_from(sorted(shapes().values(), key=lambda shape: shape.kind.VERB))
INTENTS = KINDS.flatmap(lambda shape: st.builds(shape.kind, **{f.name: _values(f) for f in shape.carried}))


def _round_trip(intent: i.Intent) -> None:
    try:
        text = encode(intent)
    except ValueError as error:
        assert "over 64 bytes" in str(error)
        return
    assert len(text.encode()) <= LIMIT
    assert decode(text) == intent


def _decodes_or_refuses(text: str) -> None:
    try:
        intent = decode(text)
    except Undecodable:
        return
    assert decode(encode(intent)) == intent


TAMPERED = st.one_of(
    st.text(max_size=70),
    st.text(SAFE + ":", max_size=70),
    st.builds(
        lambda verb, rest: ":".join(["1", verb, *rest]),
        st.sampled_from(sorted(shapes())),
        st.lists(st.text(SAFE + " |#", max_size=20), max_size=8),
    ),
)


@given(INTENTS)
def test_every_intent_comes_back_as_it_went(intent: i.Intent) -> None:
    """Whatever its ids and numbers."""
    _round_trip(intent)


@given(TAMPERED)
@example("1:log:" + "9" * 58)
def test_any_string_is_an_intent_or_refused(text: str) -> None:
    """And an intent that was read can be sent again."""
    _decodes_or_refuses(text)


@pytest.mark.fuzz
@hypothesis(max_examples=20_000)
@given(INTENTS, TAMPERED)
def test_both_many_times(intent: i.Intent, text: str) -> None:
    """What comes back and what is refused, at length."""
    _round_trip(intent)
    _decodes_or_refuses(text)

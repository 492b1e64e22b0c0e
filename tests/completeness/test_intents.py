"""Every intent is answered, keeps its name for ever, fits a button with the longest ids, and can be asked for."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import MISSING, Field, fields
from pathlib import Path

import pytest

from bot.core import intents
from bot.core.codec import LIMIT, Shape, decode, encode, shapes, typed_fields
from bot.core.commands import COMMANDS
from bot.core.intents import Intent, ReportMessage
from bot.services.registry import HANDLERS
from tests.completeness.source import BOT
from tests.support import Table, a_desk, maria, said, sam

SHAPES = sorted(shapes().values(), key=lambda shape: shape.kind.VERB)
FROZEN = Path(__file__).with_name("verbs.txt")
each_intent = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind.VERB)

# The longest value that each field can have inside a button. Ids of packs, sections and items have 24 signs at most,
# those of polls and reports 10, Discord's 20; numbers are what a card can be asked for.
PACK, POLL, SNOWFLAKE = "a-b" * 8, "p" * 10, "9" * 20
LONGEST: dict[str, object] = {
    "article": PACK,
    "section": PACK,
    "item": PACK,
    "option": PACK,
    "poll": POLL,
    "report": POLL,
    "message": SNOWFLAKE,
    "author": SNOWFLAKE,
    "role": SNOWFLAKE,
    "version": "f" * 16,
    "part": 999,
    "skip": 99_999,
    "revision": 9_999,
    "closes_ms": 1_999_999_999_999,
    "starts_ms": 1_999_999_999_999,
    "first_ms": 1_999_999_999_999,
    "ends_ms": 1_999_999_999_999,
    "every": "d366",
    "schedule": POLL,
    "n": 25,
    "until_ms": 1_999_999_999_999,
    "once": "o" * 10,
    "minimum": 25,
    "maximum": 25,
    "account_days": 3650,
    "kind": "takeaway",
    "layout": "paired",
    "stance": "disagree",
    "topic": "",
    "language": "auto",
    "reminders": "off",
    "name": "moderators",
    "rule": "breakdown",
    "edit": POLL,
    "voter": "discord." + SNOWFLAKE,
    "proposal": POLL,
    "verdict": "refuse",
    "value": "anonymous",
    "ballots": "anonymous",
    "results": "voted",
    "format": "json",
    "view": "results",
    "filled": "a" + "B" * 24 + "=",
    "page": 5,
}
# What a button of a draft never carries: a form asks for its kind, and item and ready poll make a draft at once.
# One answers an item that is named, or the next of a kind.
NEVER = {"draft": {"item": "", "ready": "", "kind": ""}, "answer": {"kind": ""}}


def longest(shape: Shape) -> Intent:
    """The intent with the longest values that its button can carry."""
    return shape.kind(**{f.name: _longest(shape.kind.VERB, f) for f in shape.carried})


def _longest(verb: str, field: Field[object]) -> object:
    if field.name in NEVER.get(verb, {}):
        return NEVER[verb][field.name]
    return True if isinstance(field.default, bool) else LONGEST[field.name]


@each_intent
def test_every_intent_is_answered_by_one_handler(shape: Shape) -> None:
    """The registry knows it."""
    assert shape.kind in HANDLERS


def test_nothing_is_answered_that_is_no_intent() -> None:
    """The registry knows nothing else."""
    assert set(HANDLERS) == {shape.kind for shape in SHAPES}


def test_every_intent_has_a_verb() -> None:
    """None is forgotten by the codec."""
    kinds = {kind for kind in vars(intents).values() if isinstance(kind, type) and issubclass(kind, Intent)}
    assert {kind.__name__ for kind in kinds if not kind.VERB} == {"Intent", "ModeratorIntent"}


def test_a_verb_is_never_removed_and_its_fields_never_change_places() -> None:
    """Buttons that stand in channels today must work with every later build: verbs.txt grows and never shrinks."""
    frozen = [line.split() for line in FROZEN.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    broken = [verb for verb, *names in frozen if _carried(verb)[: len(names)] != names]
    assert not broken, f"{broken}: give a new verb to what has other fields; add fields behind those there are"


def test_every_verb_is_frozen() -> None:
    """A new verb, or a field added behind, is written down in verbs.txt before it is sent to anybody."""
    lines = FROZEN.read_text("utf-8").splitlines()
    assert [
        line for shape in SHAPES if (line := " ".join([shape.kind.VERB, *_carried(shape.kind.VERB)])) not in lines
    ] == []


def _carried(verb: str) -> list[str]:
    shape = shapes().get(verb)
    return [f.name for f in shape.carried] if shape else []


@each_intent
def test_every_intent_fits_a_button(shape: Shape) -> None:
    """In 64 bytes with the longest ids: a form's nonce still fits beside it in Discord's 100. It comes back whole."""
    intent = longest(shape)
    text = encode(intent)
    assert len(text.encode()) <= LIMIT
    assert decode(text) == intent


@each_intent
def test_every_field_has_a_default(shape: Shape) -> None:
    """So that a button of a build that knew fewer fields can be read."""
    assert not [f.name for f in fields(shape.kind) if f.default is MISSING]


@each_intent
def test_every_intent_can_be_asked_for(shape: Shape) -> None:
    """By a command, by a card, or by Discord's message menu."""
    by_command = any(command.intent is shape.kind for command in COMMANDS)
    by_card = re.search(rf"\b{shape.kind.__name__}\(", "\n".join(p.read_text() for p in (BOT / "cards").rglob("*.py")))
    assert by_command or by_card or shape.kind is ReportMessage


def test_every_option_of_a_command_is_a_field_of_its_intent() -> None:
    """And what a person types is a field that a person may type."""
    for command in COMMANDS:
        names = {f.name for f in fields(command.intent)}
        assert {option.name for option in command.options} <= names
        assert set(command.preset) <= names
        assert set(typed_fields(command.intent)) <= names


# Who may do what


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


@pytest.mark.parametrize("filled", [False, True], ids=["bare", "filled"])
async def test_only_moderators_moderate(table: Table, filled: bool) -> None:
    """A member is refused everything that is a moderator's, and nothing else for that reason."""
    for shape in SHAPES:
        intent = longest(shape) if filled else shape.kind()
        hers = said(await table.ask(maria, intent))
        assert ("Aquí solo los moderadores" in hers) == shape.kind.MODERATORS, shape.kind
        assert "Only moderators" not in said(await table.ask(sam, intent)), shape.kind


@pytest.mark.parametrize("filled", [False, True], ids=["bare", "filled"])
async def test_nothing_breaks_of_an_intent_without_its_values(table: Table, filled: bool) -> None:
    """On a fresh database, bare or with ids that nobody knows: an answer or a refusal, never a reference."""
    for shape in SHAPES:
        for actor in (maria, sam):
            show = await table.ask(actor, longest(shape) if filled else shape.kind())
            assert not re.search("Referenc", said(show)), shape.kind
            assert said(show).strip() or show.card.form, shape.kind

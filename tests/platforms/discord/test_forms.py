"""A form becomes a modal that Discord takes, and what is sent from it finds its fields again."""

from __future__ import annotations

import pytest

from bot.core import intents as i
from bot.core.card import Card, Choice, FieldKind, Form, FormField, Text
from bot.platforms.discord.forms import modal, submitted, unfolded
from bot.platforms.discord.parts import intent_of
from tests.loopback.asks import submission
from tests.loopback.people import Attachment
from tests.platforms.discord.drawn import form, message, parts
from tests.spec.gate import violations
from tests.spec.parts import BUTTON, CHECKBOX_GROUP, FILE_UPLOAD, LABEL, RADIO_GROUP, STRING_SELECT, TEXT_INPUT

LONG = "A rather long text, <@1> and **bold**, " * 9


def choices(count: int) -> tuple[Choice, ...]:
    """So many choices, the second chosen before."""
    return tuple(Choice(f"o{n}", LONG, LONG, n == 1) for n in range(count))


def card(*fields: FormField) -> Card:
    """A card with a form of these fields."""
    return Card(blocks=(Text("What this is for."),), form=Form(LONG, i.CastBallot("p1"), fields))


def one(count: int, must: bool) -> FormField:
    """One of so many."""
    return FormField("marks", LONG, FieldKind.ONE, LONG, must, choices=choices(count))


def many(count: int, must: bool) -> FormField:
    """Two to nine of so many."""
    return FormField("marks", LONG, FieldKind.MANY, "", must, least=2, most=9, choices=choices(count))


RADIOS = ((1, STRING_SELECT), (2, RADIO_GROUP), (10, RADIO_GROUP), (11, STRING_SELECT), (25, STRING_SELECT))
BOXES = ((1, CHECKBOX_GROUP), (10, CHECKBOX_GROUP), (11, STRING_SELECT), (25, STRING_SELECT))
KINDS = [
    pytest.param(FormField("reason", "Why"), TEXT_INPUT, id="line"),
    pytest.param(FormField("reason", LONG, FieldKind.TEXT, LONG, False, "x" * 900, most=500), TEXT_INPUT, id="text"),
    *(pytest.param(one(n, must), part, id=f"one of {n} {must}") for n, part in RADIOS for must in (True, False)),
    *(pytest.param(many(n, must), part, id=f"some of {n} {must}") for n, part in BOXES for must in (True, False)),
    pytest.param(FormField("file", "File", FieldKind.FILE), FILE_UPLOAD, id="file"),
    pytest.param(FormField("file", "File", FieldKind.FILE, required=False), FILE_UPLOAD, id="optional file"),
]


@pytest.mark.parametrize(("field", "part"), KINDS)
def test_a_field_is_drawn_as_discord_has_it(field: FormField, part: int) -> None:
    """In a label, named as the intent's field; radio and checkbox groups up to ten choices, selects above."""
    body = form(card(field))
    assert violations(body, "modal") == []
    assert [found["component"]["type"] for found in parts(body, LABEL)] == [part]
    [drawn] = parts(body, part)
    assert drawn["custom_id"] == field.name


def test_the_intent_travels_in_the_id_with_a_nonce() -> None:
    """Two openings of one form differ: phones cache a modal's contents by its id."""
    first, second = (form(card(FormField("reason", "Why"))) for _ in range(2))
    assert first["custom_id"] != second["custom_id"]
    assert intent_of(first["custom_id"]) == intent_of(second["custom_id"]) == i.CastBallot("p1")
    assert len(first["custom_id"]) <= 100


def test_the_cards_text_introduces_the_form_where_there_is_room() -> None:
    """A modal has five parts."""
    four = form(card(*(FormField(f"f{n}", "x") for n in range(4))))
    five = form(card(*(FormField(f"f{n}", "x") for n in range(5))))
    assert [part["type"] for part in four["components"]] == [10, 18, 18, 18, 18]
    assert [part["type"] for part in five["components"]] == [18] * 5


def test_what_was_filled_in_comes_back_by_name() -> None:
    """A text as it is, several choices joined by commas, a file as its id, and nothing as nothing."""
    file = Attachment("a.txt", b"x")
    fields = (
        FormField("reason", "Why", FieldKind.TEXT, required=False),
        FormField("one", "One", FieldKind.ONE, choices=choices(3)),
        FormField("marks", "Many", FieldKind.MANY, choices=choices(12)),
        FormField("empty", "None", FieldKind.MANY, required=False, choices=choices(3)),
        FormField("file", "File", FieldKind.FILE),
    )
    data = submission(form(card(*fields)), {"one": "o2", "marks": ["o1", "o11"], "file": [file]})
    assert submitted(data) == {"reason": "", "one": "o2", "marks": "o1,o11", "empty": "", "file": str(file.id)}


def test_a_form_that_cannot_open_comes_as_a_button_that_opens_it() -> None:
    """After another form, or after a delay, Discord takes no modal."""
    wanted = card(FormField("reason", "Why"))
    assert wanted.form is not None
    body = message(unfolded(wanted, wanted.form))
    [opener] = parts(body, BUTTON)
    assert intent_of(opener["custom_id"]) == i.CastBallot("p1")
    assert violations(body, "message") == []


def test_the_button_that_opens_a_form_asks_for_it_and_sends_nothing_empty() -> None:
    """What was marked as answered in the form isn't yet, before it is opened."""
    wanted = Form("Change", i.ChangeDraft("p1", asked=True), (FormField("question", "Question"),))
    [opener] = parts(message(unfolded(Card(form=wanted), wanted)), BUTTON)
    assert intent_of(opener["custom_id"]) == i.ChangeDraft("p1")


def test_a_modal_is_not_stored() -> None:
    """discord.py would keep it by its id alone."""
    wanted = card(FormField("reason", "Why"))
    assert wanted.form is not None
    assert modal(wanted, wanted.form).is_finished()

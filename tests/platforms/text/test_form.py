"""A form line by line: in order or by name, with choices by number or word, and nothing lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.card import Choice, FieldKind, Form, FormField
from bot.core.intents import Attachment, CastBallot, DraftPoll, ImportArticle
from bot.platforms.text.form import Filling, Heard, Misfit
from bot.platforms.text.prose import Prose

OPTIONS = (
    Choice("o-one", "A · Paint it"),
    Choice("o-two", "B · Leave it", "as it is"),
    Choice("o-three", "C · Sell it"),
)
BALLOT = Form(
    "Your ballot",
    CastBallot("k7"),
    (
        FormField("marks", "Your choice", FieldKind.ONE, choices=OPTIONS),
        FormField("reason", "Why?", FieldKind.TEXT, required=False),
    ),
)
SEVERAL = Form(
    "Your ballot",
    CastBallot("k7"),
    (FormField("marks", "Your choices", FieldKind.MANY, least=1, most=2, choices=OPTIONS),),
)
DRAFT = Form(
    "A poll",
    DraftPoll(),
    (FormField("question", "Question", value="Shall we?"), FormField("minimum", "Least", required=False)),
)


@pytest.mark.parametrize(
    ("form", "lines", "intent"),
    [
        pytest.param(BALLOT, ["2", "it is fair"], CastBallot("k7", "o-two", "it is fair"), id="in order"),
        pytest.param(BALLOT, ["b", ""], CastBallot("k7", "o-two"), id="letter, nothing more"),
        pytest.param(
            BALLOT, ["why: fair: yes", "C · Sell it"], CastBallot("k7", "o-three", "fair: yes"), id="by label"
        ),
        pytest.param(BALLOT, ["reason: x", "1: o-one"], CastBallot("k7", "o-one", "x"), id="by name and number"),
        pytest.param(BALLOT, ["marks: a\nreason: both at once"], CastBallot("k7", "o-one", "both at once"), id="lines"),
        pytest.param(BALLOT, ["2", "send"], CastBallot("k7", "o-two"), id="sent early"),
        pytest.param(SEVERAL, ["1, c"], CastBallot("k7", "o-one,o-three"), id="several"),
        pytest.param(BALLOT, ["2", "it is\\", "fair"], CastBallot("k7", "o-two", "it is\nfair"), id="two lines"),
        pytest.param(DRAFT, ["", "2"], DraftPoll(question="Shall we?", minimum=2), id="left as it was"),
        pytest.param(DRAFT, ["question: Why not?", "enviar"], DraftPoll(question="Why not?"), id="in Spanish"),
    ],
)
def test_a_form_becomes_its_intent(form: Form, lines: list[str], intent: object) -> None:
    """One answer after the other, or by name in any order; it is done after the last, or when told to send."""
    filling = Filling(form, "es")
    heard = [filling.hear(line) for line in lines]
    assert heard == [Heard.MORE] * (len(lines) - 1) + [Heard.DONE]
    assert filling.sent() == intent


@pytest.mark.parametrize(
    ("form", "line", "key"),
    [
        pytest.param(BALLOT, "7", "no_choice", id="no such number"),
        pytest.param(BALLOT, "purple", "no_choice", id="no such word"),
        pytest.param(SEVERAL, "a b c", "too_many", id="too many"),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_again(form: Form, line: str, key: str) -> None:
    """The sentence says why, and the same field is next."""
    filling = Filling(form, "en")
    with pytest.raises(Misfit) as misfit:
        filling.hear(line)
    assert misfit.value.key == key
    assert filling.next is form.fields[0]


def test_a_required_field_is_not_passed_over() -> None:
    """Sent without it, the form asks for it."""
    filling = Filling(BALLOT, "en")
    with pytest.raises(Misfit, match="missing"):
        filling.hear("")
    assert filling.hear("why: a reason") is Heard.MORE
    assert filling.hear("send") is Heard.DONE
    with pytest.raises(Misfit, match="missing"):
        filling.sent()
    assert filling.next is BALLOT.fields[0]
    assert filling.hear("b") is Heard.DONE
    assert filling.sent() == CastBallot("k7", "o-two", "a reason")


@pytest.mark.parametrize("word", ["cancel", "Cancelar"])
def test_a_form_can_be_left(word: str) -> None:
    """In English or in one's own language."""
    assert Filling(BALLOT, "es").hear(word) is Heard.LEFT


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    """A path in quotes or bare; what can't be read is said."""
    (tmp_path / "notes.md").write_text("# Hello")
    form = Form("Import", ImportArticle(), (FormField("file", "File", FieldKind.FILE),))
    filling = Filling(form, "en")
    with pytest.raises(Misfit, match="no_file"):
        filling.hear(str(tmp_path / "none.md"))
    assert filling.hear(f'"{tmp_path / "notes.md"}"') is Heard.DONE
    assert filling.sent() == ImportArticle(file=Attachment("notes.md", b"# Hello"))


def test_a_form_shows_what_it_asks_and_what_stands() -> None:
    """Fields and choices are numbered; optional ones say so, filled ones say with what."""
    filling = Filling(BALLOT, "en")
    filling.hear("b")
    assert filling.draw(Prose()).split("\n") == [
        "Your ballot",
        "───────────",
        "   1. Your choice (now: B · Leave it)",
        "       1  A · Paint it",
        "       2  B · Leave it — as it is",
        "       3  C · Sell it",
        "   2. Why? (may stay empty · a line that ends in \\ goes on in the next)",
        "",
        "Type one answer after the other, or `field: answer`. `send` sends it, `cancel` leaves it.".replace("`", ""),
        "Why?",
    ]

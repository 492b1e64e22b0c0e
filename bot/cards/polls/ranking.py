"""A ballot that ranks: one field where a platform can draw it, and step by step where it can't."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls.fit import OPTIONS, each, short
from bot.cards.polls.lists import LABELS
from bot.cards.polls.papers import choices, paper_with, title
from bot.cards.polls.wording import heading, lettered, option_text
from bot.core.card import (
    Action,
    Bullets,
    Card,
    FieldKind,
    Form,
    FormField,
    Heading,
    Pick,
    PickOption,
    Small,
    Style,
    Text,
)
from bot.core.intents import FillBallot
from bot.core.poll import unfinished
from bot.core.poll.kinds import kind_of, ranks_of
from bot.core.poll.values import STRICT, Ballot, Poll, PollOption
from bot.core.rich import Rich, bold, join
from bot.i18n import Words

AT_ONCE = 5  # options that the parts of one dialog hold


def paper(t: Words, poll: Poll, mine: Ballot | None) -> Card:
    """The options to be put in order, as I ranked them before. Where that can't be drawn: option by option."""
    marks = mine.marks if mine else {}
    asked = field(t, poll, marks)
    steps = one_dialog(t, poll, asked) if _fits_dialog(poll) else tapping(t, poll, unfinished.written(marks, poll))
    return paper_with(t, poll, mine, asked, (Small(rules(t, poll)),), steps)


def field(t: Words, poll: Poll, marks: Mapping[str, int]) -> FormField:
    """The ranking, as a form asks for it."""
    return FormField(
        "marks",
        t.plain("ballot.rank_label"),
        FieldKind.RANKING,
        value=kind_of(poll).write(dict(marks), poll),
        choices=choices(t, poll),
        ties=ties(poll),
        example=example(poll),
    )


def one_dialog(t: Words, poll: Poll, asked: FormField) -> Card:
    """A dialog of nothing but the places, where a reason beside them doesn't fit: it can be added to the ballot."""
    form = Form(title(t, poll), FillBallot(poll.id, asked=True), (asked,), t.plain("poll.action.cast"))
    return Card(heading(t, poll), (Small(rules(t, poll)),), form=form, locale=t.locale)


def tapping(t: Words, poll: Poll, filled: str) -> Card:
    """The order so far, and a choice of what comes next. What is said here is all that is kept of it."""
    marks = unfinished.read(filled, poll)
    left = [option for option in poll.options if option.id not in marks]
    head = (Heading(t.plain("ballot.rank_so_far")), order(t, poll, marks)) if marks else (Text(t("ballot.rank_tap")),)
    notes = (Small(rules(t, poll)), *((Small(t("ballot.not_cast")),) if marks else ()))
    picks = (_pick(t, poll, filled, left),) if left else ()
    return Card(heading(t, poll), (*head, *notes), _ways(t, poll, filled, left), picks, locale=t.locale)


def order(t: Words, poll: Poll, marks: Mapping[str, int]) -> Bullets:
    """A ranking, a line for each place."""
    room = each(OPTIONS, len(poll.options))
    named = {o.id: join([bold(poll.letter(o.id)), short(option_text(t, o), room)], " · ") for o in poll.options}
    return Bullets(tuple(join([named[o] for o in place], " = ") for place in ranks_of(marks, poll)), numbered=True)


def rules(t: Words, poll: Poll) -> Rich:
    """What one must know to rank: whether places may be shared, and what becomes of what is left out."""
    return join([t("ballot.rank_ties" if ties(poll) else "ballot.rank_strict"), t("ballot.rank_rest")], " ")


def ties(poll: Poll) -> bool:
    """Whether the poll's method hears equal ranks."""
    return poll.method not in STRICT


def example(poll: Poll) -> str:
    """A ballot as one could type it, of this poll's own letters."""
    return "b>a" if len(poll.options) == 2 else f"b>a{'=' if ties(poll) else '>'}c"


def _fits_dialog(poll: Poll) -> bool:
    return len(poll.options) <= AT_ONCE


def _pick(t: Words, poll: Poll, filled: str, left: list[PollOption]) -> Pick:
    """What may come next: behind the last place, or beside it."""
    place = len(set(unfinished.read(filled, poll).values()))
    beside = unfinished.waits_beside(filled)
    label = t.plain("ballot.pick_beside", n=place) if beside else t.plain("ballot.pick_place", n=place + 1)
    room = each(LABELS, len(left))
    options = tuple(
        PickOption(
            short(lettered(t, poll, option), room),
            FillBallot(poll.id, unfinished.ranked_next(filled, poll.letter(option.id))),
        )
        for option in left
    )
    return Pick(label, options)


def _ways(t: Words, poll: Poll, filled: str, left: list[PollOption]) -> tuple[tuple[Action, ...], ...]:
    """Cast it, share the last place, go a step back, begin again: nothing before there is anything."""
    if not filled:
        return ()
    row = [Action(t.plain("poll.action.cast"), FillBallot(poll.id, _bare(filled), cast=True), Style.MAIN)]
    if left and ties(poll) and not unfinished.waits_beside(filled):
        row.append(Action(t.plain("ballot.action.beside"), FillBallot(poll.id, filled + unfinished.BESIDE)))
    row.append(Action(t.plain("ballot.action.undo"), FillBallot(poll.id, unfinished.undone(filled))))
    row.append(Action(t.plain("ballot.action.again"), FillBallot(poll.id)))
    return (tuple(row),)


def _bare(filled: str) -> str:
    return filled.removesuffix(unfinished.BESIDE)

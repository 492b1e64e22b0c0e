"""A ballot that scores: one field where a platform can draw it, and five options at a time where it can't."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls.fit import OPTIONS, each, short
from bot.cards.polls.papers import choices, paper_with, title
from bot.cards.polls.wording import heading, option_text
from bot.core.card import Action, Bullets, Card, FieldKind, Form, FormField, Heading, Small, Style
from bot.core.intents import FillBallot
from bot.core.poll import unfinished
from bot.core.poll.kinds import kind_of
from bot.core.poll.values import BEST_SCORE, MOST_OPTIONS, Ballot, Poll, PollOption
from bot.core.rich import Rich, bold, join
from bot.i18n import Words

MOST_PAGES = -(-MOST_OPTIONS // unfinished.PAGE)


def paper(t: Words, poll: Poll, mine: Ballot | None) -> Card:
    """A score for each option, as I gave them before. Where that can't be drawn: five at a time."""
    marks = mine.marks if mine else {}
    filled = unfinished.written(marks, poll)
    steps = overview(t, poll, filled) if marks and unfinished.pages(poll) > 1 else page(t, poll, filled, 1)
    return paper_with(t, poll, mine, field(t, poll, marks), (Small(_rules(t)),), steps)


def field(t: Words, poll: Poll, marks: Mapping[str, int], options: tuple[PollOption, ...] = ()) -> FormField:
    """The scores of some options, or of all, as a form asks for them."""
    asked = {poll.letter(option.id).lower() for option in options or poll.options}
    return FormField(
        "marks",
        t.plain("ballot.score_label", best=BEST_SCORE),
        FieldKind.SCORES,
        value=kind_of(poll).write(dict(marks), poll),
        most=BEST_SCORE,
        choices=tuple(choice for choice in choices(t, poll) if choice.value in asked),
        example=example(poll),
    )


def page(t: Words, poll: Poll, filled: str, number: int) -> Card:
    """Five options to be scored, from page 1 on. A sole page makes the ballot; of several, each leads to the whole."""
    marks, here = unfinished.read(filled, poll), unfinished.on_page(poll, number)
    shown = {option.id: marks[option.id] for option in here if option.id in marks}
    only = unfinished.pages(poll) == 1
    form = Form(
        title(t, poll),
        FillBallot(poll.id, filled, 0 if only else number, asked=True),
        (field(t, poll, shown, here),),
        t.plain("poll.action.cast") if only else "",
    )
    return Card(heading(t, poll), (Small(_rules(t)),), form=form, locale=t.locale)


def overview(t: Words, poll: Poll, filled: str, following: int = 0) -> Card:
    """All scores so far; `following` is the page that comes next, 0 when all were seen."""
    marks = unfinished.read(filled, poll)
    head = (Heading(t.plain("ballot.score_so_far")), _sheet(t, poll, marks))
    notes = (Small(_rules(t)), *((Small(t("ballot.not_cast")),) if marks else ()))
    rows = _first_row(t, poll, filled, following), _pages(t, poll, filled, following)
    return Card(heading(t, poll), (*head, *notes), tuple(row for row in rows if row), locale=t.locale)


def example(poll: Poll) -> str:
    """A ballot as one could type it, of this poll's own letters."""
    return "a=5 b=0" if len(poll.options) == 2 else "a=5 b=0 c=3"


def _rules(t: Words) -> Rich:
    return t("ballot.score_rest", best=BEST_SCORE)


def _sheet(t: Words, poll: Poll, marks: Mapping[str, int]) -> Bullets:
    room = each(OPTIONS, len(poll.options))
    lines = []
    for option in poll.options:
        score = bold(str(marks[option.id])) if option.id in marks else "–"
        lines.append(join([bold(poll.letter(option.id)), short(option_text(t, option), room), score], " · "))
    return Bullets(tuple(lines))


def _first_row(t: Words, poll: Poll, filled: str, following: int) -> tuple[Action, ...]:
    """On to the next page while there is one; else to cast it, which may be done before."""
    row = []
    if 1 < following <= unfinished.pages(poll):
        label = t.plain("ballot.action.continue", **_ends(poll, following))
        row.append(Action(label, FillBallot(poll.id, filled, following), Style.MAIN))
    if filled:
        style = Style.PLAIN if row else Style.MAIN
        row.append(Action(t.plain("poll.action.cast"), FillBallot(poll.id, filled, cast=True), style))
        row.append(Action(t.plain("ballot.action.again"), FillBallot(poll.id)))
    return tuple(row)


def _pages(t: Words, poll: Poll, filled: str, following: int) -> tuple[Action, ...]:
    """A way back to each page that was seen."""
    seen = min(following - 1 if following else MOST_PAGES, unfinished.pages(poll))
    return tuple(
        Action(t.plain("ballot.action.page", **_ends(poll, number)), FillBallot(poll.id, filled, number))
        for number in range(1, seen + 1)
    )


def _ends(poll: Poll, number: int) -> dict[str, str]:
    here = unfinished.on_page(poll, number)
    return {"first": poll.letter(here[0].id), "last": poll.letter(here[-1].id)}

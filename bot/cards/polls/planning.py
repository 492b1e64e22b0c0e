"""What is planned: a draft that starts later, a poll that comes again; each moment said back before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.pages import page, page_note, pages, turns
from bot.cards.picks import Line, pick
from bot.cards.polls.fit import short
from bot.core.card import Action, Bullets, Card, FieldKind, Form, FormField, Small, Style, Text
from bot.core.intents import (
    RepeatPoll,
    SchedulePoll,
    ShowPanel,
    ShowPlanned,
    StopRepeating,
    UnschedulePoll,
)
from bot.core.poll.recurring import Every, read_every
from bot.core.poll.schedule import Schedule
from bot.core.poll.values import Poll
from bot.core.rich import Rich, bold, join, moment
from bot.core.text import cut
from bot.i18n import Words

TITLE = 45
QUESTION = 80  # of a question in a list
SHOWN = 10  # to a page


def later_form(t: Words, poll: Poll) -> Card:
    """When the draft is to start."""
    field = FormField("starts", t.plain("planning.starts"), hint=t.plain("planning.when_hint"))
    intent = SchedulePoll(poll.id, poll.revision)
    form = Form(cut(t.plain("planning.later_title"), TITLE), intent, (field,), submit=t.plain("planning.action.look"))
    return Card(cut(poll.question, 100), (), ((_later(t, poll),),), form=form, locale=t.locale)


def sure_to_start(t: Words, poll: Poll, starts_ms: int) -> Card:
    """The moment as it was understood; nothing is planned yet."""
    when = t("planning.sure_to_start", when=moment(starts_ms, "F"), left=moment(starts_ms, "R"))
    yes = SchedulePoll(poll.id, poll.revision, starts_ms=starts_ms)
    row = (Action(t.plain("planning.action.start_then"), yes, Style.MAIN), _back(t, poll))
    return Card(cut(poll.question, 100), (Text(when),), (row,), locale=t.locale)


def scheduled(t: Words, poll: Poll, starts_ms: int) -> Card:
    """It starts by itself."""
    said = t("planning.scheduled", when=moment(starts_ms, "F"), left=moment(starts_ms, "R"))
    row = (Action(t.plain("planning.action.planned"), ShowPlanned()), _back(t, poll))
    return Card(cut(poll.question, 100), (Text(said),), (row,), locale=t.locale)


def repeat_form(t: Words, poll: Poll) -> Card:
    """How often, from when, until when."""
    fields = (
        FormField("rhythm", t.plain("planning.rhythm"), hint=t.plain("planning.rhythm_hint")),
        FormField("first", t.plain("planning.first"), FieldKind.LINE, t.plain("planning.first_hint"), required=False),
        FormField("until", t.plain("planning.until"), FieldKind.LINE, t.plain("planning.until_hint"), required=False),
    )
    title = cut(t.plain("planning.repeat_title"), TITLE)
    form = Form(title, RepeatPoll(poll.id), fields, submit=t.plain("planning.action.look"))
    again = Action(t.plain("planning.action.repeat"), RepeatPoll(poll.id))
    return Card(cut(poll.question, 100), (Text(t("planning.repeat_what")),), ((again,),), form=form, locale=t.locale)


def sure_to_repeat(t: Words, poll: Poll, planned: Schedule, shown: int) -> Card:
    """The next times, before any of them counts."""
    times = tuple(moment(at, "F") for at in planned.times(shown))
    yes = RepeatPoll(poll.id, planned.every, planned.first_ms, planned.ends_ms or 0, sure=True)
    row = (
        Action(t.plain("planning.action.repeat_so"), yes, Style.MAIN),
        Action(t.plain("planning.action.change"), RepeatPoll(poll.id)),
    )
    blocks = (Text(rhythm(t, planned)), Text(t("planning.next_times")), Bullets(times), Small(_length(t, planned)))
    return Card(cut(planned.title, 100), blocks, (row,), locale=t.locale)


def repeating(t: Words, planned: Schedule) -> Card:
    """It comes again from now on."""
    said = t("planning.repeating", when=moment(planned.first_ms, "F"), left=moment(planned.first_ms, "R"))
    row = (Action(t.plain("planning.action.planned"), ShowPlanned()),)
    return Card(cut(planned.title, 100), (Text(said), Small(rhythm(t, planned))), (row,), locale=t.locale)


def planned(t: Words, coming: Sequence[Poll | Schedule], part: int) -> Card:
    """A page (`part`, from 0) of all that starts by itself, with a way to stop each."""
    every = pages(coming, lambda _: 1, most=SHOWN)
    number = page(part, every)
    lines = tuple(_waits(t, one) if isinstance(one, Poll) else _comes(t, one) for one in every[number])
    stops = [_stop(t, one) for one in every[number]]
    blocks = (Bullets(lines) if lines else Text(t("planning.none")), *page_note(t, number, len(every) - 1))
    turn = turns(t, number, len(every) - 1, ShowPlanned)
    picks = pick(t, "planning.stop", stops)
    return Card(t.plain("planning.title"), blocks, (turn,) if turn else (), picks, locale=t.locale)


def _stop(t: Words, one: Poll | Schedule) -> Line:
    if isinstance(one, Poll):
        return Line(one.question, UnschedulePoll(one.id), t.plain("planning.keep_draft"))
    return Line(one.title, StopRepeating(one.id), rhythm(t, one))


def sure_to_stop(t: Words, schedule: Schedule) -> Card:
    """The polls it made stay; no more come."""
    yes = Action(t.plain("planning.action.stop"), StopRepeating(schedule.id, sure=True), Style.DANGER)
    no = Action(t.plain("planning.action.go_on"), ShowPlanned())
    blocks = (Text(t("planning.sure_to_stop", n=schedule.made)), Small(rhythm(t, schedule)))
    return Card(cut(schedule.title, 100), blocks, ((yes, no),), locale=t.locale)


def rhythm(t: Words, schedule: Schedule) -> Rich:
    """How often a poll comes, and until when."""
    often = _often(t, read_every(schedule.every))
    if schedule.ends_ms is None:
        return often
    return t("planning.until_then", often=often, until=moment(schedule.ends_ms, "D"))


def _often(t: Words, every: Every) -> Rich:
    if every.months:
        return t("planning.months", n=every.months)
    return t("planning.weeks", n=every.days // 7) if every.days % 7 == 0 else t("planning.days", n=every.days)


def _length(t: Words, schedule: Schedule) -> Rich:
    """For how long each of them is open."""
    open_ms = schedule.plan["open_ms"]
    if open_ms is None:
        return t("planning.open_until_closed")
    hours = max(1, round(open_ms / 3_600_000))
    return t("planning.open_days", n=hours // 24) if hours % 24 == 0 else t("planning.open_hours", n=hours)


def _waits(t: Words, poll: Poll) -> Rich:
    when = t("planning.starts_at", when=moment(poll.starts_ms or 0, "F"), left=moment(poll.starts_ms or 0, "R"))
    return join([bold(short(poll.question, QUESTION)), when], " · ")


def _comes(t: Words, schedule: Schedule) -> Rich:
    when = t("planning.next_at", when=moment(schedule.next_ms or 0, "F"))
    return join([bold(short(schedule.title, QUESTION)), rhythm(t, schedule), when], " · ")


def _later(t: Words, poll: Poll) -> Action:
    return Action(t.plain("planning.action.later"), SchedulePoll(poll.id, poll.revision))


def _back(t: Words, poll: Poll) -> Action:
    return Action(t.plain("draft.action.back"), ShowPanel(poll.id))

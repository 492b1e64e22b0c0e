"""What both reports say besides the numbers: the rules, remarks, other methods, what a recount starts from."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.charts.subject import Subject
from bot.core.counting.values import Count
from bot.core.poll.values import Edit, Poll, State, Threshold
from bot.core.record import PollRecord
from bot.i18n import Words

Pairs = list[tuple[str, str]]


def remarks(record: PollRecord, t: Words) -> list[str]:
    """What a reader must know first: that the poll is open, that wordings changed, how it was edited."""
    poll = record.poll
    said = [t.plain("paper.open")] if poll.state is State.OPEN else []
    if record.wording_changed:
        said.append(t.plain("poll.item_edited"))
    return said + [_edit(poll, edit, t) for edit in poll.edits]


def _edit(poll: Poll, edit: Edit, t: Words) -> str:
    option, before = edit.option, edit.before
    if edit.reopened:
        return t.plain("paper.reopened")
    if option and not before:
        return t.plain("paper.added", letter=poll.letter(option))
    return t.plain("paper.edited", what=poll.letter(option) if option else t.plain("paper.question"), before=before)


def others(record: PollRecord, subject: Subject) -> Pairs:
    """What other methods say of the same ballots: (method, who wins or is tied)."""
    t = subject.t
    return [(t.plain(f"result.method.{count.method}"), _said(subject, count)) for count in record.outcome.others]


def _said(subject: Subject, count: Count) -> str:
    if count.winners:
        return subject.named(count.winners)
    return " ".join(subject.t.plain("chart.verdict.tie", who=subject.named(tie)) for tie in count.tied)


def facts(record: PollRecord, t: Words) -> Pairs:
    """The rules and the turnout: (name, value)."""
    poll, rules = record.poll, record.poll.rules
    found: Pairs = [
        (t.plain("paper.method"), t.plain(f"result.method.{poll.method}")),
        (t.plain("paper.ballots"), t.plain("poll.named" if poll.named else "poll.anonymous")),
        (t.plain("paper.cast"), t.number(record.outcome.ballots)),
    ]
    if record.outcome.voided:
        found.append((t.plain("paper.voided"), t.number(record.outcome.voided)))
    if poll.electorate:
        found.append((t.plain("paper.electorate"), t.number(poll.electorate)))
    if rules.seats > 1:
        found.append((t.plain("paper.seats"), t.number(rules.seats)))
    if rules.quorum:
        found.append((t.plain("paper.quorum"), t.number(rules.quorum)))
    return found + _asked(poll, t) + _times(poll, t)


def _asked(poll: Poll, t: Words) -> Pairs:
    """Who could vote, with what weight, and what a motion needed."""
    rules, found = poll.rules, []
    if poll.kind == "motion":
        found.append((t.plain("paper.threshold"), t.plain(f"paper.asks.{Threshold(rules.threshold)}")))
    if rules.roles:
        found.append((t.plain("paper.roles"), ", ".join(rules.role_names or rules.roles)))
    if rules.weights:
        weights = ", ".join(f"{name} {t.number(weight)}" for _, name, weight in rules.weights)
        found.append((t.plain("paper.weights"), weights))
    return found


def _times(poll: Poll, t: Words) -> Pairs:
    moments = ((t.plain("paper.opened"), poll.opened_ms), (t.plain("paper.closed"), poll.closed_ms))
    return [(name, moment(ms)) for name, ms in moments if ms is not None]


def evidence(poll: Poll, t: Words) -> Pairs:
    """What a recount starts from; the root stands once the poll has closed."""
    if not poll.root:
        return []
    return [(t.plain("paper.root"), poll.root), (t.plain("paper.salt"), poll.salt), (t.plain("paper.id"), poll.id)]


def how(record: PollRecord, t: Words) -> str:
    """How anybody can check the result; of a withheld one, that nobody can."""
    if record.withheld:
        return t.plain("evidence.withheld", n=record.outcome.ballots)
    return t.plain("paper.how", number=record.poll.number or 0)


def moment(ms: int) -> str:
    """A moment as "2026-12-01 17:00 UTC"."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def day(ms: int) -> str:
    """A day as "2026-12-01"."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d}"

"""The moderators' log: reports that wait first, then who did what, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import intents as i
from bot.core.card import Action, Block, Card, Heading, Option, Small, Text
from bot.core.rich import Rich, bold, moment, rich
from bot.core.text import cut
from bot.i18n import Words

ENTRIES = 12  # to a page
REPORTS = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that nobody has dealt with yet."""

    id: str
    at_ms: int
    about_item: bool
    reason: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a moderator did. Its words stand under `log.<act>`; `detail` fills them."""

    at_ms: int
    by: str
    act: str
    subject: str
    detail: Mapping[str, object] = field(default_factory=dict)


def log_card(t: Words, reports: Sequence[Waiting], waiting: int, acts: Sequence[Act], part: int, last: int) -> Card:
    """A page of the log. `waiting` counts the open reports, of which the oldest few are shown."""
    return Card(
        title=t.plain("logbook.title"),
        blocks=(*_reports(t, reports, waiting), *_acts(t, acts)),
        actions=tuple(row for row in (_turns(t, part, last),) if row),
        locale=t.locale,
    )


def _reports(t: Words, reports: Sequence[Waiting], waiting: int) -> tuple[Block, ...]:
    if not reports:
        return (Small(t("logbook.no_reports")),)
    heading = Heading(t.plain("logbook.reports", n=waiting))
    return (heading, *(_report(t, report) for report in reports), Small(t("logbook.settle_hint")))


def _report(t: Words, report: Waiting) -> Option:
    about = t("logbook.about_item" if report.about_item else "logbook.about_message")
    quoted = f"\n“{rich(cut(report.excerpt, 200))}”" if report.excerpt else ""
    text = Rich(f"{bold(about)} · {moment(report.at_ms, 'R')}\n{rich(cut(report.reason, 200))}{quoted}")
    return Option(text, Action(t.plain("logbook.settle"), i.SettleReport(report.id)))


def _acts(t: Words, acts: Sequence[Act]) -> tuple[Block, ...]:
    heading = Heading(t.plain("logbook.acts"))
    return (heading, *(Text(_line(t, act)) for act in acts)) if acts else (heading, Text(t("logbook.empty")))


def _line(t: Words, act: Act) -> Rich:
    return Rich(f"{moment(act.at_ms)} · {bold(cut(act.by, 40))} · {_said(t, act)}")


def _said(t: Words, act: Act) -> Rich:
    """The act in words; an act of a newer build, or one that lacks a detail, by its name and subject."""
    facts = {name: cut(value, 80) if isinstance(value, str) else value for name, value in act.detail.items()}
    try:
        return t(f"log.{act.act}", **{"subject": act.subject, **facts})
    except KeyError:
        return rich(f"{act.act} {act.subject}")


def _turns(t: Words, part: int, last: int) -> tuple[Action, ...]:
    older = [Action(t.plain("logbook.older"), i.ShowLog(part + 1))] if part < last else []
    newer = [Action(t.plain("logbook.newer"), i.ShowLog(part - 1))] if part else []
    return (*older, *newer)

"""The moderators' log: reports that wait first, then who did what, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.settling import word
from bot.core import intents as i
from bot.core.card import Action, Block, Card, Heading, Option, Small, Text
from bot.core.logbook import Entry, Report
from bot.core.rich import Rich, bold, moment, rich
from bot.core.text import cut
from bot.i18n import Words

ENTRIES = 12  # to a page
REPORTS = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the log: the oldest open reports of `waiting`, and entries, newest first. `part` of `last`, from 0."""

    reports: Sequence[Report]
    waiting: int
    entries: Sequence[Entry]
    part: int
    last: int


def log_card(t: Words, page: Page, address: str) -> Card:
    """A page of the log. `address` is the place's on the web: reported messages are found below it."""
    turns = _turns(t, page.part, page.last)
    return Card(
        title=t.plain("logbook.title"),
        blocks=(*_reports(t, page, address), *_entries(t, page.entries)),
        actions=(turns,) if turns else (),
        locale=t.locale,
    )


def report_card(t: Words, report: Report, *, settled: bool) -> Card:
    """A report in the moderators' own channel; once dealt with, it says so and loses its button."""
    if settled:
        return Card(blocks=(Text(_told(t, report, "")), Small(t("logbook.settled"))), locale=t.locale)
    return Card(blocks=(_report(t, report, ""),), locale=t.locale)


def said(t: Words, entry: Entry) -> Rich:
    """An act in words; one of a newer build, or one that lacks a detail, by its name and subject."""
    facts = {name: _fact(name, value) for name, value in entry.detail.items()}
    try:
        if entry.act == "setting_changed":
            name, value = str(facts["name"]), str(facts["value"])
            facts |= {"name": t.plain(f"settings.{name}"), "value": value if value == "–" else word(t, name, value)}
        return t(f"log.{entry.act}", **{"subject": entry.subject, **facts})
    except KeyError:
        return rich(f"{entry.act} {entry.subject}")


def _reports(t: Words, page: Page, address: str) -> tuple[Block, ...]:
    if not page.reports:
        return (Small(t("logbook.no_reports")),)
    heading = Heading(t.plain("logbook.reports", n=page.waiting))
    return (heading, *(_report(t, report, address) for report in page.reports), Small(t("logbook.settle_hint")))


def _report(t: Words, report: Report, address: str) -> Option:
    return Option(_told(t, report, address), Action(t.plain("logbook.settle"), i.SettleReport(report.id)))


def _told(t: Words, report: Report, address: str) -> Rich:
    reason, _, excerpt = report.excerpt.partition("\n\n")
    about_item = report.message.startswith("item:")
    about = t("logbook.about_item" if about_item else "logbook.about_message")
    if address and report.message and not about_item:
        about = Rich(f"[{about}]({address}/{report.channel}/{report.message})")
    quoted = f"\n“{rich(cut(excerpt, 200))}”" if excerpt else ""
    return Rich(f"{bold(about)} · {moment(report.at_ms, 'R')}\n{rich(cut(reason, 200))}{quoted}")


def _entries(t: Words, entries: Sequence[Entry]) -> tuple[Block, ...]:
    heading = Heading(t.plain("logbook.acts"))
    return (heading, *(Text(_line(t, entry)) for entry in entries)) if entries else (heading, Text(t("logbook.empty")))


def _line(t: Words, entry: Entry) -> Rich:
    return Rich(f"{moment(entry.at_ms)} · {bold(cut(entry.actor_name, 40))} · {said(t, entry)}")


def _fact(name: str, value: object) -> object:
    if name.endswith("_ms") and isinstance(value, int):
        return moment(value)
    return cut(value, 80) if isinstance(value, str) else value


def _turns(t: Words, part: int, last: int) -> tuple[Action, ...]:
    older = [Action(t.plain("logbook.older"), i.ShowLog(part + 1))] if part < last else []
    newer = [Action(t.plain("logbook.newer"), i.ShowLog(part - 1))] if part else []
    return (*older, *newer)

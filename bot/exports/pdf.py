"""A poll's record as a printable report: what was asked, by which rules, what came out, and how anybody can check it.

It is set by the templates of the charts, A4, tagged for screen readers, with title and language in the file. It holds
counts, never ballots; of a withheld result it says that it is withheld.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.charts import pairs, results, rounds, scores, verdicts
from bot.charts.data import chart_data, of
from bot.charts.setting import Setter, Undrawn
from bot.charts.subject import Subject, of_poll
from bot.core.card import File
from bot.core.chart import Chart
from bot.core.counting.values import Count
from bot.core.errors import refuse
from bot.core.poll.values import Poll, State, Threshold
from bot.core.record import PollRecord, told
from bot.exports.said import describes
from bot.i18n import Words

MIME = "application/pdf"
Json = dict[str, Any]
Pairs = list[tuple[str, str]]


def poll_pdf(record: PollRecord, t: Words) -> tuple[File, ...]:
    """One file. Refusal: pdf_unavailable where typst isn't installed or refuses."""
    setter = Setter()
    try:
        data = json.dumps(report(told(record), t), ensure_ascii=False, sort_keys=True)
        return (File(f"poll-{record.poll.number}.pdf", setter.set("report.typ", data, "pdf"), MIME),)
    except Undrawn as error:
        raise refuse("pdf_unavailable") from error
    finally:
        setter.close()


def report(record: PollRecord, t: Words) -> Json:
    """The report's data for its template."""
    poll, when = record.poll, datetime.fromtimestamp(record.exported_ms / 1000, UTC)
    subject = of_poll(t, poll, record.outcome)
    counted = record.outcome.count is not None
    texts = {
        "title": poll.question,
        "about": t.plain("paper.about"),
        "where": t.plain("paper.where", number=poll.number or 0, place=record.place_name),
        "source": t.plain(
            "paper.source", number=poll.number or 0, place=record.place_name, when=_day(record.exported_ms)
        ),
        "verdict": "" if record.withheld else verdicts.verdict(subject),
        "describes": describes(t, record),
        "remarks": _remarks(record, t),
        "others": _others(record, subject),
        "facts": _facts(record, t),
        "evidence": _evidence(poll, t),
        "words": {"others": t.plain("paper.others"), "rules": t.plain("paper.rules"), **_how(poll, t)},
    }
    return {
        **of(texts, t.locale),
        "locale": t.locale,
        "author": "Tertulia",
        "date": {"year": when.year, "month": when.month, "day": when.day},
        "charts": [_chart(*one, t) for one in _charts(record, subject)] if counted else [],
        "rounds": _rounds(subject) if counted else {"rows": []},
        "pairs": [_chart("pairs", pairs.pairs(subject), t)] if pairs.has_pairs(subject.count) else [],
    }


def _charts(record: PollRecord, subject: Subject) -> Iterator[tuple[str, Chart]]:
    yield "result", results.results(subject)
    if record.poll.kind == "score" and record.profile is not None and record.profile.groups:
        yield "scores", scores.scores(subject, record.profile)


def _chart(name: str, chart: Chart, t: Words) -> Json:
    how = t.plain("paper.pairs_how") if name == "pairs" else ""
    heading = t.plain("paper.result") if name == "result" else t.plain(f"chart.view.{name}")
    return {**of({"heading": heading, "how": how}, t.locale), "chart": chart_data(chart)}


def _rounds(subject: Subject) -> Json:
    """A row for each round, a column for each option; exhausted ballots last."""
    t, count = subject.t, subject.count
    if not rounds.has_rounds(count):
        return {"rows": []}
    told_ = rounds.told(subject)
    rows = [{"name": one.heading, "cells": _cells(subject, n), "moves": list(one.moves)} for n, one in enumerate(told_)]
    letters = [*subject.letters, rounds.NOBODY]
    idle = f"{rounds.NOBODY} {rounds.idle(subject)}"
    return {**of({"heading": t.plain("chart.view.rounds"), "rows": rows, "idle": idle}, t.locale), "letters": letters}


def _cells(subject: Subject, n: int) -> list[str]:
    one = subject.count.rounds[n]
    everybody = range(len(subject.count.options))
    tallies = [subject.number(one.tallies[option]) if option in one.tallies else "" for option in everybody]
    return [*tallies, subject.number(one.exhausted)]


def _remarks(record: PollRecord, t: Words) -> list[str]:
    poll = record.poll
    said = [t.plain("paper.open")] if poll.state is State.OPEN else []
    if record.wording_changed:
        said.append(t.plain("poll.item_edited"))
    return said + [_edit(poll, edit.option, edit.before, t) for edit in poll.edits]


def _edit(poll: Poll, option: str, before: str, t: Words) -> str:
    if option and not before:
        return t.plain("paper.added", letter=poll.letter(option))
    return t.plain("paper.edited", what=poll.letter(option) if option else t.plain("paper.question"), before=before)


def _others(record: PollRecord, subject: Subject) -> Pairs:
    t = subject.t
    return [(t.plain(f"result.method.{count.method}"), _said(subject, count)) for count in record.outcome.others]


def _said(subject: Subject, count: Count) -> str:
    if count.winners:
        return subject.named(count.winners)
    return " ".join(subject.t.plain("chart.verdict.tie", who=subject.named(tie)) for tie in count.tied)


def _facts(record: PollRecord, t: Words) -> Pairs:
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
    return [(name, _moment(ms)) for name, ms in moments if ms is not None]


def _evidence(poll: Poll, t: Words) -> Pairs:
    """What a recount starts from; the root stands once the poll has closed."""
    if not poll.root:
        return []
    return [(t.plain("paper.root"), poll.root), (t.plain("paper.salt"), poll.salt), (t.plain("paper.id"), poll.id)]


def _how(poll: Poll, t: Words) -> dict[str, str]:
    return {"evidence": t.plain("paper.evidence"), "how": t.plain("paper.how", number=poll.number or 0)}


def _moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def _day(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d}"

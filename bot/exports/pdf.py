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
from bot.core.errors import refuse
from bot.core.record import PollRecord, told
from bot.exports.facts import day, evidence, facts, how, others, remarks
from bot.exports.said import describes
from bot.i18n import Words

MIME = "application/pdf"
Json = dict[str, Any]


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
            "paper.source", number=poll.number or 0, place=record.place_name, when=day(record.exported_ms)
        ),
        "verdict": "" if record.withheld else verdicts.verdict(subject),
        "describes": describes(t, record),
        "remarks": remarks(record, t),
        "others": others(record, subject),
        "facts": facts(record, t),
        "evidence": evidence(poll, t),
        "words": {
            "others": t.plain("paper.others"),
            "rules": t.plain("paper.rules"),
            "evidence": t.plain("paper.evidence"),
            "how": how(record, t),
        },
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

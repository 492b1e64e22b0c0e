"""A poll's record as a web page in one file, to read, print or publish: no script, nothing from elsewhere.

It holds counts, never ballots; of a withheld result it says that it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.charts import pairs, verdicts
from bot.charts.subject import Subject, of_poll
from bot.core.poll.values import State
from bot.core.record import Line, PollRecord
from bot.exports import html_parts as parts
from bot.exports.facts import day, evidence, facts, how, moment, others, remarks
from bot.exports.markup import Html, bdi, joined, section, table, tag
from bot.exports.outlet import Outlet
from bot.exports.said import describes
from bot.i18n import Words

MIME = "text/html"
# Nothing is fetched and nothing runs, even if a text of somebody's were markup.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = Path(__file__).with_name("report.css")


def poll_html(record: PollRecord, t: Words, outlet: Outlet) -> None:
    """poll-N.html."""
    page = f"<!doctype html>\n{_page(record, t)}\n"
    outlet.open(f"poll-{record.poll.number}.html", MIME).write(page.encode("utf-8", "replace"))


def _page(record: PollRecord, t: Words) -> Html:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{record.poll.question} · {_where(record, t)}"),
        tag("style", _style()),
    )
    body = tag("body", _header(record, t), tag("main", *_sections(record, t)), _footer(record, t))
    return tag("html", head, body, lang=t.locale)


@cache
def _style() -> Html:
    return Html(_STYLE.read_text("utf-8"))


def _where(record: PollRecord, t: Words) -> str:
    return t.plain("paper.where", number=record.poll.number or 0, place=record.place_name)


def _header(record: PollRecord, t: Words) -> Html:
    """What was asked, what came out, whom it describes: the first three lines of a phone."""
    subject = of_poll(t, record.poll, record.outcome)
    verdict = "" if record.withheld else verdicts.verdict(subject)
    said = [tag("p", verdict, class_="verdict")] if verdict else []
    noted = [tag("p", remark, class_="remark") for remark in remarks(record, t)]
    return tag(
        "header",
        tag("p", _where(record, t), class_="where"),
        tag("h1", record.poll.question, dir="auto"),
        *said,
        tag("p", describes(t, record), class_="describes"),
        *noted,
    )


def _sections(record: PollRecord, t: Words) -> Iterator[Html]:
    subject = of_poll(t, record.poll, record.outcome)
    if record.outcome.count is None:
        yield parts.options(record, t)
    else:
        yield parts.result(record, subject)
        yield from parts.scores_given(record, subject)
        yield from parts.rounds_table(record, subject)
        yield from _others(record, subject)
        yield from parts.parts_table(record, t)
        yield from _pairs(subject)
    yield section(t.plain("paper.rules"), _list(facts(record, t)))
    yield from _evidence(record, t)
    yield from _transcript(record, t)


def _others(record: PollRecord, subject: Subject) -> Iterator[Html]:
    said = others(record, subject)
    if said:
        t = subject.t
        headings = (t.plain("export.report.method"), t.plain("export.report.says"))
        rows = [(method, bdi(result)) for method, result in said]
        yield section(t.plain("paper.others"), table(t.plain("export.report.others"), headings, rows))


def _pairs(subject: Subject) -> Iterator[Html]:
    if pairs.has_pairs(subject.count):
        t = subject.t
        yield section(
            t.plain("chart.view.pairs"),
            tag("p", pairs.condorcet(subject)),
            parts.pairs_table(subject),
        )


def _evidence(record: PollRecord, t: Words) -> Iterator[Html]:
    """What may be claimed, and how anybody can check it."""
    poll = record.poll
    if poll.state is not State.CLOSED or not poll.root:
        return
    values = [(name, tag("code", value)) for name, value in evidence(poll, t)]
    claim = t.plain("evidence.claim_named" if poll.named else "evidence.claim")
    yield section(t.plain("paper.evidence"), tag("p", how(record, t)), _list(values), tag("p", claim, class_="soft"))


def _transcript(record: PollRecord, t: Words) -> Iterator[Html]:
    if record.transcript:
        lines = [tag("li", *_line(line)) for line in record.transcript]
        yield section(t.plain("export.report.transcript"), tag("ol", *lines, class_="said"))


def _line(line: Line) -> tuple[Html, Html]:
    """Who, when and what; a remark of ours has no name."""
    who = (bdi(line.name), " · ") if line.name else ()
    return tag("p", *who, moment(line.at_ms), class_="soft"), tag("p", line.text, dir="auto")


def _footer(record: PollRecord, t: Words) -> Html:
    poll = record.poll
    made = t.plain("paper.source", number=poll.number or 0, place=record.place_name, when=day(record.exported_ms))
    return tag("footer", tag("p", made))


def _list(pairs_: Sequence[tuple[str, str]]) -> Html:
    return tag("dl", *(joined((tag("dt", name), tag("dd", value, dir="auto"))) for name, value in pairs_))

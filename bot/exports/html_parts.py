"""The parts of a report that show numbers: bars that start at zero, tables with captions, pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from bot.charts import pairs, results, rounds, scores
from bot.charts.subject import Subject
from bot.core.chart import Bar, Bars, Pairs, Spread, Spreads
from bot.core.record import Picture, PollRecord
from bot.exports.markup import Html, bdi, joined, section, table, tag
from bot.exports.parts import cells, part_names
from bot.exports.said import option_text
from bot.i18n import Words

NOT_TOLD = "–"


def options(record: PollRecord, t: Words) -> Html:
    """What could be chosen, where no result is told."""
    poll = record.poll
    listed = [tag("li", _lettered(poll.letter(option.id), option_text(t, option))) for option in poll.options]
    return section(t.plain("export.report.options"), tag("ul", *listed, class_="options"))


def result(record: PollRecord, subject: Subject) -> Html:
    """The result in bars: drawn where they were drawn, and each with its number."""
    t, chart = subject.t, results.results(subject)
    assert isinstance(chart.body, Bars)
    drawn = _pictures(record, "results")
    rows = [_bar_row(bar, bars=not drawn) for bar in chart.body.bars]
    headings = (t.plain("export.column.option"), t.plain("export.report.count"))
    caption = t.plain("export.report.counts", method=t.plain(f"result.method.{record.poll.method}"))
    return section(t.plain("paper.result"), *drawn, table(caption, headings, rows, "bars"))


def scores_given(record: PollRecord, subject: Subject) -> Iterator[Html]:
    """How often each option got each score."""
    t = subject.t
    if record.poll.kind == "score" and record.profile is not None and record.profile.groups:
        body = scores.scores(subject, record.profile).body
        assert isinstance(body, Spreads)
        headings = (t.plain("export.column.option"), *body.scale)
        rows = [(_named(one), *map(_count, one.counts, one.shares)) for one in body.spreads]
        caption = t.plain("export.report.scores")
        yield section(
            t.plain("chart.view.scores"), *_pictures(record, "scores"), table(caption, headings, rows, "numbers")
        )


def rounds_table(record: PollRecord, subject: Subject) -> Iterator[Html]:
    """A row for each round, a column for each option; below, what each round did."""
    t, count = subject.t, subject.count
    if not rounds.has_rounds(count):
        return
    told = rounds.told(subject)
    headings = (t.plain("export.column.round"), *subject.letters, rounds.NOBODY)
    rows = [(one.heading, *_tallies(subject, n)) for n, one in enumerate(told)]
    moves = [tag("li", tag("b", one.heading), ": ", " ".join(one.moves)) for one in told if one.moves]
    caption = t.plain("export.report.rounds", nobody=f"{rounds.NOBODY} {rounds.idle(subject)}")
    yield section(
        t.plain("chart.view.rounds"),
        *_pictures(record, "rounds"),
        table(caption, headings, rows, "numbers"),
        tag("ul", *moves),
    )


def pairs_table(subject: Subject) -> Html:
    """Every option against every other; where more prefer the row's, the number stands out."""
    body = pairs.pairs(subject).body
    assert isinstance(body, Pairs)
    t = subject.t
    rows = [
        (_lettered(option.letter, option.label), *(_pair(cell.value, cell.won) if cell else "" for cell in row))
        for option, row in zip(body.options, body.cells, strict=True)
    ]
    headings = (t.plain("export.column.option"), *(option.letter for option in body.options))
    return table(t.plain("paper.pairs_how"), headings, rows, "numbers")


def parts_table(record: PollRecord, t: Words) -> Iterator[Html]:
    """The result by two parts of the voters, as far as it may be told."""
    if record.breakdown is None:
        return
    poll, sizes = record.poll, record.breakdown.sizes
    names = zip(part_names(t, poll), sizes, strict=True)
    headings = (t.plain("export.column.option"), *(f"{name} ({t.number(n)})" for name, n in names))
    rows = []
    for option in poll.options:
        told = cells(record.breakdown, option.id)
        shown = [NOT_TOLD, NOT_TOLD] if told is None else [_share(t, n, of) for n, of in zip(told, sizes, strict=True)]
        rows.append((_lettered(poll.letter(option.id), option_text(t, option)), *shown))
    yield section(t.plain("export.report.parts"), table(t.plain("export.report.parts_how"), headings, rows, "numbers"))


def _bar_row(bar: Bar, *, bars: bool) -> tuple[str, ...]:
    noted = [" ", tag("span", bar.note, class_="note")] if bar.note else []
    name = joined((_badge(bar.letter, won=bar.won), bdi(bar.label), *noted))
    return name, joined((bar.value, *([_bar(bar.share, won=bar.won)] if bars and bar.share else [])))


def _bar(share: float, *, won: bool) -> Html:
    inside = tag("span", style=f"width:{100 * share:.2f}%")
    return tag("span", inside, class_="bar won" if won else "bar", aria_hidden="true")


def _named(one: Spread) -> Html:
    return joined((_badge(one.letter, won=one.won), bdi(one.label), " · ", one.value))


def _lettered(letter: str, label: str) -> Html:
    return joined((_badge(letter, won=False), bdi(label)))


def _badge(letter: str, *, won: bool) -> Html:
    return tag("span", letter, class_="letter won" if won else "letter")


def _count(count: str, share: float) -> Html:
    """A number with a small bar below."""
    return joined((count, _bar(share, won=False)))


def _tallies(subject: Subject, n: int) -> Iterator[str]:
    one = subject.count.rounds[n]
    for option in range(len(subject.letters)):
        said = subject.number(one.tallies[option]) if option in one.tallies else ""
        yield tag("b", said) if option in one.elected else tag("s", said) if option in one.eliminated else said
    yield subject.number(one.exhausted)


def _pair(value: str, won: bool) -> str:
    return tag("b", value) if won else value


def _share(t: Words, n: int, of: int) -> str:
    return f"{t.number(n)} · {t.percent(n / of)}"


def _pictures(record: PollRecord, view: str) -> list[Html]:
    return [_figure(picture) for picture in record.pictures if picture.view == view]


def _figure(picture: Picture) -> Html:
    """A picture that can run nothing and fetch nothing, for light and for dark screens; light on paper."""
    dark = tag("source", srcset=_data(picture.dark), media="screen and (prefers-color-scheme: dark)")
    return tag("figure", tag("picture", dark, tag("img", src=_data(picture.light), alt=picture.alt)))


def _data(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode('utf-8', 'replace')).decode('ascii')}"

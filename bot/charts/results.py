"""The results of a poll as bars: votes, points, the decisive round, or how many others each option beats."""

from __future__ import annotations

from bot.charts import alt
from bot.charts.subject import POINTS, Subject, length
from bot.charts.verdicts import note, verdict
from bot.core.chart import Bar, Bars, Chart
from bot.core.counting.values import Number

LAST_DECIDES = {"irv", "stv"}


def results(subject: Subject) -> Chart:
    """The bars of a count, whatever its method."""
    bars = _round(subject) if subject.count.rounds else _duels(subject)
    subtitle = " ".join(filter(None, (verdict(subject), _runoff(subject))))

    def lines(most: int) -> list[str]:
        return [alt.line(bar.letter, bar.label, most, bar.value, bar.note) for bar in bars]

    said = alt.told(subject, subtitle, lines)
    return Chart(subject.title, subtitle, Bars(bars), subject.footer, said, subject.t.locale)


def _round(subject: Subject) -> tuple[Bar, ...]:
    count = subject.count
    decisive = count.rounds[-1 if count.method in LAST_DECIDES else 0].tallies
    return tuple(_bar(subject, n, decisive.get(n)) for n in range(len(count.options)))


def _bar(subject: Subject, option: int, tally: Number | None) -> Bar:
    value = _left(subject, option) if tally is None else _value(subject, tally)
    return Bar(
        subject.letters[option],
        subject.labels[option],
        value,
        length(tally or 0, subject.whole),
        option in subject.count.winners,
        note(subject, option),
    )


def _value(subject: Subject, tally: Number) -> str:
    if subject.count.method == "borda":
        return subject.points(tally)
    if subject.count.method in POINTS:
        return with_mean(subject, tally)
    share = subject.share(tally, subject.whole)
    return f"{subject.votes(tally)} · {share}" if share else subject.votes(tally)


def with_mean(subject: Subject, points: Number) -> str:
    """Points, and their mean over all ballots."""
    mean = subject.t.number(round(float(points) / float(subject.count.ballots or 1), 2))
    return subject.t.plain("chart.mean", points=subject.points(points), mean=mean)


def _left(subject: Subject, option: int) -> str:
    """When an option left, that is not in the last round."""
    rounds = enumerate(subject.count.rounds, start=1)
    return next((subject.t.plain("chart.left", n=n) for n, one in rounds if option in one.eliminated), "")


def _runoff(subject: Subject) -> str:
    """The runoff of a scored poll, which its points don't show."""
    count = subject.count
    if count.method != "star" or len(count.rounds) < 2:
        return ""
    votes = [f"{subject.letters[n]} {subject.number(tally)}" for n, tally in count.rounds[1].tallies.items()]
    return subject.t.plain("chart.runoff_said", votes=subject.listed(votes))


def _duels(subject: Subject) -> tuple[Bar, ...]:
    """In the order of the result: how many of the others more ballots prefer it to."""
    count, others = subject.count, len(subject.count.options) - 1
    ordered = [n for place in count.order for n in place]
    return tuple(_duel(subject, n, others) for n in (*ordered, *(set(range(others + 1)) - set(ordered))))


def _duel(subject: Subject, option: int, others: int) -> Bar:
    pairs = subject.count.pairwise
    beaten = sum(1 for n in range(others + 1) if pairs[option][n] > pairs[n][option])
    value = subject.t.plain("chart.beats", n=beaten, of=others)
    won = option in subject.count.winners
    return Bar(
        subject.letters[option], subject.labels[option], value, length(beaten, others), won, note(subject, option)
    )

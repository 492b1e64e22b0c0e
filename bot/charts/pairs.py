"""Every option against every other: how many ballots prefer the one to the other."""

from __future__ import annotations

from bot.charts import alt
from bot.charts.subject import Subject
from bot.charts.verdicts import note, verdict
from bot.core.chart import Chart, Named, Pair, Pairs
from bot.core.counting.values import Count


def has_pairs(count: Count | None) -> bool:
    """Whether a count compares options."""
    return count is not None and len(count.pairwise) > 1


def pairs(subject: Subject) -> Chart:
    """The pairwise table, and who beats all others."""
    count = subject.count
    everybody = range(len(count.options))
    options = tuple(
        Named(subject.letters[n], subject.labels[n], n in count.winners, note(subject, n)) for n in everybody
    )
    cells = tuple(tuple(None if a == b else _pair(subject, a, b) for b in everybody) for a in everybody)
    subtitle = " ".join(filter(None, (verdict(subject), condorcet(subject))))

    def lines(most: int) -> list[str]:
        return [alt.line(options[n].letter, options[n].label, most, _row(subject, n)) for n in everybody]

    def shorter(most: int) -> list[str]:
        return [subject.t.plain("chart.more")]

    said = alt.told(subject, subtitle, lines, shorter)
    return Chart(subject.title, subtitle, Pairs(options, cells), subject.footer, said, subject.t.locale)


def condorcet(subject: Subject) -> str:
    """Who beats all others, or between whom it goes round."""
    count = subject.count
    if count.condorcet_winner is not None:
        return subject.t.plain("chart.beats_all", who=subject.letters[count.condorcet_winner])
    if not count.smith_set:
        return ""
    return subject.t.plain("chart.smith", who=subject.listed([subject.letters[n] for n in count.smith_set]))


def _pair(subject: Subject, a: int, b: int) -> Pair:
    votes, back = subject.count.pairwise[a][b], subject.count.pairwise[b][a]
    return Pair(subject.number(votes), votes > back)


def _row(subject: Subject, option: int) -> str:
    """ "over B 22, over C 19"."""
    votes = subject.count.pairwise[option]
    return ", ".join(
        subject.t.plain("chart.over", who=subject.letters[n], n=subject.number(votes[n]))
        for n in range(len(votes))
        if n != option
    )

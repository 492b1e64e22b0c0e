"""The spread of scores: how often each option got each of them."""

from __future__ import annotations

from collections import Counter
from typing import cast

from bot.charts import alt
from bot.charts.results import with_mean
from bot.charts.subject import Subject, length
from bot.charts.verdicts import note, verdict
from bot.core.chart import Chart, Spread, Spreads
from bot.core.counting.values import Number, Profile, Scores

LEFT_OUT = "–"
Tally = Counter[int | None]


def scores(subject: Subject, profile: Profile) -> Chart:
    """A row of columns for each option, from 0 to the best score; what was left out last, where there is any."""
    tallies = [_tally(profile, n) for n in range(len(profile.options))]
    known: tuple[int | None, ...] = (*range(profile.most + 1), *((None,) if any(t[None] for t in tallies) else ()))
    spreads = tuple(_spread(subject, n, tally, known) for n, tally in enumerate(tallies))
    scale = tuple(LEFT_OUT if score is None else str(score) for score in known)
    subtitle = verdict(subject)

    def lines(most: int) -> list[str]:
        return [alt.line(one.letter, one.label, most, one.value, _said(one, scale), one.note) for one in spreads]

    def shorter(most: int) -> list[str]:
        plain = [alt.line(one.letter, one.label, most, one.value, one.note) for one in spreads]
        return [*plain, subject.t.plain("chart.more")]

    said = alt.told(subject, subtitle, lines, shorter)
    return Chart(subject.title, subtitle, Spreads(scale, spreads), subject.footer, said, subject.t.locale)


def _tally(profile: Profile, option: int) -> Tally:
    tally: Tally = Counter()
    for ballot, weight in profile.groups:
        tally[cast("Scores", ballot)[option]] += weight  # type: ignore[assignment]  # a weight may be a Fraction
    return tally


def _spread(subject: Subject, n: int, tally: Tally, known: tuple[int | None, ...]) -> Spread:
    total: Number = sum(score * times for score, times in tally.items() if score)
    ballots = subject.count.ballots
    return Spread(
        subject.letters[n],
        subject.labels[n],
        with_mean(subject, total),
        tuple(subject.number(tally[score]) for score in known),
        tuple(length(tally[score], ballots) for score in known),
        n in subject.count.winners,
        note(subject, n),
    )


def _said(one: Spread, scale: tuple[str, ...]) -> str:
    """How often each score was given, "5: 12, 4: 3": the best first, those that nobody gave left out."""
    pairs = [(score, times) for score, times in zip(scale, one.counts, strict=True) if times != "0"]
    return ", ".join(f"{score}: {times}" for score, times in reversed(pairs))

"""The words of a chart say every number that it draws, in what Discord takes; a long one says so."""

from __future__ import annotations

import re

import pytest

from bot.charts import alt, pairs, results, rounds, scores
from bot.core.chart import Chart
from bot.core.counting.values import Form
from bot.core.text import units
from bot.i18n import LOCALES
from tests.charts.subjects import FOOTER, METHOD_NAMES, counted, profile, subject


def charts(method: str, locale: str, options: int) -> list[Chart]:
    """Every chart that a count has."""
    found = counted(method, options)
    about = subject(found, locale)
    drawn = [results.results(about)]
    drawn += [rounds.rounds(about)] if rounds.has_rounds(found) else []
    drawn += [pairs.pairs(about)] if pairs.has_pairs(found) else []
    return drawn + ([scores.scores(about, profile(Form.SCORES, options))] if method == "star" else [])


@pytest.mark.parametrize("options", [2, 7, 25])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("method", METHOD_NAMES)
def test_words_fit_a_description(method: str, locale: str, options: int) -> None:
    """At most 1,024 units, the question first, whom it describes last."""
    if method == "motion":
        options = min(options, 3)
    for chart in charts(method, locale, options):
        assert units(chart.alt) <= alt.LIMIT
        assert chart.alt.startswith("Which evening?")
        assert chart.alt.endswith(FOOTER)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_all_bars_are_said(method: str) -> None:
    """Letter and value of each, and its text where there is room."""
    options = 3 if method == "motion" else 7
    chart = results.results(subject(counted(method, options)))
    for bar in chart.body.bars:
        assert re.search(rf"^{bar.letter} · .*: {re.escape(bar.value)}", chart.alt, re.MULTILINE)


def test_all_rounds_are_said() -> None:
    """Each with its tallies and where votes went."""
    found = counted("irv", 5)
    chart = rounds.rounds(subject(found))
    for number, one in enumerate(found.rounds, start=1):
        line = next(line for line in chart.alt.split("\n") if line.startswith(f"Round {number} of"))
        assert all(f"{'ABCDE'[n]} {tally}" in line for n, tally in one.tallies.items())
        assert ("From" in line) == bool(one.transfers)


def test_what_does_not_fit_says_that_there_is_more() -> None:
    """A long count is told by its last round, and where the rest is."""
    chart = rounds.rounds(subject(counted("irv", 25)))
    assert "Round 1 of" not in chart.alt
    assert "The details of the poll have the rest." in chart.alt


@pytest.mark.parametrize(
    ("ballots", "shares"), [pytest.param(9, False, id="nine ballots"), pytest.param(41, True, id="enough")]
)
def test_percentages_only_where_there_are_ballots_enough(ballots: int, shares: bool) -> None:
    """The subject says whether there are; then a count and a percentage stand together."""
    chart = results.results(subject(counted("plurality", 3, ballots), shares=shares))
    assert all(("%" in bar.value) == shares for bar in chart.body.bars)
    assert all(re.match(r"\d+ votes?", bar.value) for bar in chart.body.bars)


def test_bars_start_at_zero_and_are_of_all_ballots() -> None:
    """A length is votes by ballots."""
    found = counted("plurality", 4)
    chart = results.results(subject(found))
    lengths = [bar.share for bar in chart.body.bars]
    assert lengths == [found.rounds[0].tallies[n] / 41 for n in range(4)]

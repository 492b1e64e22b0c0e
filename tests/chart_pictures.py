"""Charts for the documentation, drawn from an evening's ballots: one of each sort, in both themes."""

from __future__ import annotations

from pathlib import Path

from bot.charts import pairs, results, rounds, scores
from bot.charts.data import chart_json
from bot.charts.setting import Setter
from bot.charts.subject import Subject
from bot.core.chart import Chart
from bot.core.counting.methods import count
from bot.core.counting.values import Form, Profile
from bot.i18n import words

OPTIONS = ("Put reducing US demand first", "Support sovereignty", "Promote opportunity", "Hold policymakers to account")
FOOTER = "41 of 312 members voted (13%). It describes these voters only. Percentages are of 41 ballots."
RANKED: tuple[tuple[str, int], ...] = (("acbd", 13), ("bda", 11), ("cab", 8), ("dbc", 6), ("cd", 3))
SCORED = (((5, 3, 4, 0), 13), ((1, 5, 2, 4), 11), ((3, 2, 5, 1), 8), ((0, 4, 2, 5), 6), ((None, 1, 5, 3), 3))


def drawn() -> dict[str, tuple[Chart, str]]:
    """The charts by their file's name, each with its theme."""
    ids = tuple("abcd")
    ranks = Profile(ids, Form.RANKS, tuple((tuple((ids.index(x),) for x in order), n) for order, n in RANKED))
    points = Profile(ids, Form.SCORES, SCORED)
    ranked, scored = (Subject(
        words("en"), "Which call to action first?", tuple("ABCD"), OPTIONS, found, footer=FOOTER
    ) for found in (count(ranks, "irv"), count(points, "star")))  # fmt: skip
    return {
        "chart-results": (results.results(ranked), "light"),
        "chart-rounds-dark": (rounds.rounds(ranked), "dark"),
        "chart-pairs": (pairs.pairs(ranked), "light"),
        "chart-scores": (scores.scores(scored, points), "light"),
    }


def take(folder: Path) -> int:
    """Draw every chart into `folder`; how many they are."""
    setter = Setter()
    for name, (chart, theme) in drawn().items():
        (folder / f"{name}.png").write_bytes(setter.set("picture.typ", chart_json(chart, theme), "png"))
    setter.close()
    return len(drawn())

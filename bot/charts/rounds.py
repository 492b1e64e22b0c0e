"""A count in rounds: how each stood, who was elected or out, and whose votes went to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.charts import alt
from bot.charts.subject import POINTS, Subject, length
from bot.charts.verdicts import verdict
from bot.core.chart import Bar, Chart, Round, Rounds
from bot.core.counting import values
from bot.core.counting.values import Count, Number
from bot.core.text import cut

MOST_BARS = 60  # over all rounds: of a longer count the middle is told in words alone
NOBODY = "–"


def has_rounds(count: Count | None) -> bool:
    """Whether a count has more than one round."""
    return count is not None and len(count.rounds) > 1


def rounds(subject: Subject) -> Chart:
    """All rounds from the first to the last, the first and the last ones with their bars."""
    found = told(subject)
    subtitle = verdict(subject)
    legend = list(zip(subject.letters, subject.labels, strict=True))

    spoken = [_line(subject, n, one) for n, one in enumerate(found)]

    def names(most: int) -> list[str]:
        return [cut(f"{letter} · {label}", most) for letter, label in legend] if most else []

    def lines(most: int) -> list[str]:
        return [*names(most), *spoken]

    def shorter(most: int) -> list[str]:
        return [*names(most), spoken[-1], subject.t.plain("chart.more")]

    said = alt.told(subject, subtitle, lines, shorter)
    return Chart(subject.title, subtitle, Rounds(found), subject.footer, said, subject.t.locale)


def told(subject: Subject) -> tuple[Round, ...]:
    """Every round with what it did."""
    drawn = _drawn(subject.count.rounds)
    return tuple(_round(subject, n, bars=n in drawn) for n in range(len(subject.count.rounds)))


def _drawn(found: tuple[values.Round, ...]) -> set[int]:
    """Which rounds get bars: the first, then from the last back as long as there is room."""
    left = MOST_BARS
    drawn: set[int] = set()
    for n in (0, *range(len(found) - 1, 0, -1)):
        left -= len(found[n].tallies)
        if left < 0 and len(drawn) > 1:
            break
        drawn.add(n)
    return drawn


def _round(subject: Subject, n: int, *, bars: bool) -> Round:
    one = subject.count.rounds[n]
    gained = _gained(subject.count.rounds[n - 1].transfers) if n else {}
    drawn = tuple(_bar(subject, n, option, gained.get(option, 0)) for option in sorted(one.tallies)) if bars else ()
    nobody = _idle(subject, n) if bars and one.exhausted else ()
    return Round(_heading(subject, n), drawn + nobody, tuple(_moves(subject, one)))


def _gained(transfers: Mapping[int, Mapping[int | None, Number]]) -> dict[int, Number]:
    gained: dict[int, Number] = {}
    for went in transfers.values():
        for option, votes in went.items():
            if option is not None:
                gained[option] = gained.get(option, 0) + votes
    return gained


def _bar(subject: Subject, n: int, option: int, gained: Number) -> Bar:
    one, whole = subject.count.rounds[n], _whole(subject, n)
    value = _value(subject, n, one.tallies[option])
    more = f" ({subject.t.plain('chart.gained', n=subject.number(gained))})" if gained else ""
    elected = any(option in earlier.elected for earlier in subject.count.rounds[: n + 1])
    return Bar(
        subject.letters[option],
        subject.labels[option],
        value + more,
        length(one.tallies[option], whole),
        elected,
        _note(subject, one, option),
        length(gained, whole),
    )


def _note(subject: Subject, one: values.Round, option: int) -> str:
    if option in one.elected:
        return subject.t.plain("chart.note.elected" if subject.final else "chart.note.ahead")
    return subject.t.plain("chart.note.out") if option in one.eliminated else ""


def _value(subject: Subject, n: int, tally: Number) -> str:
    if _in_points(subject, n):
        return subject.points(tally)
    share = subject.share(tally, subject.count.ballots)
    said = subject.votes(tally) if n == 0 or subject.count.method == "star" else subject.number(tally)
    return f"{said} · {share}" if share else said


def _idle(subject: Subject, n: int) -> tuple[Bar, ...]:
    """The ballots that count for nobody in this round."""
    exhausted = subject.count.rounds[n].exhausted
    return (Bar(NOBODY, idle(subject), _value(subject, n, exhausted), length(exhausted, subject.count.ballots)),)


def idle(subject: Subject) -> str:
    """What ballots that count for nobody say."""
    return subject.t.plain("chart.indifferent" if subject.count.method == "star" else "chart.exhausted")


def _in_points(subject: Subject, n: int) -> bool:
    """Whether a round adds up points: in STAR only the first."""
    return subject.count.method in POINTS and (subject.count.method != "star" or n == 0)


def _whole(subject: Subject, n: int) -> Number:
    return subject.whole if _in_points(subject, n) else subject.count.ballots


def _heading(subject: Subject, n: int) -> str:
    t, last = subject.t, len(subject.count.rounds)
    if subject.count.method == "star":
        return t.plain("chart.scoring_round" if n == 0 else "chart.runoff_round")
    if subject.count.method == "equal-shares":
        return t.plain("chart.seat", n=n + 1)
    return t.plain("chart.round", n=n + 1, of=last)


def _moves(subject: Subject, one: values.Round) -> list[str]:
    t = subject.t
    said = [t.plain("chart.tie_broken", who=_letters(subject, one.tied), how=_how(subject, one))] if one.tied else []
    if one.elected:
        said.append(t.plain("chart.elected", who=_letters(subject, one.elected), n=len(one.elected)))
    if one.eliminated:
        said.append(t.plain("chart.out", who=_letters(subject, one.eliminated), n=len(one.eliminated)))
    return said + [_transfer(subject, origin, went) for origin, went in one.transfers.items() if went]


def _how(subject: Subject, one: values.Round) -> str:
    return subject.t.plain(f"chart.broken.{one.broken or 'open'}")


def _transfer(subject: Subject, origin: int, went: Mapping[int | None, Number]) -> str:
    """Whose votes went where: "From D: 3 to A, 1 to B and 1 to nobody"."""
    t = subject.t
    parts = [
        t.plain("chart.nowhere", n=subject.number(votes))
        if option is None
        else t.plain("chart.to", n=subject.number(votes), who=subject.letters[option])
        for option, votes in sorted(went.items(), key=lambda pair: -pair[1])
    ]
    return t.plain("chart.transfer", origin=subject.letters[origin], parts=subject.listed(parts))


def _letters(subject: Subject, options: Iterable[int]) -> str:
    return subject.listed([subject.letters[n] for n in options])


def _line(subject: Subject, n: int, drawn: Round) -> str:
    """A round in words: every number of it, then what it did."""
    one = subject.count.rounds[n]
    tallies = [f"{subject.letters[option]} {subject.number(tally)}" for option, tally in sorted(one.tallies.items())]
    nobody = [f"{NOBODY} {subject.number(one.exhausted)}"] if one.exhausted else []
    return f"{drawn.heading}: {', '.join(tallies + nobody)}. {' '.join(drawn.moves)}".rstrip()

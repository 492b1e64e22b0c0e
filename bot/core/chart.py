"""A chart by meaning, its words already in the reader's language: what is drawn, and what is said instead of drawing.

Shares are lengths from 0 to 1 of the same whole, so that every bar starts at zero and all can be compared. Options are
told apart by letter and place; what stands out is also said in words (`note`), never by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """An option with its number. `gained` is the part of `share` that this round brought it; `won` marks it."""

    letter: str
    label: str
    value: str
    share: float
    won: bool = False
    note: str = ""
    gained: float = 0.0


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each option."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stood, and in `moves` what it did: who was elected or out, and where their votes went.

    Without bars it is told by its moves alone: the middle of a long count.
    """

    heading: str
    bars: tuple[Bar, ...]
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounds:
    """A count in rounds, from the first to the last."""

    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How often an option got each score, lowest first: `counts` in words, `shares` of the ballots, 0 to 1."""

    letter: str
    label: str
    value: str
    counts: tuple[str, ...]
    shares: tuple[float, ...]
    won: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spreads:
    """The scores given to each option. `scale` names the scores, lowest first."""

    scale: tuple[str, ...]
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """How many prefer the row's option to the column's; `won` when more than the other way round."""

    value: str
    won: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An option by letter and text."""

    letter: str
    label: str
    won: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every option against every other: a row of `cells` for each of `options`, None on the diagonal."""

    options: tuple[Named, ...]
    cells: tuple[tuple[Pair | None, ...], ...]


Body = Bars | Rounds | Spreads | Pairs


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it is of (`title`), what came out (`subtitle`), what the numbers describe (`footer`).

    `alt` says all of it in words, the numbers in full, in at most 1,024 UTF-16 units.
    """

    title: str
    subtitle: str
    body: Body
    footer: str
    alt: str
    locale: str = "en"

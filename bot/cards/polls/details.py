"""How a result came about, in pages: rounds, duels, scores, rules, parts of the voters, edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.cards.pages import page, pages, weight
from bot.cards.polls import breakdowns, rulebook
from bot.cards.polls.board import further
from bot.cards.polls.decided import letters, sentence
from bot.cards.polls.decisive import duel, legend
from bot.cards.polls.findings import edited
from bot.cards.polls.fit import short, taken
from bot.cards.polls.numbers import number, points
from bot.cards.polls.rounds import rounds
from bot.cards.polls.wording import heading, text_of
from bot.core.card import Action, Block, Bullets, Card, Heading, Link, Small, Text
from bot.core.counting.values import Count
from bot.core.intents import ShowDetails, ShowResults
from bot.core.poll.breakdown import Breakdown
from bot.core.poll.result import Outcome, withheld
from bot.core.poll.spread import Spread
from bot.core.poll.values import Poll, State
from bot.core.rich import Rich, bold
from bot.i18n import Words

LIMIT = 2_500  # weight of a page's body: beside it stand the question and up to nine buttons
MOST_LINES = 24  # a page is read on a phone
LABEL = 40  # weight of an option's text in a line of a list
LEGEND = 600  # weight of what all letters stand for, on every page that has only letters
LONGEST_EDIT = 200  # weight of what an edit took away: the longest question, most times

Page = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the details are made of. `seen`: this person may see the counts now; without it only rules and edits."""

    poll: Poll
    outcome: Outcome
    seen: bool
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    breakdown: Breakdown | None = None

    @property
    def count(self) -> Count | None:
        """The count, where it may be told."""
        return self.outcome.count if self.seen and not withheld(self.poll, self.outcome.ballots) else None


def views(material: Material) -> tuple[str, ...]:
    """What there is to see, the most telling first."""
    poll, counted = material.poll, material.count
    return tuple(
        name
        for name, there in (
            ("rounds", counted is not None and len(counted.rounds) > 1),
            ("pairs", counted is not None and bool(counted.pairwise)),
            ("scores", counted is not None and poll.kind == "score"),
            ("breakdown", counted is not None and bool(poll.rules.breakdown) and poll.state is State.CLOSED),
            ("rules", True),
            ("edits", bool(poll.edits)),
        )
        if there
    )


def details(t: Words, material: Material, view: str, part: int) -> Card:
    """One page of one view; of a view that there isn't, the first there is."""
    there = views(material)
    chosen = view if view in there else there[0]
    every = _VIEWS[chosen](t, material)
    at = page(part, every)
    title = t.plain(f"choice.view.{chosen}")
    many = t.plain("details.part", view=title, n=at + 1, of=len(every)) if len(every) > 1 else title
    said = (Text(sentence(t, material.poll, material.outcome)),) if material.seen and not part and not view else ()
    blocks = (*said, Heading(many), *every[at])
    rows = (_turn(t, material.poll, chosen, at, len(every)), _others(t, material, chosen), _back(t, material))
    return Card(heading(t, material.poll), blocks, tuple(row for row in rows if row), locale=t.locale)


def _rounds(t: Words, material: Material) -> Sequence[Page]:
    assert material.count is not None
    parts = rounds(t, material.poll, material.outcome, material.count)
    return [tuple(block for part in some for block in part) for some in pages(parts, taken, LIMIT, MOST_LINES)]


def _pairs(t: Words, material: Material) -> Sequence[Page]:
    """Who beats everybody, or in which group it goes round; then each duel once, the best placed first."""
    poll, counted = material.poll, material.count
    assert counted is not None
    names = [bold(poll.letter(option)) for option in counted.options]
    ordered = [option for place in counted.order for option in place]
    ordered += [option for option in range(len(names)) if option not in ordered]
    lines = [duel(t, poll, counted, a, b, names) for n, a in enumerate(ordered) for b in ordered[n + 1 :]]
    first, *rest = _listed(lines, LEGEND)
    spelt = legend(t, poll, (), LEGEND)
    return [(*_standing(t, poll, counted), *spelt, *first), *((*spelt, *one) for one in rest)]


def _standing(t: Words, poll: Poll, counted: Count) -> Page:
    if counted.condorcet_winner is not None:
        winner = counted.options[counted.condorcet_winner]
        return (Text(t("details.condorcet", option=_name(t, poll, winner))),)
    group = tuple(counted.options[option] for option in counted.smith_set)
    return (Text(t("result.circle", options=letters(t, poll, group))),)


def _scores(t: Words, material: Material) -> Sequence[Page]:
    """How often each option got each score, the most points first."""
    ordered = sorted(material.spreads.items(), key=lambda pair: -pair[1].points)
    first, *rest = _listed([_spread(t, material.poll, option, spread) for option, spread in ordered])
    return [(Small(t("details.scores")), *first), *rest]


def _spread(t: Words, poll: Poll, option: str, spread: Spread) -> Rich:
    given = [
        t("details.score", score=score, n=number(t, n)) for score, n in reversed(list(enumerate(spread.given))) if n
    ]
    blank = [t("details.blank", n=number(t, spread.blank))] if spread.blank else []
    told = ", ".join([*given, *blank])
    return Rich(f"{_name(t, poll, option)} · {points(t, spread.points)} · {told}")


def _rules(t: Words, material: Material) -> Sequence[Page]:
    return rulebook.pages_of(t, material.poll, material.outcome, material.count, LIMIT)


def _breakdown(t: Words, material: Material) -> Sequence[Page]:
    return breakdowns.pages_of(t, material.poll, material.breakdown, LIMIT)


def _edits(t: Words, material: Material) -> Sequence[Page]:
    return _listed([edited(t, material.poll, edit, LONGEST_EDIT) for edit in reversed(material.poll.edits)])


_VIEWS: Mapping[str, Callable[[Words, Material], Sequence[Page]]] = {
    "rounds": _rounds,
    "pairs": _pairs,
    "scores": _scores,
    "rules": _rules,
    "breakdown": _breakdown,
    "edits": _edits,
}


def _listed(lines: Iterable[Rich], beside: int = 0) -> list[Page]:
    """Lines in pages that have a sentence or two, and so much `beside`, above them."""
    found = pages(list(lines), lambda line: weight(line) + 3, LIMIT - 300 - beside, MOST_LINES)
    return [(Bullets(some),) if some else () for some in found]


def _name(t: Words, poll: Poll, option: str) -> Rich:
    return Rich(f"{bold(poll.letter(option))} {short(text_of(t, poll, option), LABEL)}")


def _turn(t: Words, poll: Poll, view: str, at: int, of: int) -> tuple[Action, ...]:
    earlier = Action(t.plain("result.action.earlier"), ShowDetails(poll.id, view, at - 1))
    later = Action(t.plain("result.action.later"), ShowDetails(poll.id, view, at + 1))
    return (*([earlier] if at else []), *([later] if at + 1 < of else []))


def _others(t: Words, material: Material, chosen: str) -> tuple[Action, ...]:
    return tuple(
        Action(t.plain(f"choice.view.{view}"), ShowDetails(material.poll.id, view))
        for view in views(material)
        if view != chosen
    )


def _back(t: Words, material: Material) -> tuple[Action | Link, ...]:
    if not material.seen:
        return ()
    ways = [action for row in further(t, material.poll, material.outcome) for action in row]
    pictures = [action for action in ways if not isinstance(action.intent, ShowDetails)]
    return (Action(t.plain("result.action.back"), ShowResults(material.poll.id)), *pictures)

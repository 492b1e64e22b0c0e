"""A count as an operator reads it: who won in the first line, and under it all that makes it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from bot.cli.count_policies import policies
from bot.cli.tables import WIDEST, plain, table
from bot.core.counting.files.numbers import exact
from bot.core.counting.values import Count, Number, Profile, Round

MOST_IN_A_MATRIX = 20
TITLES: Mapping[str, str] = {
    "plurality": "plurality",
    "approval": "approval",
    "motion": "a motion",
    "score": "score",
    "star": "STAR",
    "borda": "Borda",
    "irv": "instant runoff (IRV)",
    "schulze": "Schulze",
    "ranked-pairs": "ranked pairs",
    "minimax": "minimax",
    "stv": "Scottish STV",
    "equal-shares": "the method of equal shares",
}
DECISIONS: Mapping[str, str] = {
    "passed": "The motion is passed.",
    "rejected": "The motion is rejected.",
    "quorum-missed": "The motion is not decided: the quorum was missed.",
    "no-votes": "The motion is not decided: nobody voted for or against.",
}
BROKEN: Mapping[str, str] = {
    "earlier-rounds": "an earlier round decides",
    "head-to-head": "the head-to-head decides",
    "higher-score": "more points decide",
    "five-stars": "more of the highest score decide",
    "together": "all of them leave, since they have fewer together than the next",
    "agreed": "however it is broken, the result is the same",
    "lot": "the lot decides",
    "": "nothing in the ballots breaks it",
}
MARGINS: Mapping[str, str] = {
    "final-round": "in the last round",
    "runoff": "in the runoff",
    "closest-head-to-head": "in the winner's closest head-to-head",
    "worst-defeats": "between the worst defeats",
    "strongest-paths": "between the strongest chains of head-to-heads",
    "last-decision": "at the last decision",
    "points": "points",
    "votes": "votes",
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "star": ("points", "runoff"),
    "score": ("points",),
    "borda": ("points",),
    "approval": ("marks",),
    "plurality": ("votes",),
    "motion": ("votes",),
}


def told(count: Count, others: Sequence[Count], profile: Profile) -> str:
    """A count in full, with what other methods would say."""
    size = f"{exact(count.ballots)} {'ballot' if count.ballots == 1 else 'ballots'}, {len(count.options)} options"
    parts = [
        [outcome(count)],
        [f"Counted by {TITLES.get(count.method, count.method)}: {size}, {_seats(count, profile)}."],
        policies(count.policies, count.method, profile.form),
        _rounds(count),
        _pairwise(count),
        _more(count),
        _elsewhere(count, others),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def comparison(counts: Sequence[Count]) -> str:
    """What each method says of the same ballots."""
    said: dict[str, list[str]] = {}
    for count in counts:
        said.setdefault(_who(count), []).append(count.method)
    first = counts[0]
    if len(said) == 1:
        opening = f"Every method says the same. {outcome(first)}"
    else:
        opening = f"It depends on the method: {'; '.join(f'{who} by {_listed(by)}' for who, by in said.items())}."
    rows = [[count.method, _who(count), "" if count.margin is None else exact(count.margin)] for count in counts]
    paired = next((count for count in counts if count.pairwise), first)
    parts = [
        [opening],
        [f"{exact(first.ballots)} ballots, {len(first.options)} options."],
        table(("method", "winner", "margin"), rows),
        _pairwise(paired),
        _condorcet(paired),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def outcome(count: Count) -> str:
    """The first line."""
    if decision := DECISIONS.get(count.facts.get("decision", "")):
        return decision
    ties = " ".join(f"A tie: {_names(count, group)}." for group in count.tied)
    if not count.winners:
        return ties or "Nobody wins."
    verb = "Elected:" if count.seats > 1 else ""
    won = f"{verb} {_names(count, count.winners)}." if verb else f"{_names(count, count.winners)} wins."
    return f"{won} {ties}".rstrip()


def _seats(count: Count, profile: Profile) -> str:
    seats = f"{count.seats} {'seat' if count.seats == 1 else 'seats'}"
    return f"{seats} (the file says {profile.seats})" if profile.seats not in (1, count.seats) else seats


def _rounds(count: Count) -> list[str]:
    if not count.rounds:
        return []
    place = {option: at for at, option in enumerate(o for group in count.order for o in group)}
    options = sorted(range(len(count.options)), key=lambda option: place.get(option, len(place)))
    rows = [[plain(count.options[option]), *(_cell(one, option) for one in count.rounds)] for option in options]
    if any(one.exhausted for one in count.rounds):
        rows.append(["(no choice left)", *(f"{exact(one.exhausted)}  " for one in count.rounds)])
    named = COLUMNS.get(count.method, ())
    heads = [*named, *map(str, range(len(named) + 1, len(count.rounds) + 1))][: len(count.rounds)]
    title = "Rounds" if len(count.rounds) > 1 else "Tally"
    legend = _legend(count.rounds)
    told_rounds = [line for n, one in enumerate(count.rounds, start=1) for line in _told_round(count, n, one)]
    return [f"{title}{legend}", *table(("", *(f"{head}  " for head in heads)), rows), *told_rounds]


def _legend(rounds: Iterable[Round]) -> str:
    signs = [
        sign
        for sign, shown in (("✓ elected", "elected"), ("× out", "eliminated"))
        if any(getattr(r, shown) for r in rounds)
    ]
    return f" ({', '.join(signs)})" if signs else ""


def _cell(one: Round, option: int) -> str:
    if option not in one.tallies:
        return ""
    sign = "✓" if option in one.elected else "×" if option in one.eliminated else " "
    return f"{exact(one.tallies[option])} {sign}"


def _told_round(count: Count, number: int, one: Round) -> list[str]:
    """The tie and the transfers of a round, if there were any."""
    lines = []
    if one.tied:
        lines.append(f"Tied: {_names(count, one.tied)}; {BROKEN.get(one.broken, one.broken)}.")
    for option, went in one.transfers.items():
        to = ", ".join(f"{exact(n)} to {_nobody_or(count, whom)}" for whom, n in _largest_first(went))
        lines.append(f"{plain(count.options[option])}: {to}.")
    text = " ".join(lines)
    label = f"  {number}. " if len(count.rounds) > 1 else "  "
    return wrap(text, WIDEST, initial_indent=label, subsequent_indent="     ", break_on_hyphens=False) if text else []


def _largest_first(went: Mapping[int | None, Number]) -> list[tuple[int | None, Number]]:
    return sorted(went.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or 0))


def _nobody_or(count: Count, option: int | None) -> str:
    return "nobody" if option is None else plain(count.options[option])


def _pairwise(count: Count) -> list[str]:
    if not count.pairwise:
        return []
    size = len(count.options)
    if size > MOST_IN_A_MATRIX:
        return [f"Head to head: {size} options are too many for a table; --json has it."]
    rows = [[f"{a + 1} {plain(count.options[a])}", *(_duel(count, a, b) for b in range(size))] for a in range(size)]
    heads = ["", *(f"{n + 1}  " for n in range(size))]
    return ["Head to head (ballots that prefer the option on the left; ✓ more than the other way)", *table(heads, rows)]


def _duel(count: Count, a: int, b: int) -> str:
    if a == b:
        return "–  "
    ahead = count.pairwise[a][b] > count.pairwise[b][a]
    return f"{exact(count.pairwise[a][b])} {'✓' if ahead else ' '}"


def _condorcet(count: Count) -> list[str]:
    if not count.pairwise:
        return []
    winner = count.condorcet_winner
    beats_all = "nobody beats all others" if winner is None else plain(count.options[winner])
    return [f"Condorcet winner: {beats_all}.", *_wrapped(f"Smith set: {_names(count, count.smith_set)}.")]


def _more(count: Count) -> list[str]:
    """What the method says of itself."""
    lines = _condorcet(count)
    if count.margin is not None:
        of = count.facts.get("margin-of", "")
        lines.append(f"Margin: {exact(count.margin)} {MARGINS.get(of, of)}".rstrip() + ".")
    hidden = ("margin-of", "tie", "tied-are", "decision")
    facts = [(key, value) for key, value in count.facts.items() if key not in hidden]
    return lines + [f"{key.replace('-', ' ').capitalize()}: {plain_fact(value)}." for key, value in facts]


def plain_fact(value: str) -> str:
    """A fact's value, safe to print."""
    return ", ".join(plain(part) for part in value.split(", "))


def _elsewhere(count: Count, others: Sequence[Count]) -> list[str]:
    if not others:
        return []
    mine = _who(count)
    if all(_who(other) == mine for other in others):
        return _wrapped(f"Other methods would say the same: {_listed([other.method for other in others])}.")
    rows = [[other.method, f"{'= ' if _who(other) == mine else '≠ '}{_who(other)}"] for other in others]
    width = max(len(name) for name, _ in rows)
    return ["Other methods would say", *(f"  {name:{width}}  {said}" for name, said in rows)]


def _who(count: Count) -> str:
    ties = [f"a tie of {_names(count, group)}" for group in count.tied]
    return "; ".join([_names(count, count.winners)] * bool(count.winners) + ties) or "nobody"


def _names(count: Count, options: Iterable[int]) -> str:
    return _listed([plain(count.options[option]) for option in options])


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDEST, subsequent_indent="  ", break_on_hyphens=False)

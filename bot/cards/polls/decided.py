"""What a poll decided, said first, no more than the ballots carry: winners, a tie, no decision, why it is withheld."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from bot.cards.polls.numbers import points, votes
from bot.cards.polls.wording import PLAIN, method_name, named_option
from bot.core.card import Block, Small, Text
from bot.core.counting.values import Count, Number
from bot.core.poll.decision import Status, decision, lots, named
from bot.core.poll.result import FEWEST_SECRET, Outcome
from bot.core.poll.values import Poll, State
from bot.core.rich import Rich, bold, join
from bot.i18n import Words

MOST_SPELT = 6  # options named with their text in one sentence; of more the letters
IN_POINTS = frozenset({"points"})  # margins that are no ballots


def verdict(t: Words, poll: Poll, outcome: Outcome) -> tuple[Block, ...]:
    """What was decided, or how it stands, in one paragraph; then each lot that had a say in it."""
    return (Text(sentence(t, poll, outcome)), *(Small(said) for said in _lots(t, poll, outcome)))


def sentence(t: Words, poll: Poll, outcome: Outcome) -> Rich:
    """The paragraph alone: never a winner where there is none, nor one of a poll that is still open."""
    found, is_open = decision(poll, outcome), poll.state is not State.CLOSED
    if found.status is Status.WITHHELD:
        return t("result.withheld", n=outcome.ballots, fewest=FEWEST_SECRET)
    if not outcome.ballots and (is_open or found.status is Status.NO_BALLOTS):
        return t("poll.no_ballots" if is_open else "result.nobody")
    if found.status is Status.QUORUM_MISSED and not is_open:
        return t("result.quorum_missed", n=outcome.ballots, quorum=poll.rules.quorum)
    assert outcome.count is not None
    if poll.kind == "motion":
        return _motion(t, poll, outcome, outcome.count, is_open=is_open)
    return _elected(t, poll, outcome, outcome.count, is_open=is_open)


def spelt(t: Words, poll: Poll, options: tuple[str, ...]) -> Rich:
    """Options in a sentence: with their texts where they are few."""
    if len(options) > MOST_SPELT:
        return t.listed([bold(poll.letter(option)) for option in options])
    return t.listed([named_option(t, poll, option, 240 // max(len(options), 2)) for option in options])


def letters(t: Words, poll: Poll, options: tuple[str, ...]) -> Rich:
    """Options in a sentence by their letters."""
    return t.listed([poll.letter(option) for option in options])


def _motion(t: Words, poll: Poll, outcome: Outcome, counted: Count, *, is_open: bool) -> Rich:
    yes, no, abstain = (outcome.counts[option.id] for option in poll.options)
    said = {"yes": yes, "no": no, "abstain": abstain}
    if not yes + no and not is_open:
        return t("result.undecided", abstain=abstain)
    needed = ceil(asked(counted, yes + no))
    key = "asks" if is_open else "asked"
    threshold = t(f"result.{key}.{poll.rules.threshold}", needed=needed, votes=yes + no)
    how = "open" if is_open else "passed" if counted.winners == (0,) else "rejected"
    return join([t(f"result.motion.{how}", **said), *([threshold] if yes + no else [])], " ")


def asked(counted: Count, voted: int) -> Fraction | int:
    """How many of those for and against have to be for a motion, at least."""
    share = counted.policies.threshold * voted
    return share if counted.policies.threshold_reached else int(share) + 1


def _elected(t: Words, poll: Poll, outcome: Outcome, counted: Count, *, is_open: bool) -> Rich:
    winners, tied = named(counted, counted.winners), named(counted, counted.tied[0] if counted.tied else ())
    if poll.rules.seats > 1 and winners:
        last = () if tied else margin(t, poll, counted, "last-decision")
        return join([_seats(t, poll, winners, tied, is_open=is_open), *last], " ")
    if not winners:
        return _tie(t, poll, outcome, tied, is_open=is_open)
    if counted.method in PLAIN:
        return _most(t, poll, outcome, winners[0], is_open=is_open)
    option, method = named_option(t, poll, winners[0]), method_name(t, counted.method)
    said = t("result.ahead" if is_open else "result.won", option=option, method=method)
    return join([said, *margin(t, poll, counted)], " ")


def _tie(t: Words, poll: Poll, outcome: Outcome, tied: tuple[str, ...], *, is_open: bool) -> Rich:
    options = spelt(t, poll, tied) if poll.method not in PLAIN else letters(t, poll, tied)
    if poll.method in PLAIN and poll.rules.seats == 1:
        return t("poll.tie", options=options, votes=outcome.counts[tied[0]])
    key = "result.tie_so_far" if is_open else "result.tie_by"
    return t(key, method=method_name(t, poll.method), options=options)


def _most(t: Words, poll: Poll, outcome: Outcome, winner: str, *, is_open: bool) -> Rich:
    """Who has the most votes, in polls where nothing else decides."""
    given = {"option": named_option(t, poll, winner), "votes": outcome.counts[winner], "margin": outcome.margin}
    whole = outcome.whole or outcome.ballots
    if is_open:
        return t("poll.leads", ballots=whole, **given)
    return t("poll.most", ballots=whole, **given)


def _seats(t: Words, poll: Poll, winners: tuple[str, ...], tied: tuple[str, ...], *, is_open: bool) -> Rich:
    """Who has a seat, in the order of the method; and between whom the rest are tied."""
    key = "result.seats_ahead" if is_open else "result.seats_sure" if tied else "result.seats_won"
    seats = poll.rules.seats if is_open else len(winners)
    said: list[str] = [t(key, n=seats, method=method_name(t, poll.method), options=spelt(t, poll, winners))]
    if tied:
        said.append(t("result.tie_rest", n=poll.rules.seats - len(winners), options=spelt(t, poll, tied)))
    return join(said, " ")


def margin(t: Words, poll: Poll, counted: Count, said: str = "") -> tuple[Rich, ...]:
    """By how much the winner is ahead, and in what; nothing where there is no margin. `said`: in these words."""
    of = counted.facts.get("margin-of", "")
    if not counted.margin or not of:
        return ()
    return (t(f"result.margin.{said or of}", n=amount(t, poll, of, counted.margin)),)


def amount(t: Words, poll: Poll, of: str, n: Number) -> str:
    """A margin in what it is counted in."""
    return points(t, n) if of in IN_POINTS else votes(t, poll, n)


def _lots(t: Words, poll: Poll, outcome: Outcome) -> tuple[Rich, ...]:
    if outcome.count is None or decision(poll, outcome).status not in (Status.DECIDED, Status.TIE):
        return ()
    return tuple(t("result.lot", round=n, options=letters(t, poll, tied)) for n, tied in lots(outcome.count))

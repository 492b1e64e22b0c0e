"""What a result says, and what it does not: leader or tie, margin in ballots, turnout, and whom it describes."""

from __future__ import annotations

from bot.cards.polls.fit import fitting
from bot.cards.polls.wording import text_of
from bot.core.card import Block, Quote, Small, Text
from bot.core.poll.kinds import NO_OPINION, SUPPORT
from bot.core.poll.result import FEWEST_FOR_SHARES, Outcome
from bot.core.poll.values import Ballot, Poll, State
from bot.core.rich import Rich, bold, join, rich
from bot.core.text import cut
from bot.i18n import Words

LONGEST_REASON = 200  # units of a reason on a card; the export has it whole


def verdict(t: Words, poll: Poll, outcome: Outcome) -> Rich:
    """Who is ahead, or that it is a tie: never a winner where there is none."""
    leaders = outcome.leaders
    if not leaders:
        return t("poll.no_ballots")
    votes = outcome.counts[leaders[0]]
    if len(leaders) > 1:
        return t("poll.tie", options=t.listed([poll.letter(option) for option in leaders]), votes=votes)
    key = "poll.leads" if poll.state is State.OPEN else "poll.most"
    name = bold(f"{poll.letter(leaders[0])}, {text_of(t, poll, leaders[0])}")
    return t(key, option=name, votes=votes, ballots=outcome.ballots, margin=outcome.margin)


def honest(t: Words, poll: Poll, outcome: Outcome) -> Rich:
    """Turnout, whom it describes, and what the percentages are of."""
    lines = [_turnout(t, poll, outcome)]
    if not outcome.shows_shares:
        lines.append(t("poll.too_few", n=outcome.ballots))
    elif outcome.of_voters:
        lines.append(t("poll.of_voters", n=outcome.ballots))
    else:
        lines.append(t("poll.of_ballots", n=outcome.ballots))
    return join(list(lines), " ")


def support_summary(t: Words, poll: Poll, outcome: Outcome) -> tuple[Block, ...]:
    """A support scale in one line: how many oppose, stand between, support; no opinion apart."""
    if poll.kind != "support" or not outcome.ballots:
        return ()
    c = outcome.counts
    oppose, support = c[SUPPORT[0]] + c[SUPPORT[1]], c[SUPPORT[3]] + c[SUPPORT[4]]
    facts = t("poll.support_summary", oppose=oppose, neutral=c[SUPPORT[2]], support=support, none=c[NO_OPINION])
    return (Text(facts),)


def reasons(t: Words, poll: Poll, ballots: list[Ballot], left: int) -> tuple[Block, ...]:
    """Reasons that voters gave, with the letters they marked, as many as fit; with names only in a named poll."""
    told = fitting([_reason(poll, ballot) for ballot in ballots], left)
    return (Text(bold(t.plain("poll.reasons"))), *map(Quote, map(Rich, told))) if told else ()


def findings(t: Words, poll: Poll, outcome: Outcome) -> tuple[Block, ...]:
    """The verdict, a scale's summary, and the honest sentence."""
    summary = support_summary(t, poll, outcome)
    return (Text(verdict(t, poll, outcome)), *summary, Small(honest(t, poll, outcome)))


def _turnout(t: Words, poll: Poll, outcome: Outcome) -> Rich:
    if not outcome.electorate or outcome.ballots > outcome.electorate:  # more: people joined after the opening
        return t("poll.turnout_unknown", n=outcome.ballots)
    if outcome.electorate < FEWEST_FOR_SHARES or not outcome.shows_shares:
        return t("poll.turnout_small", n=outcome.ballots, electorate=outcome.electorate)
    share = _turnout_share(t, outcome.ballots / outcome.electorate)
    return t("poll.turnout", n=outcome.ballots, electorate=outcome.electorate, share=share)


def _turnout_share(t: Words, turnout: float) -> str:
    """The turnout in whole percent."""
    if turnout < 0.01:
        return t.plain("poll.share_under_one", one=t.percent(0.01))
    return t.percent(turnout)


def _reason(poll: Poll, ballot: Ballot) -> Rich:
    letters = ", ".join(poll.letter(option.id) for option in poll.options if option.id in ballot.marks)
    signed = f"{ballot.name} · {letters}" if ballot.name else letters
    return Rich(f"{bold(signed)}: {rich(cut(ballot.reason or '', LONGEST_REASON))}")

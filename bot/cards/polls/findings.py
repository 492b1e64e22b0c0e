"""What a result says, and what it does not: leader or tie, margin in ballots, turnout, and whom it describes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.polls.decided import verdict
from bot.cards.polls.decisive import decisive, legend
from bot.cards.polls.fit import CARD, LABELS, LEAST_LABEL, fitting, short, taken
from bot.cards.polls.other_methods import others_say
from bot.core.card import Block, Quote, Small, Text
from bot.core.poll.drafting import LONGEST_QUESTION
from bot.core.poll.kinds import NO_OPINION, SUPPORT, ranks_of
from bot.core.poll.result import FEWEST_FOR_SHARES, Outcome, withheld
from bot.core.poll.values import Ballot, Edit, Poll
from bot.core.rich import Rich, bold, join, moment, rich
from bot.core.text import cut
from bot.i18n import Words

LONGEST_REASON = 200  # units of a reason on a card; the export has it whole
MOST_EDITS = 3  # edits told on a board, the latest ones; the details have all
SHORT_EDIT = 100  # weight of what an edit took away, on a board


def result(
    t: Words, poll: Poll, outcome: Outcome, beside: Sequence[Block], most: int = LABELS, *, alone: bool = False
) -> tuple[Block, ...]:
    """What came out: what was decided, the numbers that decided, what other methods say, and whom it describes.

    `beside` is what stands on the card already; `most` is the room for the labels of all bars. `alone`: the options
    are not listed beside it, so that letters without a bar have to be explained. Of a withheld result nothing but that
    it is withheld.
    """
    said = verdict(t, poll, outcome)
    if withheld(poll, outcome.ballots):
        return said
    after = (*support_summary(t, poll, outcome), *others_say(t, poll, outcome), Small(honest(t, poll, outcome)))
    around, least = (*beside, *said, *after), len(poll.options) * LEAST_LABEL
    spelt = legend(t, poll, decisive(t, poll, outcome, least), least) if alone else ()
    shown = decisive(t, poll, outcome, _room((*around, *spelt, *decisive(t, poll, outcome, least)), least, most))
    if spelt:
        spelt = legend(t, poll, shown, _room((*around, *shown, *spelt), least, most))
    return (*said, *shown, *spelt, *after)


def _room(blocks: Sequence[Block], least: int, most: int) -> int:
    """What labels may take beside blocks that were measured with their least labels."""
    return min(most, max(least, CARD - taken(blocks) - LONGEST_QUESTION))


def honest(t: Words, poll: Poll, outcome: Outcome) -> Rich:
    """Turnout, whom it describes, what the ballots weigh, which don't count, and what the percentages are of."""
    lines: list[str] = [_turnout(t, poll, outcome), *_weighed(t, poll, outcome), *_base(t, poll, outcome)]
    if outcome.voided:
        lines.append(t("result.voided", n=outcome.voided))
    return join([line for line in lines if line], " ")


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


def edits(t: Words, poll: Poll, left: int) -> tuple[Block, ...]:
    """What was changed while the poll ran, the latest first, as far as there is room; if there is none, that it was."""
    lines = [edited(t, poll, edit, SHORT_EDIT) for edit in reversed(poll.edits)]
    told = fitting(lines[:MOST_EDITS], left)
    more = len(lines) - len(told)
    rest = [t("result.edits_more", n=more)] if more and told else [t("result.edits_all")] if more else []
    return tuple(Small(Rich(line)) for line in (*told, *rest))


def edited(t: Words, poll: Poll, edit: Edit, limit: int) -> Rich:
    """One edit: what stood there before, and until when; or which option came in."""
    when, before = moment(edit.at_ms, "f"), short(edit.before, limit)
    if edit.reopened:
        return t("result.reopened", when=when)
    if not edit.option:
        return t("result.edited_question", before=before, when=when)
    letter = poll.letter(edit.option)
    if not edit.before:
        return t("result.added_option", letter=letter, when=when)
    return t("result.edited_option", letter=letter, before=before, when=when)


def _weighed(t: Words, poll: Poll, outcome: Outcome) -> list[Rich]:
    if not poll.rules.weights or outcome.count is None:
        return []
    return [t("result.weighed", n=outcome.ballots, weight=int(outcome.count.ballots))]


def _base(t: Words, poll: Poll, outcome: Outcome) -> list[Rich]:
    """What the percentages are of, or why there are none; nothing where points are told."""
    if not outcome.shows_shares:
        return [t("poll.too_few", n=outcome.ballots)]
    if poll.kind == "score" or poll.method == "borda" or outcome.count is None:
        return []
    if poll.rules.weights:
        return [t("result.of_weight", n=int(outcome.count.ballots))]
    return [t("poll.of_voters" if outcome.of_voters else "poll.of_ballots", n=outcome.ballots)]


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
    letters = _marked(poll, ballot)
    signed = f"{ballot.name} · {letters}" if ballot.name else letters
    return Rich(f"{bold(signed)}: {rich(cut(ballot.reason or '', LONGEST_REASON))}")


def _marked(poll: Poll, ballot: Ballot) -> str:
    """A ballot's marks by letter: "A, C", "B > A = C", "A 5, B 0"."""
    if poll.kind == "ranked":
        return " > ".join(" = ".join(poll.letter(option) for option in place) for place in ranks_of(ballot.marks, poll))
    marked = [option.id for option in poll.options if option.id in ballot.marks]
    if poll.kind == "score":
        return ", ".join(f"{poll.letter(option)} {ballot.marks[option]}" for option in marked)
    return ", ".join(poll.letter(option) for option in marked)

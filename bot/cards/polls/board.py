"""A poll's board: the question, equal options to press, and what may be seen of the counts in public."""

from __future__ import annotations

from bot.cards.polls import findings, threads
from bot.cards.polls.decisive import bars_all
from bot.cards.polls.evidence import root_line
from bot.cards.polls.fit import CARD, LABELS, LEAST_LABEL, LISTED, OPTIONS, REMINDERS, SIGNS, taken
from bot.cards.polls.pictures import picture_action
from bot.cards.polls.terms import over_actions, terms
from bot.cards.polls.wording import about_blocks, heading, lettered, listed_option, option_text, rules_line
from bot.core.card import Action, Block, Bullets, Card, Option, Small, Style, Text
from bot.core.intents import OpenBallot, PressOption, ProposeOption, ShowActions, ShowDetails, ShowPoll, ShowResults
from bot.core.poll.drafting import LONGEST_QUESTION
from bot.core.poll.kinds import kind_of, limits
from bot.core.poll.result import Outcome, may_see, withheld
from bot.core.poll.values import About, Ballot, Poll, PollOption, State
from bot.core.text import units
from bot.i18n import Words

ROW = 5  # buttons in a row
LABEL = 34  # units that a button shows on a phone without being cut
MOST_BESIDE = 10  # options with a button beside them: as many as fit Discord's 40 components


def board(
    t: Words,
    poll: Poll,
    outcome: Outcome,
    reasons: list[Ballot],
    about: About | None,
    *,
    open_now: bool,
    talking: bool = False,
    thread: str = "",
) -> Card:
    """The public card. Closed boards lose their ballots, say first what was decided, and post the ballots' root.

    `talking`: it is open, but ballots don't count yet, so there is nothing to press. `thread`: its address.
    """
    options, actions = _at_this_moment(t, poll, open_now=open_now, talking=talking)
    rules = Small(rules_line(t, poll, outcome.ballots))
    below = (rules, *terms(t, poll, talking=talking))
    least = about_blocks(t, about, (*options, *below))
    options = relisted(t, poll, options, (*least, *below, *findings.edits(t, poll, 0)))
    said = about_blocks(t, about, (*options, *below))
    seen = may_see(poll, voted=False)
    if poll.state is State.CLOSED:
        sealed = root_line(t, poll, outcome.ballots)
        foot: tuple[Block, ...] = (*([sealed] if sealed else []), rules)
        blocks = (*findings.result(t, poll, outcome, foot, alone=True), *foot)
        actions = further(t, poll, outcome)
    elif seen:
        blocks = (*said, *counted(t, poll, outcome, options, *below, beside=said))
    else:
        blocks = (*said, *options, *below)
    blocks = (*blocks, *findings.edits(t, poll, CARD - taken(blocks) - LONGEST_QUESTION))
    given = findings.reasons(t, poll, reasons if seen else [], CARD - taken(blocks) - LONGEST_QUESTION)
    return Card(heading(t, poll), (*blocks, *given), threads.with_link(t, actions, thread), locale=t.locale)


def relisted(t: Words, poll: Poll, options: tuple[Block, ...], beside: tuple[Block, ...]) -> tuple[Block, ...]:
    """The options again: a list as short as what has to stand beside it asks for."""
    if not any(isinstance(block, Bullets) for block in options):
        return options
    left = LISTED - LONGEST_QUESTION - taken(beside) - SIGNS * len(poll.options)
    room = min(OPTIONS, max(left, LEAST_LABEL * len(poll.options)))
    return (Bullets(tuple(listed_option(t, poll, option, room) for option in poll.options)),)


def further(t: Words, poll: Poll, outcome: Outcome) -> tuple[tuple[Action, ...], ...]:
    """The ways on from a result that may be told: its details, its picture."""
    if withheld(poll, outcome.ballots) or not outcome.ballots:
        return ()
    picture = picture_action(t, poll)
    return ((Action(t.plain("result.action.details"), ShowDetails(poll.id)), *([picture] if picture else [])),)


def counted(
    t: Words, poll: Poll, outcome: Outcome, options: tuple[Block, ...], *between: Block, beside: tuple[Block, ...] = ()
) -> tuple[Block, ...]:
    """The options of an open poll and their counts, said once where both are lists; then how it stands.

    `beside` is what else stands on the card.
    """
    listed: tuple[Block, ...] = tuple(block for block in options if not isinstance(block, Bullets))
    if not bars_all(poll, outcome) and len(listed) < len(options):
        listed = (Bullets(tuple(listed_option(t, poll, option, LABELS) for option in poll.options)),)
    shown = findings.result(t, poll, outcome, (*listed, *between, *beside), REMINDERS if listed else LABELS)
    return (*listed, *between, *shown)


def choices(t: Words, poll: Poll) -> tuple[tuple[Block, ...], tuple[tuple[Action, ...], ...]]:
    """How one votes from a board: buttons; a button beside each long option; or the list, and a form."""
    read = (Action(t.plain("ballot.action.read_actions"), ShowActions(poll.article or "")),)
    also = (
        Action(t.plain("poll.action.mine"), ShowPoll(poll.id)),
        Action(t.plain("poll.action.results"), ShowResults(poll.id)),
        *(read if over_actions(poll) else ()),
        *proposing(t, poll),
    )
    if by_form(poll):
        listed = Bullets(tuple(listed_option(t, poll, option) for option in poll.options))
        return (listed,), ((Action(t.plain("poll.action.vote"), OpenBallot(poll.id), Style.MAIN), *also),)
    if fits_buttons(t, poll):
        buttons = tuple(_press(poll, option.id, _label(t, poll, option)) for option in poll.options)
        rows = tuple(buttons[at : at + ROW] for at in range(0, len(buttons), ROW))
        return (), (*rows, also)
    beside = tuple(
        Option(listed_option(t, poll, option), _press(poll, option.id, poll.letter(option.id)))
        for option in poll.options
    )
    return beside, (also,)


def proposing(t: Words, poll: Poll) -> tuple[Action, ...]:
    """The way to ask for another option, where the poll takes such wishes."""
    return (Action(t.plain("propose.action.propose"), ProposeOption(poll.id)),) if poll.rules.additions else ()


def _at_this_moment(
    t: Words, poll: Poll, *, open_now: bool, talking: bool
) -> tuple[tuple[Block, ...], tuple[tuple[Action, ...], ...]]:
    """What there is to press: a ballot; while people talk first, at most a wish; nothing once it has closed."""
    if not open_now:
        return (), ()
    if not talking:
        return choices(t, poll)
    wish = proposing(t, poll)
    return (Bullets(tuple(listed_option(t, poll, option) for option in poll.options)),), (wish,) if wish else ()


def by_form(poll: Poll) -> bool:
    """Whether a press can't hold a whole ballot here, or the options are too many for buttons."""
    return len(poll.options) > MOST_BESIDE or limits(poll)[0] > 1 or not kind_of(poll).one_press


def fits_buttons(t: Words, poll: Poll) -> bool:
    """Whether every option fits a button as it is: two rows at most, no label cut."""
    short = all(units(f"A · {option_text(t, option)}") <= LABEL for option in poll.options)
    return short and len(poll.options) <= ROW + 1


def erased(t: Words, poll: Poll) -> Card:
    """What is left of an erased poll's board."""
    return Card(blocks=(Text(t("poll.erased_board", number=poll.number)),), locale=t.locale)


def preview_blocks(t: Words, poll: Poll, about: About | None, above: tuple[Block, ...]) -> tuple[Block, ...]:
    """The board as it will look, with buttons that do nothing yet. `above` is what stands over it."""
    options, rows = choices(t, poll)
    shown: tuple[Block, ...] = tuple(
        Option(block.text, Action(block.action.label, None)) if isinstance(block, Option) else block
        for block in options
    )
    if not options:
        shown = (Bullets(tuple(action.label for row in rows[:-1] for action in row)),)
    below = (*shown, Small(rules_line(t, poll, None)))
    return (*about_blocks(t, about, (*above, *below)), *below)


def _label(t: Words, poll: Poll, option: PollOption) -> str:
    """An option on its button. The three sides of a motion are words that everybody knows; others have a letter."""
    return option_text(t, option) if poll.kind == "motion" else lettered(t, poll, option, LABEL)


def _press(poll: Poll, option_id: str, label: str) -> Action:
    return Action(label, PressOption(poll.id, option_id))

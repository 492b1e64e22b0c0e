"""Words that every card of a poll shares: options by letter, counts before percentages, who may vote and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.cards.polls.fit import CARD, LABELS, OPTIONS, each, short, taken
from bot.cards.polls.numbers import points, with_share
from bot.cards.polls.running import running
from bot.core.card import Bar, Bars, Block, Quote, Small
from bot.core.poll.drafting import LONGEST_QUESTION, nearly_alike
from bot.core.poll.kinds import CHOOSING, MOTION, ranks_of
from bot.core.poll.result import Outcome
from bot.core.poll.values import About, Poll, PollOption, State
from bot.core.rich import Rich, bold, join, moment, rich
from bot.core.text import cut
from bot.i18n import Words

MOST_SPELT = 4  # marked options written out on a receipt
PLAIN = frozenset({"plurality", "approval"})  # methods that need no name: the most votes lead
MOST_WEIGHTS, LONGEST_ROLE = 4, 40  # roles with a weight on the line of rules, and the weight of a role's name
MOST_ALIKE = 3  # pairs of options of which it is said that they are nearly the same
LONGEST_ABOUT, LEAST_ABOUT = 400, 100  # weight of an item's wording on a poll's card; the article has it whole


def option_text(t: Words, option: PollOption) -> str:
    """An option's text; a step of the support scale or a side of a motion in the words of this locale."""
    return option.text or t.plain(f"motion.{option.id}" if option.id in MOTION else f"support.{option.id}")


def in_words(t: Words, poll: Poll) -> Poll:
    """The poll with every option's text in it, as somebody may type it."""
    return replace(poll, options=tuple(PollOption(o.id, option_text(t, o)) for o in poll.options))


def text_of(t: Words, poll: Poll, option_id: str) -> str:
    """The text of the option with this id."""
    return next(option_text(t, option) for option in poll.options if option.id == option_id)


def lettered(t: Words, poll: Poll, option: PollOption, limit: int = 100) -> str:
    """An option with its letter: "B · Somewhat support", in at most `limit` UTF-16 units."""
    return cut(f"{poll.letter(option.id)} · {option_text(t, option)}", limit)


def chosen(t: Words, poll: Poll, marks: Mapping[str, int]) -> Rich:
    """A ballot as a receipt says it: **B, somewhat support**; **B > A = C**; **A 5, B 0**. Of many options, letters."""
    if poll.kind == "ranked":
        return _order(t, poll, marks)
    marked = [option for option in poll.options if option.id in marks]
    if poll.kind == "score":
        return bold(", ".join(f"{poll.letter(option.id)} {marks[option.id]}" for option in marked))
    if poll.kind == "motion":
        return t.listed([bold(option_text(t, option)) for option in marked])
    if len(marked) > MOST_SPELT:
        return t.listed([bold(poll.letter(option.id)) for option in marked])
    return t.listed([bold(f"{poll.letter(option.id)}, {option_text(t, option)}") for option in marked])


def _order(t: Words, poll: Poll, marks: Mapping[str, int]) -> Rich:
    """A ranking from the best on; with few options in their own words."""
    places = ranks_of(marks, poll)
    if len(marks) > MOST_SPELT:
        return bold(" > ".join(" = ".join(map(poll.letter, place)) for place in places))
    named = {o.id: bold(f"{poll.letter(o.id)}, {option_text(t, o)}") for o in poll.options}
    return join([join([named[option] for option in place], " = ") for place in places], " > ")


def bars(t: Words, poll: Poll, outcome: Outcome, whole: int = LABELS) -> Bars:
    """A bar for each option; its length is its share of the ballots, its value says the count first.

    `whole` is the room for all the labels.
    """
    room = each(whole, len(poll.options))
    return Bars(tuple(_bar(t, poll, outcome, option, room) for option in poll.options))


def named_option(t: Words, poll: Poll, option_id: str, limit: int = 100) -> Rich:
    """An option as a sentence names it: **B, Buses**, in at most `limit` of weight."""
    return bold(f"{poll.letter(option_id)}, {short(text_of(t, poll, option_id), limit)}")


def listed_option(t: Words, poll: Poll, option: PollOption, whole: int = OPTIONS) -> Rich:
    """An option as a line of text, its letter in bold. `whole` is the room for all of them."""
    text = short(option_text(t, option), each(whole, len(poll.options)))
    return join([bold(poll.letter(option.id)), text], " · ")


def alike_notes(t: Words, poll: Poll) -> tuple[Small, ...]:
    """That options are nearly the same: they may be meant so, or be a slip."""
    return tuple(Small(t("draft.alike", first=a, second=b)) for a, b in nearly_alike(poll.options)[:MOST_ALIKE])


def about_blocks(t: Words, about: About | None, beside: Iterable[Block]) -> tuple[Block, ...]:
    """The wording of the item that a poll is about, as far as there is room `beside` the rest; if it was edited."""
    if about is None:
        return ()
    room = CARD - LONGEST_QUESTION - taken(beside)
    quote = Quote(short(about.text, max(LEAST_ABOUT, min(LONGEST_ABOUT, room))))
    return (quote, Small(t("poll.item_edited"))) if about.edited else (quote,)


def heading(t: Words, poll: Poll) -> str:
    """The question with the poll's number before it."""
    return f"{poll.number} · {poll.question}" if poll.number else poll.question


def rules_line(t: Words, poll: Poll, cast: int | None) -> Rich:
    """What one must know before voting, on one line: how many voted, until when, who may, who sees what."""
    parts: list[str] = _turnout(t, poll, cast)
    if poll.state is State.CLOSED:
        parts.append(t("poll.closed_at", when=moment(poll.closed_ms or 0, "f")))
    elif poll.closes_ms is not None:
        parts.append(t("poll.closes_at", when=moment(poll.closes_ms, "f"), left=moment(poll.closes_ms, "R")))
    else:
        parts.append(t("poll.no_deadline"))
    if poll.kind in CHOOSING:
        parts.append(marks_allowed(t, poll))
    parts += _counting(t, poll)
    parts.append(t("poll.named" if poll.named else "poll.anonymous"))
    if poll.state is not State.CLOSED:
        parts.append(t(f"poll.results_{poll.results}"))
        parts += [t("poll.with_reasons")] if poll.rules.reasons else []
    return join([*parts, *running(t, poll), *who(t, poll)], " · ")


def _turnout(t: Words, poll: Poll, cast: int | None) -> list[str]:
    """How many voted, and what a quorum still asks for."""
    quorum, percent = poll.rules.quorum, poll.rules.quorum_percent
    votes = [] if cast is None or (not cast and poll.state is State.CLOSED) else [t("poll.cast", n=cast)]
    if poll.state is State.DRAFT and percent:
        votes.append(t("result.quorum_percent", percent=t.percent(percent / 100)))
    if not quorum:
        return [*votes]
    if poll.state is not State.OPEN or cast is None:
        return [*votes, t("result.quorum", n=quorum)]
    if cast < quorum:
        return [t("result.quorum_state", n=cast, quorum=quorum)]
    return [t("result.quorum_reached", votes=votes[0], quorum=quorum)]


def _counting(t: Words, poll: Poll) -> list[str]:
    """How the ballots are counted, where that is not plain from the kind of ballot."""
    rules = poll.rules
    parts = [t("result.seats", n=rules.seats)] if rules.seats > 1 else []
    if poll.kind == "motion":
        parts.append(t(f"result.passes.{rules.threshold}"))
    elif poll.method not in PLAIN or rules.seats > 1:
        parts.append(t("result.counted_by", method=method_name(t, poll.method)))
    if rules.weights:
        parts.append(t("result.weights", roles=weights(t, poll, MOST_WEIGHTS)))
    return [*parts]


def weights(t: Words, poll: Poll, most: int) -> Rich:
    """What each role's ballots weigh, of so many roles at most."""
    named = [(short(name, LONGEST_ROLE), weight) for _, name, weight in poll.rules.weights]
    told = [t("result.weight", role=name, weight=weight) for name, weight in named[:most]]
    return join([*told, *(["…"] if len(named) > most else [])], "; ")


def method_name(t: Words, method: str) -> str:
    """A counting method in words."""
    return t.plain(f"result.method.{method}")


def who(t: Words, poll: Poll) -> list[Rich]:
    """For whom it is beside those who can view its channel, and who may vote, where not everybody may."""
    rules, lines = poll.rules, [t("poll.whole_server")] if poll.whole_server else []
    if rules.roles:
        lines.append(t("poll.who_roles", roles=t.listed(rules.role_names or rules.roles)))
    if rules.joined_before:
        lines.append(t("poll.who_joined"))
    if rules.account_days:
        lines.append(t("poll.who_age", days=rules.account_days))
    return lines


def marks_allowed(t: Words, poll: Poll) -> Rich:
    """How many options a ballot may mark."""
    if poll.rules.minimum == 1 and poll.rules.maximum >= len(poll.options):
        return t("ballot.any_number")
    return t("poll.marks_allowed", least=poll.rules.minimum, most=poll.rules.maximum)


def share(t: Words, outcome: Outcome, option: str) -> str:
    """An option's percentage, or nothing where the ballots are too few for one."""
    return t.percent(outcome.share(option), outcome.decimals) if outcome.shows_shares else ""


def _bar(t: Words, poll: Poll, outcome: Outcome, option: PollOption, room: int) -> Bar:
    label = rich(short(option_text(t, option), room))
    return Bar(label, outcome.share(option.id), _value(t, poll, outcome, option.id), mark=poll.letter(option.id))


def _value(t: Words, poll: Poll, outcome: Outcome, option: str) -> str:
    count, percent = outcome.counts[option], share(t, outcome, option)
    if poll.kind == "score":
        return points(t, count)
    if poll.rules.weights:
        return with_share(t, poll, outcome, count)
    return t.plain("poll.bar_share", n=count, share=percent) if percent else t.plain("poll.bar", n=count)

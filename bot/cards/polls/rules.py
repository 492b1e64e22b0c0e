"""The rules of a draft, each to choose from, on three pages: who sees what, how it is counted, how it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.cards.polls.draft import promises
from bot.cards.polls.running import span
from bot.cards.polls.wording import method_name, rules_line
from bot.core.card import Action, Block, Card, Form, FormField, Pick, PickOption, Small, Style, Text
from bot.core.intents import ChangeRules, ShowPanel
from bot.core.poll.kinds import CHOOSING, FIXED, KINDS
from bot.core.poll.ruling import CHOICES, JOINED, TALK, joined_ms, written
from bot.core.poll.values import METHODS, SEVERAL_SEATS, Poll
from bot.core.text import cut
from bot.i18n import Words

PAGES = ("voting", "counting", "running")
_COUNTING = ("method", "threshold", "seats", "quorum", "weights", "breakdown")
_RUNNING = ("early_end", "talk", "additions", "thread")
ROW = 5  # buttons
BY_FORM = ("limits", "seats", "quorum")  # rules that take a number, asked for in a form


def page_of(rule: str) -> int:
    """The page on which a rule stands."""
    return 1 if rule in _COUNTING else 2 if rule in _RUNNING else 0


def rules(t: Words, poll: Poll, part: int) -> Card:
    """One page of the rules that are fixed at opening."""
    page = PAGES[min(max(part, 0), len(PAGES) - 1)]
    picks, numbers = _PAGE[page](t, poll)
    turn = tuple(
        Action(t.plain(f"draft.page.{name}"), ChangeRules(poll.id, part=n))
        for n, name in enumerate(PAGES)
        if name != page
    )
    back = Action(t.plain("draft.action.back"), ShowPanel(poll.id), Style.MAIN)
    row = (*numbers, *turn, back)
    rows = (row,) if len(row) <= ROW else (numbers, (*turn, back))
    hints: tuple[Block, ...] = (Small(t("draft.by_role")),) if page == "counting" else ()
    blocks = (Text(t("draft.rules_fixed")), Small(rules_line(t, poll, None)), *promises(t, poll), *hints)
    return Card(cut(poll.question, 100), blocks, rows, picks, locale=t.locale)


def number_form(t: Words, poll: Poll, rule: str) -> Card:
    """The form for a rule that takes a number."""
    label, hint = t.plain(f"draft.{rule}_label"), t.plain(f"draft.{rule}_hint", most=len(poll.options))
    field = FormField("value", cut(label, 45), hint=cut(hint, 100), value=written(poll, rule))
    form = Form(cut(label, 45), ChangeRules(poll.id, rule), (field,), submit=t.plain("draft.action.preview"))
    again = ((Action(t.plain(f"draft.action.{rule}"), ChangeRules(poll.id, rule)),),)
    return Card(cut(poll.question, 100), (Text(hint),), again, form=form, locale=t.locale)


def _voting(t: Words, poll: Poll) -> tuple[tuple[Pick, ...], tuple[Action, ...]]:
    picks = [_pick(t, poll, "ballots", "named" if poll.named else "anonymous")]
    if poll.named:
        picks.append(_pick(t, poll, "results", poll.rules.results))
    picks.append(_pick(t, poll, "reasons", _yes(poll.rules.reasons)))
    kinds = [kind for kind in KINDS if (kind in FIXED) == (poll.kind in FIXED)]
    picks.append(_pick(t, poll, "kind", poll.kind, kinds))
    picks.append(_pick(t, poll, "audience", "server" if poll.whole_server else "channel"))
    return tuple(picks), (_number(t, poll, "limits"),) if poll.kind in CHOOSING else ()


def _counting(t: Words, poll: Poll) -> tuple[tuple[Pick, ...], tuple[Action, ...]]:
    picks = []
    if len(METHODS[poll.kind]) > 1:
        named = {method: method_name(t, method) for method in METHODS[poll.kind]}
        picks.append(_listed(t, poll, "method", poll.method, named))
    if poll.kind == "motion":
        picks.append(_pick(t, poll, "threshold", poll.rules.threshold))
    if poll.kind != "score":
        picks.append(_breakdown(t, poll))
    numbers = [_number(t, poll, "quorum")]
    if poll.method in SEVERAL_SEATS and len(poll.options) > 2:
        numbers.append(_number(t, poll, "seats"))
    if poll.rules.weights:
        numbers.append(Action(t.plain("draft.action.weights"), ChangeRules(poll.id, "weights", "none")))
    return tuple(picks), tuple(numbers)


def _running(t: Words, poll: Poll) -> tuple[tuple[Pick, ...], tuple[Action, ...]]:
    minutes = str(poll.rules.talk_minutes)
    offered = TALK if minutes in TALK else tuple(sorted({*TALK, minutes}, key=int))
    picks = [_listed(t, poll, "talk", minutes, {value: _talk(t, int(value)) for value in offered})]
    if poll.rules.countable:
        picks.append(_pick(t, poll, "early_end", _yes(poll.rules.early_end)))
    if poll.kind not in FIXED:
        picks.append(_pick(t, poll, "additions", _yes(poll.rules.additions)))
    return (*picks, _pick(t, poll, "thread", _yes(poll.rules.thread))), ()


def _breakdown(t: Words, poll: Poll) -> Pick:
    """By nothing, by who joined lately, or by the role that a command named."""
    what, _, value = poll.rules.breakdown.partition(":")
    now = next((days for days in JOINED if value == str(joined_ms(poll, days))), "none")
    named = {"none": t.plain("draft.breakdown.none")}
    named |= {days: t.plain("draft.breakdown.joined", days=int(days)) for days in JOINED}
    if what == "role":
        now, label = "role", t.plain("draft.breakdown.role", role=poll.rules.breakdown_name)
        named = {"role": label, **named}
    return _listed(t, poll, "breakdown", now, named)


def _talk(t: Words, minutes: int) -> str:
    return t.plain("draft.talk.some", time=span(t, minutes)) if minutes else t.plain("draft.talk.none")


def _pick(t: Words, poll: Poll, rule: str, now: str, values: Sequence[str] = ()) -> Pick:
    """A choice among a rule's values."""
    return _listed(t, poll, rule, now, {v: t.plain(f"draft.{rule}.{v}") for v in values or CHOICES[rule]})


def _listed(t: Words, poll: Poll, rule: str, now: str, named: dict[str, str]) -> Pick:
    options = tuple(
        PickOption(cut(label, 100), _set(poll, rule, value), chosen=value == now) for value, label in named.items()
    )
    return Pick(t.plain(f"draft.{rule}_label"), options)


def _set(poll: Poll, rule: str, value: str) -> ChangeRules:
    """The press that sets a rule; the role that a breakdown has already stays by asking for the page again."""
    return ChangeRules(poll.id, part=1) if value == "role" else ChangeRules(poll.id, rule, value)


def _number(t: Words, poll: Poll, rule: str) -> Action:
    return Action(t.plain(f"draft.action.{rule}"), ChangeRules(poll.id, rule))


def _yes(on: bool) -> str:
    return "yes" if on else "no"


_PAGE: dict[str, Callable[[Words, Poll], tuple[tuple[Pick, ...], tuple[Action, ...]]]] = {
    "voting": _voting,
    "counting": _counting,
    "running": _running,
}

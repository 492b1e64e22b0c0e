"""The rules of a draft, each by its name and a value as a card, a form or a person gives it, checked before it is kept.

What contradicts a promise is refused here: nothing that could give a secret voter away gets into a poll.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.core.errors import refuse
from bot.core.poll.drafting import with_kind, with_limits, with_method
from bot.core.poll.kinds import CHOOSING, FIXED
from bot.core.poll.values import SEVERAL_SEATS, Poll, Results, Threshold
from bot.core.signs import plain_signs
from bot.core.text import cut, folded, one_line

YES_NO = ("no", "yes")
TALK = ("0", "10", "60", "1440", "4320")  # minutes that a card offers; any others can be typed
JOINED = ("30", "90", "365")  # days before the draft was made
CHOICES: Mapping[str, tuple[str, ...]] = {
    "ballots": ("anonymous", "named"),
    "results": tuple(map(str, Results)),
    "reasons": YES_NO,
    "threshold": tuple(map(str, Threshold)),
    "early_end": YES_NO,
    "additions": YES_NO,
    "thread": YES_NO,
    "audience": ("channel", "server"),
}
"""Rules that take one of a few values."""
NUMBERS = ("limits", "seats", "quorum")
RULES = ("kind", "method", *CHOICES, *NUMBERS, "talk", "weights", "breakdown")
LONGEST_TALK = 30 * 1440  # minutes
MOST_QUORUM = 10_000_000
MOST_WEIGHT, MOST_WEIGHTS = 100, 10  # more roles don't fit the board's line of rules
DAY_MS = 86_400_000
_UNITS = {"": 1, "m": 1, "h": 60, "d": 1440}
_YES, _NO = {"yes", "si", "y", "on", "true", "1"}, {"no", "n", "off", "false", "0", "none", "ninguno"}

Set = Callable[[Poll, str], Poll]


def with_rule(poll: Poll, rule: str, value: str, role: tuple[str, str] = ("", "")) -> Poll:
    """The draft with one rule of RULES changed. `role` is (id, name), for a weight or a breakdown.

    Refusal: unknown_setting, wrong_value, unknown_kind, few_options, wrong_method, bad_seats, bad_limits, bad_quorum,
    bad_talk, weights_named, bad_weight, no_role, no_threshold, options_fixed, early_end_unknown, no_breakdown.
    """
    if rule == "weights":
        return _with_weight(poll, value, role)
    if rule == "breakdown":
        return _with_breakdown(poll, value, role)
    if rule in CHOICES:
        return _SWITCHES[rule](poll, _chosen(rule, value))
    if rule not in _SET:
        raise refuse("unknown_setting", typed=rule)
    return _SET[rule](poll, plain_signs(value).strip())


def written(poll: Poll, rule: str) -> str:
    """A rule's value as its form holds it."""
    rules = poll.rules
    if rule == "quorum":
        return f"{rules.quorum_percent}%" if rules.quorum_percent else str(rules.quorum)
    if rule == "limits":
        return f"{rules.minimum}-{rules.maximum}"
    return str(rules.seats)


def joined_ms(poll: Poll, days: str) -> int:
    """So many days before the draft was made: who joined before is one part of a breakdown."""
    return poll.created_ms - int(days) * DAY_MS


def _chosen(rule: str, value: str) -> str:
    choices, typed = CHOICES[rule], value.strip()
    if choices == YES_NO:
        typed = "yes" if folded(typed) in _YES else "no" if folded(typed) in _NO else typed
    if typed not in choices:
        raise refuse("wrong_value", option=rule, typed=value, choices=list(choices))
    return typed


def _ruled(poll: Poll, **changes: Any) -> Poll:
    return replace(poll, rules=replace(poll.rules, **changes))


def _ballots(poll: Poll, value: str) -> Poll:
    """A weight could give a secret voter away: weights go with the names."""
    named = value == "named"
    return replace(poll if named else _ruled(poll, weights=()), named=named)


def _threshold(poll: Poll, value: str) -> Poll:
    if poll.kind != "motion" and value != Threshold.MAJORITY:
        raise refuse("no_threshold")
    return _ruled(poll, threshold=Threshold(value))


def _early_end(poll: Poll, value: str) -> Poll:
    """Nothing is certain where nobody knows how many may still vote: so newcomers may not, and roles rule it out."""
    if value == "yes" and not poll.rules.countable:
        raise refuse("early_end_unknown")
    return _ruled(poll, early_end=value == "yes", joined_before=poll.rules.joined_before or value == "yes")


def _additions(poll: Poll, value: str) -> Poll:
    if value == "yes" and poll.kind in FIXED:
        raise refuse("options_fixed")
    return _ruled(poll, additions=value == "yes")


def _kind(poll: Poll, value: str) -> Poll:
    """Another kind; what the kind can't have goes."""
    changed = with_kind(poll, value)
    rules = changed.rules
    return _ruled(
        changed,
        threshold=rules.threshold if value == "motion" else Threshold.MAJORITY,
        additions=rules.additions and value not in FIXED,
        **({"breakdown": "", "breakdown_name": ""} if value == "score" else {}),
    )


def _method(poll: Poll, value: str) -> Poll:
    """Another method, with a single seat where it fills no more."""
    return with_method(poll if value in SEVERAL_SEATS else _ruled(poll, seats=1), value)


def _seats(poll: Poll, value: str) -> Poll:
    return with_method(poll, "", _number("seats", value))


def _limits(poll: Poll, value: str) -> Poll:
    """ "1-3", or the most alone: "3"."""
    found = re.fullmatch(r"(?:(\d{1,3})\s*[-–]\s*)?(\d{1,3})", value)
    if found is None:
        raise refuse("wrong_value", option="limits", typed=value, choices=["1-3", "2"])
    least, most = int(found[1] or 1), int(found[2])
    if poll.kind not in CHOOSING:
        raise refuse("bad_limits", least=least, most=most, options=len(poll.options))
    return with_limits(poll, least, most)


def _quorum(poll: Poll, value: str) -> Poll:
    """ "20" ballots, or "10%" of those who may vote at opening; "0" for none. Refusal: bad_quorum."""
    found = re.fullmatch(r"(\d{1,8})\s*(%?)", value)
    number = int(found[1]) if found else -1
    if found is None or number > (100 if found[2] else MOST_QUORUM):
        raise refuse("bad_quorum", typed=value)
    return _ruled(poll, quorum=0 if found[2] else number, quorum_percent=number if found[2] else 0)


def _talk(poll: Poll, value: str) -> Poll:
    """Minutes, or a number with m, h or d; "0" for none. Refusal: bad_talk."""
    found = re.fullmatch(r"(\d{1,6})\s*([mhd]?)\w*", folded(value))
    minutes = int(found[1]) * _UNITS[found[2]] if found else -1
    if not 0 <= minutes <= LONGEST_TALK:
        raise refuse("bad_talk", typed=value, days=LONGEST_TALK // 1440)
    return _ruled(poll, talk_minutes=minutes)


def _with_weight(poll: Poll, value: str, role: tuple[str, str]) -> Poll:
    """One role's weight; 1, or none, takes it away. Without a role, "none" takes all away."""
    role_id, name = role
    if folded(value) in _NO and not role_id:
        return _ruled(poll, weights=())
    if not poll.named:
        raise refuse("weights_named")
    if not role_id:
        raise refuse("no_role")
    weight = 1 if folded(value) in _NO else _number("weight", plain_signs(value))
    others = tuple(each for each in poll.rules.weights if each[0] != role_id)
    if not 1 <= weight <= MOST_WEIGHT or len(others) >= MOST_WEIGHTS:
        raise refuse("bad_weight", most=MOST_WEIGHT, roles=MOST_WEIGHTS)
    return _ruled(poll, weights=(*others, (role_id, name or role_id, weight)) if weight > 1 else others)


def _with_breakdown(poll: Poll, value: str, role: tuple[str, str]) -> Poll:
    """By a role, or by who joined so many days before the draft; "none" for neither."""
    if role[0]:
        what, name = f"role:{role[0]}", role[1] or role[0]
    elif folded(value) in _NO:
        what, name = "", ""
    else:
        what, name = f"joined:{joined_ms(poll, str(_number('breakdown', plain_signs(value))))}", ""
    if what and poll.kind == "score":
        raise refuse("no_breakdown")
    return _ruled(poll, breakdown=what, breakdown_name=name)


def read_role(text: str) -> tuple[str, str]:
    """(id, name) of a role as a command, a mention or a person gives it; ("", "") for none."""
    role, _, name = text.partition("|")
    mentioned = re.search(r"<@&(\d+)>", role)
    return (mentioned[1] if mentioned else cut(one_line(role), 40), cut(one_line(name), 60))


def _number(option: str, typed: str) -> int:
    if not re.fullmatch(r"\d{1,5}", typed.strip(), re.ASCII):
        raise refuse("not_a_number", option=option, typed=typed)
    return int(typed)


_SWITCHES: Mapping[str, Set] = {
    "ballots": _ballots,
    "results": lambda poll, value: _ruled(poll, results=Results(value)),
    "reasons": lambda poll, value: _ruled(poll, reasons=value == "yes"),
    "threshold": _threshold,
    "early_end": _early_end,
    "additions": _additions,
    "thread": lambda poll, value: _ruled(poll, thread=value == "yes"),
    "audience": lambda poll, value: replace(poll, whole_server=value == "server"),
}
_SET: Mapping[str, Set] = {
    "kind": _kind,
    "method": _method,
    "limits": _limits,
    "seats": _seats,
    "quorum": _quorum,
    "talk": _talk,
}

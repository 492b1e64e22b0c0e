"""PrefLib's files of orders (.soc .soi .toc .toi) and of categories (.cat), read.

Format: https://preflib.github.io/PrefLib-Jekyll/format. S or T says whether orders are strict or may have ties, C or I
whether they are complete. Two categories are marks, the first being the marked one; more are scores, the last being 0.
Of orders the older form is read too: a number of options, `1,name` for each, `voters,sum,orders`, then `12,1,{2,3}`.
"""

from __future__ import annotations

import re
from typing import NoReturn

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.numbers import shown, whole
from bot.core.counting.files.preflib_head import Head, head_of
from bot.core.counting.values import Approvals, Form, Profile, Ranking, Scores

_GROUP = re.compile(r"\s*(?:\{([0-9,\s]*)\}|([0-9]+))\s*(,|$)")
_STRICT = re.compile(r"[0-9]{1,9}(?:\s*,\s*[0-9]{1,9})*")

USUAL = 5  # the highest score where a file has none


def read(source: Lines, kind: str) -> Profile:
    """The ballots of a file of this kind, "soc" for one. Wrong: whatever is damaged, promised and not there."""
    head = head_of(source, kind)
    if head.kinds != {"cat"} and "cat" in head.kinds:
        raise Wrong("orders and categories are not the same; the name and DATA TYPE disagree", head.type_line)
    body = _Body(head)
    for line in source:
        if line.strip():
            body.take(line, source.line)
    body.keep_promises()
    form = _form(head)
    return Profile(head.names, form, tuple(body.groups.items()), most=_most(head, form))


def _form(head: Head) -> Form:
    if head.kinds != {"cat"}:
        return Form.RANKS
    return Form.MARKS if head.categories <= 2 else Form.SCORES


def _most(head: Head, form: Form) -> int:
    return head.categories - 1 if form is Form.SCORES else USUAL


class _Body:
    """The lines of ballots, as far as they were read."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.groups: dict[Ranking | Approvals | Scores, int] = {}
        self.lines = 0

    def take(self, line: str, number: int) -> None:
        """A line of ballots: how many, and what they say."""
        if line.lstrip().startswith("#"):
            raise Wrong("a line of the header among the ballots")
        count, sign, order = line.partition(self.head.separator)
        if not sign:
            raise Wrong(f"{shown(line)} is not a line of ballots such as 3{self.head.separator}1,2")
        ballots = whole(count.strip(), "how many ballots")
        if not ballots:
            raise Wrong("a line for 0 ballots")
        ballot = self._ballot(order.strip())
        self.groups[ballot] = self.groups.get(ballot, 0) + ballots
        self.lines += 1

    def _ballot(self, text: str) -> Ranking | Approvals | Scores:
        head = self.head
        groups = _groups(text, len(head.names))
        if "cat" in head.kinds:
            return _categorical(groups, head)
        if () in groups:
            raise Wrong("an empty group in braces")
        if head.strict and len(groups) < sum(map(len, groups)):
            raise Wrong(f"options ranked equal in a file of strict orders ({head.kind})")
        if head.complete and sum(map(len, groups)) < len(head.names):
            _incomplete(groups, head)
        return groups

    def keep_promises(self) -> None:
        """Wrong where the header said another number of voters, or of different ballots."""
        voters, orders = sum(self.groups.values()), len(self.groups)
        if self.head.voters not in (None, voters):
            raise Wrong(f"{self.head.voters:,} voters are promised, there are {voters:,}", self.head.voters_line)
        # A file may repeat a ballot though it should not; it tells lines then, or what is different.
        if self.head.orders is not None and self.head.orders not in (orders, self.lines):
            promised = self.head.orders
            raise Wrong(f"{promised:,} different ballots are promised, there are {orders:,}", self.head.orders_line)


def _incomplete(groups: Ranking, head: Head) -> NoReturn:
    ranked = {option for group in groups for option in group}
    missing = next(option for option in range(len(head.names)) if option not in ranked)
    raise Wrong(f"option {missing + 1} is not ranked in a file of complete orders ({head.kind})")


def _groups(text: str, options: int) -> Ranking:
    """Groups of positions, each ascending; an empty one where the braces are empty."""
    groups = _strict(text) if _STRICT.fullmatch(text) else _tied(text)
    listed = [option for group in groups for option in group]
    for option in listed:
        if not 0 <= option < options:
            raise Wrong(f"option {option + 1}, where options go from 1 to {options}")
    if len(set(listed)) < len(listed):
        twice = next(option for option in listed if listed.count(option) > 1)
        raise Wrong(f"option {twice + 1} stands twice in a ballot")
    return groups


def _strict(text: str) -> Ranking:
    return tuple([(int(part) - 1,) for part in text.split(",")])


def _tied(text: str) -> Ranking:
    groups: list[tuple[int, ...]] = []
    at, more = 0, True
    while more:
        found = _GROUP.match(text, at)
        if not text[at:].strip():
            raise Wrong("an option's number is missing at the end of the ballot")
        if not found:
            raise Wrong(f"{shown(text[at:])} is not an option's number or a group in braces")
        parts = (found[1] if found[2] is None else found[2]).strip()
        ids = [whole(part.strip(), "option") - 1 for part in parts.split(",")] if parts else []
        groups.append(tuple(sorted(ids)))
        at, more = found.end(), found[3] == ","
    return tuple(groups)


def _categorical(groups: Ranking, head: Head) -> Approvals | Scores:
    if len(groups) != head.categories:
        raise Wrong(f"the header has {head.categories} categories, this ballot {len(groups)}")
    if head.categories <= 2:
        return groups[0]
    scores: list[int | None] = [None] * len(head.names)
    for category, group in enumerate(groups):
        for option in group:
            scores[option] = head.categories - 1 - category
    return tuple(scores)

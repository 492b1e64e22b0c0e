"""Records to export: a poll of every sort, people with names to look for, and stances on an article that ships."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import product
from typing import Any

from bot import paths
from bot.content.load import load_library
from bot.core.card import File
from bot.core.counting.methods import others
from bot.core.evidence.commitment import commitment
from bot.core.evidence.merkle import root
from bot.core.poll.counted import Group, outcome_of, policies_of, profile_of
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import METHODS, STRICT, Ballot, Edit, Poll, PollOption, Results, Rules, State, Wording
from bot.core.record import Line, PollRecord, StanceRecord, unnamed
from bot.core.stance import ArticleTally, Stance, StanceRow, tally_items

OPENED = 1_793_534_400_000
CLOSED = OPENED + 86_400_000
VOTERS = [f"discord:8035111022467890{n}" for n in range(6)]
NAMES = ["Zoë Q", "=Robert", "Ñandú", "李雷", "Wren|Ash", "Xiomara"]
REASONS = ["because", "=1+1", None, "line\nbreak", "so, then", None]
CAST = [OPENED + 3_600_000 + n * 61_000 for n in range(6)]
NONCES = [sha256(f"nonce {n}".encode()).hexdigest()[:32] for n in range(6)]
OPTIONS = (PollOption("a", "Yes"), PollOption("b", "3/4"), PollOption("c", "=no"))
MARKS: list[dict[str, int]] = [{"a": 1}, {"a": 1, "c": 1}, {"b": 1}, {"c": 1}, {"a": 1}, {"c": 1}]
FORMATS = ("csv", "json", "preflib")  # those that every kind of poll has
HIDDEN = [*VOTERS, *NAMES, *(voter.partition(":")[2] for voter in VOTERS)]


def poll(
    *,
    named: bool = False,
    results: Results = Results.VOTED,
    state: State = State.CLOSED,
    reasons: bool = True,
    kind: str = "multiple",
    **rules: Any,
) -> Poll:
    """A poll whose moderator is also a voter."""
    closed = state is State.CLOSED
    fixed = tuple(PollOption(option, "") for option in FIXED.get(kind, ()))
    made = Poll(
        id="p7zkq2mxne",
        place="discord:1",
        question="Which of these?",
        kind=kind,
        options=fixed or OPTIONS,
        wordings={} if fixed else {"es": Wording("¿Cuál de estas?", ("Sí", "3/4", "=no"))},
        rules=Rules(1, 2, results, reasons, roles=("55",), role_names=("Readers",), account_days=3),
        named=named,
        state=state,
        number=7,
        article="an-article",
        item="an-item",
        pack_version="0123456789ab",
        item_version="12345678",
        electorate=312,
        created_by=VOTERS[0],
        opened_ms=OPENED,
        closes_ms=CLOSED,
        closed_ms=CLOSED if closed else None,
        closed_by=VOTERS[1] if closed else None,
        salt="5a17" * 8,
        edits=() if fixed else (Edit(OPENED + 60_000, "b", "2/4", "3/4"),),
    )
    return replace(made, rules=replace(made.rules, **rules))


def kept(poll: Poll, marks: Sequence[Mapping[str, int]] = MARKS) -> list[Ballot]:
    """Ballots as storage keeps them: a named poll's with everything, a secret one's under random ids, with a nonce."""
    if not poll.named:
        return [
            Ballot(f"id{n}f00d", dict(m), reason=_reason(poll, n), nonce=_nonce(n), part="in")
            for n, m in enumerate(marks)
        ]
    return [
        Ballot(_voter(n), dict(m), NAMES[n % 6], _reason(poll, n), CAST[n % 6], part="out") for n, m in enumerate(marks)
    ]


def groups_of(ballots: Sequence[Ballot]) -> list[Group]:
    """Equal ballots together, without voided ones, as storage gives them."""
    many: Counter[tuple[tuple[str, int], ...]] = Counter()
    weigh: Counter[tuple[tuple[str, int], ...]] = Counter()
    for ballot in ballots:
        if ballot.void is None:
            key = tuple(sorted(ballot.marks.items()))
            many[key] += 1
            weigh[key] += ballot.weight
    return [(dict(key), n, weigh[key]) for key, n in many.items()]


def sealed(poll: Poll, ballots: Sequence[Ballot]) -> Poll:
    """The poll with the root of its ballots, where it is closed."""
    if poll.state is not State.CLOSED:
        return poll
    voter = (lambda ballot: ballot.voter) if poll.named else (lambda _: "")
    found = root(commitment(poll.id, b.marks, b.nonce, voter(b), b.weight) for b in ballots if b.void is None)
    return replace(poll, root=found)


def record(asked: Poll, ballots: Sequence[Ballot] | None = None, **more: Any) -> PollRecord:
    """The record of a poll, with everything that any format needs."""
    cast = kept(asked) if ballots is None else ballots
    poll, groups = sealed(asked, cast), groups_of(cast)
    found = outcome_of(poll, groups, sum(ballot.void is not None for ballot in cast))
    profile = profile_of(poll, groups)
    said = others(profile, policies_of(poll), poll.method) if groups else ()
    given = {"profile": profile, "transcript": (Line(OPENED + 1000, "Ada", "Tea for all"),)} | more
    return PollRecord(poll, replace(found, others=said), "The town", CLOSED + 3_600_000, False, **given)


def polls() -> Iterator[Poll]:
    """One of every sort that secrecy depends on."""
    for named, results, state, reasons in product((True, False), Results, (State.OPEN, State.CLOSED), (True, False)):
        yield poll(named=named, results=results, state=state, reasons=reasons)


def countable(seed: int = 1, voters: int = 23) -> Iterator[tuple[Poll, list[Ballot]]]:
    """A closed poll of every kind and method, named and secret, with ballots by chance."""
    for kind, methods in METHODS.items():
        for method, named in product(methods, (True, False)):
            chance = random.Random(f"{seed} {kind} {method} {named}")
            seats = 2 if method in ("stv", "equal-shares") else 1
            asked = poll(kind=kind, named=named, method=method, seats=seats, maximum=3)
            yield asked, kept(asked, [ballot_of(asked, chance) for _ in range(voters)])


def ballot_of(poll: Poll, chance: random.Random) -> dict[str, int]:
    """Marks that the poll allows, by chance: equal ranks and options left out where its method takes them."""
    ids = [option.id for option in poll.options]
    if poll.kind == "score":
        return {option: chance.randrange(6) for option in chance.sample(ids, chance.randrange(1, len(ids) + 1))}
    if poll.kind == "ranked":
        some = chance.sample(ids, chance.randrange(1, len(ids) + 1))
        ranks = range(1, len(some) + 1) if poll.method in STRICT else [chance.randrange(2) for _ in some]
        place = {rank: n for n, rank in enumerate(sorted(set(ranks)), start=1)}
        return {option: place[rank] for option, rank in zip(some, ranks, strict=True)}
    most = 1 if poll.kind not in ("multiple", "approval") else len(ids)
    return dict.fromkeys(chance.sample(ids, chance.randrange(1, most + 1)), 1)


def stances() -> StanceRecord:
    """Stances of four people on an article that ships, and on an item it had once."""
    pack = next(iter(load_library(paths.content_dir()).values()))
    article = pack.article("en")
    items = [*(item.id for item in article.items[:3]), "gone-item"]
    answers = [Stance.AGREE, Stance.DISAGREE, Stance.PASS, Stance.AGREE]
    rows = [
        StanceRow(pack.id, item, VOTERS[n], NAMES[n], answers[(n + k) % 4], pack.version, "v", CAST[n])
        for n in range(4)
        for k, item in enumerate(items[: n + 1])
    ]
    counts = [(row.item_id, str(row.stance), row.item_version, 1) for row in rows]
    tally = ArticleTally(tally_items(counts, dict(pack.item_versions)), 4, 2, 9, 3)
    return StanceRecord(pack.id, pack.version, article, tally, unnamed(rows, backwards), "The town", OPENED)


def backwards(people: list[Any]) -> None:
    """A shuffle that tests can foresee."""
    people.reverse()


def table(file: File) -> list[dict[str, str]]:
    """The rows of a CSV file by heading; every row has as many cells as there are headings."""
    assert file.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def document(file: File) -> Mapping[str, Any]:
    """A JSON file's value."""
    value: Mapping[str, Any] = json.loads(file.data)
    return value


def _voter(n: int) -> str:
    return VOTERS[n] if n < len(VOTERS) else f"discord:9{n:04}"


def _nonce(n: int) -> str:
    return NONCES[n] if n < len(NONCES) else sha256(f"nonce {n}".encode()).hexdigest()[:32]


def _reason(poll: Poll, n: int) -> str | None:
    return REASONS[n % 6] if poll.rules.reasons else None

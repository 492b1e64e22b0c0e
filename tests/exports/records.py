"""Records to export: a poll of every sort, people with names to look for, and stances on an article that ships."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from bot import paths
from bot.content.load import load_library
from bot.core.card import File
from bot.core.poll.kinds import count, limits
from bot.core.poll.result import Outcome
from bot.core.poll.values import Ballot, Poll, PollOption, Results, Rules, State, Wording
from bot.core.record import PollRecord, StanceRecord, exportable, unnamed
from bot.core.stance import ArticleTally, Stance, StanceRow, tally_items

OPENED = 1_793_534_400_000
CAST = [OPENED + 3_600_000 + n * 61_000 for n in range(4)]
VOTERS = [f"discord:8035111022467890{n}" for n in range(4)]
NAMES = ["Zoë Q", "=Robert", "Ñandú", "李雷"]
REASONS = ["because", "=1+1", None, "line\nbreak"]
OPTIONS = (PollOption("a", "Yes"), PollOption("b", "3/4"), PollOption("c", "=no"))
FORMATS = ("csv", "json")
HIDDEN = [*VOTERS, *NAMES, *(voter.partition(":")[2] for voter in VOTERS)]


def poll(
    *, named: bool = False, results: Results = Results.VOTED, state: State = State.CLOSED, reasons: bool = True
) -> Poll:
    """A poll whose moderator is also a voter."""
    return Poll(
        id="p7zkq2mxne",
        place="discord:1",
        question="Which of these?",
        kind="multiple",
        options=OPTIONS,
        wordings={"es": Wording("¿Cuál de estas?", ("Sí", "3/4", "=no"))},
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
        closes_ms=OPENED + 86_400_000,
        closed_ms=OPENED + 86_400_000 if state is State.CLOSED else None,
        closed_by=VOTERS[1] if state is State.CLOSED else None,
    )


def kept(poll: Poll) -> list[Ballot]:
    """Ballots as storage keeps them: a named poll's with everything, an anonymous one's under tags."""
    marks = [{"a": 1}, {"a": 1, "c": 1}, {"b": 1}, {"c": 1}]
    return [
        Ballot(
            VOTERS[n] if poll.named else f"tag{n}f00d",
            marks[n],
            NAMES[n] if poll.named else None,
            REASONS[n] if poll.rules.reasons else None,
            CAST[n] if poll.named else None,
        )
        for n in range(4)
    ]


def backwards(ballots: list[Any]) -> None:
    """A shuffle that tests can foresee."""
    ballots.reverse()


def record(poll: Poll, ballots: list[Ballot] | None = None) -> PollRecord:
    """The record of a poll."""
    cast = kept(poll) if ballots is None else ballots
    outcome = Outcome(count([b.marks for b in cast], poll), len(cast), poll.electorate, limits(poll)[1] > 1)
    return PollRecord(poll, outcome, exportable(poll, cast, backwards), "The town", OPENED + 90_000_000, False)


def polls() -> Iterator[Poll]:
    """One of every sort that secrecy depends on."""
    for named, results, state, reasons in product((True, False), Results, (State.OPEN, State.CLOSED), (True, False)):
        yield poll(named=named, results=results, state=state, reasons=reasons)


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

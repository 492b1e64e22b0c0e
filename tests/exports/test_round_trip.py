"""What is exported counts to the same result again, and is found right by the verifier, whatever kind and method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.card import File
from bot.core.counting.files.door import read
from bot.core.counting.methods import METHODS, count
from bot.core.counting.said import as_json
from bot.core.counting.values import Count
from bot.core.errors import Refusal
from bot.core.evidence.checking import check
from bot.core.evidence.commitment import commitment
from bot.core.evidence.reading import loads
from bot.core.evidence.receipt import receipt
from bot.core.evidence.values import Difference
from bot.core.poll.counted import policies_of
from bot.core.poll.values import Ballot, Poll
from bot.core.record import PollRecord
from bot.exports.files import poll_files
from bot.exports.said import option_text
from bot.i18n import words
from tests.exports.records import countable, kept, poll, record, table

EN = words("en")
CASES = [
    pytest.param(p, ballots, id=f"{p.kind}-{p.method}-{'named' if p.named else 'secret'}") for p, ballots in countable()
]


def file_of(made: PollRecord, format_: str, ballots: Sequence[Ballot]) -> File:
    """The file with the ballots."""
    files = poll_files(made, format_, EN, ballots)
    return next(file for file in files if format_ != "csv" or file.name.endswith("-ballots.csv"))


def recounted(made: PollRecord, file: File) -> Count:
    """What `tertulia count FILE --method …` counts: options by their texts."""
    poll = made.poll
    lines = file.data.decode("utf-8-sig").splitlines(keepends=True)
    forms = METHODS[poll.method].forms
    profile = read(file.name, lines, None, forms)
    return count(profile, poll.method, policies_of(poll), poll.rules.seats)


def by_text(made: PollRecord) -> Count:
    """The poll's own count, options by their texts."""
    assert made.outcome.count is not None
    return replace(made.outcome.count, options=tuple(option_text(EN, option) for option in made.poll.options))


def plain(counted: Count) -> dict[str, object]:
    """A count as JSON, without what names options inside a sentence."""
    said = as_json(counted)
    return said | {"facts": {k: v for k, v in said["facts"].items() if k != "finalists"}}


@pytest.mark.parametrize(("asked", "ballots"), CASES)
@pytest.mark.parametrize("format_", ["json", "csv", "preflib", "blt"])
def test_every_format_counts_to_the_same_result(asked: Poll, ballots: list[Ballot], format_: str) -> None:
    """Rounds, pairs, margin and all; BLT holds rankings alone and refuses the rest."""
    made = record(asked, ballots)
    if format_ == "blt" and asked.kind != "ranked":
        with pytest.raises(Refusal) as refusal:
            poll_files(made, format_, EN)
        assert (refusal.value.key, refusal.value.facts["why"]) == ("unfit_format", "ranks")
        return
    assert plain(recounted(made, file_of(made, format_, ballots))) == plain(by_text(made))


@pytest.mark.parametrize(("asked", "ballots"), CASES)
def test_the_verifier_agrees(asked: Poll, ballots: list[Ballot]) -> None:
    """Root, result and lots follow from the ballots; a secret ballot's receipt is found, another isn't."""
    made = record(asked, ballots)
    value = loads(file_of(made, "json", ballots).data)
    given = receipt(committed(made.poll, ballots[3])) if asked.secret else ""
    about = [finding.about for finding in check(value, given, made.poll.root or "")]
    assert {"root", "posted root", "result"} <= set(about)
    if asked.secret:
        wrong = receipt(committed(made.poll, replace(ballots[3], nonce="0" * 32)))
        with pytest.raises(Difference):
            list(check(value, wrong))


def test_a_changed_ballot_is_found() -> None:
    """The check can fail."""
    ballots = kept(poll())
    data = file_of(record(poll()), "json", ballots).data.replace(b'{"a": 1}, "nonce"', b'{"b": 1}, "nonce"', 1)
    with pytest.raises(Difference):
        list(check(loads(data)))


def committed(poll: Poll, ballot: Ballot) -> bytes:
    """A secret ballot's commitment."""
    return commitment(poll.id, ballot.marks, ballot.nonce)


def weighed() -> tuple[Poll, list[Ballot]]:
    """A named poll in which one role weighs three, and one ballot was voided."""
    asked = poll(kind="ranked", named=True, weights=(("77", "Elders", 3),))
    ballots = kept(asked, [{"a": 1, "b": 2}, {"b": 1, "a": 2}, {"c": 1}, {"b": 1}, {"a": 1}, {"c": 1, "b": 2}])
    ballots[1] = replace(ballots[1], weight=3)
    ballots[2] = replace(ballots[2], void="voted for somebody else")
    return asked, ballots


@pytest.mark.parametrize("format_", ["json", "csv", "preflib", "blt"])
def test_weights_count_and_voided_ballots_do_not(format_: str) -> None:
    """A voided ballot stays in the files that tell voters apart, with its reason, and counts nowhere."""
    asked, ballots = weighed()
    made = record(asked, ballots)
    file = file_of(made, format_, ballots)
    assert (b"voted for somebody else" in file.data) is (format_ in ("json", "csv"))
    assert plain(recounted(made, file)) == plain(by_text(made))
    assert by_text(made).ballots == 7


def test_weights_and_voids_are_verified() -> None:
    """The root is of the ballots that count, with their weights."""
    asked, ballots = weighed()
    made = record(asked, ballots)
    findings = {finding.about: finding.sentence for finding in check(loads(file_of(made, "json", ballots).data))}
    assert "1 more are void" in findings["ballots"]


def test_a_skipped_rank_is_no_preflib() -> None:
    """PrefLib has no sign for it, and says so; BLT and CSV keep it."""
    asked = poll(kind="ranked")
    ballots = kept(asked, [{"a": 1, "b": 3}] * 5)
    made = record(asked, ballots)
    with pytest.raises(Refusal) as refusal:
        poll_files(made, "preflib", EN)
    assert refusal.value.facts == {"format": "PrefLib", "why": "skipped"}
    for format_ in ("csv", "blt"):
        assert plain(recounted(made, file_of(made, format_, ballots))) == plain(by_text(made))


def test_a_voter_finds_their_row() -> None:
    """The receipts of a secret poll stand in its table, each in the row of its ballot."""
    ballots = kept(poll())
    rows = table(file_of(record(poll()), "csv", ballots))
    assert [row["Receipt"] for row in rows] == [receipt(committed(poll(), ballot)) for ballot in ballots]

"""What a secret poll promised holds in every file, whatever the rules, the state, the format and how few voted."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from bot.core.errors import Refusal
from bot.core.poll.breakdown import Breakdown
from bot.core.poll.result import FEWEST_SECRET
from bot.core.poll.values import Ballot, Poll, Results, State
from bot.core.record import PollRecord, may_export
from bot.exports.files import POLLS, formats_for, poll_files, stance_files
from bot.exports.times import iso
from bot.i18n import words
from tests.exports.records import (
    CAST,
    HIDDEN,
    NAMES,
    NONCES,
    REASONS,
    VOTERS,
    document,
    kept,
    poll,
    polls,
    record,
    stances,
    table,
)

EN = words("en")
TAGS = [f"id{n}f00d" for n in range(6)]
TIMES = [iso(cast) or "" for cast in CAST] + [str(cast) for cast in CAST]
FEW = FEWEST_SECRET - 1


def sort(poll: Poll) -> str:
    """A poll's sort as a test's id."""
    votes = "named" if poll.named else "secret"
    return f"{votes}-{poll.rules.results}-{poll.state}-{'reasons' if poll.rules.reasons else 'bare'}"


def raw(poll: Poll, format_: str, ballots: list[Ballot] | None = None, record_: PollRecord | None = None) -> str:
    """Every byte that leaves, unpacked; but for the verifier, which knows no poll."""
    cast = kept(poll) if ballots is None else ballots
    files = poll_files(record_ or record(poll, cast), format_, EN, cast)
    return "\n".join(file.name + opened(file.data) for file in files if file.name != "verify.py")


def opened(data: bytes) -> str:
    """A file's text; of an archive, that of everything in it; of a PDF, that of its pages."""
    if data.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


FITTING = {name: format_ for name, format_ in POLLS.items() if not format_.kinds}
EVERY = [pytest.param(p, f, id=f"{sort(p)}-{f}") for p in polls() for f in FITTING]
VISIBLE = [case for case in EVERY if may_export(case.values[0])]
HIDDEN_COUNTS = [case for case in EVERY if not may_export(case.values[0])]
SECRET = [case for case in VISIBLE if case.values[0].secret]


@pytest.mark.parametrize(("poll", "format_"), HIDDEN_COUNTS)
def test_counts_that_nobody_may_see_are_in_no_file(poll: Poll, format_: str) -> None:
    """A moderator gets no head start: every open secret poll is refused, and a named one whose counts are hidden."""
    assert poll.state is State.OPEN
    assert poll.secret or poll.results is not Results.LIVE
    assert formats_for(poll) == ()
    with pytest.raises(Refusal) as refusal:
        raw(poll, format_)
    assert (refusal.value.key, refusal.value.facts) == ("poll_not_closed", {"number": 7})


@pytest.mark.parametrize(("poll", "format_"), VISIBLE)
def test_a_secret_file_names_nobody(poll: Poll, format_: str) -> None:
    """No id, no name, no time of a ballot, no part and no id of a ballot stands in it, unless the votes were named."""
    text = raw(poll, format_)
    for hidden in (*HIDDEN, *TIMES, *TAGS):
        assert (hidden in text) <= poll.named, hidden
    assert not any(word in text for word in ('"part"', "changes"))


@pytest.mark.parametrize(("poll", "format_"), SECRET)
def test_a_secret_file_is_safe_even_when_its_ballots_are_not(poll: Poll, format_: str) -> None:
    """The writers leave out who and when by themselves, should a ballot ever carry them."""
    leaky = [replace(b, voter=VOTERS[n], name=NAMES[n], cast_ms=CAST[n]) for n, b in enumerate(kept(poll))]
    text = raw(poll, format_, leaky)
    assert not [hidden for hidden in (*HIDDEN, *TIMES) if hidden in text]


@pytest.mark.parametrize(("poll", "format_"), SECRET)
@pytest.mark.parametrize("cast", [1, FEW])
def test_too_few_secret_ballots_leave_no_count(poll: Poll, format_: str, cast: int) -> None:
    """Under five, neither counts nor ballots are in any format: the file says so, or there is none."""
    few = kept(poll)[:cast]
    by_option = record(poll, few).outcome.counts
    if POLLS[format_].profile and POLLS[format_].ballots:
        with pytest.raises(Refusal) as refusal:
            raw(poll, format_, few)
        assert refusal.value.key == "ballots_withheld"
        return
    leaky = replace(record(poll, few), breakdown=Breakdown((1, 1), (by_option, by_option)))
    text = raw(poll, format_, few, leaky)
    assert "withheld" in text
    files = poll_files(leaky, format_, EN, few)
    assert not any(nonce in text for nonce in NONCES)
    assert not any(reason and reason in text for reason in REASONS[:2])
    assert "verify.py" not in [file.name for file in files]
    if format_ == "json":
        value = document(files[0])
        told = {name: value["result"][name] for name in ("counts", "leaders", "margin", "count", "breakdown")}
        assert told == dict.fromkeys(told)
        assert (value["ballots"], value["result"]["ballots"]) == (None, cast)
    if format_ == "csv":
        assert [row["Votes"] for row in table(files[0])] == ["", "", ""]
        assert len(files) == 1


@pytest.mark.parametrize("format_", FITTING)
def test_five_secret_ballots_are_told(format_: str) -> None:
    """The limit is five."""
    five = kept(poll())[:FEWEST_SECRET]
    assert "withheld" not in raw(poll(), format_, five).replace('"withheld": false', "")


@pytest.mark.parametrize(("poll", "format_"), VISIBLE)
def test_ballots_are_there_where_the_poll_allows(poll: Poll, format_: str) -> None:
    """Of a named poll whose counts are public and of every closed one, with reasons where there are some."""
    files = poll_files(record(poll), format_, EN, kept(poll))
    if format_ == "csv":
        assert any(file.name.endswith("-ballots.csv") for file in files)
    if format_ == "json":
        assert len(document(files[0])["ballots"]) == 6
    if POLLS[format_].pages:
        text = raw(poll, format_)
        assert all((json.dumps(reason)[1:-1] in text or reason in text) is poll.rules.reasons for reason in ["because"])


@pytest.mark.parametrize(("poll", "format_"), VISIBLE)
def test_the_verifier_goes_along(poll: Poll, format_: str) -> None:
    """With the ballots of every closed poll."""
    names = [file.name for file in poll_files(record(poll), format_, EN, kept(poll))]
    assert ("verify.py" in names) is (poll.state is State.CLOSED and POLLS[format_].ballots)


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_stances_name_nobody(format_: str) -> None:
    """Stances leave under numbers given by chance, without names, ids and times."""
    data = b"".join(file.data for file in stance_files(stances(), format_, EN)).decode()
    assert not [secret for secret in (*HIDDEN, *TIMES) if secret in data]


def test_a_persons_number_comes_from_the_shuffle() -> None:
    """Person 1 is whom the shuffle put first, the same in all of their rows."""
    (_, people) = stance_files(stances(), "csv", EN)
    answered = [sum(1 for name, value in row.items() if value and name != "Person") for row in table(people)]
    assert [row["Person"] for row in table(people)] == ["1", "2", "3", "4"]
    assert answered == [4, 3, 2, 1]  # the fourth person answered four items, and the shuffle turned the order around

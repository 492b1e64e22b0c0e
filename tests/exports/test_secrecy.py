"""What an anonymous poll promised holds in every file, whatever the rules, the state and the format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import Refusal
from bot.core.poll.values import Poll, Results, State
from bot.core.record import PollRecord, exportable, may_export
from bot.exports.files import poll_files, stance_files
from bot.exports.times import iso
from bot.i18n import words
from tests.exports.records import (
    CAST,
    FORMATS,
    HIDDEN,
    NAMES,
    REASONS,
    VOTERS,
    backwards,
    document,
    kept,
    poll,
    polls,
    record,
    stances,
    table,
)

EN = words("en")


def sort(poll: Poll) -> str:
    """A poll's sort as a test's id."""
    votes = "named" if poll.named else "anonymous"
    return f"{votes}-{poll.rules.results}-{poll.state}-{'reasons' if poll.rules.reasons else 'bare'}"


def raw(poll: Poll, format_: str, record_: PollRecord | None = None) -> bytes:
    """Every byte that leaves."""
    return b"".join(file.name.encode() + file.data for file in poll_files(record_ or record(poll), format_, EN))


EVERY = [pytest.param(p, f, id=f"{sort(p)}-{f}") for p in polls() for f in FORMATS]
VISIBLE = [case for case in EVERY if may_export(case.values[0])]
HIDDEN_COUNTS = [case for case in EVERY if not may_export(case.values[0])]


@pytest.mark.parametrize(("poll", "format_"), HIDDEN_COUNTS)
def test_counts_that_nobody_may_see_are_in_no_file(poll: Poll, format_: str) -> None:
    """A moderator gets no head start: an open poll with hidden counts is refused."""
    assert poll.state is State.OPEN
    assert poll.rules.results is not Results.LIVE
    with pytest.raises(Refusal) as refusal:
        poll_files(record(poll), format_, EN)
    assert (refusal.value.key, refusal.value.facts) == ("poll_not_closed", {"number": 7})


@pytest.mark.parametrize(("poll", "format_"), VISIBLE)
def test_an_anonymous_file_names_nobody(poll: Poll, format_: str) -> None:
    """No id, no name, no time of a ballot and no tag stands in any byte, unless the votes were named."""
    data = raw(poll, format_).decode()
    times = [iso(cast) or "" for cast in CAST] + [str(cast) for cast in CAST]
    for secret in (*HIDDEN, *times, *(f"tag{n}f00d" for n in range(4))):
        assert (secret in data) <= poll.named, secret


@pytest.mark.parametrize(("poll", "format_"), [case for case in VISIBLE if not case.values[0].named])
def test_an_anonymous_file_is_safe_even_when_its_record_is_not(poll: Poll, format_: str) -> None:
    """The writers leave out who and when by themselves, should a record ever carry them."""
    leaky = [replace(b, voter=VOTERS[n], name=NAMES[n], cast_ms=CAST[n]) for n, b in enumerate(kept(poll))]
    data = raw(poll, format_, replace(record(poll), ballots=tuple(leaky))).decode()
    assert not [secret for secret in (*HIDDEN, *(iso(cast) or "" for cast in CAST)) if secret in data]


@pytest.mark.parametrize(("poll", "format_"), VISIBLE)
def test_an_open_anonymous_poll_gives_counts_only(poll: Poll, format_: str) -> None:
    """Two files of an open poll would tell the vote that came between them, so its ballots wait for the close."""
    whole = poll.named or poll.state is State.CLOSED
    files = poll_files(record(poll), format_, EN)
    if format_ == "csv":
        assert [file.name.endswith("-ballots.csv") for file in files] == [False, True][: 1 + whole]
    else:
        assert (document(files[0])["ballots"] is not None) == whole
    assert any((reason or "~") in raw(poll, format_).decode() for reason in REASONS) == (whole and poll.rules.reasons)


def test_the_order_of_anonymous_ballots_is_chance() -> None:
    """They are shuffled; the ballots of a named poll stand by time."""
    anonymous, named = poll(), poll(named=True)
    assert [b.marks for b in exportable(anonymous, kept(anonymous), backwards) or ()] == [
        b.marks for b in reversed(kept(anonymous))
    ]
    assert list(exportable(named, list(reversed(kept(named))), backwards) or ()) == kept(named)


@pytest.mark.parametrize("format_", FORMATS)
def test_stances_name_nobody(format_: str) -> None:
    """Stances leave under numbers given by chance, without names, ids and times."""
    data = b"".join(file.data for file in stance_files(stances(), format_, EN)).decode()
    assert not [secret for secret in (*HIDDEN, *(iso(cast) or "" for cast in CAST)) if secret in data]


def test_a_persons_number_comes_from_the_shuffle() -> None:
    """Person 1 is whom the shuffle put first, the same in all of their rows."""
    (_, people) = stance_files(stances(), "csv", EN)
    answered = [sum(1 for name, value in row.items() if value and name != "Person") for row in table(people)]
    assert [row["Person"] for row in table(people)] == ["1", "2", "3", "4"]
    assert answered == [4, 3, 2, 1]  # the fourth person answered four items, and the shuffle turned the order around

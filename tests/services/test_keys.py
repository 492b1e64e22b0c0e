"""Keys of anonymous polls: whole, one for each poll, for the program's user alone, and gone for good when destroyed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.services.keys import SIZE, Keys


def test_a_tag_is_the_same_after_a_restart(tmp_path: Path) -> None:
    """Another voter's is another, and so is the same voter's in another poll."""
    keys = Keys(tmp_path / "keys")
    for poll in ("p1", "p2"):
        keys.create(poll)
    tag = keys.tag("p1", "ana")
    assert tag == Keys(tmp_path / "keys").tag("p1", "ana")
    assert len({tag, keys.tag("p1", "bea"), keys.tag("p2", "ana")}) == 3


def test_a_key_is_never_made_twice(tmp_path: Path) -> None:
    """A second one would make every voter a new one."""
    keys = Keys(tmp_path)
    keys.create("p")
    before = (tmp_path / "p.key").read_bytes()
    keys.create("p")
    Keys(tmp_path).create("p")
    assert (tmp_path / "p.key").read_bytes() == before and len(before) == SIZE


def test_a_half_written_key_is_no_key(tmp_path: Path) -> None:
    """An empty key would make the tag an unkeyed hash, which the member list gives away."""
    keys = Keys(tmp_path)
    for size in (0, SIZE - 1):
        (tmp_path / "p.key").write_bytes(bytes(size))
        assert keys.tag("p", "ana") is None


def test_a_crash_before_the_key_was_whole_leaves_no_key(tmp_path: Path) -> None:
    """What is left under the other name is written anew."""
    (tmp_path / "p.new").write_bytes(b"half")
    keys = Keys(tmp_path)
    assert keys.tag("p", "ana") is None and keys.kept() == ()
    keys.create("p")
    assert keys.tag("p", "ana") is not None and not (tmp_path / "p.new").exists()


def test_a_destroyed_key_is_gone(tmp_path: Path) -> None:
    """From the folder and from memory; again does no harm."""
    keys = Keys(tmp_path)
    keys.create("p")
    assert keys.tag("p", "ana") and keys.kept() == ("p",)
    keys.destroy("p")
    keys.destroy("p")
    assert keys.tag("p", "ana") is None and keys.kept() == () and list(tmp_path.iterdir()) == []


def test_only_the_program_may_read_them(tmp_path: Path) -> None:
    """The folder and the files, from the first moment."""
    keys = Keys(tmp_path / "keys")
    keys.create("p")
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert (tmp_path / "keys" / "p.key").stat().st_mode & 0o077 == 0


def test_no_folder_is_made_for_nothing(tmp_path: Path) -> None:
    """Looking makes none."""
    keys = Keys(tmp_path / "keys")
    assert (keys.kept(), keys.tag("p", "ana")) == ((), None)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("turn", range(3))
def test_threads_agree(tmp_path: Path, turn: int) -> None:
    """Tags asked for by many threads while the key is made and destroyed are right or None, and None in the end."""
    keys, seen = Keys(tmp_path), set()
    keys.create("p")
    right = keys.tag("p", "ana")

    def ask() -> None:
        for _ in range(50):
            seen.add(keys.tag("p", "ana"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    keys.destroy("p")
    for thread in threads:
        thread.join()
    assert seen <= {right, None} and keys.tag("p", "ana") is None


def test_an_event_is_known_again_after_a_restart(tmp_path: Path) -> None:
    """By a key that is no poll's: it is kept when polls' keys go, and its file is the program's alone."""
    event = Keys(tmp_path).event("discord:1234567890")
    assert event == Keys(tmp_path).event("discord:1234567890") != Keys(tmp_path).event("discord:1234567891")
    assert "1234567890" not in event and Keys(tmp_path).kept() == ()
    assert (tmp_path / "events.key").stat().st_mode & 0o077 == 0


def test_without_the_key_of_events_they_are_known_from_then_on(tmp_path: Path) -> None:
    """Lost or cut short: another is made, and what was kept of events before fits none any more."""
    before = Keys(tmp_path).event("e")
    (tmp_path / "events.key").write_bytes(b"half")
    after = Keys(tmp_path).event("e")
    assert after != before and after == Keys(tmp_path).event("e")


def test_a_key_of_events_that_cannot_be_kept_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One of this run stands in, and the log says so, once."""
    (tmp_path / "keys").write_text("not a folder")
    keys = Keys(tmp_path / "keys")
    assert keys.event("e") == keys.event("e") != Keys(tmp_path / "keys").event("e")
    assert len([record for record in caplog.records if record.message == "key not kept"]) == 2  # one for each run


def test_what_is_left_of_an_overwritten_key_is_no_key(tmp_path: Path) -> None:
    """A crash between the overwriting and the removal leaves zeros: whoever knows them could make every tag."""
    keys = Keys(tmp_path)
    keys.create("p")
    (tmp_path / "p.key").write_bytes(bytes(SIZE))
    assert keys.tag("p", "ana") is None and keys.kept() == ("p",)

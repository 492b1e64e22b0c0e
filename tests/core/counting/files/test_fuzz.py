"""Whatever a file holds, it is read or refused with its line: no other error comes out of the door."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.counting.files.door import FORMATS, read
from bot.core.counting.files.errors import BadFile
from bot.core.counting.files.lines import pieces
from tests.core.counting.files.damage import BLT, CAT, CSV, OLD, OURS, TOI
from tests.core.counting.files.damage_json import record

SOUND = (TOI, CAT, OLD, BLT, CSV, OURS, record())
PIECES = st.sampled_from(
    ["0", "1", "-", "=", "{", "}", ",", ":", '"', "#", "\n", "\r", "[", "]", "null", "1e999", "9" * 400, "\0", "\ufeff",
     "\\", "'", "A. ", "é", "\ud800", "/", ".", "\t", "١", " "]
)  # fmt: skip


def opened(data: bytes) -> io.TextIOWrapper:
    """As the command opens a file."""
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape")


def let_in(data: bytes, format_: str | None) -> None:
    """The file at the door: read, or refused with a line of it."""
    with contextlib.suppress(BadFile):
        assert read("x", pieces(opened(data)), format_).options
    try:
        read("x", pieces(opened(data)), format_)
    except BadFile as bad:
        assert 1 <= bad.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert str(bad).startswith(f"x:{bad.line}: ")
        assert "\n" not in str(bad)


@given(st.binary(max_size=200), st.sampled_from((None, *FORMATS)))
@settings(max_examples=50)
def test_any_bytes(data: bytes, format_: str | None) -> None:
    """Of any format."""
    let_in(data, format_)


@given(st.data(), st.sampled_from(SOUND), st.sampled_from((None, *FORMATS)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_sound_files_with_something_put_in_taken_out_or_changed(
    data: st.DataObject, sound: str, format_: str | None
) -> None:
    """Damage of every size at every place, also read as another format."""
    text = sound
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.sampled_from((at, at + 1, at + 10, len(text))))
        text = text[:at] + data.draw(PIECES | st.text(max_size=3)) + text[end:]
    let_in(text.encode("utf-8", "surrogatepass"), format_)


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, '{"ballots":' + "[" * 100_000])
def test_lists_within_lists(deep: str) -> None:
    """No recursion that ends the program."""
    with pytest.raises(BadFile):
        read("x.json", io.StringIO(deep))


@given(st.text("0123456789,{} ", max_size=40))
@example("1,2,3" * 200)
def test_any_order(order: str) -> None:
    """A line of numbers and braces is an order of every option or says why it is none."""
    head = TOI[: TOI.index("3: 1,2,3")].replace("VOTERS: 6", "VOTERS: 1").replace("ORDERS: 3", "ORDERS: 1")
    with contextlib.suppress(BadFile):
        ((ranking, weight),) = read("x.toi", io.StringIO(f"{head}1:{order}\n")).groups
        assert weight == 1
        assert sorted(o for group in ranking for o in group) == sorted({o for group in ranking for o in group})  # type: ignore[union-attr]

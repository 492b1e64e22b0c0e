"""A receipt survives being copied by hand."""

from __future__ import annotations

import random

import pytest

from bot.core.evidence.receipt import NoReceipt, read_receipt, receipt

BYTES = bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")
WRITTEN = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"


def test_a_receipt_is_eight_groups_of_four() -> None:
    """The alphabet of Base32 itself, from A to 7."""
    assert receipt(BYTES) == WRITTEN


def test_every_receipt_reads_back() -> None:
    """Of any commitment."""
    chance = random.Random(7)
    some = [chance.randbytes(20) for _ in range(200)]
    assert [read_receipt(receipt(one)) for one in some] == some


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(WRITTEN, id="as it stands"),
        pytest.param(WRITTEN.lower(), id="small letters"),
        pytest.param(WRITTEN.replace("-", ""), id="no dashes"),
        pytest.param(WRITTEN.replace("-", " "), id="spaces"),
        pytest.param(WRITTEN.replace("-", " – "), id="long dashes"),
        pytest.param(WRITTEN.replace("-", "−"), id="minus signs"),
        pytest.param(WRITTEN.replace("-", "‑"), id="dashes that don't break"),
        pytest.param(WRITTEN.replace("-", "\n"), id="on lines"),
        pytest.param(WRITTEN.replace("-", "\u200b"), id="invisible spaces"),
        pytest.param(f"  `{WRITTEN}`. ", id="quoted from a message"),
        pytest.param(f"“{WRITTEN}”", id="in quotes"),
        pytest.param(WRITTEN.replace("O", "0"), id="0 for O"),
        pytest.param(WRITTEN.replace("B", "8"), id="8 for B"),
        pytest.param("".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in WRITTEN), id="full width"),
    ],
)
def test_a_receipt_is_read_as_people_copy_it(typed: str) -> None:
    """Whatever happens to case, dashes and spaces, and to letters that only look like others."""
    assert read_receipt(typed) == BYTES


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(WRITTEN.replace("I", "1"), "write I or L", id="1 may be I or L"),
        pytest.param(WRITTEN.replace("7", "9"), "no “9”", id="9"),
        pytest.param(WRITTEN.replace("A", "Å"), "no “Å”", id="another alphabet"),
        pytest.param(WRITTEN[:-1], "this one has 31", id="a letter short"),
        pytest.param(WRITTEN + "A", "this one has 33", id="a letter long"),
        pytest.param("", "this one has 0", id="nothing"),
    ],
)
def test_what_is_no_receipt_is_said_so(typed: str, says: str) -> None:
    """With what is wrong, and without guessing."""
    with pytest.raises(NoReceipt, match=says):
        read_receipt(typed)

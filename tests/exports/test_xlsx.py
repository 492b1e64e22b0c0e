"""A workbook holds what the CSV tables hold, as numbers and text, and nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.core.card import File
from bot.core.poll.values import Ballot, Poll, PollOption
from bot.core.record import PollRecord
from bot.exports import xlsx
from bot.exports.files import poll_files
from bot.i18n import words
from tests.exports.records import countable, kept, poll, record, table

EN, ES = words("en"), words("es")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
Sheet = list[dict[str, str | float]]


def book(file: File) -> dict[str, Sheet]:
    """Every sheet by its name: rows by heading."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        listed = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        names = [sheet.attrib["name"] for sheet in listed]
        return {name: rows(archive.read(f"xl/worksheets/sheet{n}.xml")) for n, name in enumerate(names, start=1)}


def rows(xml: bytes) -> Sheet:
    """A sheet's rows."""
    found = []
    for row in ElementTree.fromstring(xml).iter(f"{MAIN}row"):
        cells = {re.sub(r"\d", "", cell.attrib["r"]): value(cell) for cell in row}
        found.append(cells)
    headings = found[0]
    return [{str(headings[column]): said for column, said in row.items()} for row in found[1:]]


def value(cell: ElementTree.Element) -> str | float:
    """A cell's number or text. There are no formulas."""
    assert cell.find(f"{MAIN}f") is None
    if cell.attrib.get("t") == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return float(cell.findtext(f"{MAIN}v") or "")


def made(asked: PollRecord, ballots: Sequence[Ballot], locale: str = "en") -> File:
    """The workbook."""
    return poll_files(asked, "xlsx", words(locale), ballots)[0]


def test_the_sheets_are_the_tables() -> None:
    """Results, rounds, pairs, ballots: what stands in the CSV files stands here, in the same columns."""
    for asked, ballots in countable():
        whole = record(asked, ballots)
        sheets = book(made(whole, ballots))
        tables = {
            f.name.split("-")[-1][:-4].title(): f for f in poll_files(whole, "csv", EN, ballots) if f.name[-3:] == "csv"
        }
        assert list(sheets) == list(tables)
        for name, file in tables.items():
            expected = [{k: said(v) for k, v in row.items() if v} for row in table(file)]
            assert [{k: said(v) for k, v in row.items()} for row in sheets[name]] == expected


def said(value: str | float) -> str | float:
    """A number as a number, however it is written."""
    try:
        return round(float(value), 6)
    except ValueError:
        return value


def test_numbers_are_numbers_and_text_is_text() -> None:
    """Votes can be added up; a name that looks like a formula or a number stays text behind its apostrophe."""
    sheets = book(made(record(poll(named=True)), kept(poll(named=True))))
    assert sheets["Results"][0]["Votes"] == 3.0
    assert sheets["Results"][1]["Option text"] == "'3/4"
    assert sheets["Ballots"][1]["Name"] == "'=Robert"
    assert sheets["Ballots"][1]["Reason"] == "'=1+1"


HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "controls": "a\x00b\x1bc",
    "an escape of the format": "_x0041_",
    "no signs of XML": "\ufffe\uffff!",
    "half a sign": "\ud800x",
    "address": "http://x.example/a",
    "spaces": "  two  ",
    "right to left": "\u202eabc",
    "joined emoji": "\U0001f469\u200d\U0001f467",
    "apostrophe": "'",
    "function": "@SUM(A1)",
    "markup": "<b>&amp;",
    "lines": "line\nbreak",
    "number": "1e5",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_stay_text(text: str) -> None:
    """The file is well-formed, and holds the text without controls, behind an apostrophe where it needs one."""
    asked = replace(poll(named=True), options=(PollOption("a", text), PollOption("b", "B"), PollOption("c", "C")))
    ballots = [replace(ballot, reason=text) for ballot in kept(asked)]
    sheets = book(made(record(replace(asked, question=text), ballots), ballots))
    bare = re.sub(r"[\x00\x1b\ufffe\uffff\ud800]", "", text)
    assert str(sheets["Results"][0]["Option text"]) in (bare, f"'{bare}")
    assert str(sheets["Ballots"][0]["Reason"]) in (bare, f"'{bare}")
    assert str(sheets["Results"][0]["Question"])[:1] not in "=+-@"


def test_a_withheld_result_says_so() -> None:
    """One sheet, without counts."""
    few = kept(poll())[:3]
    sheets = book(made(record(poll(), few), few, "es"))
    assert list(sheets) == ["Resultados"]
    assert "Votos" not in sheets["Resultados"][0]
    assert "en secreto" in str(sheets["Resultados"][0]["A quién describe"])


def test_more_ballots_than_a_sheet_holds_go_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel stops at 1,048,576 rows; every sheet has its headings."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    sheets = book(made(record(poll()), kept(poll())))
    assert {name: len(rows) for name, rows in sheets.items()} == {"Results": 3, "Ballots": 4, "Ballots 2": 2}
    assert sheets["Ballots 2"][0].keys() <= sheets["Ballots"][0].keys()


def test_headings_stay_in_sight() -> None:
    """The first row is frozen, and columns are as wide as their headings."""
    file = made(record(poll()), kept(poll()))
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = archive.read(name).decode()
                assert 'ySplit="1"' in xml
                assert "<cols>" in xml


def test_a_workbook_without_ballots_is_whole() -> None:
    """An empty poll has its sheet of ballots, with headings alone."""
    asked: Poll = poll(named=True)
    assert book(made(record(asked, []), []))["Ballots"] == []

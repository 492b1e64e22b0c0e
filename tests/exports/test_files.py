"""What stands in the files, in both languages, and that docs/exports.md tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import Refusal
from bot.core.poll.kinds import NO_OPINION, SUPPORT
from bot.core.poll.values import Poll, PollOption, Rules, State
from bot.exports.csv_ import BALLOT_COLUMNS, ITEM_COLUMNS, PERSON_COLUMNS, RESULT_COLUMNS
from bot.exports.files import poll_files, stance_files
from bot.exports.guard import typed
from bot.i18n import LOCALES, words
from tests.exports.records import CAST, NAMES, VOTERS, document, poll, record, stances, table

EN, ES = words("en"), words("es")
DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")


def test_results_are_one_row_an_option() -> None:
    """Every row carries the poll, an option and its votes."""
    results, _ = poll_files(record(poll()), "csv", EN)
    rows = table(results)
    assert [(row["Option"], typed(row["Option text"]), row["Votes"]) for row in rows] == [
        ("A", "Yes", "2"),
        ("B", "3/4", "1"),
        ("C", "=no", "2"),
    ]
    first = rows[0]
    assert first["Electorate"] == "312"
    assert first["Ballots"] == "4"
    assert first["Named"] == "no"
    assert first["Closed"] == "2026-11-02T12:00:00Z"
    assert typed(first["Version of the wording"]) == "12345678"
    assert first["Wording has changed since"] == "no"
    assert first["What it describes"] == "4 of 312 members voted. It describes these voters only."


def test_named_ballots_say_who_and_when() -> None:
    """A named poll's ballots carry id, name and time, and every text comes back."""
    _, ballots = poll_files(record(poll(named=True)), "csv", EN)
    rows = table(ballots)
    assert [row["Voter"] for row in rows] == VOTERS
    assert [typed(row["Name"]) for row in rows] == NAMES
    assert rows[1]["Name"] == "'=Robert"
    assert [row["Choice"] for row in rows] == ["A", "A, C", "B", "C"]
    assert [(row["A. Yes"], row["C. =no"]) for row in rows] == [("1", ""), ("1", "1"), ("", ""), ("", "1")]
    assert rows[0]["Cast"] == "2026-11-01T13:00:00Z"
    assert rows[3]["Reason"] == "line\nbreak"


def test_headings_are_in_the_readers_language() -> None:
    """Spanish headings, and the honest sentence in Spanish."""
    results, ballots = poll_files(record(poll()), "csv", ES)
    assert table(results)[0]["A quién describe"] == "Votaron 4 de 312 miembros. Describe solo a estos votantes."
    assert list(table(ballots)[0]) == ["Consulta", "Elección", "Razón", "A. Yes", "B. 3/4", "C. =no"]


def test_a_poll_as_json() -> None:
    """One document: question, rules, result, ballots, and a schema to hold it to."""
    (file,) = poll_files(record(poll(named=True)), "json", EN)
    value = document(file)
    assert (file.name, file.mime) == ("poll-7.json", "application/json")
    assert (value["schema"], value["schema_version"]) == ("tertulia.poll", 1)
    assert value["result"]["counts"] == {"a": 2, "b": 1, "c": 2}
    assert value["result"]["leaders"] == ["a", "c"]
    assert value["poll"]["item"]["wording_changed"] is False
    assert value["poll"]["rules"]["roles"] == [{"id": "55", "name": "Readers"}]
    assert [ballot["voter"] for ballot in value["ballots"]] == VOTERS
    assert value["ballots"][0]["cast_at"] == "2026-11-01T13:00:00Z"
    assert CAST[0] == 1_793_538_000_000


def test_a_support_scale_has_its_words() -> None:
    """The steps of a scale are ids in the database and words in a file."""
    scale = replace(
        poll(),
        kind="support",
        options=tuple(PollOption(step, "") for step in (*SUPPORT, NO_OPINION)),
        rules=Rules(),
        electorate=None,
        article=None,
    )
    results, _ = poll_files(record(scale, []), "csv", EN)
    assert next(row["Option text"] for row in table(results)) == "Oppose strongly"
    value = document(poll_files(record(scale, []), "json", ES)[0])
    assert value["poll"]["options"][0]["text"] == "Muy en contra"
    assert value["poll"]["item"] is None
    assert value["ballots"] == []


def test_stances_by_item_and_by_person() -> None:
    """Counts of every item, those that are gone too, and a row for each person."""
    given = stances()
    items, people = stance_files(given, "csv", EN)
    rows = table(items)
    assert len(rows) == len(given.article.items) + 1
    assert (rows[-1]["Item"], rows[-1]["Item text"], rows[-1]["Answered"]) == ("gone-item", "", "1")
    assert sum(int(row["Agree"]) for row in rows) == sum(row.stance == "agree" for row in given.stances)
    assert rows[0]["What it describes"] == "4 people answered. It describes these people only."
    assert list(table(people)[0])[:2] == ["Person", given.article.items[0].id]


def test_stances_as_json() -> None:
    """The same as one document."""
    (file,) = stance_files(stances(), "json", EN)
    value = document(file)
    assert (value["schema"], value["schema_version"]) == ("tertulia.stances", 1)
    assert value["participation"] == {"people": 4, "polls": 2, "ballots": 9, "anonymous_ballots": 3}
    assert [person["person"] for person in value["people"]] == [1, 2, 3, 4]
    assert value["former_items"][0]["id"] == "gone-item"


@pytest.mark.parametrize("format_", ["xlsx", "", "CSV "])
def test_an_unknown_format_is_refused(format_: str) -> None:
    """Only csv and json can be written."""
    for write in (lambda: poll_files(record(poll()), format_, EN), lambda: stance_files(stances(), format_, EN)):
        with pytest.raises(Refusal) as refusal:
            write()
        assert (refusal.value.key, refusal.value.facts) == ("unknown_format", {"typed": format_})


def section(title: str) -> str:
    """A chapter of the documentation."""
    return DOCS.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def documented(title: str) -> list[tuple[str, ...]]:
    """The rows of a chapter's tables; code signs fall away."""
    lines = re.findall(r"^\| (.+) \|$", section(title), re.MULTILINE)
    rows = [tuple(part.strip().strip("`") for part in line.split(" | ")) for line in lines]
    return [row for row in rows if row[0] not in ("column", "field") and not row[0].startswith("--")]


TABLES = {
    "Poll, CSV: results": RESULT_COLUMNS,
    "Poll, CSV: ballots": BALLOT_COLUMNS,
    "Stances, CSV: items": ITEM_COLUMNS,
    "Stances, CSV: people": PERSON_COLUMNS,
}


@pytest.mark.parametrize(("title", "columns"), TABLES.items(), ids=TABLES)
def test_every_column_is_documented(title: str, columns: tuple[str, ...]) -> None:
    """The documentation lists the columns in their order, with their headings in both languages."""
    expected = [(name, *(words(locale).plain(f"export.column.{name}") for locale in LOCALES)) for name in columns]
    assert [row[:3] for row in documented(title)] == expected


def paths(value: Any, above: str = "") -> Iterator[str]:
    """The path of every field of a document; lists as [], free keys as *."""
    if isinstance(value, list):
        for part in value:
            yield from paths(part, f"{above}[]")
    elif isinstance(value, dict) and above.endswith((".counts", ".marks", ".stances", ".wordings", ".options")):
        yield f"{above}.*"
        for part in value.values():
            yield from paths(part, f"{above}.*")
    elif isinstance(value, dict):
        for name, part in value.items():
            path = f"{above}.{name}" if above else name
            yield path
            yield from paths(part, path)


def _documents(of: str) -> list[Any]:
    if of == "Stances, JSON":
        return [document(stance_files(stances(), "json", EN)[0])]
    shapes: list[Poll] = [poll(named=True), poll(named=False, state=State.CLOSED)]
    return [document(poll_files(record(shape), "json", EN)[0]) for shape in shapes]


@pytest.mark.parametrize("title", ["Poll, JSON", "Stances, JSON"])
def test_every_field_is_documented(title: str) -> None:
    """The documentation lists every field of the documents, and none that isn't there."""
    found = {path for value in _documents(title) for path in paths(value)}
    assert {row[0] for row in documented(title)} == found

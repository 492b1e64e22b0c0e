"""What stands in the files, in both languages, and that docs/exports.md tells it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.core.card import File
from bot.core.commands import COMMANDS
from bot.core.errors import Refusal
from bot.core.poll.breakdown import Breakdown
from bot.core.poll.values import Poll, Results, State
from bot.core.record import PollRecord
from bot.exports.ballot_rows import BALLOT_COLUMNS
from bot.exports.files import POLLS, STANCES, formats_for, poll_files, stance_files
from bot.exports.guard import typed
from bot.exports.stances import ITEM_COLUMNS, PERSON_COLUMNS
from bot.exports.tables import PAIR_COLUMNS, PART_COLUMNS, RESULT_COLUMNS, ROUND_COLUMNS
from bot.i18n import LOCALES, words
from tests.exports.records import CAST, NAMES, VOTERS, document, kept, poll, record, stances, table

EN, ES = words("en"), words("es")
DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")


def files(made: PollRecord, format_: str, locale: str = "en") -> dict[str, File]:
    """The files by the last part of their names."""
    found = poll_files(made, format_, words(locale), kept(made.poll))
    return {file.name.removeprefix("poll-7-").removeprefix("poll-7"): file for file in found}


def test_results_are_one_row_an_option() -> None:
    """Every row carries the poll, what it decided, an option and its votes."""
    rows = table(files(record(poll()), "csv")["results.csv"])
    assert [(row["Option"], typed(row["Option text"]), row["Votes"]) for row in rows] == [
        ("A", "Yes", "3"),
        ("B", "3/4", "1"),
        ("C", "=no", "3"),
    ]
    first = rows[0]
    expected = {
        "Electorate": "312",
        "Ballots": "6",
        "Named": "no",
        "Closed": "2026-11-02T12:00:00Z",
        "Wording has changed since": "no",
        "What it describes": "6 of 312 members voted. It describes these voters only.",
        "Method": "approval",
        "Seats": "1",
        "Threshold": "",
        "Quorum": "",
        "Voided": "0",
        "Decided": "tie",
        "Winners": "",
        "Tied": "A, C",
    }
    assert {name: first[name] for name in expected} == expected
    assert typed(first["Version of the wording"]) == "12345678"


def test_a_missed_quorum_names_no_winner() -> None:
    """It is told, beside the quorum; so are a motion's threshold and what it came to."""
    missed = table(files(record(poll(kind="single", quorum=7)), "csv")["results.csv"])[0]
    assert (missed["Quorum"], missed["Decided"], missed["Winners"]) == ("7", "quorum-missed", "")
    asked = poll(kind="motion", threshold="two-thirds")
    cast = kept(asked, [{"yes": 1}] * 4 + [{"no": 1}] * 2)
    row = table(poll_files(record(asked, cast), "csv", EN, cast)[0])[0]
    assert (row["Threshold"], row["Decided"], row["Winners"]) == ("two-thirds", "decided", "A")


def test_named_ballots_say_who_and_when() -> None:
    """A named poll's ballots carry id, name and time, and every text comes back."""
    rows = table(files(record(poll(named=True)), "csv")["ballots.csv"])
    assert [row["Voter"] for row in rows] == VOTERS
    assert [typed(row["Name"]) for row in rows] == NAMES
    assert rows[1]["Name"] == "'=Robert"
    assert [row["Choice"] for row in rows] == ["A", "A, C", "B", "C", "A", "C"]
    assert [(row["A. Yes"], row["C. =no"]) for row in rows[:4]] == [("1", ""), ("1", "1"), ("", ""), ("", "1")]
    assert rows[0]["Cast"] == "2026-11-01T13:00:00Z"
    assert rows[3]["Reason"] == "line\nbreak"
    assert {row["Void"] for row in rows} == {""}


def test_headings_are_in_the_readers_language() -> None:
    """Spanish headings, and the honest sentence in Spanish."""
    found = files(record(poll()), "csv", "es")
    first = table(found["results.csv"])[0]
    assert first["A quién describe"] == "Votaron 6 de 312 miembros. Describe solo a estos votantes."
    headings = ["Consulta", "Tipo", "Recibo", "Razón", "Elección", "A. Yes", "B. 3/4", "C. =no"]
    assert list(table(found["ballots.csv"])[0]) == headings


MARKS = {
    "ranked": ([{"a": 1, "b": 2, "c": 2}, {"c": 1}], [("A>B=C", "1", "2", "2"), ("C", "", "", "1")]),
    "score": ([{"a": 5, "b": 0}, {"c": 3}], [("A=5, B=0", "5", "0", ""), ("C=3", "", "", "3")]),
}


@pytest.mark.parametrize("kind", MARKS)
def test_ranks_and_scores_stand_in_their_columns(kind: str) -> None:
    """A rank or a score for each option, nothing where the ballot says nothing."""
    marks, expected = MARKS[kind]
    asked = poll(kind=kind, named=True)
    cast = kept(asked, marks)
    rows = table(poll_files(record(asked, cast), "csv", EN, cast)[-2])
    assert [(row["Choice"], row["A. Yes"], row["B. 3/4"], row["C. =no"]) for row in rows] == expected


def test_rounds_and_pairs_are_tables() -> None:
    """Every round of an instant runoff with what became of whom; the pairs as a table of options against options."""
    asked = poll(kind="ranked", method="irv")
    cast = kept(asked, [{"a": 1}] * 4 + [{"b": 1, "a": 2}] * 2 + [{"c": 1, "b": 2}] * 3)
    found = {file.name: file for file in poll_files(record(asked, cast), "csv", EN, cast)}
    rounds = table(found["poll-7-rounds.csv"])
    told = [
        (row["Round"], row["Option"], row["Tally"], row["What became of it"], row["Its votes went to"])
        for row in rounds
    ]
    assert told[:3] == [("1", "A", "4", "", ""), ("1", "B", "2", "eliminated", "A 2"), ("1", "C", "3", "", "")]
    assert told[3][3] == "elected"
    pairs = table(found["poll-7-pairs.csv"])
    assert next((row["Option"], row["A. Yes"], row["B. 3/4"]) for row in pairs) == ("A", "", "4")


def test_a_breakdown_never_says_what_nearly_all_of_a_part_did() -> None:
    """Where one part nearly all agreed, neither part's number is told: the whole would give it away."""
    asked = replace(poll(breakdown="role:55", breakdown_name="Readers"))
    counts = ({"a": 20, "b": 6, "c": 6}, {"a": 7, "b": 9, "c": 5})
    made = record(asked, breakdown=Breakdown((21, 15), counts))
    rows = table(files(made, "csv")["parts.csv"])
    assert [(row["Part"], row["Ballots"], row["Option"], row["Votes"]) for row in rows[:2]] == [
        ("with the role Readers", "21", "A", ""),
        ("with the role Readers", "21", "B", "6"),
    ]
    value = document(files(made, "json")[".json"])["result"]["breakdown"]
    assert [part["counts"] for part in value] == [{"a": None, "b": 6, "c": 6}, {"a": None, "b": 9, "c": 5}]


def test_a_poll_as_json() -> None:
    """One document: question, rules, result, manifest, ballots, and a schema to hold it to."""
    made = record(poll(named=True))
    file = files(made, "json")[".json"]
    value = document(file)
    assert (file.name, file.mime) == ("poll-7.json", "application/json")
    assert (value["schema"], value["schema_version"]) == ("tertulia.poll", 2)
    assert value["result"]["counts"] == {"a": 3, "b": 1, "c": 3}
    assert value["result"]["leaders"] == ["a", "c"]
    assert value["result"]["count"]["method"] == "approval"
    assert value["poll"]["item"]["wording_changed"] is False
    assert value["poll"]["rules"]["roles"] == [{"id": "55", "name": "Readers"}]
    assert value["poll"]["edits"][0]["before"] == "2/4"
    assert value["manifest"]["root"] == made.poll.root
    assert [ballot["voter"] for ballot in value["ballots"]] == VOTERS
    assert value["ballots"][0]["cast_at"] == "2026-11-01T13:00:00Z"
    assert value["transcript"] == [{"at": "2026-11-01T12:00:01Z", "name": "Ada", "text": "Tea for all"}]
    assert CAST[0] == 1_793_538_000_000


def test_an_open_poll_has_no_manifest() -> None:
    """Nothing of it is final."""
    asked = poll(named=True, results=Results.LIVE, state=State.OPEN)
    value = document(files(record(asked), "json")[".json"])
    assert value["manifest"] is None
    assert len(value["ballots"]) == 6


@pytest.mark.parametrize(
    ("kind", "first"), [("support", ("Oppose strongly", "Muy en contra")), ("motion", ("In favour", "A favor"))]
)
def test_fixed_options_have_their_words(kind: str, first: tuple[str, str]) -> None:
    """The steps of a scale and the sides of a motion are ids in the database and words in a file."""
    made = record(replace(poll(kind=kind), electorate=None, article=None), [])
    results = poll_files(made, "csv", EN)[0]
    assert next(row["Option text"] for row in table(results)) == first[0]
    value = document(poll_files(made, "json", ES)[0])
    assert value["poll"]["options"][0]["text"] == first[1]
    assert value["poll"]["item"] is None
    assert (value["ballots"], value["result"]["count"], value["result"]["decided"]) == ([], None, "no-ballots")


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


@pytest.mark.parametrize("format_", ["docx", "", "CSV "])
def test_an_unknown_format_is_refused(format_: str) -> None:
    """Whoever asks learns what there is."""
    for write, formats in (
        (lambda: poll_files(record(poll()), format_, EN), POLLS),
        (lambda: stance_files(stances(), format_, EN), STANCES),
    ):
        with pytest.raises(Refusal) as refusal:
            write()
        assert (refusal.value.key, refusal.value.facts) == (
            "unknown_format", {"typed": format_, "choices": list(formats)}
        )  # fmt: skip


def test_every_format_can_be_asked_for_by_its_name() -> None:
    """The command offers what can be written, and each has its words in both languages."""
    export = next(command for command in COMMANDS if command.path == "moderate poll export")
    assert set(export.options[1].choices) == set(POLLS)
    with pytest.raises(SystemExit), redirect_stdout(io.StringIO()) as help_:
        main(["export", "--help"])
    assert f"{{{','.join(POLLS)}}}" in help_.getvalue()
    for name in POLLS:
        for locale in LOCALES:
            assert words(locale).plain(f"export.format.{name}")
            assert words(locale).plain(f"export.good_for.{name}")


def test_rankings_alone_can_be_had_as_blt() -> None:
    """A format is offered where it fits."""
    assert set(formats_for(poll(kind="ranked"))) - set(formats_for(poll(kind="score"))) == {"blt"}


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
    "Poll, CSV: parts": PART_COLUMNS,
    "Poll, CSV: rounds": ROUND_COLUMNS,
    "Poll, CSV: pairs": PAIR_COLUMNS,
    "Poll, CSV: ballots": BALLOT_COLUMNS,
    "Stances, CSV: items": ITEM_COLUMNS,
    "Stances, CSV: people": PERSON_COLUMNS,
}


@pytest.mark.parametrize(("title", "columns"), TABLES.items(), ids=TABLES)
def test_every_column_is_documented(title: str, columns: tuple[str, ...]) -> None:
    """The documentation lists the columns in their order, with their headings in both languages."""
    expected = [(name, *(words(locale).plain(f"export.column.{name}") for locale in LOCALES)) for name in columns]
    assert [row[:3] for row in documented(title)] == expected


FREE = (".counts", ".marks", ".stances", ".wordings", ".options", ".tallies", ".pairwise", ".pairwise.*", ".facts")


def paths(value: Any, above: str = "") -> Iterator[str]:
    """The path of every field of a document; lists as [], free keys as *."""
    if isinstance(value, list):
        for part in value:
            yield from paths(part, f"{above}[]")
    elif isinstance(value, dict) and above.endswith(FREE):
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
    parts = Breakdown((8, 9), ({"a": 5, "b": 5, "c": 5}, {"a": 5, "b": 5, "c": 5}))
    shapes: list[Poll] = [poll(named=True, weights=(("5", "E", 3),)), poll(), poll(kind="ranked", method="irv")]
    found = []
    for shape in shapes:
        ranks = [{"a": 1}] * 2 + [{"b": 1}] * 2 + [{"c": 1, "b": 2}] * 2
        cast = kept(shape, ranks) if shape.kind == "ranked" else kept(shape)
        cast[0] = replace(cast[0], void="twice")
        made = record(shape, cast, breakdown=parts)
        found.append(document(poll_files(made, "json", EN, cast)[0]))
    return found


@pytest.mark.parametrize("title", ["Poll, JSON", "Stances, JSON"])
def test_every_field_is_documented(title: str) -> None:
    """The documentation lists every field of the documents, and none that isn't there; a count's are elsewhere."""
    found = {path for value in _documents(title) for path in paths(value) if not path.startswith("result.count.")}
    assert {row[0] for row in documented(title)} == found

"""The printable report: everything a reader asks, both languages, and of a withheld result no count at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from bot.charts import setting
from bot.core.errors import Refusal
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import Poll, State
from bot.core.record import PollRecord
from bot.exports.pdf import MIME, poll_pdf
from bot.i18n import LOCALES, words
from tests.exports.records import HIDDEN, REASONS, countable, kept, poll, record


def unedited(asked: Poll) -> Poll:
    """Options that are fixed are never edited."""
    return replace(asked, edits=()) if asked.kind in FIXED else asked


RECORDS = {
    f"{asked.kind} {asked.method}": record(unedited(asked), cast) for asked, cast in countable() if not asked.named
}


def pages(made: PollRecord, locale: str = "en") -> list[str]:
    """The text of each page."""
    [file] = poll_pdf(made, words(locale))
    assert (file.mime, file.name) == (MIME, "poll-7.pdf")
    document = pypdfium2.PdfDocument(file.data)
    return [re.sub(r"[\u200b\s\ufffe]+", " ", page.get_textpage().get_text_range()) for page in document]


@pytest.mark.parametrize("name", RECORDS)
def test_every_kind_and_method_has_its_report(name: str) -> None:
    """The question, every option, its count, the rules, the root, and the number of each page."""
    made = RECORDS[name]
    text = pages(made)
    whole = " ".join(text)
    assert whole.startswith("Poll 7 · The town Which of these?")
    assert "23 of 312 members voted. It describes these voters only." in whole
    assert made.poll.root in whole.replace(" ", "") and made.poll.salt in whole.replace(" ", "")
    for n, page in enumerate(text, start=1):
        assert f"{n} / {len(text)}" in page and "Source: poll 7 of The town, by Tertulia, 2026-11-02" in page
    if made.poll.kind not in ("ranked", "score"):
        assert all(re.search(rf"\b{votes} votes?\b", whole) for votes in made.outcome.counts.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_rounds_pairs_and_other_methods(locale: str) -> None:
    """Of a count that has them, in both languages."""
    t, made = words(locale), RECORDS["ranked irv"]
    whole = " ".join(pages(made, locale))
    for key in ("chart.view.rounds", "chart.view.pairs", "paper.others", "paper.rules", "paper.evidence"):
        assert t.plain(key) in whole
    assert all(t.plain(f"result.method.{other.method}") in whole for other in made.outcome.others)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_file_says_its_title_and_language(locale: str) -> None:
    """So that a screen reader reads it aloud as it should, with the structure of headings."""
    [file] = poll_pdf(RECORDS["ranked irv"], words(locale))
    document = pypdfium2.PdfDocument(file.data)
    assert document.get_metadata_value("Title") == "Which of these?"
    assert document.get_metadata_value("Author") == "Tertulia"
    assert f"/Lang({locale})".encode() in file.data.replace(b" ", b"") or b"/Lang" in file.data
    assert b"/StructTreeRoot" in file.data or b"/MarkInfo" in file.data


def test_nobody_is_named_and_no_reason_is_told() -> None:
    """Whatever the ballots hold, a report is of counts."""
    for named in (True, False):
        asked = poll(named=named)
        whole = " ".join(pages(record(asked, kept(asked))))
        assert not [secret for secret in (*HIDDEN, *filter(None, REASONS)) if secret in whole]


def test_a_withheld_result_is_withheld() -> None:
    """It says so, and how many voted; no count, no winner, no pairs."""
    asked = poll(kind="ranked", method="irv")
    made = record(asked, kept(asked, [{"a": 1, "b": 2}] * 3))
    assert made.withheld
    whole = " ".join(pages(made))
    assert "withheld" in whole
    assert "Rounds" not in whole and "One against one" not in whole and "won" not in whole and "Other" not in whole


def test_what_changed_while_it_ran_is_told() -> None:
    """An edit, and an item whose wording is another one today."""
    made = replace(RECORDS["single plurality"], wording_changed=True)
    whole = " ".join(pages(made))
    assert "B read “2/4” before." in whole and "The wording was edited after this poll was made." in whole


def test_an_open_poll_says_that_it_is_open() -> None:
    """Its numbers can change, and nothing is sealed yet."""
    asked = poll(named=True, state=State.OPEN)
    whole = " ".join(pages(record(asked, kept(asked))))
    assert "still open" in whole and "Root of the ballots" not in whole


def test_the_same_record_is_the_same_file() -> None:
    """Made twice, byte for byte."""
    made = RECORDS["score star"]
    assert poll_pdf(made, words("en")) == poll_pdf(made, words("en"))


def test_without_typst_it_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which says what to take instead."""
    monkeypatch.setattr(setting, "find_spec", lambda name: None)
    with pytest.raises(Refusal) as refused:
        poll_pdf(RECORDS["score star"], words("en"))
    assert refused.value.key == "pdf_unavailable"

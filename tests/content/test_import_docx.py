"""Word files, written as people write them: with styles, with bold lines only, with lists by style."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from bot.content.importing import import_article, summary
from bot.core.article import Article, Paragraph, Point, Points


def styled(document: Document) -> None:
    """Title, subtitle and headings by their styles, lists by theirs."""
    document.add_paragraph("Night Buses for the Valley", style="Title")
    document.add_paragraph("A timetable is a promise", style="Subtitle")
    document.add_paragraph("The last bus leaves at nine. After that the valley belongs to those who drive.")
    document.add_heading("Background", 1)
    document.add_paragraph("The line was cut ten years ago, in three steps.")
    document.add_paragraph("First the weekends", style="List Bullet")
    document.add_paragraph("Saturday in spring", style="List Bullet 2")
    document.add_paragraph("Sunday in autumn", style="List Bullet 2")
    document.add_paragraph("Then the evenings", style="List Bullet")
    document.add_heading("Pros and Cons", 1)
    document.add_heading("Pros", 2)
    entry = document.add_paragraph(style="List Bullet")
    entry.add_run("Safety:").bold = True
    entry.add_run(" nobody walks home along the road.")
    document.add_paragraph("Fewer cars at the station.", style="List Bullet")
    document.add_heading("Cons", 2)
    document.add_paragraph("Cost: two drivers more.", style="List Number")
    document.add_heading("Key Takeaways", 1)
    document.add_paragraph("The need is small but real.", style="List Bullet")
    document.add_paragraph("A call bus may do.", style="List Bullet")
    document.add_heading("Next Steps", 1)
    document.add_paragraph("Answer the survey.", style="List Number")
    document.add_paragraph("Come to the hearing.", style="List Number")
    document.add_paragraph("The valley will go on sleeping well either way.")


def bold_only(document: Document) -> None:
    """No style at all: bold lines for headings, typed dashes for lists."""
    document.add_paragraph().add_run("Night Buses for the Valley").bold = True
    document.add_paragraph("The last bus leaves at nine. After that the valley belongs to those who drive.")
    for heading, lines in (
        ("Background", ["The line was cut ten years ago, in three steps."]),
        ("Advantages", ["- Nobody walks home along the road.", "- Fewer cars at the station."]),
        ("Disadvantages", ["- Two drivers more."]),
        ("The bottom line", ["1. The need is small but real.", "2. A call bus may do."]),
        ("How to help", ["• Answer the survey.", "• Come to the hearing."]),
    ):
        document.add_paragraph().add_run(heading).bold = True
        for line in lines:
            document.add_paragraph(line)


def imported(write: Callable[[Document], None]) -> tuple[dict[str, object], Article]:
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    found = import_article("valley.docx", buffer.getvalue())
    return summary(found), found.pack.articles["en"]


@pytest.mark.parametrize(("write", "pros"), [(styled, 2), (bold_only, 2)], ids=["styled", "bold only"])
def test_word_files(write: Callable[[Document], None], pros: int) -> None:
    """Both ways of writing give the same items."""
    found, article = imported(write)
    assert article.title == "Night Buses for the Valley"
    assert [found[key] for key in ("takeaways", "pros", "cons", "actions")] == [2, pros, 1, 2]


def test_styles_are_followed() -> None:
    """Subtitle, nested lists, bold names and the closing paragraph arrive where they belong."""
    _, article = imported(styled)
    assert article.subtitle == "A timetable is a promise"
    assert [section.title for section in article.sections] == [
        "Introduction",
        "Background",
        "Pros and Cons",
        "Key Takeaways",
        "Next Steps",
    ]
    assert article.sections[1].body[1] == Points(
        (
            Point("First the weekends", "", (Point("Saturday in spring"), Point("Sunday in autumn"))),
            Point("Then the evenings"),
        )
    )
    assert article.sections[-1].body[-1] == Paragraph("The valley will go on sleeping well either way.")
    assert next(item for item in article.items if item.id == "p-safety").text == "nobody walks home along the road."


def test_tables_and_pictures_in_word_files() -> None:
    """A table becomes lines of text, and that is said."""

    def write(document: Document) -> None:
        document.add_heading("Counting", 1)
        document.add_paragraph("Some words before the table.")
        table = document.add_table(rows=2, cols=2)
        for row, words in enumerate((("Stop", "People"), ("Mill", "12"))):
            for column, word in enumerate(words):
                table.cell(row, column).text = word

    found, article = imported(write)
    assert Paragraph("Mill | 12") in article.sections[0].body
    assert "A table was turned into lines of text: “Stop | People”." in found["unsure"]  # type: ignore[operator]

"""Foreign articles become packs: whole, in order, with their takeaways, pros, cons and calls to action."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.content.importing import Imported, import_article, summary
from bot.content.importing.kinds import kind_of
from bot.content.importing.text import folded
from bot.core.article import ItemKind, ItemList, Paragraph, Point, Points
from tests.content.imported import FIXTURES, SOURCE, article_of, import_file, lost, passes_check, texts_of

EXPECTED: dict[str, tuple[str, str, list[str], tuple[int, int, int, int]]] = {
    "bare.txt": (
        "en",
        "Why We Should Plant Hedges",
        ["Introduction", "The Trouble with Fences", "Key Takeaways", "Pros", "Cons", "Call to Action"],
        (2, 2, 1, 2),
    ),
    "bikes.md": (
        "en",
        "Bikes on the Bridge",
        ["Introduction", "How we got here", "The case in brief", "The bottom line", "What you can do"],
        (3, 2, 2, 3),
    ),
    "divs.html": (
        "es",
        "Una escuela sin timbre",
        ["Introducción", "Antecedentes", "A favor y en contra", "Puntos clave", "Llamado a la acción"],
        (2, 2, 2, 2),
    ),
    "headings.md": (
        "en",
        "Rent Caps, Weighed",
        ["Five things to remember", "Advantages", "Disadvantages", "Recommendations"],
        (2, 2, 1, 2),
    ),
    "library.html": (
        "en",
        "Open the library on Sundays",
        [
            "Introduction",
            "Background: twelve years of asking",
            "Benefits and drawbacks",
            "What to remember",
            "Next steps",
        ],
        (2, 2, 3, 2),
    ),
    "mezcla.md": (
        "es",
        "Menos plástico en el mercado",
        ["Introducción", "Introducción", "En resumen", "Próximos pasos"],
        (2, 2, 1, 2),
    ),
    "parque.txt": (
        "es",
        "UN PARQUE EN LUGAR DEL APARCAMIENTO",
        ["Introducción", "¿Qué se propone?", "Ventajas", "Inconvenientes", "Lo esencial", "¿Qué puedes hacer?"],
        (3, 3, 2, 2),
    ),
    "prose.txt": ("en", "Prose", ["The article"], (0, 0, 0, 0)),
    "square.pdf": (
        "en",
        "Quiet Hours on the Market Square",
        ["Introduction", "Background", "Pros and Cons", "Key takeaways", "What you can do"],
        (2, 2, 3, 2),
    ),
    "wrapped.txt": (
        "en",
        "Slow Mail",
        ["Introduction", "What changed", "Key points", "Upsides and downsides", "How you can help"],
        (2, 1, 2, 1),
    ),
}


def test_every_fixture_has_its_expectation() -> None:
    """A file laid beside the others is not forgotten."""
    assert {path.name for path in FIXTURES.iterdir() if path.is_file() and path.suffix != ".source"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_fixtures_are_understood(name: str, tmp_path: Path) -> None:
    """Language, title, sections and counts are found, nothing is lost, and the pack passes the check."""
    path = FIXTURES / name
    imported = import_file(path)
    article = article_of(imported)
    found = summary(imported)
    counts = tuple(found[key] for key in ("takeaways", "pros", "cons", "actions"))
    titles = [section.title for section in article.sections]
    assert (article.language, article.title, titles, counts) == EXPECTED[name]
    assert not lost(kind_of(path.name, path.read_bytes())(path.read_bytes()), article)
    assert passes_check(imported, tmp_path)


@pytest.mark.skipif(not SOURCE.is_file(), reason="the source article does not lie beside this checkout")
def test_the_first_article(tmp_path: Path) -> None:
    """The article of the first pack: every section and item, every paragraph word by word."""
    imported = import_file(SOURCE)
    found = summary(imported)
    assert [found[key] for key in ("takeaways", "pros", "cons", "actions")] == [6, 4, 7, 5]
    assert [section["id"] for section in found["sections"]] == [
        "lead",
        "context-background",
        "depth-analysis",
        "pros-cons",
        "key-takeaways",
        "future-outlook",
        "call-action",
    ]
    article = article_of(imported)
    assert article.subtitle
    said = {folded(f"{item.title} {item.text}") for item in article.items}
    said |= {folded(text) for text in texts_of(article)}
    said |= {
        folded(f"{point.title} {point.text}")
        for section in article.sections
        for block in section.body
        if isinstance(block, Points)
        for point in block.points
    }
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        assert not line.strip() or folded(line) in said
    assert passes_check(imported, tmp_path)


def test_what_stands_around_a_page_is_left_out_and_said() -> None:
    """Menus, cookie bars, sign-ups, share buttons and comments go; figure captions and breaks stay."""
    imported = import_file(FIXTURES / "library.html")
    text = " ".join(texts_of(article_of(imported)))
    for gone in ("cookies", "inbox", "Ten libraries", "Share on", "waste of money", "rights reserved", "never shown"):
        assert gone not in text
    for kept in ("The door on a Sunday morning.", "A first petition", "A second one followed", "one and a half posts"):
        assert kept in text
    source = article_of(imported).source
    assert (source.publisher, source.url, source.date) == (
        "The Corner",
        "https://example.org/library-sundays",
        "2025-04-06",
    )
    assert any("inbox" in sentence for sentence in imported.unsure)
    assert "Pictures were left out: 1." in imported.unsure


def test_a_page_without_signposts_keeps_its_article_only() -> None:
    """Where no tag says what the article is, the side column and the menu still stay out."""
    text = " ".join(texts_of(article_of(import_file(FIXTURES / "divs.html"))))
    assert "Diez playas" not in text
    assert "Usamos cookies" not in text
    assert "Deportes" not in text
    assert "no suena ningún timbre" in text


def test_items_keep_their_names_and_what_lies_below_them() -> None:
    """A bold or colon beginning is the short name; bullets below an item join its text."""
    items = {item.id: item for item in article_of(import_file(FIXTURES / "bikes.md")).items}
    assert (items["p-safety"].title, items["p-health"].title) == ("Safety", "Health")
    assert items["p-health"].text == "More people cycle when they feel safe. They also say so themselves."
    assert "four minutes on Fridays" in items["c-queues"].text
    assert items["a-write-council-before"].text == "Write to the council before May."


def test_nested_bullets_stay_nested() -> None:
    """Three levels of bullets are three levels of points."""
    article = article_of(import_file(FIXTURES / "bikes.md"))
    (points,) = [block for block in article.sections[1].body if isinstance(block, Points)]
    first, second = points.points
    assert first.text == "First came the count."
    assert first.points[1] == Point("four hundred a day", "Bicycles", (Point("half of them in summer"),))
    assert second == Point("Then came the paint.")


def test_benefits_alone_are_no_pros() -> None:
    """A word that may mean something else counts only where its opposite is near."""
    text = b"# On Foot\n\nA.\n\n## The benefits of walking\n\n- Air\n- Sun\n\n## Shoes\n\nNone.\n"
    found = summary(import_article("a.md", text))
    assert (found["pros"], found["cons"]) == (0, 0)
    assert "No pros were found." in found["unsure"]


def test_ids_are_short_plain_and_unique() -> None:
    """Accents are folded, repetitions numbered, and a title without letters gets a number of its own."""
    text = "# ¿Año?\n\n## Niñez\n\na\n\n## Niñez\n\nb\n\n## …!\n\nc\n\n## " + "muylargo" * 6 + "\n\nd\n"
    pack = import_article("a.md", text.encode()).pack
    assert pack.id == "ano"
    assert [section.id for section in article_of(Imported(pack, ())).sections] == [
        "ninez",
        "ninez-2",
        "section-3",
        "muylargomuylargomuylargo",
    ]


def test_the_summary_is_json_with_these_keys() -> None:
    """Exactly the documented keys, in order; paragraphs and bullets are counted together."""
    found: dict[str, Any] = summary(import_file(FIXTURES / "bikes.md"))
    assert list(found) == ["title", "language", "sections", "takeaways", "pros", "cons", "actions", "unsure"]
    assert found["sections"][1] == {"id": "how-we-got-here", "title": "How we got here", "paragraphs": 13}


def test_notes_speak_the_readers_language() -> None:
    """The same doubts in Spanish for a Spanish moderator."""
    imported = import_file(FIXTURES / "prose.txt")
    assert "No se encontraron puntos clave." in imported.unsure_in("es-MX")
    assert len(imported.unsure_in("es")) == len(imported.unsure)


def test_bare_words_below_a_bullet_become_its_list() -> None:
    """Not sentences of one word each."""
    text = (
        "# A\n\n## Pros\n\n- Space\n  - for trees\n  - for benches\n\n## Cons\n\n- It costs. A lot.\n  - Mostly time\n"
    )
    items = import_article("a.md", text.encode()).pack.articles["en"].items
    assert [item.text for item in items] == ["Space: for trees; for benches", "It costs. A lot. Mostly time"]


def test_a_heading_with_nothing_below_it_is_told() -> None:
    """It stands as a line of the section that follows, and the author hears where."""
    text = "# A\n\n## One\n\nFirst words.\n\n## Two\n\n## Three\n\nThird words.\n"
    imported = import_article("a.md", text.encode())
    assert imported.pack.articles["en"].sections[1].body[0] == Paragraph("Two")
    assert "Nothing stands below “Two”, so it became a line of “Three”." in imported.unsure


def test_a_table_of_two_sides_keeps_its_headings_over_its_lists() -> None:
    """Each column is a list under the word that stood over it; the author hears that columns were taken so."""
    text = "# A\n\n## Weighing\n\n| Pros | Cons |\n|---|---|\n| More light | Dust |\n| | Noise |\n\n## End\n\nWords.\n"
    imported = import_article("a.md", text.encode())
    body = imported.pack.articles["en"].sections[0].body
    assert body == (Paragraph("Pros"), ItemList(ItemKind.PRO), Paragraph("Cons"), ItemList(ItemKind.CON))
    assert "The columns of a table were taken for pros and cons: “Pros | Cons”." in imported.unsure


def test_a_second_list_with_words_of_its_own_is_told() -> None:
    """It may be about something else than the section, and the author can see to it."""
    text = "# A\n\n## Pros\n\n- One\n\n## Cons\n\n- Slugs\n\nSo we should:\n\n- ask\n- share\n"
    imported = import_article("a.md", text.encode())
    assert "The list after “So we should:” was taken for cons." in imported.unsure

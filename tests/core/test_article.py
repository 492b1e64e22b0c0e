"""Packs: the same ids in every language, and versions that change when what is read changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.article import Article, Item, ItemKind, Pack, Paragraph, Section, Source

ITEMS = (
    Item("t-1", ItemKind.TAKEAWAY, "A takeaway"),
    Item("p-1", ItemKind.PRO, "A pro", "Pro"),
    Item("a-1", ItemKind.ACTION, "An action"),
    Item("t-2", ItemKind.TAKEAWAY, "Another"),
)
EN = Article(
    "en", "Title", "", Source("T", "P"), "", (Section("s1", "One", (Paragraph("x"),)), Section("s2", "Two", ())), ITEMS
)
ES = replace(EN, language="es", title="Título", items=tuple(replace(item, text="es " + item.text) for item in ITEMS))
PACK = Pack("pack", {"en": EN, "es": ES})


@pytest.mark.parametrize(
    ("locale", "language"), [("es", "es"), ("es-419", "es"), ("ES", "es"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_the_language_that_is_read(locale: str, language: str) -> None:
    """The reader's where there is one, the pack's own otherwise."""
    assert PACK.article(locale).language == language


def test_things_are_found_by_id() -> None:
    """Items and sections; kinds in the order that is asked for."""
    assert EN.item("p-1") == ITEMS[1] and EN.item("zzz") is None
    assert (EN.section_number("s2"), EN.section_number("zzz")) == (1, None)
    assert [i.id for i in EN.of_kind(ItemKind.ACTION, ItemKind.TAKEAWAY)] == ["a-1", "t-1", "t-2"]
    assert [item.name for item in ITEMS[:2]] == ["A takeaway", "Pro"]


CHANGES = [
    pytest.param(lambda: PACK, False, set(), id="nothing"),
    pytest.param(lambda: replace(PACK, pairs=(("p-1", "c-1"),)), True, set(), id="a pair"),
    pytest.param(lambda: with_article(replace(EN, title="Other")), True, set(), id="a title"),
    pytest.param(lambda: with_item(1, text="Other"), True, {"p-1"}, id="an item's text"),
    pytest.param(lambda: with_item(1, title="Other"), True, {"p-1"}, id="an item's title"),
    pytest.param(lambda: Pack("pack", {"es": ES, "en": EN}), False, set(), id="the order of languages"),
    pytest.param(lambda: replace(PACK, id="other"), False, set(), id="the id"),
]


@pytest.mark.parametrize(("change", "pack", "items"), CHANGES)
def test_versions_follow_the_wording(change: object, pack: bool, items: set[str]) -> None:
    """The pack's changes with anything that can be read, an item's with its own words alone."""
    after: Pack = change()  # type: ignore[operator]
    assert (after.version != PACK.version) is pack
    assert {name for name, v in after.item_versions.items() if v != PACK.item_versions[name]} == items
    assert len(after.version) == 12 and all(len(v) == 8 for v in after.item_versions.values())


def with_article(article: Article) -> Pack:
    """The pack with another English article."""
    return Pack("pack", {"en": article, "es": ES})


def with_item(number: int, **changes: str) -> Pack:
    """The pack with one item changed in Spanish."""
    items = tuple(replace(item, **changes) if n == number else item for n, item in enumerate(ES.items))
    return Pack("pack", {"en": EN, "es": replace(ES, items=items)})

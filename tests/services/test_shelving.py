"""Articles in moderators' hands: put on, imported for one server, looked at before they are published, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.intents import (
    Attachment,
    DraftPollSet,
    DropImport,
    ImportArticle,
    Intent,
    OpenArticle,
    PublishImport,
    ReadSection,
    RemoveArticle,
    ShowLog,
    UseArticle,
)
from bot.services.shelf import Shelf
from bot.storage import packs, posts
from tests.services.polls.acting import behind, of_kind
from tests.support import SPOT, Table, a_desk, actions, labelled, said, sam, tom

TEXT = b"""# The village pond

Should the old pond be filled in?

## The case

It is home to forty newts and one heron.

## Takeaways

- The pond floods the lane every spring.
- Nobody has counted the newts.

## Pros

- Children could play on a lawn.

## Cons

- The newts would be gone.

## Calls to action

- Count the newts first.
- Ask the heron.
"""
FILE = Attachment("pond.md", TEXT)
ELSEWHERE = replace(SPOT, place="test:elsewhere")
ana = replace(sam, id="test:ana", name="Ana")


async def preview(table: Table, file: Attachment = FILE) -> PublishImport:
    """Import a file; what publishes it."""
    card = await table.card(sam, ImportArticle(file))
    found = of_kind(card, PublishImport)
    assert isinstance(found, PublishImport)
    return found


async def test_an_article_is_put_on(tmp_path: Path) -> None:
    """It is the one that members open, its board follows, the act is logged."""
    async with a_desk(tmp_path) as table:
        assert "No article" in said(await table.ask(tom, ReadSection()))
        await table.card(sam, UseArticle("us-mexico-bargain"))
        assert not (await table.ask(tom, ReadSection())).refused
        assert list(await behind(table)) == ["article:test:town:us-mexico-bargain"]
        assert "put the article" in said(await table.card(sam, ShowLog()))


async def test_another_article_takes_its_place(tmp_path: Path) -> None:
    """Its board is posted; the old one stays as it was shown. The same again posts a fresh board."""
    async with a_desk(tmp_path) as table:
        for name in ("us-mexico-bargain", "weekend-main-street", "weekend-main-street"):
            await table.card(sam, UseArticle(name))
        assert list(await behind(table)) == ["article:test:town:weekend-main-street"]
        old = await table.desk.db.read(lambda tx: posts.of_subject(tx, "article:test:town:weekend-main-street"))
        assert sorted(state for _, state, *_ in old) == ["done", "live"]


async def test_a_misspelt_article(tmp_path: Path) -> None:
    """Is answered with the one that was meant."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, UseArticle("Give Marowby its main stret back"))
        assert show.refused and "Did you mean" in said(show)


async def test_an_import_is_seen_before_it_is_published(tmp_path: Path) -> None:
    """What was found is shown to the moderator; nobody reads it before, everybody after, and it can be put on."""
    async with a_desk(tmp_path) as table:
        card = await table.card(sam, ImportArticle(FILE))
        assert card.title == "The village pond" and "nobody else sees this" in said(card)
        publish = of_kind(card, PublishImport)
        assert (await table.ask(tom, OpenArticle(publish.article))).refused  # type: ignore[attr-defined]
        done = await table.card(sam, publish)
        assert not (await table.ask(tom, OpenArticle("The village pond"))).refused
        await table.card(sam, labelled(done, "Put it on here"))
        assert "newts" in said(await table.card(tom, ReadSection(section="The case")))
        preview_ = await table.card(sam, DraftPollSet())
        assert "3" in preview_.title
        assert "published the article The village pond" in said(await table.card(sam, ShowLog()))


async def test_an_import_belongs_to_its_server(tmp_path: Path) -> None:
    """Another can't open, publish, drop or remove it, and may have one of the same name of its own."""
    async with a_desk(tmp_path) as table:
        publish = await preview(table)
        assert (await table.ask(ana, publish, ELSEWHERE)).refused
        await table.ask(ana, DropImport(publish.article), ELSEWHERE)
        await table.card(sam, publish)
        for intent in (OpenArticle(publish.article), UseArticle(publish.article), RemoveArticle(publish.article)):
            assert (await table.ask(ana, intent, ELSEWHERE)).refused
        other = Attachment("pond.md", TEXT.replace(b"forty newts", b"sixty newts"))
        theirs = of_kind((await table.ask(ana, ImportArticle(other), ELSEWHERE)).card, PublishImport)
        await table.ask(ana, theirs, ELSEWHERE)
        for spot, words in ((SPOT, "forty"), (ELSEWHERE, "sixty")):
            await table.ask(sam, UseArticle(publish.article), spot)
            show = await table.ask(tom, ReadSection(section="The case"), spot)
            assert words in said(show)


async def test_a_preview_that_is_out_of_date(tmp_path: Path) -> None:
    """Is not published: another import of the same name came after it."""
    async with a_desk(tmp_path) as table:
        old = await preview(table)
        new = await preview(table, Attachment("pond.md", TEXT.replace(b"forty", b"sixty")))
        assert old.article == new.article
        show = await table.ask(sam, old)
        assert show.refused and "out of date" in said(show)
        assert not (await table.ask(sam, new)).refused
        assert not (await table.ask(sam, new)).refused  # a second press


async def test_a_preview_is_thrown_away(tmp_path: Path) -> None:
    """Nothing of it is kept; a second press says the same; what is published can't be dropped."""
    async with a_desk(tmp_path) as table:
        gone = await preview(table)
        for _ in range(2):
            assert "Thrown away" in said(await table.card(sam, DropImport(gone.article)))
        assert await table.desk.db.read(lambda tx: packs.get(tx, SPOT.place, gone.article)) is None
        assert (await table.ask(sam, gone)).refused
        kept = await preview(table)
        await table.card(sam, kept)
        assert (await table.ask(sam, DropImport(kept.article))).refused
        assert not (await table.ask(tom, OpenArticle(kept.article))).refused


async def test_a_late_import_does_not_unpublish(tmp_path: Path) -> None:
    """Two imports of the same name at once: what one published, the other's preview leaves alone."""
    async with a_desk(tmp_path) as table:
        publish = await preview(table)
        await table.card(sam, publish)
        late = packs.KeptPack(publish.article, "other", "preview", "{}")
        await table.desk.db.write(lambda tx: packs.put(tx, SPOT.place, late, "x", 1))
        assert not (await table.ask(tom, OpenArticle(publish.article))).refused


async def test_an_article_is_removed(tmp_path: Path) -> None:
    """After asking; then it is read no more, its name isn't given to another, and what ships can't be removed."""
    async with a_desk(tmp_path) as table:
        publish = await preview(table)
        await table.card(sam, publish)
        await table.card(sam, UseArticle(publish.article))
        ask = await table.card(sam, RemoveArticle(publish.article))
        assert not (await table.ask(tom, ReadSection())).refused
        await table.card(sam, labelled(ask, "Remove it"))
        assert "No article" in said(await table.ask(tom, ReadSection()))
        assert (await preview(table)).article != publish.article
        built_in = await table.ask(sam, RemoveArticle("us-mexico-bargain", sure=True))
        assert built_in.refused and "comes with the program" in said(built_in)


BAD = [
    pytest.param(Attachment("x.exe", b"MZ\x90\x00"), id="a program"),
    pytest.param(Attachment("x.txt", b""), id="empty"),
    pytest.param(Attachment("x.pdf", b"%PDF-1.4 nothing"), id="half a PDF"),
    pytest.param(Attachment("x.docx", b"PK\x03\x04 nothing"), id="half a Word file"),
    pytest.param(Attachment("../../etc/passwd", b"\x00\x01\x02"), id="a strange name"),
]


@pytest.mark.parametrize("file", BAD)
async def test_a_file_that_is_no_article(tmp_path: Path, file: Attachment) -> None:
    """Is refused in a sentence, and nothing is kept."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, ImportArticle(file))
        assert show.refused and "can't make an article" in said(show)


async def test_the_form_asks_for_a_file(tmp_path: Path) -> None:
    """When none was attached."""
    async with a_desk(tmp_path) as table:
        form = (await table.card(sam, ImportArticle())).form
        assert form is not None and form.fields[0].name == "file"


MODERATORS = [UseArticle("x"), ImportArticle(FILE), PublishImport("x", "y"), DropImport("x"), RemoveArticle("x")]


@pytest.mark.parametrize("intent", MODERATORS, ids=[type(i).__name__ for i in MODERATORS])
async def test_members_do_none_of_it(tmp_path: Path, intent: Intent) -> None:
    """Whatever button they have kept."""
    async with a_desk(tmp_path) as table:
        assert "Only moderators" in said(await table.ask(tom, intent))


async def test_the_shelf_remembers_no_more_than_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsed imports are kept for a while and read again when they are asked for; a new version is never an old one."""
    monkeypatch.setattr("bot.services.shelf.KEPT", 2)
    async with a_desk(tmp_path) as table:
        names = []
        for n in range(4):
            publish = await preview(table, Attachment("a.md", TEXT.replace(b"The village pond", b"Pond %d" % n)))
            await table.card(sam, publish)
            names.append(publish.article)
        for name in [*names, *names]:
            assert f"Pond {names.index(name)}" in said(await table.card(tom, OpenArticle(name)))
        shelf = table.desk.shelf
        assert isinstance(shelf, Shelf) and len(shelf._imported) == 2
        assert actions(await table.card(tom, OpenArticle(names[0])))

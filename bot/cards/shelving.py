"""Cards for moderators who put articles on, import and remove them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.article import Pack
from bot.core.card import Action, Block, Bullets, Card, Choice, Facts, FieldKind, Form, FormField, Small, Style, Text
from bot.core.intents import (
    DraftPoll,
    DraftPollSet,
    DropImport,
    ImportArticle,
    OpenArticle,
    PublishImport,
    RemoveArticle,
    UseArticle,
)
from bot.core.rich import bold, rich
from bot.core.text import cut
from bot.i18n import Words

SECTIONS = 12  # written out; more are counted
DOUBTS = 8


def on(t: Words, pack: Pack) -> Card:
    """The article is on; what a moderator may want next."""
    row = (
        Action(t.plain("shelf.action.set"), DraftPollSet(pack.id), Style.MAIN),
        Action(t.plain("shelf.action.poll"), DraftPoll()),
        Action(t.plain("shelf.action.open"), OpenArticle(pack.id)),
    )
    return Card(blocks=(Text(t("shelf.on", title=_title(t, pack))),), actions=(row,), locale=t.locale)


def import_form(t: Words) -> Card:
    """The form that takes a file."""
    languages = tuple(Choice(name, t.plain(f"choice.language.{name}")) for name in ("en", "es"))
    fields = (
        FormField("file", t.plain("shelf.file"), FieldKind.FILE, t.plain("shelf.file_hint")),
        FormField(
            "language",
            t.plain("shelf.language"),
            FieldKind.ONE,
            t.plain("shelf.language_hint"),
            False,
            choices=languages,
        ),
    )
    form = Form(t.plain("shelf.import_title"), ImportArticle(), fields, submit=t.plain("shelf.action.read"))
    again = ((Action(t.plain("shelf.action.import"), ImportArticle(), Style.MAIN),),)
    return Card(t.plain("shelf.import_title"), (Text(t("shelf.import_hint")),), again, form=form, locale=t.locale)


def preview(t: Words, pack: Pack, found: Mapping[str, Any]) -> Card:
    """What was found in the file (the importer's summary), what was not sure, and the choice."""
    sections = found["sections"]
    lines = tuple(rich(cut(f"{s['title']} ({s['paragraphs']})", 120)) for s in sections[:SECTIONS])
    counts = tuple(
        (t.plain(f"shelf.count.{kind}"), t.number(found[kind])) for kind in ("takeaways", "pros", "cons", "actions")
    )
    blocks: list[Block] = [
        Small(t("shelf.preview")),
        Facts(counts),
        Text(bold(t.plain("shelf.sections", n=len(sections)))),
        Bullets(lines),
    ]
    if doubts := found["unsure"]:
        blocks += [Text(bold(t.plain("shelf.unsure"))), Bullets(tuple(cut(doubt, 200) for doubt in doubts[:DOUBTS]))]
    row = (
        Action(t.plain("shelf.action.publish"), PublishImport(pack.id, pack.version), Style.MAIN),
        Action(t.plain("shelf.action.drop"), DropImport(pack.id)),
    )
    return Card(cut(found["title"], 200), tuple(blocks), (row,), locale=t.locale)


def published(t: Words, pack: Pack) -> Card:
    """It can be read here now; putting it on is one press away."""
    row = (
        Action(t.plain("shelf.action.use"), UseArticle(pack.id), Style.MAIN),
        Action(t.plain("shelf.action.open"), OpenArticle(pack.id)),
    )
    return Card(blocks=(Text(t("shelf.published", title=_title(t, pack))),), actions=(row,), locale=t.locale)


def dropped(t: Words) -> Card:
    """The preview is gone."""
    return Card(blocks=(Text(t("shelf.dropped")),), locale=t.locale)


def sure_to_remove(t: Words, pack: Pack) -> Card:
    """Ask before an article goes."""
    row = (
        Action(t.plain("shelf.action.remove"), RemoveArticle(pack.id, sure=True), Style.DANGER),
        Action(t.plain("shelf.action.keep"), OpenArticle(pack.id)),
    )
    return Card(_title(t, pack), (Text(t("shelf.sure_to_remove")),), (row,), locale=t.locale)


def removed(t: Words, pack: Pack) -> Card:
    """The article is gone from here."""
    other = ((Action(t.plain("article.another"), OpenArticle()),),)
    return Card(blocks=(Text(t("shelf.removed", title=_title(t, pack))),), actions=other, locale=t.locale)


def _title(t: Words, pack: Pack) -> str:
    return pack.article(t.locale).title

"""A card as a Discord message: content where that is all, with its buttons, and Components V2 for the rest.

Nothing drawn is ever stored: discord.py keeps a view only while it is unfinished, and ours say that they are finished.
Every press comes back by its id alone, so it works after a restart, and no view of one poll can unhook another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.card import Block, Bullets, Card, File, Heading, Option, Picture, Rule, Sides, Small, Text
from bot.core.text import cut, units
from bot.platforms.discord.markdown import line
from bot.platforms.discord.parts import ACCENT, Ids, button, rows
from bot.platforms.discord.prose import text_of
from bot.platforms.discord.sides import beside

Item = discord.ui.Item[Any]
CONTENT, ROWS = 2000, 5  # characters and rows of a classic message, at Discord
TEXT = 3900  # characters over all texts of a Components V2 message, at Discord 4,000
ALT = 1024  # characters of a picture's description, at Discord
FRAMED = 38  # components at most inside our budget: the frame is left out where they are scarce
_ONLY_TEXT = (Text, Small)


class Layout(discord.ui.LayoutView):
    """A Components V2 body that discord.py doesn't store."""

    def is_finished(self) -> bool:
        return True


class Rows(discord.ui.View):
    """Buttons below a classic message, which discord.py doesn't store either."""

    def is_finished(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A message to send: a `view` of Components V2 alone, or content, embed and buttons of a classic message.

    `files` are to be attached; a view shows those that are its pictures.
    """

    content: str = ""
    embed: discord.Embed | None = None
    view: Layout | Rows | None = None
    files: tuple[File, ...] = ()

    @property
    def v2(self) -> bool:
        """Whether it is made of Components V2, which a message can't leave again."""
        return isinstance(self.view, Layout)


def draw(card: Card, *, layout: bool = False) -> Drawing:
    """The card as a message; `layout` asks for Components V2 whatever it holds. Its form is drawn elsewhere."""
    if card.files:
        return Drawing(content=cut(_content(card), CONTENT), files=card.files)
    if card.pictures:
        return Drawing(view=layout_of(card), files=attached(card))
    if not layout and (said := _said(card)):
        return Drawing(content=said, view=_buttons(card) if card.actions else None)
    if not layout and len(card.actions) + len(card.picks) <= ROWS and (embed := beside(card)):
        return Drawing(embed=embed, view=_buttons(card))
    return Drawing(view=layout_of(card))


def plain(card: Card) -> Drawing:
    """The card as a classic message, whose content a notification and the top of a thread can show."""
    view = _buttons(card) if card.actions or card.picks else None
    return Drawing(content=cut(_content(card), CONTENT), view=view)


def attached(card: Card) -> tuple[File, ...]:
    """The files of the card's pictures, the dark ones where there are: so is Discord to most people."""
    return tuple(File(picture.name, picture.dark or picture.data, picture.mime) for picture in card.pictures)


def _said(card: Card) -> str:
    """The content of a card that only says something, such as the answer to a vote: little is built for it."""
    if card.title or card.picks or len(card.actions) > 1:
        return ""
    if not all(isinstance(block, _ONLY_TEXT) for block in card.blocks):
        return ""
    said = _content(card)
    return said if units(said) <= CONTENT else ""


def _content(card: Card) -> str:
    return "\n".join(piece for piece in _pieces(card) if isinstance(piece, str))


def _buttons(card: Card) -> Rows:
    view = Rows(timeout=None)
    for number, row in enumerate(rows(card.actions, card.picks, Ids())[:ROWS]):
        for item in row:
            item.row = number
            view.add_item(item)
    return view


def layout_of(card: Card) -> Layout:
    """The card as Components V2, whatever it holds."""
    ids = Ids()
    items = list(_items(card, ids))
    view = Layout(timeout=None)
    if sum(1 + _inside(item) for item in items) < FRAMED:
        view.add_item(discord.ui.Container(*items, accent_colour=ACCENT))
    else:
        for item in items:
            view.add_item(item)
    return view


def _items(card: Card, ids: Ids) -> Iterator[Item]:
    left = TEXT
    for piece in _pieces(card):
        if isinstance(piece, str):
            text = cut(piece, max(left, 1))
            left -= units(text)
            yield discord.ui.TextDisplay(text)
        elif isinstance(piece, Option):
            text = cut(text_of(Text(piece.text)) or "–", max(left, 1))
            left -= units(text)
            yield discord.ui.Section(text, accessory=button(piece.action, ids))
        else:
            yield discord.ui.Separator()
    if card.pictures:
        yield discord.ui.MediaGallery(*map(_shown, card.pictures))
    for row in rows(card.actions, card.picks, ids):
        yield discord.ui.ActionRow(*row)


def _shown(picture: Picture) -> discord.MediaGalleryItem:
    """A picture of a gallery, which is among the message's files; described in at most 1,024 characters at Discord."""
    return discord.MediaGalleryItem(f"attachment://{picture.name}", description=cut(picture.alt, ALT))


def _pieces(card: Card) -> Iterator[str | Option | Rule]:
    """The body from top to bottom: neighbouring texts in one piece, so that a long card keeps within 40 components."""
    said, before, listed = (f"## {line(card.title)}" if card.title else ""), True, False
    for block in card.blocks:
        text = text_of(block)
        if text is None:
            if said:
                yield said
            yield block  # type: ignore[misc]  # what is no text is an Option or a Rule
            said = ""
        elif text:
            said += (("\n" if before or (isinstance(block, Small) and not listed) else "\n\n") if said else "") + text
        before, listed = _close(block), isinstance(block, Bullets)  # a list takes in what follows on the next line
    if said:
        yield said


def _close(block: Block) -> bool:
    """Whether what follows stands close below: a heading has its own space around it."""
    return isinstance(block, Heading | Sides)


def _inside(item: Item) -> int:
    """How many components are inside one."""
    return sum(1 for _ in item.walk_children()) if hasattr(item, "walk_children") else 0

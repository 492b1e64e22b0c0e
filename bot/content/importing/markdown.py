"""Reads Markdown: markdown-it makes HTML of it, the rest is the same as for HTML; links keep their address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from markdown_it import MarkdownIt

from bot.content.importing.blocks import Block, Bullet, Meta, Reading
from bot.content.importing.dom import Element, blocks_in
from bot.content.importing.encoding import decoded
from bot.content.importing.said import ImportRefused, note

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-zíé_-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FIELDS = {
    "title": ("title", "titulo", "título"),
    "subtitle": ("subtitle", "subtitulo", "subtítulo", "tagline"),
    "publisher": ("publisher", "publication", "source", "site"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "date": ("date", "published", "fecha"),
    "language": ("lang", "language", "idioma"),
}
_TYPED = re.compile(r"^([ \t]*)[•●◦○▪■‣]\s+", re.MULTILINE)  # marks of lists that Markdown does not know
_BOX = re.compile(r"^\[[ xX]\]\s+")


def read(data: bytes) -> Reading:
    """The blocks of a Markdown text, and what its front matter says."""
    text, notes = decoded(data)
    text = _TYPED.sub(r"\1- ", text.replace("\r\n", "\n").replace("\r", "\n"))
    front = _FRONT.match(text)
    html = (
        MarkdownIt("commonmark", {"maxNesting": 40})
        .enable(["table", "strikethrough"])
        .render(text[front.end() :] if front else text)
    )
    if not html.strip():
        raise ImportRefused("no_text")
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except lxml.etree.ParserError as error:  # a doctype alone, say
        raise ImportRefused("no_text") from error
    _keep_addresses(tree)
    images = len(list(tree.iter("img")))
    found = [*notes, *([note("images", count=images)] if images else [])]
    return Reading(tuple(_unboxed(blocks_in(tree))), _meta(front[1] if front else ""), tuple(found))


def _meta(front: str) -> Meta:
    said = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front)}
    found = {field: next((said[name] for name in names if said.get(name)), "") for field, names in _FIELDS.items()}
    return Meta(**found)


def _keep_addresses(tree: Element) -> None:
    """Write a link's address behind its words, where it leads somewhere else and is not the words themselves."""
    for link in tree.iter("a"):
        address, words = link.get("href", ""), "".join(link.itertext()).strip()
        if address.startswith(("https://", "http://")) and words and address.rstrip("/") != words.rstrip("/"):
            link.tail = f" ({address}){link.tail or ''}"


def _unboxed(blocks: list[Block]) -> Iterator[Block]:
    """Entries of a to-do list lose their box."""
    for block in blocks:
        yield replace(block, text=_BOX.sub("", block.text)) if isinstance(block, Bullet) else block

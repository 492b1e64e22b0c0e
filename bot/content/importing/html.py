"""Reads a web page: finds where the article is, and leaves out what stands around it.

trafilatura knows best which element of an unknown page holds the article, but may lose single paragraphs and
flattens lists; so it only points to the place, and all that stands there is read from the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import lxml.html
import trafilatura

from bot.content.importing.blocks import Block, Heading, Meta, Reading
from bot.content.importing.dom import Element, blocks_in, tag
from bot.content.importing.encoding import decoded
from bot.content.importing.furniture import Furniture
from bot.content.importing.said import ImportRefused, Note, note
from bot.content.importing.text import folded

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes) -> Reading:
    """The blocks of a web page's article, and what the page says about it."""
    declared = _CHARSET.search(data[:4096])
    text, notes = decoded(data, declared[1].decode() if declared else "")
    try:
        page = lxml.html.document_fromstring(_DECLARATION.sub("", text))
        return _reading(page, text, notes)
    except RecursionError as error:
        raise ImportRefused("too_deep") from error
    except lxml.etree.ParserError as error:
        raise ImportRefused("no_text") from error


def _reading(page: Element, text: str, notes: tuple[Note, ...]) -> Reading:
    body = page.find("body") if page.find("body") is not None else page
    meta = _meta(page)
    place = _place(body, text)
    furniture = Furniture(place)
    blocks = blocks_in(place, furniture.is_one)
    images = sum(1 for _ in place.iter("img"))
    found = [*notes, *(note("left_out", text=words) for words in furniture.left_out)]
    found += [note("images", count=images)] if images else []
    meta = replace(meta, title=_headline(page, blocks, meta))
    return Reading(tuple(blocks), meta, tuple(found))


def _headline(page: Element, blocks: Sequence[Block], meta: Meta) -> str:
    """The title where it stands outside the article; empty where the article begins with it."""
    named = folded(meta.title)
    headings = [block for block in blocks if isinstance(block, Heading)]
    if any(block.level == 1 for block in headings) or (headings and folded(headings[0].text) in named):
        return ""
    outside = [text for found in page.iter("h1") if (text := _text(found))]
    same = [text for text in outside if folded(text) in named]
    if same or (len(outside) == 1 and not named):
        return (same or outside)[0]
    return re.split(r" [|–—·-] ", meta.title)[0]


def _place(body: Element, text: str) -> Element:
    """The element that holds the article."""
    articles = [found for found in body.iter("article") if _owner_is_none(found)]
    weights = [_weight(found) for found in articles]
    if articles and max(weights) >= 0.6 * sum(weights) and max(weights) > 0:
        largest = articles[weights.index(max(weights))]
        if _weight(largest) >= 0.4 * _weight(body):
            return largest
    mains = body.xpath(".//main | .//*[@role='main']")
    if mains and _weight(mains[0]) >= 0.4 * _weight(body):
        return mains[0]
    return _pointed_to(body, text)


def _owner_is_none(article: Element) -> bool:
    return not any(tag(parent) == "article" for parent in article.iterancestors())


def _weight(element: Element) -> int:
    """How much running text there is: paragraphs and entries of lists."""
    return sum(len("".join(found.itertext())) for found in element.iter("p", "li", "blockquote"))


def _pointed_to(body: Element, text: str) -> Element:
    """The smallest element that holds nearly all that trafilatura takes for the article."""
    kept = _kept(text)
    leaves = [found for found in body.iter("p", "li", "h1", "h2", "h3") if folded("".join(found.itertext())) in kept]
    if len(leaves) < 3:
        return body
    holder = body
    while True:
        shares = [(sum(child in leaf.iterancestors() for leaf in leaves), n) for n, child in enumerate(holder)]
        most, at = max(shares, default=(0, 0))
        if most < 0.95 * len(leaves):
            return holder
        holder = holder[at]


def _kept(text: str) -> set[str]:
    try:
        found: Any = trafilatura.extract(
            text, output_format="xml", include_comments=False, favor_recall=True, include_tables=True
        )
        tree = lxml.etree.fromstring(found.encode()) if found else None
    except (ValueError, lxml.etree.XMLSyntaxError):
        return set()
    return set() if tree is None else {folded("".join(leaf.itertext())) for leaf in tree.iter("p", "item", "head")}


def _meta(page: Element) -> Meta:
    """What stands in the head of the page."""

    def said(*names: str) -> str:
        for name in names:
            for found in page.xpath("//meta[@property=$name or @name=$name]/@content", name=name):
                if found.strip():
                    return str(found).strip()
        return ""

    canonical = page.xpath("//link[@rel='canonical']/@href") or [""]
    return Meta(
        title=said("og:title", "twitter:title") or _text(page.find(".//title")),
        publisher=said("og:site_name", "publisher", "application-name"),
        url=str(canonical[0]) or said("og:url"),
        date=said("article:published_time", "date", "dc.date", "DC.date.issued")[:10],
        language=page.get("lang", ""),
    )


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())

"""Reads a Word file: mammoth turns it into HTML by its styles, the rest is the same as for HTML."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import lxml.html
import mammoth

from bot.content.importing.blocks import Reading
from bot.content.importing.dom import blocks_in
from bot.content.importing.said import ImportRefused, Note, note

MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 3_000

_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        *(
            f"p[style-name='List {name} {level}'] => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
            for name, tag in (("Bullet", "ul"), ("Number", "ol"))
            for level in (2, 3)
        ),
        "p[style-name='List Bullet'] => ul > li:fresh",
        "p[style-name='List Number'] => ol > li:fresh",
    ]
)


def read(data: bytes) -> Reading:
    """The blocks of a Word file's body; notes at the foot of pages come last."""
    _check(data)
    images = 0

    def no_image(image: Any) -> list[Any]:
        nonlocal images
        images += 1
        return []

    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=no_image, external_file_access=False
        ).value
    except RecursionError as error:
        raise ImportRefused("too_deep") from error
    except Exception as error:  # noqa: BLE001: a damaged file raises whatever its first odd byte leads to
        raise ImportRefused("no_docx") from error
    return _reading(html, images)


def _reading(html: str, images: int) -> Reading:
    if not html.strip():
        raise ImportRefused("no_text")
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    notes: list[Note] = [note("images", count=images)] if images else []
    if footnotes := _footnotes(tree):
        notes.append(note("footnotes", count=footnotes))
    return Reading(tuple(blocks_in(tree)), notes=tuple(notes))


def _footnotes(tree: Any) -> int:
    """How many notes there are; their marks in the text and the arrows back are taken out."""
    for mark in tree.xpath(".//sup[a[starts-with(@id, 'footnote-ref') or starts-with(@id, 'endnote-ref')]]"):
        mark.drop_tree()
    for back in tree.xpath(".//a[starts-with(@href, '#footnote-ref') or starts-with(@href, '#endnote-ref')]"):
        back.drop_tree()
    return len(tree.xpath(".//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"))


def _check(data: bytes) -> None:
    """Refuse what is no Word file, and one that would unpack to more than it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
                raise ImportRefused("docx_bomb", most=MAX_UNPACKED // 1024 // 1024, files=MAX_PARTS)
            if "[Content_Types].xml" not in names or any(_declares(archive, part) for part in parts):
                raise ImportRefused("no_docx")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ImportRefused("no_docx") from error


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares entities of its own, which Word never does."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as file:
        start = file.read(4096)
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start

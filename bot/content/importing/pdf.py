"""Reads a PDF: takes the lines of each page with their size and place, and gives them to `pdf_lines`."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.content.importing.blocks import Reading
from bot.content.importing.pdf_lines import Line, blocks_of, without_furniture
from bot.content.importing.said import ImportRefused, note
from bot.content.importing.shape import marker

MAX_PAGES = 300
MAX_DRAWINGS = 5_000  # on one page; drawings and maps have many more, and no lists

# PDFium must not be entered by two threads at once, and its state is the library's, not ours.
_ONE_AT_A_TIME = threading.Lock()


def read(data: bytes) -> Reading:
    """The blocks of a PDF that holds text."""
    with _ONE_AT_A_TIME:
        pages = list(_pages(data))
    lines = [line for page in pages for line in page]
    if sum(len(line.text) for line in lines) < 20:
        raise ImportRefused("pdf_scanned")
    kept, dropped = without_furniture(pages)
    notes = [note("pdf"), *(note("page_furniture", text=text) for text in dropped)]
    return Reading(tuple(blocks_of(kept)), notes=tuple(notes))


def _pages(data: bytes) -> Iterator[list[Line]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise ImportRefused("pdf_locked" if locked else "no_pdf") from error
    try:
        if len(document) > MAX_PAGES:
            raise ImportRefused("pdf_pages", pages=len(document), most=MAX_PAGES)
        for number in range(len(document)):
            yield _page(document[number], number)
    except pypdfium2.PdfiumError as error:
        raise ImportRefused("no_pdf") from error
    finally:
        document.close()


def _page(page: Any, number: int) -> list[Line]:
    height = page.get_height()
    text = page.get_textpage()
    dots = list(_dots(page))
    lines: list[Line] = []
    start = 0
    characters = [chr(pdfium.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    for at, character in enumerate((*characters, "\n")):
        if character in "\r\n":
            if line := _line(text, characters, range(start, at), number, height):
                lines.append(_dotted(line, dots))
            start = at + 1
    text.close()
    page.close()
    return lines


def _line(text: Any, characters: list[str], places: range, page: int, height: float) -> Line | None:
    said = "".join(characters[at] for at in places)
    seen = [at for at in places if not characters[at].isspace()]
    if not seen:
        return None
    some = seen[:: max(1, len(seen) // 8)]  # letters of one line are alike; asking about each is slow
    first, *boxes = [text.get_charbox(at, loose=True) for at in (seen[0], seen[-1], *some)]
    return Line(
        text=said.strip(),
        page=page,
        left=first[0],
        right=boxes[0][2],
        top=height - max(box[3] for box in boxes),
        bottom=height - min(box[1] for box in boxes),
        size=round(median(box[3] - box[1] for box in boxes[1:]), 1),
        bold=all(_is_bold(text, at) for at in some),
        height=height,
    )


def _is_bold(text: Any, at: int) -> bool:
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), ctypes.byref(ctypes.c_int()))
    return any(sign in name.value.lower() for sign in (b"bold", b"black", b"heavy"))


def _dots(page: Any) -> Iterator[tuple[float, float, float]]:
    """Small round or square drawings, as browsers print the marks of lists: right edge, bottom and top."""
    for drawn in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]), MAX_DRAWINGS):
        left, bottom, right, top = drawn.get_bounds()
        if 1.5 <= right - left <= 9 and 0.7 <= (right - left) / max(top - bottom, 0.1) <= 1.4:
            yield right, bottom, top


def _dotted(line: Line, dots: list[tuple[float, float, float]]) -> Line:
    """The line with a mark before it where one is drawn beside it."""
    high, low = line.height - line.top, line.height - line.bottom
    beside = any(0 < line.left - right < 30 and low < bottom and top < high for right, bottom, top in dots)
    return replace(line, text=f"• {line.text}") if beside and not marker(line.text) else line

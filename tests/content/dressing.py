"""Writes the blocks of an article as files of every kind, the way people's programs write them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from html import escape
from textwrap import wrap

import docx

from bot.content.importing.blocks import Block, Bullet, Heading, words_of

Dress = Callable[[Sequence[Block]], bytes]
_WIDTH, _LINES = 84, 48  # characters of a printed line, lines of a page


def as_markdown(blocks: Sequence[Block]) -> bytes:
    """`#` for the first heading, `##` for the others."""
    return "\n\n".join(_marked(n, block) for n, block in enumerate(blocks)).encode()


def as_html(blocks: Sequence[Block]) -> bytes:
    """A page with a menu and a foot around the article."""
    body = "\n".join(_tagged(n, block) for n, block in enumerate(blocks)).replace("</ul>\n<ul>", "")
    menu = "<nav><a href='/'>Home</a> <a href='/about'>About</a></nav>"
    page = f"<html><head><meta charset='utf-8'></head><body>{menu}<article>{body}</article><footer>©</footer></body>"
    return f"{page}</html>".encode()


def as_word(blocks: Sequence[Block]) -> bytes:
    """Headings and lists by style."""
    document = docx.Document()
    for n, block in enumerate(blocks):
        style = "List Bullet" if isinstance(block, Bullet) else f"Heading {min(n, 1) + 1}"
        document.add_paragraph(words_of(block), style=style if isinstance(block, Bullet | Heading) else None)
    return _saved(document)


def as_bare_word(blocks: Sequence[Block]) -> bytes:
    """Headings are bold lines, lists are typed."""
    document = docx.Document()
    for block in blocks:
        mark = "• " if isinstance(block, Bullet) else ""
        document.add_paragraph().add_run(mark + words_of(block)).bold = isinstance(block, Heading)
    return _saved(document)


def as_sized_pdf(blocks: Sequence[Block]) -> bytes:
    """Headings in larger letters."""
    return _printed(blocks, lambda n: ("F1", 18 if n == 0 else 14))


def as_bold_pdf(blocks: Sequence[Block]) -> bytes:
    """Headings in bold letters of the same size."""
    return _printed(blocks, lambda n: ("F2", 11))


def as_text(blocks: Sequence[Block]) -> bytes:
    """Nothing but empty lines and bullets."""
    return "\n\n".join(("• " if isinstance(block, Bullet) else "") + words_of(block) for block in blocks).encode()


def as_wrapped_text(blocks: Sequence[Block]) -> bytes:
    """Lines of at most 72 characters."""
    return b"\n\n".join("\n".join(wrap(part.decode(), 72)).encode() for part in as_text(blocks).split(b"\n\n"))


def as_crowded_text(blocks: Sequence[Block]) -> bytes:
    """A paragraph on each line and no empty ones."""
    return as_text(blocks).replace(b"\n\n", b"\n")


def _marked(n: int, block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'##' if n else '#'} {block.text}"
    return ("- " if isinstance(block, Bullet) else "") + words_of(block)


def _tagged(n: int, block: Block) -> str:
    text = escape(words_of(block))
    if isinstance(block, Heading):
        return f"<h{min(n, 1) + 1}>{text}</h{min(n, 1) + 1}>"
    return f"<ul><li>{text}</li></ul>" if isinstance(block, Bullet) else f"<p>{text}</p>"


def _saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _printed(blocks: Sequence[Block], head: Callable[[int], tuple[str, int]]) -> bytes:
    lines = list(_lines(blocks, head))
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    fonts = "".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >> "
        for n, name in ((1, "Helvetica"), (2, "Helvetica-Bold"))
    )
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for n, page in enumerate(pages):
        stream = "\n".join(_shown(place, *line) for place, line in enumerate(page))
        box = f"/Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << {fonts} >> >>"
        objects += [f"<< /Type /Page {box} /Contents {4 + 2 * n} 0 R >>"]
        objects += [f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream"]
    data, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{value}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def _lines(blocks: Sequence[Block], head: Callable[[int], tuple[str, int]]) -> Iterator[tuple[str, int, int, str]]:
    """Font, size, indent and text of each line; an empty text is a gap."""
    for n, block in enumerate(blocks):
        font, size = head(n) if isinstance(block, Heading) else ("F1", 11)
        width = _WIDTH * 11 // size
        bullet = isinstance(block, Bullet)
        for place, text in enumerate(wrap(words_of(block), width)):
            yield font, size, 12 * bullet * bool(place), ("• " if bullet and not place else "") + text
        yield "F1", 11, 0, ""


def _shown(place: int, font: str, size: int, indent: int, text: str) -> str:
    said = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {72 + indent} {760 - 14 * place} Td ({said}) Tj ET" if said else ""


KINDS: dict[str, tuple[str, Dress]] = {
    "text": ("a.txt", as_text),
    "wrapped": ("a.txt", as_wrapped_text),
    "crowded": ("a.txt", as_crowded_text),
    "markdown": ("a.md", as_markdown),
    "html": ("a.html", as_html),
    "word": ("a.docx", as_word),
    "bare-word": ("a.docx", as_bare_word),
    "sized-pdf": ("a.pdf", as_sized_pdf),
    "bold-pdf": ("a.pdf", as_bold_pdf),
}

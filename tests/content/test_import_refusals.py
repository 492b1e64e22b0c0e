"""A file that can't become a pack gets one clear sentence, in both languages, and costs little."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.importing import ImportRefused, import_article, kinds
from bot.content.importing.said import KINDS, REFUSED, UNSURE, Note

DOCX = "word/document.xml"
TYPES = "[Content_Types].xml"


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def pdf(*pages: str, trailer: str = "") -> bytes:
    """A small PDF with one line of Helvetica for each given page."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for n, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
        content = f"{4 + 2 * n} 0 R"
        box = f"/Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font}"
        objects += [f"<< /Type /Page {box} /Contents {content} >>"]
        objects += [f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
    body, places = "%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{value}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    start = len(body)
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\n"
    return f"{body}startxref\n{start}\n%%EOF\n".encode("latin-1")


LOCKED = "/Encrypt << /Filter /Standard /V 1 /R 2 /O ({0}) /U ({0}) /P -4 >> /ID [(a) (a)] ".format("x" * 32)

REFUSALS = [
    pytest.param("a.txt", b"", "empty", id="empty"),
    pytest.param("a.md", b" \n\t\n", "empty", id="blank"),
    pytest.param("a.txt", b"x" * (8 * 1024 * 1024 + 1), "too_big", id="too big"),
    pytest.param("a.txt", b"long words " * 40_000, "too_long", id="too long"),
    pytest.param("a.exe", b"MZ words", "unknown_type", id="unknown kind"),
    pytest.param("noending", b"words", "unknown_type", id="no ending"),
    pytest.param("a.txt", b"\x00\x01\x02" * 50, "binary", id="binary"),
    pytest.param("a.html", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "binary", id="picture"),
    pytest.param("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90, "old_word", id="doc"),
    pytest.param("a.docx", b"not a zip file at all", "no_docx", id="no zip"),
    pytest.param("a.docx", zipped(**{"readme.txt": b"hello"}), "no_docx", id="other zip"),
    pytest.param("a.docx", zipped(**{TYPES: b"<Types/>", DOCX: b"<broken"}), "no_docx", id="broken parts"),
    pytest.param(
        "a.docx", zipped(**{TYPES: b"<Types/>", "big": b"0" * (65 * 1024 * 1024)}), "docx_bomb", id="zip bomb"
    ),
    pytest.param(
        "a.docx",
        zipped(**{TYPES: b"<Types/>", DOCX: b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}),
        "no_docx",
        id="entities",
    ),
    pytest.param("a.pdf", b"no pdf", "no_pdf", id="no pdf"),
    pytest.param("a.pdf", b"%PDF-1.7\nbroken", "no_pdf", id="broken pdf"),
    pytest.param("a.pdf", pdf("secret words that are locked away", trailer=LOCKED), "pdf_locked", id="locked"),
    pytest.param("a.pdf", pdf("", ""), "pdf_scanned", id="scanned"),
    pytest.param("a.pdf", pdf(*["x"] * 301), "pdf_pages", id="many pages"),
    pytest.param("a.html", b"<html><body><script>x()</script></body></html>", "no_text", id="no text in a page"),
    pytest.param("a.html", b"<!-- nothing -->", "no_text", id="only a comment"),
    pytest.param("a.md", b"---\ntitle: x\n---\n", "no_text", id="only front matter"),
    pytest.param("a.txt", b"... --- ...", "no_text", id="only signs"),
]


@pytest.mark.parametrize(("name", "data", "key"), REFUSALS)
def test_refusals(name: str, data: bytes, key: str) -> None:
    """Each says what is wrong, in English by `str` and in Spanish on request."""
    with pytest.raises(ImportRefused) as caught:
        import_article(name, data)
    assert caught.value.key == key
    assert str(caught.value).endswith(".")
    assert "{" not in str(caught.value) + caught.value.sentence("es")


@pytest.mark.parametrize(
    ("options", "key"),
    [
        pytest.param({"language": "klingon!"}, "bad_language", id="language"),
        pytest.param({"article_id": "Not An Id"}, "bad_id", id="id"),
        pytest.param({"article_id": "x" * 25}, "bad_id", id="long id"),
    ],
)
def test_what_is_asked_for_must_make_sense(options: dict[str, str], key: str) -> None:
    """A language or an id that could not be kept is refused before any work."""
    with pytest.raises(ImportRefused) as caught:
        import_article("a.txt", b"words", **options)
    assert caught.value.key == key


@pytest.mark.parametrize("asked", ["es", "es-MX", "ES_es"])
def test_a_language_that_is_given_is_kept(asked: str) -> None:
    """A locale counts as its language, whatever the words look like."""
    assert import_article("a.txt", b"These are English words.", asked).pack.default_language == "es"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the sentence tells what to install."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(kinds, "import_module", missing)
    with pytest.raises(ImportRefused, match=r"pip install 'tertulia\[import\]'"):
        import_article("a.pdf", pdf("Some words in a file"))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: ("a.html", b"<div>" * 20_000 + b"deep words"), id="deep html"),
        pytest.param(lambda: ("a.md", b"> " * 5_000 + b"deep words"), id="deep quotes"),
        pytest.param(lambda: ("a.md", b"* " * 5_000 + b"deep words"), id="deep lists"),
        pytest.param(lambda: ("a.md", b"[" * 20_000 + b"words"), id="brackets"),
        pytest.param(lambda: ("a.html", b"<b>" * 5_000 + b"bold words"), id="bold"),
        pytest.param(lambda: ("a.txt", b"word\n" * 5_000), id="many lines"),
        pytest.param(lambda: ("a.txt", b"(" * 100_000 + b" words"), id="parentheses"),
        pytest.param(lambda: ("a.txt", b"a:" * 100_000), id="colons"),
        pytest.param(lambda: ("a.txt", "\u202e\u200bwords\ufeff \x07\x1b and more".encode()), id="invisible signs"),
        pytest.param(lambda: ("a.txt", b"caf\xe9 con leche, un art\xedculo en latin-1"), id="latin-1"),
        pytest.param(lambda: ("a.txt", "café und so weiter".encode("utf-16")), id="utf-16"),
    ],
)
def test_odd_files_are_read_or_refused(make: Callable[[], tuple[str, bytes]], tmp_path: Path) -> None:
    """Whatever is sent, the answer is a pack or a refusal, soon."""
    try:
        article = import_article(*make()).pack.articles
    except ImportRefused:
        return
    text = str(article)
    assert not {"\u202e", "\u200b", "\ufeff", "\x07"} & set(text)


def test_every_sentence_can_be_said() -> None:
    """All refusals and doubts have both languages, with the same facts in each."""
    facts = {
        **dict.fromkeys(("name", "kind", "package", "language", "id", "encoding", "title", "text"), "x"),
        **dict.fromkeys(("section", "names", "item"), "x"),
        **dict.fromkeys(("size", "most", "files", "pages", "count"), 1),
    }
    for key in REFUSED:
        refused = ImportRefused(key, **facts)
        assert refused.sentence("en") != refused.sentence("es")
    for key in UNSURE:
        note = Note(key, {**facts, "kind": "pro"})
        assert note.sentence("en") != note.sentence("es")
    assert set(KINDS) == {"takeaway", "pro", "con", "action"}

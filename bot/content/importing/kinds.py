"""Chooses the reader for a file: by its first bytes where they tell, by the ending of its name otherwise."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from bot.content.importing.blocks import Reading
from bot.content.importing.said import ImportRefused

Reader = Callable[[bytes], Reading]

_BY_ENDING = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_PACKAGES = {"markdown": "markdown-it-py", "html": "trafilatura", "docx": "mammoth", "pdf": "pypdfium2"}
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(name: str, data: bytes) -> Reader:
    """The reader for this file. Raises `ImportRefused` where there is none."""
    kind = _BY_ENDING.get(PurePath(name).suffix.lower(), "")
    if data.startswith(_OLD_WORD):
        raise ImportRefused("old_word")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        kind = "pdf"
    elif kind == "pdf":
        raise ImportRefused("no_pdf")
    if not kind:
        raise ImportRefused("unknown_type", name=name)
    if kind in {"plain", "markdown", "html"} and _is_binary(data):
        raise ImportRefused("binary", name=name)
    return _reader(kind)


def _is_binary(data: bytes) -> bool:
    """Zero bytes outside UTF-16, or more control characters than any text has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = data[:65_536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start)
    return b"\0" in start or controls > len(start) / 50


def _reader(kind: str) -> Reader:
    """The reader's `read`, imported only now: its package is large, and an optional extra."""
    try:
        module = import_module(f"bot.content.importing.{kind}")
    except ImportError as error:
        raise ImportRefused("missing", kind=f".{kind}", package=_PACKAGES.get(kind, kind)) from error
    read: Reader = module.read
    return read

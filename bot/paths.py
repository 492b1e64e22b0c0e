"""Where the packs and seeds that ship with Tertulia lie: beside `bot/` in a checkout, in it in a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def content_dir() -> Path:
    """Return the folder of article packs, one folder each. Raises FileNotFoundError when it is missing."""
    return _shipped("content")


def seeds_dir() -> Path:
    """Return the folder a fresh database is planted from. Raises FileNotFoundError when it is missing."""
    return _shipped("seeds")


def _shipped(name: str) -> Path:
    for folder in (_HERE / f"_{name}", _HERE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The folder {name}/ that ships with Tertulia is missing; install it again.")

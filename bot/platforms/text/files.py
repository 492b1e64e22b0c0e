"""Files at the text door: read from this computer for a form, written to it from a card."""

from __future__ import annotations

from pathlib import Path

from bot.core.card import File
from bot.core.intents import Attachment

# More than any upload may have: a larger file is cut here, and still refused by size where uploads are judged.
MOST_BYTES = 32 * 1024 * 1024


def attachment(typed: str) -> Attachment | None:
    """The file of this path, or None where there is none that can be read."""
    path = Path(typed.strip().strip('"')).expanduser()
    try:
        with path.open("rb") as file:
            return Attachment(path.name, file.read(MOST_BYTES + 1))
    except (OSError, ValueError):
        return None


def save(file: File, folder: Path) -> Path:
    """Write a card's file into a folder, beside what is there: never over it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(Path(file.name).name or "file")
    for n in range(1, 1000):
        path = folder / (name if n == 1 else f"{name.stem}-{n}{name.suffix}")
        try:
            with path.open("xb") as to:
                to.write(file.data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(name)

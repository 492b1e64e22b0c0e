"""`tertulia import`: turns an article in a file into a pack, and says what it was not sure of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from bot.cli.progress import progress
from bot.content.build import KEYS
from bot.content.importing import Imported, ImportRefused, import_article, summary
from bot.content.importing.door import MAX_BYTES
from bot.content.write import pack_to_yaml
from bot.core.article import ItemList


def run(
    source: Path,
    out: Path,
    language: str | None,
    article_id: str | None,
    as_json: bool,
    force: bool,
    stdout: TextIO,
) -> int:
    """Write `<out>/<id>/<language>.yaml` and print what was found; with `as_json` only JSON is printed.

    Returns 0, or 1 with one sentence where the file can't be read, is refused, or the pack is there already
    and `force` is not given.
    """
    try:
        with progress(f"Reading {source.name}"):
            imported = import_article(source.name, _bytes(source), language, article_id)
        paths = _write(imported, out, force)
    except (OSError, ImportRefused, FileExistsError) as error:
        sentence = _sentence(error, source)
        print(json.dumps({"error": sentence}, ensure_ascii=False) if as_json else sentence, file=stdout)
        return 1
    if as_json:
        print(json.dumps(summary(imported), ensure_ascii=False, indent=2), file=stdout)
    else:
        print("\n".join(_report(imported, paths)), file=stdout)
    return 0


def _bytes(source: Path) -> bytes:
    with source.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _write(imported: Imported, out: Path, force: bool) -> list[Path]:
    folder = out / imported.pack.id
    paths = []
    for name, text in pack_to_yaml(imported.pack).items():
        path = folder / name
        if path.exists() and not force:
            raise FileExistsError(f"{path} is there already. Use --force to replace it, or --id for another name.")
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _sentence(error: Exception, source: Path) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return f"{error.filename or source}: {error.strerror}."
    return str(error)


def _report(imported: Imported, paths: list[Path]) -> list[str]:
    found = summary(imported)
    lines = [f"{found['title']} ({found['language']})"]
    lines += [f"  {number}. {_described(imported, number - 1)}" for number in range(1, len(found["sections"]) + 1)]
    lines.append("  " + ", ".join(f"{found[key]} {key}" for key in KEYS.values()))
    if found["unsure"]:
        lines += ["", "Not sure of:", *(f"  - {sentence}" for sentence in found["unsure"])]
    return [*lines, "", *(f"Written: {path}" for path in paths)]


def _described(imported: Imported, number: int) -> str:
    """A section's title and what it holds: `Key points: 1 paragraph, the takeaways`."""
    found = summary(imported)["sections"][number]
    size = found["paragraphs"]
    body = imported.pack.articles[imported.pack.default_language].sections[number].body
    holds = [f"{size} {'paragraph' if size == 1 else 'paragraphs'}"] if size else []
    holds += [f"the {KEYS[block.kind]}" for block in body if isinstance(block, ItemList)]
    return f"{found['title']}: {', '.join(holds)}"

"""`tertulia check`: tells an author everything that is wrong with packs and ready polls, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot import paths as shipped
from bot.content.build import KEYS
from bot.content.load import load_file, load_pack, pack_folders
from bot.content.problems import Problem
from bot.content.ready import check_polls
from bot.core.article import Pack

POLLS = "polls.yaml"


@dataclass(slots=True)
class _Found:
    packs: dict[Path, Pack] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def run(paths: Sequence[Path], out: TextIO) -> int:
    """Check packs, folders of packs, single files and ready polls; without paths, what ships with Tertulia.

    Prints one line for each problem and returns 1, or one line for each pack and returns 0.
    """
    found = _Found()
    targets = [target for path in paths or _shipped() for target in _targets(_short(path))]
    for target in sorted(set(targets), key=lambda path: (path.name == POLLS, path)):
        _check(target, found)
    lines = [str(problem) for problem in sorted(set(found.problems))]
    if lines:
        lines.append(f"{len(lines)} {'problem' if len(lines) == 1 else 'problems'}.")
    print(*(lines or found.lines), sep="\n", file=out)
    return 1 if found.problems else 0


def _shipped() -> list[Path]:
    return [shipped.content_dir(), shipped.seeds_dir()]


def _short(path: Path) -> Path:
    """The path as seen from here, which makes lines that an editor can jump to."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def _targets(path: Path) -> Iterator[Path]:
    """The pack folders and files that a path stands for."""
    if not path.is_dir():
        yield path
        return
    if (path / POLLS).is_file():
        yield path / POLLS
        return
    folders = pack_folders(path)
    if any(path.glob("*.y*ml")) or not folders:
        yield path
    else:
        yield from folders


def _check(target: Path, found: _Found) -> None:
    if not target.exists():
        found.problems.append(Problem(str(target), 1, "", "there is no such file or folder"))
    elif target.is_dir():
        _check_pack(target, found)
    elif target.name == POLLS:
        _check_polls(target, found)
    else:
        _check_file(target, found)


def _check_pack(folder: Path, found: _Found) -> None:
    loaded = load_pack(folder)
    found.problems += loaded.problems
    if loaded.pack is not None:
        found.packs[folder] = loaded.pack
        found.lines.append(_line(loaded.pack))


def _check_polls(path: Path, found: _Found) -> None:
    polls, problems = check_polls(path, _known(path, found))
    found.problems += problems
    found.lines.append(f"{path.name}: {len(polls)} ready {'poll' if len(polls) == 1 else 'polls'}")


def _check_file(path: Path, found: _Found) -> None:
    file = load_file(path)
    found.problems += file.problems
    found.lines.append(f"{path}: sound by itself; check its folder to compare the languages")


def _known(polls: Path, found: _Found) -> dict[str, Pack]:
    """The packs polls may name: those checked in this run, and those in the folder beside."""
    beside = polls.resolve().parent.parent / "content"
    neighbours = [loaded.pack for folder in pack_folders(beside) if (loaded := load_pack(folder)).pack]
    return {pack.id: pack for pack in (*neighbours, *found.packs.values()) if pack is not None}


def _line(pack: Pack) -> str:
    article = pack.articles[pack.default_language]
    counts = [f"{len(article.sections)} sections"]
    counts += [f"{len(article.of_kind(kind))} {key}" for kind, key in KEYS.items()]
    return f"{pack.id}: {', '.join(sorted(pack.articles))}; {', '.join(counts)}; version {pack.version}"

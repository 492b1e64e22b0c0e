"""Reads packs from their folders: `content/<article-id>/<language>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content import limits
from bot.content.across import compare, inside
from bot.content.build import article
from bot.content.explain import validated
from bot.content.marked import Marked, read_marked
from bot.content.problems import PackError, Problem
from bot.content.schema import ArticleFile, BlockFile, ItemFile, PointFile, SectionFile, SourceFile
from bot.core.article import Pack

_ITEM_KEYS = tuple(ItemFile.model_fields)
KEYS = {
    "": tuple(ArticleFile.model_fields),
    "source": tuple(SourceFile.model_fields),
    "sections": tuple(SectionFile.model_fields),
    "body": tuple(BlockFile.model_fields),
    "points": tuple(PointFile.model_fields),
    **dict.fromkeys(("takeaways", "pros", "cons", "actions"), _ITEM_KEYS),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack, or None and what is wrong with it. `problems` is sorted by file and line."""

    pack: Pack | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """One language's file: its marks, and its checked content unless something is wrong with it."""

    marked: Marked
    content: ArticleFile | None
    problems: tuple[Problem, ...]


def load_pack(folder: Path) -> Loaded:
    """The pack in this folder with every problem at once; the folder's name is the article's id."""
    names = sorted(path for path in folder.glob("*.y*ml") if path.is_file())
    files = {path.stem: load_file(path) for path in names}
    readable = {language: file.marked for language, file in files.items() if isinstance(file.marked.data, dict)}
    problems = [
        *_folder_problems(folder, names),
        *(problem for file in files.values() for problem in file.problems),
    ]
    problems += compare(readable, _default(readable))
    contents = {language: file.content for language, file in files.items() if file.content is not None}
    if problems or not contents:
        return Loaded(None, tuple(sorted(set(problems))))
    return Loaded(_pack(folder.resolve().name, contents), ())


def load_file(path: Path) -> LanguageFile:
    """One language's file, checked by itself."""
    marked = read_marked(path)
    if not isinstance(marked.data, dict):
        wrong = marked.problem((), "must be a mapping (lines of “key: value”)")
        return LanguageFile(marked, None, marked.problems or (wrong,))
    found = validated(ArticleFile, marked.data, marked, KEYS)
    problems = [*marked.problems, *_name_problem(path, marked), *inside(marked)]
    if isinstance(found, tuple):
        return LanguageFile(marked, None, (*problems, *found))
    return LanguageFile(marked, None if problems else found, tuple(problems))


def load_library(*folders: Path) -> Mapping[str, Pack]:
    """The packs of these folders by id. Raises `PackError` with every problem of every pack."""
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    for folder in folders:
        for pack_folder in pack_folders(folder):
            loaded = load_pack(pack_folder)
            problems += loaded.problems
            if loaded.pack is not None:
                problems += _twice(pack_folder, packs)
                packs[loaded.pack.id] = loaded.pack
        if not folder.is_dir():
            problems.append(Problem(str(folder), 1, "", "the folder of packs does not exist"))
    if problems:
        raise PackError(problems)
    return packs


def pack_folders(folder: Path) -> list[Path]:
    """The folders of packs in a folder, by name; hidden ones are passed over."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")


def _default(languages: Collection[str]) -> str:
    return "en" if "en" in languages else next(iter(languages), "")


def _pack(pack_id: str, contents: Mapping[str, ArticleFile]) -> Pack:
    default = _default(contents)
    return Pack(pack_id, {name: article(file) for name, file in contents.items()}, contents[default].pairs, default)


def _folder_problems(folder: Path, names: list[Path]) -> list[Problem]:
    found = []
    name = folder.resolve().name
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > limits.ID:
        words = f"the folder's name is the article's id: a-z, 0-9 and single hyphens, at most {limits.ID}"
        found.append(Problem(str(folder), 1, "", words))
    if not names:
        found.append(Problem(str(folder), 1, "", "holds no language file, such as en.yaml"))
    return found


def _name_problem(path: Path, marked: Marked) -> list[Problem]:
    language = marked.data.get("language")
    if not isinstance(language, str) or path.name == f"{language}.yaml":
        return []
    return [marked.problem(("language",), f"“{language[:40]}” belongs into {language[:40]}.yaml, not {path.name}")]


def _twice(folder: Path, packs: Mapping[str, Pack]) -> list[Problem]:
    if folder.name not in packs:
        return []
    return [Problem(str(folder), 1, "", f"a second pack with the id “{folder.name}”")]

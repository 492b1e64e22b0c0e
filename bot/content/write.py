"""Writes a pack down: as YAML files for an author to edit, or as one JSON value for the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from bot.content import build
from bot.content.schema import ArticleFile
from bot.core.article import Article, Block, ItemKind, ItemList, Pack, Paragraph, Point, Source


def pack_to_yaml(pack: Pack) -> Mapping[str, str]:
    """File name → text, one for each language, such as `check` accepts."""
    return {f"{language}.yaml": _yaml(_file(pack, language)) for language in pack.articles}


def pack_to_json(pack: Pack) -> dict[str, Any]:
    """The pack as a value of dicts, lists and texts."""
    languages = [_file(pack, language) for language in pack.articles]
    return {"id": pack.id, "default_language": pack.default_language, "languages": languages}


def pack_from_json(value: Mapping[str, Any]) -> Pack:
    """The pack that `pack_to_json` wrote; its version is the same. Raises pydantic's ValidationError."""
    files = [ArticleFile.model_validate(entry) for entry in value["languages"]]
    default = value["default_language"]
    pairs = next(file.pairs for file in files if file.language == default)
    return Pack(value["id"], {file.language: build.article(file) for file in files}, pairs, default)


def _yaml(value: dict[str, Any]) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)


def _file(pack: Pack, language: str) -> dict[str, Any]:
    article = pack.articles[language]
    value = {
        "language": language,
        "title": article.title,
        "subtitle": article.subtitle,
        "source": _source(article.source),
        "note": article.note,
        "sections": [
            {"id": section.id, "title": section.title, "body": [_block(block) for block in section.body]}
            for section in article.sections
        ],
        **{key: _items(article, kind) for kind, key in build.KEYS.items()},
    }
    if pack.pairs and language == pack.default_language:
        value["pairs"] = [list(pair) for pair in pack.pairs]
    return value


def _source(source: Source) -> dict[str, str]:
    optional = {"url": source.url, "date": source.date}
    return {
        "title": source.title,
        "publisher": source.publisher,
        **{key: text for key, text in optional.items() if text},
    }


def _items(article: Article, kind: ItemKind) -> list[dict[str, str]]:
    return [
        {"id": item.id, **({"title": item.title} if item.title else {}), "text": item.text}
        for item in article.of_kind(kind)
    ]


def _block(block: Block) -> Any:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, ItemList):
        return {"items": build.KEYS[block.kind]}
    return {"points": [_point(point) for point in block.points]}


def _point(point: Point) -> Any:
    if not point.title and not point.points:
        return point.text
    value: dict[str, Any] = {"title": point.title} if point.title else {}
    value["text"] = point.text
    if point.points:
        value["points"] = [_point(child) for child in point.points]
    return value

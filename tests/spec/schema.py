"""Discord publishes what it accepts as OpenAPI; this turns that file into fast validators, each compiled once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from tests.spec.parts import units

ROOT = Path(__file__).parents[2]
_PREFIX = "#/components/schemas/"


def openapi_path() -> Path:
    """Where the file is looked for: DISCORD_OPENAPI, else beside the repository."""
    return ROOT / os.environ.get("DISCORD_OPENAPI", "../shared/discord-openapi.json")


@cache
def components() -> dict[str, Any]:
    """All schemas by name, with every `$ref` replaced by the thing itself. Skips the test where there is no file."""
    if not openapi_path().is_file():
        pytest.skip("Discord's OpenAPI file is not here; set DISCORD_OPENAPI to check payloads against it")
    schemas: dict[str, Any] = json.loads(openapi_path().read_bytes())["components"]["schemas"]
    _link(schemas, schemas)
    return schemas


def _link(node: Any, schemas: dict[str, Any]) -> None:
    """Replace references by the objects they name: looking each up at every use costs most of the time."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if isinstance(value, dict) and "$ref" in value:
            node[key] = schemas[value["$ref"].removeprefix(_PREFIX)]
        elif isinstance(value, (dict, list)):
            _link(value, schemas)
    if isinstance(node, dict):
        _shorten(node)


def _shorten(node: dict[str, Any]) -> None:
    """Say the same with less: an `enum` for twenty `const` branches, and no union beside a narrower `enum`."""
    branches = node.get("oneOf")
    if isinstance(branches, list) and all("const" in branch for branch in branches):
        node["enum"] = [branch["const"] for branch in node.pop("oneOf")]
    if isinstance(node.get("enum"), list):
        node.pop("allOf", None)


@cache
def validator(name: str) -> Any:
    """The validator of one schema by its name in the file."""
    return _Validator(components()[name])


def _branch_of(branch: Any) -> tuple[int, ...]:
    """The `type` numbers that a branch of a union is for; empty when it isn't told apart by type."""
    kind = branch.get("properties", {}).get("type", {}) if isinstance(branch, dict) else {}
    return tuple(kind.get("enum", ())) if isinstance(kind, dict) else ()


_unions: dict[int, dict[int, Any]] = {}


def _by_type(branches: list[Any]) -> dict[int, Any]:
    """Type number → branch, remembered per union; a union lives as long as the cached file."""
    if id(branches) not in _unions:
        _unions[id(branches)] = {number: branch for branch in branches for number in _branch_of(branch)}
    return _unions[id(branches)]


def _one_of(checker: Any, branches: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """`oneOf`, but components go straight to their own branch: faster, and the message names the real fault."""
    table = _by_type(branches)
    real = [branch for branch in branches if branch.get("type") != "null"]
    if isinstance(instance, dict) and instance.get("type") in table:
        yield from checker.descend(instance, table[instance["type"]])
    elif isinstance(instance, dict) and table:
        yield ValidationError(f"a component of type {instance.get('type')!r} can't stand here")
    elif instance is not None and len(real) == 1:
        yield from checker.descend(instance, real[0])
    else:
        yield from Draft202012Validator.VALIDATORS["oneOf"](checker, branches, instance, schema)


def _max_length(checker: Any, limit: int, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and units(instance) > limit:
        yield ValidationError(f"{units(instance)} characters of at most {limit}")


def _max_items(checker: Any, limit: int, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, list) and len(instance) > limit:
        yield ValidationError(f"{len(instance)} items of at most {limit}")


_Validator: Any = extend(Draft202012Validator, {"oneOf": _one_of, "maxLength": _max_length, "maxItems": _max_items})

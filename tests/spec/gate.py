"""The spec gate: whether Discord would take a payload, since discord.py sends nearly anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from tests.spec import commands, messages, modals
from tests.spec.parts import BUTTON, body, units, walk
from tests.spec.schema import validator

Kind = Literal["message", "edit", "followup", "original", "callback", "modal", "commands", "thread", "channel"]

_SCHEMAS: dict[str, str] = {
    "message": "MessageCreateRequest",
    "edit": "MessageEditRequestPartial",
    "followup": "IncomingWebhookRequestPartial",
    "original": "IncomingWebhookUpdateRequestPartial",
    "modal": "ModalInteractionCallbackRequestData",
    "thread": "CreateTextThreadWithoutMessageRequest",
    "channel": "UpdateThreadRequestPartial",
}
_CALLBACKS: dict[int, str] = {
    1: "PongInteractionCallbackRequest",
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}
_CHOICES = {
    str: "InteractionApplicationCommandAutocompleteCallbackStringData",
    int: "InteractionApplicationCommandAutocompleteCallbackIntegerData",
    float: "InteractionApplicationCommandAutocompleteCallbackNumberData",
}

BUDGET_COMPONENTS = 38
BUDGET_TEXT = 3600
BUDGET_LABEL = 34
BUDGET_BYTES = 8192


def violations(payload: Any, schema: Kind) -> list[str]:
    """Why Discord would refuse a payload, one sentence each; empty when it would take it.

    `payload` is the JSON body as sent: a message, a callback (`{"type", "data"}`), a modal's data, or a
    list of commands. Skips the running test where Discord's OpenAPI file is absent.
    """
    if schema == "callback":
        return list(_callback(payload))
    if schema in ("thread", "channel"):
        return list(_by_schema(payload, _SCHEMAS[schema]))
    if schema == "commands":
        return [*_command_schemas(payload), *commands.faults(payload)]
    extra = modals.faults(payload) if schema == "modal" else messages.faults(payload)
    return [*_by_schema(payload, _SCHEMAS[schema]), *extra]


def over_budget(payload: Mapping[str, Any]) -> list[str]:
    """Where a payload leaves our own budgets, which stay below Discord's limits; empty when it keeps them."""
    inside = body(payload)
    measured = {
        "components": (sum(1 for _ in walk(inside)), BUDGET_COMPONENTS),
        "characters of text display": (messages.text_units(inside), BUDGET_TEXT),
        "bytes": (len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()), BUDGET_BYTES),
    }
    sums = [f"{count} {what} of at most {most}" for what, (count, most) in measured.items() if count > most]
    return [*sums, *_long_labels(inside)]


def _long_labels(payload: Mapping[str, Any]) -> Iterator[str]:
    for part in walk(payload):
        label = part.get("label") or ""
        if part.get("type") == BUTTON and units(label) > BUDGET_LABEL:
            yield f"label {label!r}: {units(label)} characters of at most {BUDGET_LABEL}"


def _by_schema(payload: Any, name: str) -> Iterator[str]:
    for error in validator(name).iter_errors(payload):
        yield f"{error.json_path}: {error.message[:200]}"


def _callback(payload: Mapping[str, Any]) -> Iterator[str]:
    kind, data = payload.get("type"), payload.get("data")
    if kind == 8:
        yield from _autocomplete(data or {})
    elif kind not in _CALLBACKS:
        yield f"an unknown callback type {kind!r}"
    else:
        yield from _by_schema(payload, _CALLBACKS[kind])
        if data:
            yield from modals.faults(data) if kind == 9 else messages.faults(data)


def _autocomplete(data: Mapping[str, Any]) -> Iterator[str]:
    choices = data.get("choices") or ()
    yield from _by_schema(data, _CHOICES[type(choices[0]["value"]) if choices else str])
    for choice in choices:
        if isinstance(choice.get("value"), str) and units(choice["value"]) > 100:
            yield f"choice {choice.get('name')!r}: a value of {units(choice['value'])} characters of at most 100"


def _command_schemas(payload: Sequence[Any]) -> Iterator[str]:
    for command in payload:
        for fault in _by_schema(command, "ApplicationCommandUpdateRequest"):
            yield f"{command.get('name')}: {fault}"

"""A gate that lets everything through is worse than none: each check is shown to fail, and good payloads to pass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import discord
import pytest
from discord import ui

from tests.spec.gate import Kind, over_budget, violations
from tests.spec.parts import V2_FLAG

Json = dict[str, Any]


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(custom_id: str = "1:poll", label: str = "Vote", **more: Any) -> Json:
    return {"type": 2, "style": 2, "custom_id": custom_id, "label": label, **more}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def select(count: int, custom_id: str = "contents", **more: Any) -> Json:
    options = [{"label": f"Section {n}", "value": f"s{n}"} for n in range(count)]
    return {"type": 3, "custom_id": custom_id, "options": options, **more}


def box(*parts: Json) -> Json:
    return {"type": 17, "components": list(parts)}


def section(content: str, accessory: Json) -> Json:
    return {"type": 9, "components": [text(content)], "accessory": accessory}


def v2(*parts: Json, **more: Any) -> Json:
    return {"flags": V2_FLAG, "components": list(parts), **more}


def label(part: Json, name: str = "Reason") -> Json:
    return {"type": 18, "label": name, "component": part}


def radio(count: int = 5, custom_id: str = "mark") -> Json:
    options = [{"label": f"Option {n}", "value": f"o{n}"} for n in range(count)]
    return {"type": 21, "custom_id": custom_id, "options": options}


def modal(*parts: Json, title: str = "Your vote") -> Json:
    return {"custom_id": "1:form:7f", "title": title, "components": list(parts)}


def reply(data: Json, kind: int = 4) -> Json:
    return {"type": kind, "data": data}


def command(name: str = "section", *options: Json, **more: Any) -> Json:
    return {"name": name, "description": "Read a section.", "type": 1, "options": list(options), **more}


def option(name: str, **more: Any) -> Json:
    return {"type": 3, "name": name, "description": "Which one.", **more}


INPUT = {"type": 4, "custom_id": "reason", "style": 2, "required": False}
EMBED = {"title": "For and against", "description": "d" * 4000}

GOOD = [
    pytest.param("message", {"content": "A new discussion is open.", "embeds": [EMBED]}, id="classic message"),
    pytest.param("message", {"content": "", "components": [row(button("a"), button("b")), row(select(25))]}, id="rows"),
    pytest.param("message", v2(box(text("t" * 3990), section("End", button()))), id="v2 message"),
    pytest.param("edit", v2(text("12 votes")), id="edit"),
    pytest.param("edit", {"components": []}, id="edit that takes the buttons away"),
    pytest.param("callback", reply(v2(text("Recorded."), row(select(25))) | {"flags": V2_FLAG | 64}), id="reply"),
    pytest.param("callback", {"type": 5, "data": {"flags": 64}}, id="defer"),
    pytest.param("callback", {"type": 6}, id="defer update"),
    pytest.param("callback", reply(v2(text("Page 2")), 7), id="update"),
    pytest.param("callback", reply({"choices": [{"name": "Mechanics", "value": "mechanics"}]}, 8), id="autocomplete"),
    pytest.param("callback", reply({"choices": []}, 8), id="no choices"),
    pytest.param("callback", reply(modal(label(radio()), label(INPUT)), 9), id="modal"),
    pytest.param("modal", modal(text("Read first."), label(INPUT)), id="modal with text"),
    pytest.param("followup", v2(text("Your file is ready.")), id="followup"),
    pytest.param("original", v2(text("Your file is ready.")), id="original"),
    pytest.param("commands", [command("sección", option("título", required=True), option("page"))], id="commands"),
    pytest.param("commands", [{"name": "Report to moderators", "type": 3}], id="menu"),
    pytest.param("commands", [command("भाषा")], id="vowel signs in a name"),
]

BAD = [
    pytest.param("message", {"content": "c" * 2001}, "content", id="content 2001"),
    pytest.param("message", v2(text("t"), content="beside"), "beside Components V2", id="content beside v2"),
    pytest.param("message", v2(text("t"), embeds=[EMBED]), "embeds beside", id="embeds beside v2"),
    pytest.param("message", {"components": [text("t")]}, "without the Components V2 flag", id="no v2 flag"),
    pytest.param("message", {"embeds": [EMBED, EMBED]}, "over all embeds", id="embeds 8000"),
    pytest.param("message", v2(row(button(label="l" * 81))), "81 characters of at most 80", id="label 81"),
    pytest.param("message", v2(row(button("i" * 101))), "101 characters of at most 100", id="custom_id 101"),
    pytest.param("message", v2(text("t" * 4001)), "4001 characters of at most 4000", id="text 4001"),
    pytest.param("message", v2(text("t" * 2001), text("t" * 2000)), "4001 characters of text", id="summed text"),
    pytest.param("message", v2(text("😀" * 2001)), "4002 characters", id="text counted in UTF-16 units"),
    pytest.param("message", v2(row(select(26))), "26 items of at most 25", id="26 options"),
    pytest.param("message", v2(box(box(text("t")))), "type 17", id="container in a container"),
    pytest.param("message", v2(row(button("a"), button("a"))), "'a' comes 2 times", id="duplicate ids"),
    pytest.param(
        "message",
        v2(section("t", button("a")), row(button("a"))),
        "'a' comes 2 times",
        id="an accessory's id counts too",
    ),
    pytest.param(
        "message",
        v2(box(*[section("t", button(str(n))) for n in range(14)])),
        "43 components of at most 40",
        id="43 components, nested ones and accessories counted",
    ),
    pytest.param("message", v2(row(*[button(str(n)) for n in range(6)])), "items of at most", id="6 buttons in a row"),
    pytest.param("message", v2(row(select(2), button())), "or one select", id="select beside a button"),
    pytest.param("message", v2(row(select(2), select(2, "b"))), "or one select", id="two selects in a row"),
    pytest.param("message", {"components": [row(button(str(n))) for n in range(6)]}, "6 rows", id="6 rows"),
    pytest.param(
        "message",
        v2(row({"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}] * 2})),
        "'a' comes 2 times",
        id="the same value twice in a select",
    ),
    pytest.param("message", v2(row(select(2, min_values=3, max_values=3))), "3 of 2 options", id="3 of 2 options"),
    pytest.param("message", v2(row({"type": 2, "style": 2, "label": "Vote"})), "has a custom_id", id="no custom_id"),
    pytest.param("message", v2(row(button(url="https://example.org", style=5))), "link button", id="link with an id"),
    pytest.param("message", v2(row(button(label=""))), "neither label nor emoji", id="nothing on a button"),
    pytest.param("message", v2(button()), "type 2 can't stand here", id="button outside a row"),
    pytest.param("message", v2({"type": 9, "components": [text("t")]}), "accessory", id="no accessory"),
    pytest.param("message", v2(), "empty", id="nothing in it"),
    pytest.param("edit", v2(row(button("a"), button("a"))), "'a' comes 2 times", id="edit: duplicate ids"),
    pytest.param("callback", {"type": 3}, "unknown callback", id="unknown callback type"),
    pytest.param("callback", reply(v2(row(select(26))), 7), "items of at most", id="update: 26 options"),
    pytest.param("callback", reply({"content": "c" * 2001}), "2001", id="reply: content 2001"),
    pytest.param(
        "callback", reply({"choices": [{"name": "n", "value": "v"}] * 26}, 8), "items of at most", id="26 suggestions"
    ),
    pytest.param("callback", reply({"choices": [{"name": "n" * 101, "value": "v"}]}, 8), "101", id="suggestion 101"),
    pytest.param("callback", reply({"choices": [{"name": "n", "value": "v" * 101}]}, 8), "101", id="its value 101"),
    pytest.param(
        "callback", reply(modal(label(INPUT), title="t" * 46), 9), "46 characters of at most 45", id="title 46"
    ),
    pytest.param("modal", modal(), "1 to 5", id="modal of nothing"),
    pytest.param("modal", modal(*[label(radio(2, str(n))) for n in range(6)]), "6 parts", id="modal of 6 parts"),
    pytest.param("modal", modal(label(INPUT, "n" * 46)), "46 characters of at most 45", id="label of a field 46"),
    pytest.param("modal", modal(label(INPUT), label(INPUT)), "comes 2 times", id="a field twice"),
    pytest.param("modal", modal(label(radio(1))), "too short", id="1 radio button"),
    pytest.param("modal", modal(label(radio(11))), "items of at most", id="11 radio buttons"),
    pytest.param("modal", modal(row(button())), "2 is not one of [4]", id="a button in a modal"),
    pytest.param("modal", modal(label(INPUT | {"min_length": 9, "max_length": 5})), "at least 9", id="min over max"),
    pytest.param("modal", modal(label(INPUT | {"max_length": 5, "value": "longer"})), "longer than", id="value"),
    pytest.param("commands", [command("Section")], "lower-case", id="capital in a name"),
    pytest.param("commands", [command("my section")], "lower-case", id="space in a name"),
    pytest.param("commands", [command("n" * 33)], "33", id="name 33"),
    pytest.param("commands", [command(name_localizations={"es-ES": "La sección"})], "lower-case", id="localised name"),
    pytest.param("commands", [command(), command()], "comes 2 times", id="a command twice"),
    pytest.param("commands", [command("a", option("b"), option("b"))], "comes 2 times", id="an option twice"),
    pytest.param(
        "commands",
        [command("a", option("b", name_localizations={"es-ES": "x"}), option("x"))],
        "option (es-ES) 'x' comes 2 times",
        id="an option twice in one language",
    ),
    pytest.param("commands", [command("a", option("b"), option("c", required=True))], "required", id="order"),
    pytest.param(
        "commands", [command("a", *[option(f"o{n}") for n in range(26)])], "items of at most", id="26 command options"
    ),
    pytest.param("commands", [command(f"c{n}") for n in range(101)], "101 commands", id="101 commands"),
    pytest.param("commands", [command(description="")], "no description", id="no description"),
    pytest.param("commands", [command(description="d" * 101)], "101", id="description 101"),
    pytest.param(
        "commands",
        [
            command(
                "a",
                *[
                    option(f"o{n}", choices=[{"name": f"{m}", "value": "v" * 99} for m in range(25)])
                    for n in (1, 2, 3, 4)
                ],
            )
        ],
        "of at most 8000",
        id="8000 characters",
    ),
    pytest.param(
        "commands",
        [
            command(
                "a",
                *[
                    option(
                        f"o{n}",
                        choices=[
                            {"name": f"{m}", "value": "v", "name_localizations": {"es-ES": f"{m:099}"}}
                            for m in range(25)
                        ],
                    )
                    for n in range(4)
                ],
            )
        ],
        "of at most 8000",
        id="8000 characters by the longest locale",
    ),
    pytest.param(
        "commands", [command("a", option("b"), {"type": 1, "name": "c", "description": "d"})], "beside", id="mixed"
    ),
]


@pytest.mark.parametrize(("kind", "payload"), GOOD)
def test_good_payloads_pass(kind: Kind, payload: Any) -> None:
    """What Discord takes has no violations."""
    assert violations(payload, kind) == []


@pytest.mark.parametrize(("kind", "payload", "said"), BAD)
def test_each_check_can_fail(kind: Kind, payload: Any, said: str) -> None:
    """What Discord refuses is refused here, with the reason."""
    assert any(said in violation for violation in violations(payload, kind)), violations(payload, kind)


OVER = [
    pytest.param(v2(*[section("t", button(str(n))) for n in range(13)]), "39 components", id="39 components"),
    pytest.param(v2(text("t" * 3601)), "3601 characters", id="3601 characters"),
    pytest.param(v2(row(button(label="l" * 35))), "35 characters of at most 34", id="label 35"),
    pytest.param(reply({"content": "", "embeds": [EMBED, EMBED, EMBED]}), "bytes of at most 8192", id="8 kB"),
]


@pytest.mark.parametrize(("payload", "said"), OVER)
def test_each_budget_can_be_overrun(payload: Json, said: str) -> None:
    """Our budgets are narrower than Discord's limits, and each is measured."""
    assert any(said in fault for fault in over_budget(payload)), over_budget(payload)


def test_a_card_within_budget_has_no_complaint() -> None:
    """A card of 38 components, 3,600 characters and labels of 34 keeps all budgets."""
    parts = [section("t" * 276, button(str(n), "l" * 34)) for n in range(12)]
    assert over_budget(reply(v2(*parts, text("t" * 288), text("t")) | {"flags": V2_FLAG})) == [
        "3601 characters of text display of at most 3600"
    ]
    assert over_budget(reply(v2(*parts, text("t" * 287), text("t")))) == []


class Reader(ui.LayoutView):
    """A view with one of each part that we draw, built by discord.py itself."""

    def __init__(self, *, long: bool = False) -> None:
        super().__init__(timeout=None)
        options = [discord.SelectOption(label=f"Section {n}", value=str(n)) for n in range(3)]
        contents: Any = ui.ActionRow(ui.Select(custom_id="contents", options=options, required=False))
        buttons: Any = ui.ActionRow(ui.Button(label="Next" * (30 if long else 1), custom_id="next"))
        self.add_item(ui.Container(ui.TextDisplay("# Title"), ui.Separator(), contents, buttons))


def _parts(view: Any) -> Any:
    return view.to_components()


class Vote(ui.Modal, title="Your vote"):
    """A form with a radio group and a reason, built by discord.py itself."""

    mark: Any = ui.Label(
        text="Where do you stand?",
        component=ui.RadioGroup(options=[discord.RadioGroupOption(label=n, value=n) for n in "ab"], required=True),
    )
    reason: Any = ui.Label(text="Why?", component=ui.TextInput(required=False, max_length=300))


async def test_what_discord_py_builds_passes_or_fails_alike() -> None:
    """discord.py builds a view with a label of 120 without a word; the gate says what Discord would."""
    good, bad = ({"flags": V2_FLAG, "components": _parts(Reader(long=long))} for long in (False, True))
    assert violations(good, "message") == []
    assert any("120 characters of at most 80" in fault for fault in violations(bad, "message"))


async def test_a_form_of_discord_py_passes() -> None:
    """The shapes of Label, RadioGroup and TextInput that discord.py sends are those of the specification."""
    payload: Mapping[str, Any] = json.loads(json.dumps(Vote(custom_id="1:form:7f").to_dict()))
    assert violations(payload, "modal") == []
    assert violations({"type": 9, "data": payload}, "callback") == []


async def test_commands_of_discord_py_pass() -> None:
    """A command with a choice and a suggestion, as discord.py would sync it, is one that Discord takes."""
    client = discord.Client(intents=discord.Intents.none())
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="section", description="Read a section.")
    async def read(interaction: discord.Interaction[discord.Client], title: str, page: int = 1) -> None: ...

    assert violations([command.to_dict(tree) for command in tree.get_commands()], "commands") == []

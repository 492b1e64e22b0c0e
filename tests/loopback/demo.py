"""A bot with one of everything, so that every kind of interaction is tried between discord.py and the loopback."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands, ui

from tests.loopback.bare import Interaction, find_gateway
from tests.loopback.people import MANAGE_GUILD


class Board(ui.LayoutView):
    """A board with a button and a select."""

    def __init__(self, text: str = "0 votes") -> None:
        super().__init__(timeout=None)
        options = [discord.SelectOption(label=f"Section {n}", value=str(n)) for n in range(3)]
        row: Any = ui.ActionRow(ui.Button(label="Vote", custom_id="vote"))
        contents: Any = ui.ActionRow(ui.Select(custom_id="contents", options=options))
        self.add_item(ui.Container(ui.TextDisplay(text), row, contents))

    def is_finished(self) -> bool:
        """Don't let discord.py store it."""
        return True


class Vote(ui.Modal, title="Your vote"):
    """A form with a choice, a reason and a file."""

    mark: Any = ui.Label(
        text="Where do you stand?",
        component=ui.RadioGroup(
            custom_id="mark", options=[discord.RadioGroupOption(label=n, value=n) for n in "ab"], required=True
        ),
    )
    tags: Any = ui.Label(
        text="Which matter?",
        component=ui.CheckboxGroup(
            custom_id="tags",
            options=[discord.CheckboxGroupOption(label=n, value=n) for n in "xyz"],
            required=False,
        ),
    )
    reason: Any = ui.Label(text="Why?", component=ui.TextInput(custom_id="reason", required=False))
    file: Any = ui.Label(text="A source", component=ui.FileUpload(custom_id="file", required=False))

    def is_finished(self) -> bool:
        """Don't let discord.py store it."""
        return True


class Demo(discord.Client):
    """One of everything: commands, a board, a form, suggestions, a menu, a file in and a file out."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none(), guild_ready_timeout=0)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[Any] = []
        self.heard: list[str] = []
        commands: list[Any] = [board, form, read, export, slow, report, twice, late]
        for command in commands:
            self.tree.add_command(command)
        self.tree.add_command(moderate)

    async def setup_hook(self) -> None:
        """Find the gateway and register the commands."""
        await find_gateway(self)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Don't wait five seconds."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Remember what happened."""
        self.heard.append(event)
        super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer presses and forms."""
        self.seen.append(interaction)
        data: Any = interaction.data
        if interaction.type is discord.InteractionType.component:
            values = data.get("values")
            view = Board(f"chose {values}" if values else "1 vote")
            await interaction.response.edit_message(view=view)
        elif interaction.type is discord.InteractionType.modal_submit:
            await interaction.response.send_message(str(data["components"]), ephemeral=True)


@app_commands.command(description="Show the board.")
async def board(interaction: Interaction) -> None:
    await interaction.response.send_message(view=Board())


@app_commands.command(description="Open a form.")
async def form(interaction: Interaction) -> None:
    await interaction.response.send_modal(Vote(custom_id="1:form:7f"))


@app_commands.command(description="Read a section.")
async def read(interaction: Interaction, title: str, page: int = 1) -> None:
    user: Any = interaction.user
    facts = (title, page, user.display_name, user.joined_at, interaction.locale.value, user.created_at)
    await interaction.response.send_message(f"{facts} {list(user._roles)}", ephemeral=True)


@read.autocomplete("title")
async def titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"About {typed}", value=typed)]


@app_commands.command(description="Answer with the file that came.")
async def export(interaction: Interaction, file: discord.Attachment) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    raw = await file.read()
    await interaction.followup.send("Your file.", file=discord.File(io.BytesIO(raw), file.filename))
    await interaction.edit_original_response(content="Done.")


@app_commands.command(description="Answer too late.")
async def slow(interaction: Interaction) -> None:
    await asyncio.sleep(0.3)
    await interaction.response.send_message("late")


@app_commands.command(description="Answer twice.")
async def twice(interaction: Interaction) -> None:
    await interaction.response.send_message("one")
    interaction.response._response_type = None
    try:
        await interaction.response.send_message("two")
    except discord.HTTPException as error:
        interaction.client.seen.append(error.code)  # type: ignore[attr-defined]


@app_commands.command(description="Send what Discord refuses.")
async def late(interaction: Interaction) -> None:
    view: Any = ui.View()
    view.add_item(ui.Button(label="l" * 81))
    await interaction.response.send_message("x", view=view)


@app_commands.context_menu(name="Report to moderators")
async def report(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"reported {message.id}", ephemeral=True)


moderate = app_commands.Group(
    name="moderate", description="For moderators.", default_permissions=discord.Permissions(MANAGE_GUILD)
)
polls = app_commands.Group(name="poll", description="Polls.", parent=moderate)


@polls.command(name="close", description="Close a poll.")
async def close(interaction: Interaction, member: discord.Member, role: discord.Role) -> None:
    await interaction.response.send_message(f"closed by {member.display_name} for {role.name}", ephemeral=True)

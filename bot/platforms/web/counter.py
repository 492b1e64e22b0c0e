"""What people do at the console becomes an intent here, and what the desk says becomes a message for its reader.

An answer to a press stands right below what was pressed, in the place of the answer before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.cards import notices
from bot.core.card import Audience, Show
from bot.core.codec import Undecodable, decode
from bot.core.errors import Refusal, refuse
from bot.core.intents import Attachment, Intent
from bot.core.text import cut, one_line
from bot.i18n import words
from bot.platforms.typed import fill, is_command, parse
from bot.platforms.web.draw import Draw
from bot.platforms.web.people import Person
from bot.platforms.web.room import Body, Kind, Message, Room
from bot.services.desk import Desk

LINE_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: messages to draw at once; a form to open, whose answer goes below (or over) `over`; or a
    refusal, to be shown where the person still has what they typed."""

    messages: tuple[Message, ...] = ()
    form: Body | None = None
    over: str = ""
    refused: Body | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, by which event, pressing which message (empty when typed)."""

    person: Person
    event: str
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """Between the page and the desk."""

    desk: Desk
    room: Room
    draw: Draw

    async def locale(self, person: Person) -> str:
        """The language that this person reads."""
        return await self.desk.locale(person.ctx(""))

    async def say(self, act: Act, line: str) -> Done:
        """A typed line: a command, or something said to everybody."""
        if not one_line(line):
            return Done()  # spaces and invisible characters are nothing to tell
        if not is_command(line):
            return Done((self._said(act, line, None),))
        said = self._said(act, line, act.person.id)
        try:
            intent = parse(line, await self.locale(act.person))
        except Refusal as refusal:
            show = await self._refused(act.person, refusal)
        else:
            show = await self.desk.answer(act.person.ctx(act.event), intent)
        done = self.show(act, show)
        return replace(done, messages=(said, *done.messages))

    async def press(self, act: Act, button: str) -> Done:
        """A press on a button or a line of a pick: its string, which may be of another time or forged."""
        return self.show(act, await self._asked(act, button, {}))

    async def send(self, act: Act, form: str, values: Mapping[str, str | Attachment]) -> Done:
        """A filled-in form. A refusal goes back to the form, which still holds what was typed."""
        show = await self._asked(act, form, values)
        if show.refused:
            return Done(refused=self.draw.card(show.card, act.person.id))
        return self.show(act, show)

    async def refuse(self, person: Person, refusal: Refusal) -> Done:
        """A refusal of the page's own."""
        show = await self._refused(person, refusal)
        return Done(refused=self.draw.card(show.card, person.id))

    def dismiss(self, act: Act) -> None:
        """Put a private message away. Others', and those for everybody, stay."""
        message = self.room.get(act.pressed, act.person.id)
        if message and message.reader == act.person.id:
            self.room.take_away(message)

    def show(self, act: Act, show: Show) -> Done:
        """Put an answer where its audience sees it, or hand out its form where it was asked for by a press."""
        pressed = self.room.get(act.pressed, act.person.id)
        if show.audience is Audience.PUBLIC:
            body = self.draw.card(show.card, None)
            return Done((self.room.put(Message(f"card-{act.event}", Kind.CARD, body)),))
        body = self.draw.card(show.card, act.person.id)
        if show.card.form and pressed:
            return Done(form=body, over=pressed.id)
        message = self.room.put(self._place(act, show, body, pressed))
        return Done((message,), body if show.card.form else None, message.id if show.card.form else "")

    async def _asked(self, act: Act, text: str, values: Mapping[str, str | Attachment]) -> Show:
        try:
            intent: Intent = fill(decode(text), values)
        except Undecodable:
            return await self._refused(act.person, refuse("stale_button"))
        except Refusal as refusal:
            return await self._refused(act.person, refusal)
        return await self.desk.answer(act.person.ctx(act.event), intent)

    async def _refused(self, person: Person, refusal: Refusal) -> Show:
        return Show(notices.refusal(words(await self.locale(person)), refusal), refused=True)

    def _said(self, act: Act, line: str, reader: str | None) -> Message:
        body = {"line": cut(one_line(line), LINE_LIMIT)}
        return self.room.put(Message(f"line-{act.event}", Kind.LINE, body, reader, by=act.person.id))

    def _place(self, act: Act, show: Show, body: Body, pressed: Message | None) -> Message:
        """Where a private answer goes: over a pressed private card that asks for it, else below what was pressed."""
        new = Message(f"card-{act.event}", Kind.CARD, body, act.person.id, source=pressed.id if pressed else "")
        if pressed and pressed.reader and (show.replace or pressed.body.get("form")):
            return replace(pressed, body=body)
        before = self.room.answer_to(new.source, act.person.id)
        return replace(before, body=body) if before else new

"""The text door: a line in, a line out. Whoever sits there is one of a few people, and can change places with `/as`."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.cards import notices
from bot.content.demo import Pretend
from bot.core import suggest
from bot.core.card import Audience, Card, File, Show
from bot.core.commands import Takes
from bot.core.ctx import AllChannels, Ctx, Spot
from bot.core.errors import Refusal, refuse
from bot.core.intents import Intent
from bot.core.rich import Rich
from bot.core.text import folded
from bot.i18n import words
from bot.platforms.reach import SmallReach
from bot.platforms.text import files
from bot.platforms.text.draw import Drawing
from bot.platforms.text.form import Filling, Heard, Misfit, accepted, said
from bot.platforms.text.prose import Prose
from bot.platforms.text.stage import TextStage
from bot.platforms.typed import Value, fill, is_command, read
from bot.platforms.typed_names import option_name
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.planting import actor


@dataclass(frozen=True, slots=True)
class Painted:
    """A card as lines, and what its numbers mean."""

    text: str
    choices: list[Intent]
    prose: Prose


@dataclass(slots=True)
class Seat:
    """One person's place at the door: what their last card offered, and the form that they are in."""

    person: Pretend
    choices: list[Intent] = field(default_factory=list)
    files: tuple[File, ...] = ()
    filling: Filling | None = None
    form_card: Card | None = None


class TextDoor:
    """Holds who is speaking and what each was shown last. `closed` after `/quit`."""

    def __init__(
        self,
        desk: Desk,
        people: tuple[Pretend, ...],
        *,
        place: str = "text:local",
        stage: TextStage | None = None,
        folder: Path = Path(),
        width: int = 88,
    ) -> None:
        self.closed = False
        self.spot = spot(people, place)
        self._desk = desk
        self._seats = {person.id: Seat(person) for person in people}
        self._seat = next(iter(self._seats.values()))
        self._stage = stage
        if stage:
            everybody = (actor(person, stage.name) for person in people)
            desk.reach[stage.name] = SmallReach(everybody, self.spot.channel, stage.whisper)
        self._folder = folder
        self._width = width

    async def line(self, text: str) -> str:
        """The answer to a line; empty for an empty line outside a form."""
        here = await self._here()
        own = self._own(text.strip(), here)
        if own is not None:
            return own
        if self._seat.filling and not is_command(text.strip()):
            return await self._in_form(self._seat.filling, text, here)
        if not text.strip():
            return ""
        return await self._ask(text.strip().removeprefix(">").strip(), here)

    async def welcome(self) -> str:
        """The first lines: who one is, and what one can type."""
        here = await self._here()
        others = [seat.person.name for seat in self._seats.values() if seat is not self._seat]
        other = next((key for key, seat in self._seats.items() if seat is not self._seat), "")
        name = self._seat.person.name
        return self._say(here, here.t("text.welcome", name=name, others=here.t.listed(others), other=other))

    async def _ask(self, typed: str, here: Here) -> str:
        """A press on a number, or a command."""
        choices = self._seat.choices
        if typed.isdecimal() and not 1 <= int(typed[:6]) <= len(choices):
            return self._say(here, here.t("text.no_number", number=typed[:6], last=len(choices)))
        try:
            intent = (
                choices[int(typed) - 1] if typed.isdecimal() else self._on_board(typed) or meant(typed, here.locale)
            )
        except Refusal as refusal:
            return self._only(here, self._paint(notices.refusal(here.t, refusal), here).text)
        self._seat.filling = None
        return self._show(await self._desk.answer(self._ctx(), intent), await self._here())

    async def _in_form(self, filling: Filling, text: str, here: Here) -> str:
        """An answer, or several lines of them; the form is sent after the last."""
        prose = self._prose(here, filling.locale)
        try:
            heard = filling.hear(text)
            if heard is Heard.MORE:
                return filling.ask(prose)
            if heard is Heard.DONE:
                return await self._send(filling, filling.sent(), prose)
        except Misfit as misfit:
            return "\n".join([*prose.lines(said(misfit, filling.t)), filling.ask(prose)])
        except Refusal as refusal:
            return "\n".join([self._paint(notices.refusal(here.t, refusal), here).text, filling.ask(prose)])
        return self._left(here)

    def _left(self, here: Here) -> str:
        """Out of the form, back at what else its card offers."""
        self._seat.filling = None
        said, card = self._say(here, here.t("text.form.left")), self._seat.form_card
        drawing = Drawing(self._prose(here, card.locale if card else here.locale))
        rest = drawing.rest(card) if card else ""
        self._seat.choices = drawing.choices
        return f"{said}\n\n{rest}" if rest else said

    async def _send(self, filling: Filling, intent: Intent, prose: Prose) -> str:
        """The answer to a form. Refused, it stays open with what was typed."""
        show = await self._desk.answer(self._ctx(), intent)
        here = await self._here()
        if show.refused:
            filling.again()
            bare = replace(show.card, actions=(), picks=())  # as long as the form is open, numbers are answers to it
            return self._only(here, f"{self._paint(bare, here).text}\n\n{filling.draw(prose)}")
        self._seat.filling = None
        return self._show(show, here)

    def _own(self, text: str, here: Here) -> str | None:
        """The door's own commands: `/as`, `/save`, `/quit`. None if it is none of them."""
        name, _, rest = text[1:].partition(" ")
        if not is_command(text):
            return None
        if folded(name) in accepted("command.quit", here.locale):
            self.closed = True
            return self._say(here, here.t("text.bye"))
        if folded(name) in accepted("command.as", here.locale):
            return self._become(rest.strip(), here)
        return self._save(rest.strip(), here) if folded(name) in accepted("command.save", here.locale) else None

    def _become(self, typed: str, here: Here) -> str:
        names = {key: seat.person.name for key, seat in self._seats.items()}
        found = typed if typed in names else suggest.exact(typed, names)
        if found is None:
            return self._say(here, here.t("text.who", typed=typed, names=here.t.listed(names)))
        self._seat = self._seats[found]
        return self._say(here, words(self._seat.person.locale)("text.now", name=self._seat.person.name))

    def _save(self, typed: str, here: Here) -> str:
        """Write the last card's files down."""
        folder = Path(typed).expanduser() if typed else self._folder
        if not self._seat.files:
            return self._say(here, here.t("text.nothing_to_save"))
        try:
            paths = [files.save(file, folder) for file in self._seat.files]
        except OSError:
            return self._say(here, here.t("text.not_saved", path=str(folder)))
        return "\n".join(self._say(here, here.t("text.saved", path=str(path))) for path in paths)

    def _on_board(self, typed: str) -> Intent | None:
        return self._stage.pressed(typed) if self._stage else None

    def _show(self, show: Show, here: Here) -> str:
        """What a person sees; its numbers, files and form are theirs from now on, unless it only says no."""
        painted = self._paint(show.card, here)
        text = painted.text
        if painted.choices or not show.refused:
            self._seat.choices, self._seat.files = painted.choices, show.card.files
        if show.card.form:
            self._seat.form_card = show.card
            self._seat.filling = Filling(show.card.form, show.card.locale, show.card.title)
            text = f"{text}\n\n{self._seat.filling.draw(painted.prose)}".strip()
        return text if show.audience is Audience.PUBLIC else self._only(here, text)

    def _only(self, here: Here, text: str) -> str:
        """A private answer, which says on this one screen whose it is."""
        return f"{here.t.plain('text.only', name=self._seat.person.name)}\n{text}"

    def _say(self, here: Here, sentence: Rich) -> str:
        """A sentence of the door itself."""
        return "\n".join(self._prose(here, here.locale).lines(sentence))

    def _paint(self, card: Card, here: Here) -> Painted:
        drawing = Drawing(self._prose(here, card.locale))
        return Painted(drawing.card(card), drawing.choices, drawing.prose)

    def _prose(self, here: Here, locale: str) -> Prose:
        return Prose(locale, here.timezone, self._desk.clock(), self._width)

    async def _here(self) -> Here:
        return await self._desk.here(self._ctx())

    def _ctx(self) -> Ctx:
        """The surroundings of a line: an event of its own, never to come again."""
        return Ctx(actor(self._seat.person, "text"), self.spot, f"text:{secrets.token_hex(8)}", AllChannels())


def spot(people: tuple[Pretend, ...], place: str) -> Spot:
    """The place at the door, with its few people as its members."""
    return Spot("text", place, "main", name="Tertulia", members=len(people))


def meant(typed: str, locale: str) -> Intent:
    """The intent of a typed command, with files read from this computer. Refusals as for `typed.parse`."""
    line = read(typed, locale)
    values: dict[str, Value] = dict(line.values)
    for option in line.command.options:
        if option.takes is Takes.FILE and option.name in values:
            file = files.attachment(line.values[option.name])
            if file is None:
                raise refuse("not_a_file", option=option_name(option, locale), typed=line.values[option.name])
            values[option.name] = file
    return fill(line.intent, values)

"""Cards as plain lines. Whatever can be done from a card gets a number to type, so every card stays operable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatchmethod

from bot.core import card as c
from bot.core.intents import Intent
from bot.i18n import words
from bot.platforms.text.prose import Prose, harmless
from bot.platforms.typed import typed_line

BAR = 20  # characters of a whole bar
WIDEST = 28  # characters of the names beside facts, as long as they stand in a column


@dataclass(slots=True)
class Drawing:
    """A card being drawn. `choices` are the intents by their number from 1; `mark` stands before each number."""

    prose: Prose
    mark: str = ""
    choices: list[Intent] = field(default_factory=list)

    def card(self, card: c.Card) -> str:
        """The card. With a form it stops before the form's place, and what else can be done waits in `rest`:
        as long as the form is open, numbers are answers to it."""
        parts = [self._title(card.title), *self._blocks(card.blocks), *map(self._picture, card.pictures)]
        return _joined(parts if card.form else [*parts, *self._rest(card)])

    def rest(self, card: c.Card) -> str:
        """What can be done from a card beside its form."""
        return _joined(self._rest(card))

    def _rest(self, card: c.Card) -> list[list[str]]:
        return [*self._to_do(card), *self._files(card)]

    def number(self, intent: Intent) -> str:
        """The number of a new choice."""
        self.choices.append(intent)
        return f"{self.mark}{len(self.choices)}"

    def _title(self, title: str) -> list[str]:
        lines = self.prose.lines(title) if title else []
        return [*lines, "═" * max(map(len, lines))] if lines else []

    def _blocks(self, blocks: tuple[c.Block, ...]) -> Iterator[list[str]]:
        """Blocks, with options of one row of options kept together."""
        together: list[str] = []
        for block in blocks:
            if isinstance(block, c.Option):
                together += self.block(block)
                continue
            yield together
            together = []
            yield self.block(block)
        yield together

    @singledispatchmethod
    def block(self, block: c.Block) -> list[str]:
        """One block's lines."""
        raise TypeError(f"no drawing for {type(block).__name__}")

    @block.register
    def _(self, block: c.Heading) -> list[str]:
        lines = self.prose.lines(block.text)
        return [*lines, "─" * max(map(len, lines))]

    @block.register
    def _(self, block: c.Text) -> list[str]:
        return self.prose.lines(block.text)

    @block.register
    def _(self, block: c.Quote) -> list[str]:
        return self.prose.lines(block.text, "│ ", "│ ")

    @block.register
    def _(self, block: c.Small) -> list[str]:
        return self.prose.lines(block.text, "· ")

    @block.register
    def _(self, block: c.Rule) -> list[str]:
        return ["─" * self.prose.width]

    @block.register
    def _(self, block: c.Bullets) -> list[str]:
        depths = block.depths or (0,) * len(block.texts)
        found: list[str] = []
        count = 0
        for text, depth in zip(block.texts, depths, strict=True):
            count += depth == 0
            sign = f"{count}." if block.numbered and depth == 0 else "•◦"[min(depth, 1)]
            found += self.prose.lines(text, f"{'  ' * (depth + 1)}{sign} ")
        return found

    @block.register
    def _(self, block: c.Facts) -> list[str]:
        pairs = [(self.prose.plain(name), value) for name, value in block.pairs]
        room = max((len(name) for name, _ in pairs), default=0)
        heads = [f"{name:<{room}}  " if room <= WIDEST else f"{name}: " for name, _ in pairs]
        return [
            line
            for head, (_, value) in zip(heads, pairs, strict=True)
            for line in self.prose.lines(value, head, " " * min(len(head), WIDEST + 2))
        ]

    @block.register
    def _(self, block: c.Bars) -> list[str]:
        return [line for bar in block.bars for line in self._bar(bar)]

    @block.register
    def _(self, block: c.Option) -> list[str]:
        number = "–" if block.action.intent is None else self.number(block.action.intent)
        label = self.prose.plain(block.action.label)
        return self.prose.lines(block.text, f"{number:>4}  {label}  " if label else f"{number:>4}  ")

    @block.register
    def _(self, block: c.Sides) -> list[str]:
        return [*self._side(block.left), "", *self._side(block.right)]

    def _side(self, side: c.Side) -> list[str]:
        return [*self.block(c.Heading(side.heading)), *self.block(c.Bullets(side.texts))]

    def _bar(self, bar: c.Bar) -> list[str]:
        full = round(min(1.0, max(0.0, bar.share)) * BAR)
        mark = f"{bar.mark}  " if bar.mark else ""
        return [
            *self.prose.lines(bar.label, f"  {mark}"),
            *self.prose.lines(bar.value, f"  {' ' * len(mark)}{'█' * full}{'░' * (BAR - full)}  "),
        ]

    def _to_do(self, card: c.Card) -> Iterator[list[str]]:
        actions = [action for row in card.actions for action in row]
        lines = [line for action in actions for line in self._action(action, card.locale)]
        if lines and not card.picks and any(isinstance(a, c.Action) and a.intent for a in actions):
            lines = [words(card.locale).plain("text.type_number"), *lines]
        yield lines
        for pick in card.picks:
            yield [*self.prose.lines(pick.label), *(line for o in pick.options for line in self._picked(o))]

    def _action(self, action: c.Action | c.Link, locale: str) -> list[str]:
        if isinstance(action, c.Link):
            return self.prose.lines(f"{harmless(action.label)}: {action.url}", "      ")
        label = self.prose.plain(action.label)
        if action.intent is None:
            return self.prose.lines(label, "   –  ")
        line = typed_line(action.intent, locale) if action.intent == type(action.intent)() else None
        command = f"   ({line})" if line else ""
        return self.prose.lines(harmless(label + command), f"{self.number(action.intent):>4}  ")

    def _picked(self, option: c.PickOption) -> list[str]:
        label, detail = self.prose.plain(option.label), self.prose.plain(option.detail)
        chosen = "● " if option.chosen else ""
        return self.prose.lines(
            f"{chosen}{label}" + (f" — {detail}" if detail else ""), f"{self.number(option.intent):>4}  "
        )

    def _picture(self, picture: c.Picture) -> list[str]:
        """Its words, which say all that it shows."""
        return self.prose.lines(picture.alt)

    def _files(self, card: c.Card) -> Iterator[list[str]]:
        t = words(card.locale)
        for file in card.files:
            size = t.number(max(1, round(len(file.data) / 1024)))
            yield self.prose.lines(t("text.file", name=harmless(file.name), size=size))


def _joined(parts: list[list[str]]) -> str:
    """Parts with an empty line between them."""
    return "\n\n".join("\n".join(part) for part in parts if part)

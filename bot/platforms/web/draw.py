"""Cards as JSON for the page: runs of text, never HTML, so that what somebody typed can't become markup."""

from __future__ import annotations

from dataclasses import asdict
from functools import singledispatchmethod

from bot.core import card as c
from bot.core.codec import encode
from bot.core.intents import PressOption, TakeStance
from bot.core.rich import spans, unmarked
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.room import Body

Json = dict[str, object]

# What one chooses among: these buttons get the same width, so that no option looks larger than another.
_CHOICES = (PressOption, TakeStance)


def runs(text: str) -> list[str | Json]:
    """A text as runs: a plain one is its string, another says how it is drawn."""
    return [_run(span.text, asdict(span)) for span in spans(text)]


def _run(text: str, ways: Json) -> str | Json:
    marked = {name: value for name, value in ways.items() if value not in (False, "", None)}
    return text if set(marked) <= {"text"} else marked


class Draw:
    """Draws cards; their files go to `downloads`, for the card's reader alone."""

    def __init__(self, downloads: Downloads) -> None:
        self._downloads = downloads

    def card(self, card: c.Card, reader: str | None) -> Body:
        """The whole card for one reader, or for everybody (None)."""
        return {
            "title": runs(card.title),
            "blocks": [self.block(block) for block in card.blocks],
            "actions": [[_action(action) for action in row] for row in card.actions if row],
            "picks": [_pick(pick) for pick in card.picks],
            "form": _form(card.form) if card.form else None,
            "files": [self._file(file, reader) for file in card.files],
            "pictures": [self._picture(picture, reader) for picture in card.pictures],
            "locale": card.locale,
        }

    def _file(self, file: c.File, reader: str | None) -> Json:
        return {"name": file.name, "size": len(file.data), "id": self._downloads.keep(file, reader)}

    def _picture(self, picture: c.Picture, reader: str | None) -> Json:
        """Its files are fetched like others. Width and height keep its place on the page until it is there."""
        keep = self._downloads.keep
        return {
            "id": keep(c.File(picture.name, picture.data, picture.mime), reader),
            "dark": keep(c.File(picture.name, picture.dark, picture.mime), reader) if picture.dark else None,
            "alt": picture.alt,
            "width": picture.size[0] // 2,
            "height": picture.size[1] // 2,
        }

    @singledispatchmethod
    def block(self, block: c.Block) -> Json:
        """One block."""
        raise TypeError(f"no drawing for {type(block).__name__}")

    @block.register
    def _(self, block: c.Heading) -> Json:
        return {"is": "heading", "text": runs(block.text)}

    @block.register
    def _(self, block: c.Text) -> Json:
        return {"is": "text", "text": runs(block.text)}

    @block.register
    def _(self, block: c.Quote) -> Json:
        return {"is": "quote", "text": runs(block.text)}

    @block.register
    def _(self, block: c.Small) -> Json:
        return {"is": "small", "text": runs(block.text)}

    @block.register
    def _(self, block: c.Rule) -> Json:
        return {"is": "rule"}

    @block.register
    def _(self, block: c.Bullets) -> Json:
        depths = block.depths or (0,) * len(block.texts)
        items = [{"text": runs(text), "depth": depth} for text, depth in zip(block.texts, depths, strict=True)]
        return {"is": "bullets", "items": items, "numbered": block.numbered}

    @block.register
    def _(self, block: c.Facts) -> Json:
        return {"is": "facts", "pairs": [[runs(name), runs(value)] for name, value in block.pairs]}

    @block.register
    def _(self, block: c.Bars) -> Json:
        return {"is": "bars", "bars": [_bar(bar) for bar in block.bars]}

    @block.register
    def _(self, block: c.Option) -> Json:
        return {"is": "option", "text": runs(block.text), "action": _action(block.action)}

    @block.register
    def _(self, block: c.Sides) -> Json:
        sides = [
            {"heading": runs(side.heading), "texts": [runs(text) for text in side.texts]}
            for side in (block.left, block.right)
        ]
        return {"is": "sides", "sides": sides}


def _bar(bar: c.Bar) -> Json:
    share = min(1.0, max(0.0, bar.share))
    return {
        "label": runs(bar.label),
        "share": round(share, 4),
        "value": runs(bar.value),
        "mark": unmarked(bar.mark),
    }


def _action(action: c.Action | c.Link) -> Json:
    if isinstance(action, c.Link):
        return {"label": unmarked(action.label), "url": action.url}
    return {
        "label": unmarked(action.label),
        "intent": encode(action.intent) if action.intent else None,
        "style": action.style.value,
        "emoji": action.emoji,
        "choice": isinstance(action.intent, _CHOICES),
    }


def _pick(pick: c.Pick) -> Json:
    options = [
        {
            "label": unmarked(option.label),
            "detail": unmarked(option.detail),
            "intent": encode(option.intent),
            "chosen": option.chosen,
        }
        for option in pick.options
    ]
    return {"label": unmarked(pick.label), "options": options}


def _form(form: c.Form) -> Json:
    fields = [_field(field) for field in form.fields]
    return {
        "title": unmarked(form.title),
        "intent": encode(form.intent),
        "fields": fields,
        "submit": unmarked(form.submit),
    }


def _field(field: c.FormField) -> Json:
    choices = [
        {
            "value": choice.value,
            "label": unmarked(choice.label),
            "detail": unmarked(choice.detail),
            "chosen": choice.chosen,
        }
        for choice in field.choices
    ]
    return {
        "name": field.name,
        "label": unmarked(field.label),
        "kind": field.kind.value,
        "hint": unmarked(field.hint),
        "required": field.required,
        "value": field.value,
        "least": field.least,
        "most": field.most,
        "choices": choices,
        "ties": field.ties,
    }

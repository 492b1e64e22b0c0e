"""A draft as its moderator sees it: the board as it will look, with Start, Change and Cancel below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.polls.board import preview_blocks
from bot.cards.polls.fit import OPTIONS, short
from bot.cards.polls.wording import alike_notes, heading, rules_line
from bot.core.card import (
    Action,
    Block,
    Bullets,
    Card,
    Choice,
    FieldKind,
    Form,
    FormField,
    Small,
    Style,
    Text,
)
from bot.core.commands import KINDS
from bot.core.intents import (
    ChangeDraft,
    ChangeRules,
    DiscardDraft,
    DraftPoll,
    DraftPollSet,
    SchedulePoll,
    ShowPanel,
    ShowPoll,
    StartPoll,
    UnschedulePoll,
)
from bot.core.poll.drafting import LONGEST_QUESTION
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import About, Poll
from bot.core.rich import join, moment, rich
from bot.core.text import cut
from bot.i18n import Words

TITLE = 45


def preview(t: Words, public: Words, poll: Poll, about: About | None, *, changed: bool = False) -> Card:
    """The board in the place's language, framed in the moderator's."""
    note = t("draft.changed_meanwhile") if changed else t("draft.preview")
    if poll.starts_ms is not None:
        when = t("planning.starts_at", when=moment(poll.starts_ms, "F"), left=moment(poll.starts_ms, "R"))
        note = join([note, when], " · ")
    row = (
        Action(t.plain("draft.action.start"), StartPoll(poll.id, poll.revision), Style.MAIN),
        _later(t, poll),
        Action(t.plain("draft.action.change"), ChangeDraft(poll.id)),
        Action(t.plain("draft.action.rules"), ChangeRules(poll.id)),
        Action(t.plain("draft.action.cancel"), DiscardDraft(poll.id)),
    )
    above = (Small(note), *alike_notes(t, poll), *promises(t, poll))
    blocks = (*above, *preview_blocks(public, poll, about, above))
    return Card(poll.question, blocks, (row,), locale=t.locale)


def _later(t: Words, poll: Poll) -> Action:
    """Have it start by itself, or no more."""
    if poll.starts_ms is None:
        return Action(t.plain("planning.action.later"), SchedulePoll(poll.id, poll.revision))
    return Action(t.plain("planning.action.not_later"), UnschedulePoll(poll.id))


def promises(t: Words, poll: Poll) -> tuple[Block, ...]:
    """What an anonymous poll promises, said to the moderator who makes it: why no count is seen before the close."""
    return () if poll.named else (Small(t("draft.secret")),)


def new_form(t: Words, intent: DraftPoll) -> Card:
    """The form for a free poll, when nothing was given."""
    kinds = tuple(Choice(kind, t.plain(f"draft.kind.{kind}"), chosen=kind == intent.kind) for kind in KINDS)
    fields = (
        FormField("question", t.plain("draft.question"), most=LONGEST_QUESTION, hint=t.plain("draft.question_hint")),
        FormField("kind", t.plain("draft.kind_label"), FieldKind.ONE, choices=kinds),
        FormField(
            "options", t.plain("draft.options"), FieldKind.TEXT, t.plain("draft.options_hint"), False, intent.options
        ),
        FormField(
            "closes", t.plain("draft.closes"), FieldKind.LINE, t.plain("draft.closes_hint"), False, intent.closes
        ),
    )
    # What the form asks for and what a role is called don't travel in its id: there is room for 64 bytes.
    carried = replace(intent, kind="", role=intent.role.partition("|")[0])
    form = Form(cut(t.plain("draft.new_title"), TITLE), carried, fields, submit=t.plain("draft.action.preview"))
    again = ((Action(t.plain("draft.action.form"), DraftPoll(), Style.MAIN),),)
    return Card(t.plain("draft.new_title"), (Text(t("draft.new_hint")),), again, form=form, locale=t.locale)


def change_form(t: Words, public: Words, poll: Poll, closes: str) -> Card:
    """The form with what the draft has now."""
    fields = [FormField("question", t.plain("draft.question"), value=poll.question, most=LONGEST_QUESTION)]
    if poll.kind not in FIXED:
        texts = "\n".join(option.text for option in poll.options)
        fields.append(
            FormField("options", t.plain("draft.options"), FieldKind.TEXT, t.plain("draft.options_hint"), value=texts)
        )
    hint = t.plain("draft.closes_hint")
    fields.append(FormField("closes", t.plain("draft.closes"), hint=hint, required=False, value=closes))
    form = Form(
        cut(t.plain("draft.change_title"), TITLE),
        ChangeDraft(poll.id, asked=True),
        tuple(fields),
        submit=t.plain("draft.action.preview"),
    )
    again = ((Action(t.plain("draft.action.change"), ChangeDraft(poll.id)),),)
    return Card(cut(poll.question, 100), (), again, form=form, locale=t.locale)


def set_preview(t: Words, public: Words, drafts: Sequence[Poll], sure: DraftPollSet) -> Card:
    """The set before it is opened: every question, one button."""
    lines = tuple(rich(short(poll.question, min(150, OPTIONS // len(drafts)))) for poll in drafts)
    return Card(
        t.plain("draft.set_title", n=len(drafts)),
        (
            Text(t("draft.set_preview", n=len(drafts))),
            Bullets(lines, numbered=True),
            Small(rules_line(t, drafts[0], None)),
        ),
        (
            (
                Action(t.plain("draft.action.start_all"), sure, Style.MAIN),
                Action(t.plain("draft.action.cancel"), DiscardDraft()),
            ),
        ),
        locale=t.locale,
    )


def started(t: Words, opened: Sequence[Poll]) -> Card:
    """The polls that opened just now: their boards follow in the channel."""
    if not opened:
        return Card(blocks=(Text(t("draft.started_already")),), locale=t.locale)
    names = join([rich(short(heading(t, poll), min(120, OPTIONS // len(opened)))) for poll in opened])
    row = tuple(
        [
            Action(t.plain("draft.action.panel"), ShowPanel(opened[0].id)),
            Action(t.plain("poll.action.mine"), ShowPoll(opened[0].id)),
        ]
        if len(opened) == 1
        else [Action(t.plain("draft.action.panel"), ShowPanel())]
    )
    return Card(blocks=(Text(t("draft.started", n=len(opened))), Text(names)), actions=(row,), locale=t.locale)


def discarded(t: Words) -> Card:
    """The draft is gone; nobody else saw it."""
    return Card(blocks=(Text(t("draft.discarded")),), locale=t.locale)

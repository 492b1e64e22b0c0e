"""Another wording for a running poll: the form, and the change as it would count, said back before it does."""

from __future__ import annotations

from bot.cards.polls.fit import each, short
from bot.cards.polls.wording import alike_notes, heading
from bot.core.card import Action, Bullets, Card, FieldKind, Form, FormField, Rule, Small, Style, Text
from bot.core.intents import EditPoll, ShowPanel
from bot.core.poll.drafting import LONGEST_QUESTION
from bot.core.poll.editing import Change
from bot.core.poll.kinds import FIXED
from bot.core.poll.values import Edit, Poll
from bot.core.rich import Rich
from bot.core.text import cut
from bot.i18n import Words

SAID = 2_200  # weight over all the texts of a change


def edit_form(t: Words, poll: Poll) -> Card:
    """The form with what stands."""
    fields = [FormField("question", t.plain("draft.question"), value=poll.question, most=LONGEST_QUESTION)]
    if poll.kind not in FIXED:
        texts = "\n".join(option.text for option in poll.options)
        hint = t.plain("edit.options_hint")
        fields.append(FormField("options", t.plain("draft.options"), FieldKind.TEXT, hint, value=texts))
    intent = EditPoll(poll.id, poll.revision, asked=True)
    form = Form(cut(t.plain("edit.title"), 45), intent, tuple(fields), submit=t.plain("edit.action.look"))
    again = ((Action(t.plain("panel.action.edit"), EditPoll(poll.id, poll.revision)),),)
    intro = Text(t("edit.fixed" if poll.kind in FIXED else "edit.intro"))
    return Card(heading(t, poll), (intro,), again, form=form, locale=t.locale)


def sure_to_edit(t: Words, poll: Poll, change: Change, edit_id: str) -> Card:
    """What would change, line by line; nothing has yet."""
    room = max(20, each(SAID, 2 * len(change.edits)))
    lines = tuple(_line(t, change.poll, edit, room) for edit in change.edits)
    yes = Action(t.plain("edit.action.yes"), EditPoll(poll.id, poll.revision, edit_id), Style.MAIN)
    no = Action(t.plain("panel.action.keep"), ShowPanel(poll.id))
    order = (Small(t("edit.order_stays")),) if change.reordered else ()
    notes = (*alike_notes(t, change.poll), *order, Small(t("edit.noted")))
    blocks = (Text(t("edit.sure")), Bullets(lines), *notes, Rule())
    return Card(heading(t, poll), blocks, ((yes, no),), locale=t.locale)


def _line(t: Words, after: Poll, edit: Edit, room: int) -> Rich:
    before, now = short(edit.before, room), short(edit.after, room)
    if not edit.option:
        return t("edit.question", before=before, after=now)
    letter = after.letter(edit.option)
    if not edit.before:
        return t("edit.added", letter=letter, after=now)
    return t("edit.option", letter=letter, before=before, after=now)

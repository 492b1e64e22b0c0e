"""Telling the moderators: a short form, and a word on who will see it."""

from __future__ import annotations

from bot.core import intents as i
from bot.core.card import Action, Card, FieldKind, Form, FormField, Quote, Small, Style, Text
from bot.core.text import cut
from bot.i18n import Words

REASON = 500  # units
EXCERPT = 1_000


def ask_item(t: Words, intent: i.ReportItem, text: str) -> Card:
    """What is wrong with the wording of an item?"""
    return Card(
        title=t.plain("report.title_item"),
        blocks=(Quote(cut(text, EXCERPT)), Small(t("report.who_sees"))),
        form=Form(t.plain("report.title_item"), intent, (_reason(t),), t.plain("report.send")),
        locale=t.locale,
    )


def ask_message(t: Words, intent: i.ReportMessage) -> Card:
    """Why report this message? Its text is a field too: a form carries nothing else that was typed."""
    excerpt = FormField(
        "excerpt",
        t.plain("report.message_field"),
        FieldKind.TEXT,
        required=False,
        value=cut(intent.excerpt, EXCERPT),
        most=EXCERPT,
    )
    return Card(
        title=t.plain("report.title_message"),
        blocks=(Small(t("report.who_sees")),),
        form=Form(t.plain("report.title_message"), intent, (_reason(t), excerpt), t.plain("report.send")),
        locale=t.locale,
    )


def thanks(t: Words, way_on: i.Intent | None = None) -> Card:
    """It is with the moderators now."""
    on = ((Action(t.plain("stances.go_on"), way_on, Style.MAIN),),) if way_on else ()
    return Card(blocks=(Text(t("report.thanks")),), actions=on, locale=t.locale)


def _reason(t: Words) -> FormField:
    return FormField(
        "reason", t.plain("report.reason"), FieldKind.TEXT, hint=t.plain("report.reason_hint"), most=REASON
    )

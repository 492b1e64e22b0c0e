"""What is kept about a person, said plainly, with the ways to take it away and to erase it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core import intents as i
from bot.core.card import Action, Bullets, Card, Facts, File, Small, Style, Text
from bot.i18n import Words

KEPT = ("stances", "ballots", "anonymous", "proposals", "reader", "remind", "reports", "log")
COUNTED = ("stances", "ballots", "reports")


def privacy(t: Words, counts: Mapping[str, int]) -> Card:
    """What is kept; `counts` are of the person's own rows, by the names in COUNTED."""
    return Card(
        title=t.plain("privacy.title"),
        blocks=(
            Text(t("privacy.intro")),
            Facts(_counted(t, counts)),
            Bullets(tuple(t(f"privacy.kept.{name}") for name in KEPT)),
            Small(t("privacy.never")),
        ),
        actions=(
            (
                Action(t.plain("privacy.export"), i.ExportMyData()),
                Action(t.plain("privacy.erase"), i.EraseMyData(), Style.DANGER),
            ),
        ),
        locale=t.locale,
    )


def export(t: Words, file: File) -> Card:
    """The file with everything."""
    return Card(
        title=t.plain("privacy.export_title"),
        blocks=(Text(t("privacy.export_ready", name=file.name)),),
        files=(file,),
        locale=t.locale,
    )


def ask_erase(t: Words, counts: Mapping[str, int]) -> Card:
    """Erasing can't be undone, so it asks first."""
    return Card(
        title=t.plain("privacy.erase_title"),
        blocks=(Text(t("privacy.erase_ask")), Facts(_counted(t, counts)), Small(t("privacy.erase_stays"))),
        actions=(
            (
                Action(t.plain("privacy.erase_sure"), i.EraseMyData(sure=True), Style.DANGER),
                Action(t.plain("privacy.keep"), i.ShowPrivacy()),
            ),
        ),
        locale=t.locale,
    )


def erased(t: Words, counts: Mapping[str, int]) -> Card:
    """What went, and what stays for a reason."""
    return Card(
        title=t.plain("privacy.erased_title"),
        blocks=(
            Text(t("privacy.erased", stances=counts.get("stances", 0), ballots=counts.get("ballots", 0))),
            Small(t("privacy.erase_stays")),
        ),
        actions=((Action(t.plain("privacy.show"), i.ShowPrivacy()),),),
        locale=t.locale,
    )


def _counted(t: Words, counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    return tuple((t.plain(f"privacy.count.{name}"), t.number(counts.get(name, 0))) for name in COUNTED)

"""An item's counts in one honest line: counts first, percentages only where there are enough answers to bear them."""

from __future__ import annotations

from bot.core.rich import Rich
from bot.core.stance import ItemTally, Stance
from bot.i18n import Words

ENOUGH = 10  # below this a percentage says more than the answers do


def counts_line(t: Words, tally: ItemTally) -> Rich:
    """ "12 agree (60%) · 5 disagree (25%) · 3 pass (15%) · 20 people", and how many answered an earlier wording."""
    if not tally.answered:
        return t("counts.nobody")
    parts = [_part(t, tally, stance) for stance in Stance]
    parts.append(t("counts.of", n=tally.answered))
    parts += [t("counts.earlier", n=tally.earlier)] if tally.earlier else []
    return Rich(" · ".join(parts))


def _part(t: Words, tally: ItemTally, stance: Stance) -> Rich:
    count = tally.count(stance)
    said = t(f"counts.{stance}", n=count)
    if tally.answered < ENOUGH:
        return said
    return Rich(f"{said} ({t.percent(count / tally.answered)})")

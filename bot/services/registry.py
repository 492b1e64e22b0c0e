"""Who answers which intent: every service's handlers in one table. A test holds it complete."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.intents import Intent
from bot.services import (
    exporting,
    language,
    log,
    privacy,
    reading,
    reports,
    search,
    settling,
    shelving,
    stances,
    tally,
)
from bot.services import help as help_
from bot.services.desk import Handler
from bot.services.polls import (
    copying,
    detailing,
    drafting,
    editing,
    filling,
    opening,
    picturing,
    planning,
    proposing,
    reminding,
    reopening,
    running,
    showing,
    verifying,
    voiding,
    voting,
)

_ROOMS = (
    reading, search, stances, tally, help_, language, privacy, reports, log, shelving, settling, exporting,
    voting, filling, verifying, showing, detailing, picturing, drafting, opening, running,
    editing, reopening, voiding, proposing, reminding, planning, copying,
)  # fmt: skip

HANDLERS: Mapping[type[Intent], Handler] = {
    intent: handler for room in _ROOMS for intent, handler in room.HANDLERS.items()
}

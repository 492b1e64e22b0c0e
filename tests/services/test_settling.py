"""A place's settings: read as people write them, kept with an entry in the log, refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import FieldKind
from bot.core.errors import Refusal
from bot.core.intents import ChangeRules, ChangeSetting, DraftPoll, Intent, ShowHelp, ShowLog, UseArticle
from bot.core.place import Place
from bot.core.setting import CHANNEL, KINDS, ROLE, SETTINGS, SettingKind, read_ids
from bot.services.reach import ChannelState
from bot.services.stage import SlowDown
from bot.storage import places
from tests.services.polls.acting import behind, drafted
from tests.services.polls.arm import arm_at
from tests.support import SPOT, Seeing, Table, a_desk, said, sam, tom

A, B, C = "123456789012345678", "223456789012345678", "323456789012345678"


async def place(table: Table) -> Place:
    """The place as it is kept."""
    return await table.desk.db.read(lambda tx: places.place(tx, SPOT.place))


TAKEN = [
    pytest.param("language", "es", "locale", "es", id="language"),
    pytest.param("language", "Español", "locale", "es", id="language by its name"),
    pytest.param("language", "spanish", "locale", "es", id="language by its English name"),
    pytest.param("timezone", "Europe/Madrid", "timezone", "Europe/Madrid", id="time zone"),
    pytest.param("timezone", "europe/madrid", "timezone", "Europe/Madrid", id="time zone in small letters"),
    pytest.param("timezone", "mexico city", "timezone", "America/Mexico_City", id="city"),
    pytest.param("timezone", "UTC", "timezone", "UTC", id="UTC"),
    pytest.param("moderators", f"<@&{A}> {B}", "settings.moderators", (A, B), id="roles"),
    pytest.param("moderators", f"{A},{A}", "settings.moderators", (A,), id="a role twice"),
    pytest.param("moderators", "none", "settings.moderators", (), id="no role"),
    pytest.param("reports", f"<#{A}>", "settings.reports", A, id="channel"),
    pytest.param("reports", "here", "settings.reports", "square", id="this channel"),
    pytest.param("reports", "aquí", "settings.reports", "square", id="this channel in Spanish"),
    pytest.param("reports", "ninguno", "settings.reports", "", id="no channel"),
    pytest.param("results", "close", "settings.results", "close", id="results"),
    pytest.param("Time zone", "UTC", "timezone", "UTC", id="a setting by its label"),
]


@pytest.mark.parametrize(("name", "typed", "where", "expected"), TAKEN)
async def test_a_setting_is_kept(tmp_path: Path, name: str, typed: str, where: str, expected: object) -> None:
    """As it was meant; the answer shows all settings, and the log says who changed it."""
    async with a_desk(tmp_path) as table:
        arm_at(table).channels = {A: ChannelState("reports"), "square": ChannelState("square")}
        show = await table.ask(sam, ChangeSetting(name, typed), access=Seeing(A))
        card = show.card
        kept: object = await place(table)
        for step in where.split("."):
            kept = getattr(kept, step)
        assert kept == expected
        assert "Changed" in said(card) or "Cambiado" in said(card)
        log = said(await table.card(sam, ShowLog()))
        assert "Sam" in log and ("set" in log or "fij" in log or "puso" in log)


REFUSED = [
    pytest.param("language", "klingon", "English and Spanish", id="language"),
    pytest.param("timezone", "Madird", "Did you mean", id="time zone"),
    pytest.param("timezone", "x" * 4000, "no time zone", id="an endless time zone"),
    pytest.param("timezone", "../../etc/passwd", "no time zone", id="a path"),
    pytest.param("moderators", "everyone", "no role or channel", id="no id"),
    pytest.param("moderators", f"<#{A}>", "no role or channel", id="a channel for a role"),
    pytest.param("moderators", f"<@{A}>", "no role or channel", id="a person for a role"),
    pytest.param("reports", f"<@&{A}>", "no role or channel", id="a role for a channel"),
    pytest.param("reports", "123", "no role or channel", id="a short number"),
    pytest.param("reports", "1" * 40, "no role or channel", id="a long number"),
    pytest.param("results", "never", "no choice for", id="results"),
    pytest.param("colour", "red", "no setting", id="no such setting"),
    pytest.param("colour", "", "no setting", id="no such setting to ask for"),
]


@pytest.mark.parametrize(("name", "typed", "words"), REFUSED)
async def test_a_wrong_value_is_refused(tmp_path: Path, name: str, typed: str, words: str) -> None:
    """What would do is said; nothing is stored, not even the place."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, ChangeSetting(name, typed), access=Seeing(A))
        assert show.refused and words in said(show) and len(said(show)) < 600
        assert await place(table) == Place(SPOT.place)


# What isn't this place's own, or can't hold a report. A is a channel and a role here, B is of nobody here.
ADDRESSES = [
    pytest.param(None, "reports", f"<#{A}>", "There is no channel", id="another server's channel"),
    pytest.param(ChannelState("Topics", writable=False), "reports", A, "holds no messages", id="a category"),
    pytest.param(ChannelState("mods", lacking=("send_messages",)), "reports", A, "Send Messages", id="no right"),
    pytest.param(SlowDown(5), "reports", A, "did not answer", id="Discord is ill"),
    pytest.param(None, "moderators", f"<@&{A}> <@&{B}>", "There is no role", id="another server's role among ours"),
]


@pytest.mark.parametrize(("state", "name", "typed", "words"), ADDRESSES)
async def test_an_id_is_an_address_only_after_it_was_checked(
    tmp_path: Path, state: ChannelState | SlowDown | None, name: str, typed: str, words: str
) -> None:
    """Refused in a sentence that names what is wrong; nothing is kept."""
    async with a_desk(tmp_path) as table:
        arm = arm_at(table)
        arm.role_names = {A: "Crew"}
        arm.trouble = [state] if isinstance(state, SlowDown) else []
        arm.channels = {A: state} if isinstance(state, ChannelState) else {}
        before = await place(table)
        show = await table.ask(sam, ChangeSetting(name, typed), access=Seeing(A))
        assert show.refused and words in said(show)
        assert await place(table) == before


@pytest.mark.parametrize(
    "intent",
    [
        pytest.param(DraftPoll(question="Q?", options="A | B", role=f"{B}|Crew"), id="who may vote"),
        pytest.param(ChangeRules(rule="weights", value="3", role=f"{B}|Crew"), id="a weight"),
        pytest.param(ChangeRules(rule="breakdown", role=f"<@&{B}>"), id="a breakdown"),
    ],
)
async def test_a_rule_stands_on_a_role_of_this_place(tmp_path: Path, intent: Intent) -> None:
    """Another server's role, or none, is refused; ours is kept under its own name, whatever was typed."""
    async with a_desk(tmp_path) as table:
        arm_at(table).role_names = {A: "Crew"}
        draft = await drafted(table, DraftPoll(question="Q?", options="A | B", ballots="named", role=f"{A}|Fake"))
        assert (draft.rules.roles, draft.rules.role_names) == ((A,), ("Crew",))
        show = await table.ask(sam, intent)
        assert show.refused and "There is no role" in said(show)


@pytest.mark.parametrize("name", SETTINGS)
async def test_each_setting_has_a_form(tmp_path: Path, name: str) -> None:
    """With the present value in it."""
    async with a_desk(tmp_path) as table:
        form = (await table.card(sam, ChangeSetting(name))).form
        picked = KINDS[name] in (SettingKind.ROLES, SettingKind.CHANNEL)
        assert form is not None and form.intent == ChangeSetting(name, asked=picked) and len(form.fields) == 1


async def test_roles_and_channels_are_picked(tmp_path: Path) -> None:
    """In a form of the platform's own pickers, which begin at what is set; nothing picked takes the setting back."""
    async with a_desk(tmp_path) as table:
        arm = arm_at(table)
        arm.role_names, arm.channels = {A: "Crew", B: "Elders"}, {A: ChannelState("reports")}
        for name, kind in (("moderators", FieldKind.ROLES), ("reports", FieldKind.CHANNEL)):
            form = (await table.ask(sam, ChangeSetting(name), access=Seeing(A))).card.form
            assert form is not None and form.fields[0].kind is kind and not form.fields[0].required
            await table.ask(sam, replace(form.intent, value=A), access=Seeing(A))  # type: ignore[call-arg]
            again = (await table.ask(sam, ChangeSetting(name))).card.form
            assert again is not None and again.fields[0].value == A
        assert (await place(table)).settings.moderators == (A,) and (await place(table)).settings.reports == A
        for name in ("moderators", "reports"):
            await table.card(sam, ChangeSetting(name, asked=True))
        assert (await place(table)).settings.moderators == () and (await place(table)).settings.reports == ""


OPTIONS = [
    pytest.param(ChangeSetting(role=f"{A}|Crew"), "moderators", (A,), id="a role alone"),
    pytest.param(ChangeSetting("moderators", role=f"{A}|Crew"), "moderators", (A,), id="a role for its setting"),
    pytest.param(ChangeSetting(channel=A), "reports", A, id="a channel alone"),
    pytest.param(ChangeSetting("reports", channel=A), "reports", A, id="a channel for its setting"),
]


@pytest.mark.parametrize(("intent", "name", "expected"), OPTIONS)
async def test_a_command_takes_a_role_or_a_channel(
    tmp_path: Path, intent: ChangeSetting, name: str, expected: object
) -> None:
    """By an option of that type."""
    async with a_desk(tmp_path) as table:
        arm = arm_at(table)
        arm.role_names, arm.channels = {A: "Crew"}, {A: ChannelState("reports")}
        show = await table.ask(sam, intent, access=Seeing(A))
        assert not show.refused and getattr((await place(table)).settings, name) == expected


@pytest.mark.parametrize(
    "intent",
    [
        ChangeSetting("reports", role=f"{A}|Crew"),
        ChangeSetting("moderators", channel=A),
        ChangeSetting("language", channel=A),
    ],
)
async def test_a_value_of_another_kind_is_refused(tmp_path: Path, intent: ChangeSetting) -> None:
    """A role is no channel."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(sam, intent, access=Seeing(A))
        assert show.refused and "no role or channel" in said(show)


async def test_a_channel_that_the_moderator_can_not_view_is_none(tmp_path: Path) -> None:
    """Nobody learns by a setting that it is there, nor has the bot speak in it."""
    async with a_desk(tmp_path) as table:
        arm_at(table).channels = {A: ChannelState("admins")}
        show = await table.ask(sam, ChangeSetting("reports", A))
        assert show.refused and "There is no channel" in said(show)


async def test_settings_show_mentions_and_say_what_is_gone(tmp_path: Path) -> None:
    """By name where mentions can't be drawn; a deleted role or channel and a missing right in their own sentence."""
    async with a_desk(tmp_path) as table:
        arm = arm_at(table)
        arm.role_names, arm.channels = {A: "Crew", B: "Elders"}, {C: ChannelState("reports")}
        await table.ask(sam, ChangeSetting("moderators", f"{A} {B}"))
        await table.ask(sam, ChangeSetting("reports", C), access=Seeing(C))
        card = await table.card(sam, ChangeSetting())
        assert "@Crew @Elders" in said(card) and "#reports" in said(card)
        assert f"<@&{A}" in repr(card) and f"<#{C}" in repr(card)
        assert "Integrations" in said(card) and "https://support" in repr(card)
        arm.role_names, arm.channels = {A: "Crew"}, {C: ChannelState("reports", lacking=("send_messages",))}
        card = await table.card(sam, ChangeSetting())
        assert f"gone ({B})" in said(card) and "A role that may moderate is gone" in said(card)
        assert "I lack Send Messages" in said(card)
        arm.channels = {}
        card = await table.card(sam, ChangeSetting())
        assert "The channel for reports is gone" in said(card) and f"gone ({C})" in said(card)
        form = (await table.card(sam, ChangeSetting("moderators"))).form
        assert form is not None and form.fields[0].value == A  # what is gone can't be picked
        arm.trouble = [SlowDown(5)]
        assert "channel for reports is gone" not in said(await table.card(sam, ChangeSetting()))


async def test_members_change_nothing(tmp_path: Path) -> None:
    """Nor do they see them."""
    async with a_desk(tmp_path) as table:
        for intent in (ChangeSetting(), ChangeSetting("language", value="es")):
            assert "Only moderators" in said(await table.ask(tom, intent))


async def test_a_named_role_moderates(tmp_path: Path) -> None:
    """From the next press on, and no longer when it is taken back."""
    async with a_desk(tmp_path) as table:
        crew = replace(tom, roles=frozenset({A}))
        assert (await table.ask(crew, DraftPoll())).refused
        await table.card(sam, ChangeSetting("moderators", value=f"<@&{A}>"))
        assert not (await table.ask(crew, DraftPoll())).refused
        assert (await table.ask(crew, DraftPoll(), replace(SPOT, place="test:elsewhere"))).refused
        await table.card(sam, ChangeSetting("moderators", value="none"))
        assert (await table.ask(crew, DraftPoll())).refused


async def test_a_language_changes_every_board(tmp_path: Path) -> None:
    """They are behind at once; private cards go on in each reader's own."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle("us-mexico-bargain"))
        (before,) = (await behind(table)).values()
        await table.card(sam, ChangeSetting("language", value="es"))
        (after,) = (await behind(table)).values()
        assert after == before + 1
        assert "Tertulia" in said(await table.card(tom, ShowHelp()))


async def test_results_of_the_place_are_a_polls_default(tmp_path: Path) -> None:
    """Unless the poll says otherwise."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, ChangeSetting("results", value="close"))
        plain = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        other = await drafted(table, DraftPoll(question="Q?", options="A | B", results="live"))
        assert (str(plain.rules.results), str(other.rules.results)) == ("close", "live")


async def test_a_retry_is_logged_once(tmp_path: Path) -> None:
    """The same event again changes nothing."""
    async with a_desk(tmp_path) as table:
        for value in ("es", "en"):
            await table.ask(sam, ChangeSetting("language", value=value), event="e")
        assert (await place(table)).locale == "es"


IDS = [
    (f"<@&{A}>", ROLE, (A,)),
    (f"{A} {B}", ROLE, (A, B)),
    ("-", ROLE, ()),
    ("off", CHANNEL, ()),
    (f"<#{A}><#{B}>", CHANNEL, (A, B)),
]


@pytest.mark.parametrize(("typed", "sign", "expected"), IDS)
def test_ids(typed: str, sign: str, expected: tuple[str, ...]) -> None:
    """Bare or mentioned."""
    assert read_ids(typed, sign) == expected


@pytest.mark.parametrize("typed", ["", "x", f"<@&{A}> <@{B}>", f"a{A[:14]}"])
def test_no_ids(typed: str) -> None:
    """Are refused, all or nothing."""
    with pytest.raises(Refusal):
        read_ids(typed, ROLE)

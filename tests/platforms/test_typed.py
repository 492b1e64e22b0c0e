"""Typed lines: what they mean, what is refused, and how they go on."""

from __future__ import annotations

import pytest

from bot.core import intents as i
from bot.core.codec import shapes
from bot.core.commands import COMMANDS, Option, Takes
from bot.core.errors import Refusal
from bot.core.intents import Attachment, Intent
from bot.platforms import typed_names
from bot.platforms.typed import completions, fill, parse, quoted, read, typed_line

LINES = [
    ("/article", i.OpenArticle()),
    ("article", i.OpenArticle()),
    ("  /SECTION   2 ", i.ReadSection(section="2")),
    ("/section the mechanics of pressure", i.ReadSection(section="the mechanics of pressure")),
    ("/section mechanics article:us-mexico", i.ReadSection(section="mechanics", article="us-mexico")),
    ("/section article:us-mexico section:2", i.ReadSection(section="2", article="us-mexico")),
    ("/search what: he said", i.SearchArticle(words="what: he said")),
    ('/search "one phrase"', i.SearchArticle(words="one phrase")),
    ('/search "one phrase" and more', i.SearchArticle(words='"one phrase" and more')),
    ("/proscons sides", i.ShowProsCons(layout="sides")),
    ("/poll vote 3 b because it is fair", i.CastBallot(poll="3", marks="b", reason="because it is fair")),
    ("/poll vote 3 a,c", i.CastBallot(poll="3", marks="a,c")),
    ('/poll vote 3 "the second" why not: it is', i.CastBallot(poll="3", marks="the second", reason="why not: it is")),
    ("/poll vote 3 reason:it is fair marks:b", i.CastBallot(poll="3", marks="b", reason="it is fair")),
    ("/poll vote 3 b marks: they matter", i.CastBallot(poll="3", marks="b", reason="marks: they matter")),
    (
        '/moderate poll start item:a-demand closes:"3 days" reasons:yes',
        i.DraftPoll(item="a-demand", closes="3 days", reasons=True),
    ),
    (
        "/moderate poll start a-demand closes: tomorrow 18:00 reasons:sí account_days:30 joined_before:no",
        i.DraftPoll(item="a-demand", closes="tomorrow 18:00", reasons=True, account_days=30),
    ),
    (
        "/moderate poll start question:“Shall we?” options:«Yes | No»",
        i.DraftPoll(question="Shall we?", options="Yes | No"),
    ),
    (
        "／moderate poll start question：„Wann?“ options:「A | B」 minimum:２",
        i.DraftPoll(question="Wann?", options="A | B", minimum=2),
    ),
    ("/moderate poll start question:»Wann?« options:＂A | B＂", i.DraftPoll(question="Wann?", options="A | B")),
    ("/poll\u00a0vote\u202f3 b → a ＝ c", i.CastBallot(poll="3", marks="b → a ＝ c")),
    ("/poll vote 3 a＝5 b＝0", i.CastBallot(poll="3", marks="a＝5 b＝0")),
    ("/poll show Open on Sundays?", i.ShowPoll(poll="Open on Sundays?")),
    ('/moderate poll start question:"never closed', i.DraftPoll(question="never closed")),
    ("/moderate poll extend 3 mañana a las 18:00", i.ExtendPoll(poll="3", until="mañana a las 18:00")),
    ("/moderate settings language es", i.ChangeSetting(name="language", value="es")),
    ("/language ES", i.SetLanguage(language="es")),
]


@pytest.mark.parametrize(("line", "intent"), LINES, ids=[line for line, _ in LINES])
def test_a_line_becomes_the_intent_it_says(line: str, intent: Intent) -> None:
    """Values come in order, by name, in quotes where they hold spaces; a last text takes what is left."""
    assert parse(line, "en") == intent


REFUSED = [
    ("", "unknown_command", {"suggestion": ""}),
    ("/", "unknown_command", {"suggestion": ""}),
    ("/xqzzy", "unknown_command", {"typed": "xqzzy", "suggestion": ""}),
    ("/serch tariffs", "unknown_command", {"suggestion": "/search"}),
    ("/pol vote 3 b", "unknown_command", {"suggestion": "/poll vote"}),
    ("/poll", "unknown_command", {"suggestion": "/poll list"}),
    ("/poll vote", "missing_option", {"option": "poll", "command": "/poll vote"}),
    ("/search", "missing_option", {"option": "words", "command": "/search"}),
    ('/search ""', "missing_option", {"option": "words"}),
    ("/takeaways please", "unknown_field", {"typed": "please", "command": "/takeaways"}),
    ("/moderate poll start clozes:3h", "misspelt_field", {"typed": "clozes", "suggestion": "closes"}),
    ("/moderate poll start kind:sinngle", "wrong_value", {"option": "kind", "typed": "sinngle"}),
    ("/moderate poll start reasons:perhaps", "wrong_value", {"option": "reasons", "typed": "perhaps"}),
    ("/moderate poll start minimum:two", "not_a_number", {"option": "minimum", "typed": "two"}),
    ("/moderate poll start minimum:-2", "not_a_number", {"typed": "-2"}),
    ("/moderate poll start minimum:9999999999", "not_a_number", {}),
    ("/moderate article import file:notes.md", "not_a_file", {"typed": "notes.md"}),
]


@pytest.mark.parametrize(("line", "key", "facts"), REFUSED, ids=[line or "nothing" for line, _, _ in REFUSED])
def test_a_line_that_means_nothing_says_what_is_wrong_with_it(line: str, key: str, facts: dict[str, object]) -> None:
    """A misspelt command or option is met with the nearest one, a missing or wrong value with its name."""
    with pytest.raises(Refusal) as refused:
        parse(line, "en")
    assert refused.value.key == key
    assert facts.items() <= refused.value.facts.items()


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_every_command_can_be_typed_in_every_locale(command: typed_names.Command, locale: str) -> None:
    """By its English path and by the locale's; each leads to the same command."""
    needed = " ".join(_example(option) for option in command.options if option.required)
    for path in (command.path, typed_names.path(command, locale)):
        assert read(f"/{path} {needed}", locale).command is command


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
def test_every_option_can_be_named_in_every_locale(command: typed_names.Command, locale: str) -> None:
    """All options of a command at once, by name, with their choices in the locale's words."""
    options = [option for option in command.options if option.takes is not Takes.FILE]
    for name in (lambda option: option.name, lambda option: typed_names.option_name(option, locale)):
        line = " ".join(f"{name(option)}:{quoted(_example(option, locale))}" for option in options)
        assert set(read(f"/{command.path} {line}", locale).values) == {option.name for option in options}


def _example(option: Option, locale: str = "en") -> str:
    words = typed_names.choices(option, locale)
    return list(words.values())[-1] if words else "7"


@pytest.mark.parametrize(
    ("intent", "line"),
    [
        (i.ReadSection(section="mechanics"), "/section mechanics"),
        (i.ReadSection(article="x", section="two words"), "/section two words article:x"),
        (i.ReadSection(section="mechanics", part=1), None),
        (i.PressOption("k7", "a"), None),
        (i.CastBallot("3", "b", "it is fair"), "/poll vote 3 b it is fair"),
        (i.CastBallot("3", reason="it is fair"), "/poll vote 3 reason:it is fair"),
        (i.CastBallot("", "b"), None),
        (i.DraftPoll(ready="r-demand", reasons=True), "/moderate poll start ready:r-demand reasons:yes"),
        (i.SearchArticle(words='say "no"'), '/search "say "no""'),
        (i.ImportArticle(file=Attachment("a.md", b"")), None),
    ],
    ids=str,
)
def test_an_intent_says_how_it_is_typed(intent: Intent, line: str | None) -> None:
    """The shortest line, or none where only a button can say it."""
    found = typed_line(intent, "en")
    if line is None or '""' in line:
        assert found is None or parse(found, "en") == intent
    else:
        assert found == line


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("kind", [shape.kind for shape in shapes().values()], ids=lambda kind: kind.__name__)
def test_what_an_intent_says_is_understood(kind: type[Intent], locale: str) -> None:
    """A line written for an intent reads as that intent, in every locale."""
    line = typed_line(kind(), locale)
    assert line is None or parse(line, locale) == kind()


@pytest.mark.parametrize(
    ("intent", "values", "filled"),
    [
        (i.DraftPoll(), {"reasons": "Sí", "minimum": " 2 "}, i.DraftPoll(reasons=True, minimum=2)),
        (i.DraftPoll(reasons=True, minimum=3), {"reasons": "", "minimum": ""}, i.DraftPoll(reasons=True, minimum=3)),
        (i.CastBallot("3", "b", "old"), {"marks": "a,c", "reason": ""}, i.CastBallot("3", "a,c", "")),
        (i.ImportArticle(), {"file": Attachment("a.md", b"#")}, i.ImportArticle(file=Attachment("a.md", b"#"))),
        (i.ImportArticle(), {"file": "", "language": "es"}, i.ImportArticle(language="es")),
    ],
    ids=["yes-and-number", "empty-leaves-alone", "texts", "file", "no-file"],
)
def test_submitted_values_become_what_the_intent_holds(
    intent: Intent, values: dict[str, str | Attachment], filled: Intent
) -> None:
    """Numbers and switches as such; an empty text empties a text only."""
    assert fill(intent, values) == filled


@pytest.mark.parametrize(
    ("intent", "values", "key"),
    [
        (i.DraftPoll(), {"VERB": "cast"}, "unknown_field"),
        (i.DraftPoll(), {"nothing": "x"}, "unknown_field"),
        (i.DraftPoll(), {"question": Attachment("a", b"")}, "not_a_file"),
        (i.ImportArticle(), {"file": "a.md"}, "not_a_file"),
        (i.DraftPoll(), {"minimum": "١٢x"}, "not_a_number"),
    ],
    ids=["class-attribute", "no-such-field", "file-for-text", "text-for-file", "letters"],
)
def test_submitted_values_that_fit_no_field_are_refused(
    intent: Intent, values: dict[str, str | Attachment], key: str
) -> None:
    """A form that was tampered with changes nothing."""
    with pytest.raises(Refusal) as refused:
        fill(intent, values)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("/", [f"/{command.path} " for command in COMMANDS]),
        ("/sec", ["/section "]),
        ("/poll vo", ["/poll vote "]),
        ("/serch", ["/search "]),
        ("/poll vote 3 b for a reason", []),
        ("/language e", ["en", "es"]),
        ("/proscons ", ["paired", "sides", "layout:"]),
        ("/moderate poll start kind:mul", ["multiple"]),
        ("/takeaways x ", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_line_being_typed_can_go_on(line: str, texts: list[str]) -> None:
    """Commands by their beginning or likeness, then choices, then the names of options not given yet."""
    assert sorted(c.text for c in completions(line, "en").candidates) == sorted(texts)


@pytest.mark.parametrize(
    ("line", "source", "typed", "given"),
    [
        ("/section ", "section", "", {}),
        ("/section mech", "section", "mech", {}),
        ("/section the mech", "section", "the mech", {}),
        ("/section mech article:us", "article", "us", {"section": "mech"}),
        ("/poll vote ", "open_poll", "", {}),
        ("/poll vote 3 ", "mark", "", {"poll": "3"}),
        ("/moderate poll start item:", "item", "", {}),
        ("/takeaways ", "", "", {}),
    ],
)
def test_values_are_asked_of_their_source(line: str, source: str, typed: str, given: dict[str, str]) -> None:
    """The line says which source knows the values, what is typed of it, and where it would be put."""
    found = completions(line, "en")
    assert (found.source, found.typed, found.given) == (source, typed, given)
    assert line[found.start :] == typed


def test_members_are_offered_no_moderators_commands() -> None:
    """Whoever may not moderate isn't led there."""
    offered = completions("/", "en", moderators=False).candidates
    assert offered and not any(c.text.startswith("/moderate") for c in offered)

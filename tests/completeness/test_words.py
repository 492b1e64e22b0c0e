"""Every word is there in every language, is handed what it wants, and is used: looped over all of them."""

from __future__ import annotations

import re

import pytest

from bot.core.errors import Refusal
from bot.i18n import LOCALES, flattened, words
from tests.completeness.source import BOT, Call, calls, locale_keys, mentioned, slots

each_locale = pytest.mark.parametrize("locale", LOCALES)

SPEAKING = {"t", "plain", "public_t", "has"}  # how the source asks for words
ADDED = {"log": {"subject"}}  # what a room hands over beside what the call does


def keys_of(call: Call) -> list[str]:
    """The keys that a call may mean; a refusal's and an act's stand under their own heading."""
    above = {"refuse": "error.", "logged": "log."}.get(call.function, "")
    found = [key for key in locale_keys() if key.startswith(above) and call.key.fullmatch(key.removeprefix(above))]
    return found if above or call.function in SPEAKING | {"notice"} else []


@each_locale
def test_the_same_words_in_every_language(locale: str) -> None:
    """No language has words that another lacks."""
    assert set(flattened(locale)) == set(locale_keys())


def test_the_same_values_in_every_language() -> None:
    """What one language says with a value, the others say too."""
    assert not [key for key in locale_keys() if len({slots(key, locale) for locale in LOCALES}) > 1]


@each_locale
@pytest.mark.parametrize("number", [0, 1, 2, 1000])
def test_every_word_can_be_said(locale: str, number: int) -> None:
    """With any number it is a text with nothing left to fill in; only of nothing it may say nothing."""
    t = words(locale)
    said = {key: t(key, **dict.fromkeys(slots(key, locale), number)) for key in locale_keys()}
    assert not [key for key, text in said.items() if "{" in text or (number and not text.strip())]


def test_every_call_hands_over_what_its_words_want() -> None:
    """A refusal, a log entry or a sentence that lacks a value would break only when somebody needs it."""
    wanting = [f"{call.where}: {call.key.pattern}" for call in calls() if not _satisfied(call)]
    assert not wanting, "\n".join(wanting)


def _satisfied(call: Call) -> bool:
    """Of the words that a call may mean, one at least gets all its values: with an f-string it may mean many."""
    wanted = [slots(key, "en") - ADDED.get(key.split(".")[0], set()) for key in keys_of(call)]
    return call.open_ended or call.function == "has" or not wanted or any(want <= call.values for want in wanted)


def test_every_refusal_and_every_act_in_the_source_has_words() -> None:
    """What is raised can be said; what is logged can be read."""
    silent = [
        f"{call.where}: {call.key.pattern}"
        for call in calls()
        if call.function in ("refuse", "logged") and not keys_of(call) and not call.key.pattern.startswith("poll:")
    ]
    assert not silent, "\n".join(silent)


@each_locale
@pytest.mark.parametrize("key", sorted(Refusal.KEYS))
def test_every_refusal_has_its_sentence(key: str, locale: str) -> None:
    """In every language."""
    assert words(locale).has(f"error.{key}")


def test_every_refusal_is_used() -> None:
    """A refusal that nothing raises has no reader."""
    said = "\n".join(path.read_text("utf-8") for path in BOT.rglob("*.py") if path.name != "errors.py")
    dynamic = {key for call in calls() if call.function == "refuse" for key in Refusal.KEYS if call.key.fullmatch(key)}
    assert [key for key in sorted(Refusal.KEYS) if f'"{key}"' not in said and key not in dynamic] == []


def test_no_word_is_left_over() -> None:
    """Words that nothing says any more are taken away, so that nobody translates them."""
    script = "\n".join(path.read_text("utf-8") for path in BOT.rglob("*.js"))
    unused = [key for key in locale_keys() if not _used(key, script)]
    assert not unused, "\n".join(unused)


def _used(key: str, script: str) -> bool:
    if key.startswith("error."):
        bare = key.removeprefix("error.")
        return bare in Refusal.KEYS or any(pattern.fullmatch(key) for pattern in mentioned())
    if key.startswith("log."):
        return any(pattern.fullmatch(key.removeprefix("log.")) for pattern in mentioned())
    if key.startswith("web.") and re.search(rf"[\"'.`]{re.escape(key.removeprefix('web.'))}\b", script):
        return True
    return any(pattern.fullmatch(key) for pattern in mentioned())

"""Settings come from the environment and `.env`; a wrong one is refused in a sentence that names it."""

from __future__ import annotations

import logging
import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import dotenv
from bot.settings import Settings, SettingsError, load, merge, near_misses, table

TOKEN = "MTIzNDU2.Fake-A.not_a_real_token"


def test_nothing_set_is_fine() -> None:
    """With an empty environment every setting has its documented default."""
    settings = load({})
    assert settings.discord_token is None
    assert settings.database_path == Path("data/tertulia.db")
    assert (settings.web_host, settings.web_port, settings.locale) == ("127.0.0.1", 8080, "en")
    assert settings.zone.key == "UTC"


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        pytest.param("WEB_PORT", "0", "web_port", 0, id="any-free-port"),
        pytest.param("WEB_PORT", " 65535 ", "web_port", 65535, id="spaces-around"),
        pytest.param("WEB_HOST", "::1", "web_host", "::1", id="ipv6"),
        pytest.param("WEB_HOST", "localhost", "web_host", "localhost", id="host-name"),
        pytest.param("LOG_LEVEL", "debug", "log_level", "DEBUG", id="level-in-small-letters"),
        pytest.param("LOCALE", "ES", "locale", "es", id="locale-in-capitals"),
        pytest.param("TIMEZONE", "America/Mexico_City", "timezone", "America/Mexico_City", id="zone"),
        pytest.param("DATABASE_URL", "sqlite:////data/t.db", "database_path", Path("/data/t.db"), id="absolute"),
        pytest.param("DATABASE_URL", "sqlite:///t 1.db", "database_path", Path("t 1.db"), id="space-in-path"),
        pytest.param("DISCORD_API_BASE", "http://[::1]:9/", "discord_api_base", "http://[::1]:9", id="api"),
        pytest.param("MAX_IMPORT_MB", "", "max_import_mb", 8, id="empty-is-not-set"),
    ],
)
def test_a_good_value_is_taken(name: str, text: str, field: str, value: object) -> None:
    """A value in any of its usual spellings is understood."""
    assert getattr(load({name: text}), field) == value


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param("DISCORD_TOKEN", f"Bot {TOKEN}", "Leave that word out", id="token-with-bot"),
        pytest.param("DISCORD_TOKEN", f"“{TOKEN}”", "a quote", id="token-in-quotes"),
        pytest.param("DISCORD_TOKEN", f"{TOKEN} {TOKEN}", "a space", id="token-twice"),
        pytest.param("DISCORD_TOKEN", "0123456789abcdef", "three parts", id="public-key"),
        pytest.param("DISCORD_TOKEN", "a..b", "three parts", id="empty-part"),
        pytest.param("DISCORD_API_BASE", "discord.com", "https://", id="api-without-scheme"),
        pytest.param("DISCORD_API_BASE", "http://example.org", "unencrypted", id="api-unencrypted"),
        pytest.param("DISCORD_API_BASE", "http://[::1", "address", id="api-broken"),
        pytest.param("DATABASE_URL", "postgresql://u:secretpw@h/d", "comes later", id="postgresql"),
        pytest.param("DATABASE_URL", "mysql://u:secretpw@h/d", "sqlite:///", id="another-database"),
        pytest.param("DATABASE_URL", "data/tertulia.db", "sqlite:///", id="bare-path"),
        pytest.param("DATABASE_URL", "sqlite:///", "path of a file", id="no-path"),
        pytest.param("DATABASE_URL", "sqlite:///data/", "path of a file", id="folder"),
        pytest.param("DATABASE_URL", "sqlite:////usr", "names a folder", id="a-folder-that-exists"),
        pytest.param("DATABASE_URL", "sqlite:///:memory:", "plain file", id="memory"),
        pytest.param("WEB_HOST", "http://localhost", "without http://", id="host-with-scheme"),
        pytest.param("WEB_HOST", "localhost:8080", "WEB_PORT", id="host-with-port"),
        pytest.param("WEB_PORT", "65536", "from 0 to 65535", id="port-too-high"),
        pytest.param("WEB_PORT", "-1", "from 0 to 65535", id="port-negative"),
        pytest.param("WEB_PORT", "²", "whole number", id="port-superscript"),
        pytest.param("WEB_PORT", "http", "whole number", id="port-word"),
        pytest.param("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR", id="level"),
        pytest.param("LOCALE", "fr", "en, es", id="locale"),
        pytest.param("TIMEZONE", "America/Mexico", "Did you mean America/Mexico_City?", id="zone-near"),
        pytest.param("TIMEZONE", "America", "IANA", id="zone-folder"),
        pytest.param("TIMEZONE", "../../etc/passwd", "IANA", id="zone-path"),
        pytest.param("CONTENT_DIR", "no/such/folder", "exists", id="content"),
        pytest.param("MAX_IMPORT_MB", "0", "from 1 to 100", id="import-nothing"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(name: str, text: str, says: str) -> None:
    """The sentence names the setting and what to do, and a value that may hold a secret is not repeated."""
    with pytest.raises(SettingsError) as caught:
        load({name: text})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} ")
    assert says in sentence
    assert sentence.endswith((".", "?"))
    for secret in (TOKEN, "secretpw", "0123456789abcdef"):
        assert secret not in sentence


def test_all_wrong_values_are_named_at_once() -> None:
    """An operator corrects everything in one go."""
    with pytest.raises(SettingsError) as caught:
        load({"WEB_PORT": "x", "LOCALE": "fr", "TIMEZONE": "Mars"})
    assert [line.split()[0] for line in str(caught.value).splitlines()] == ["WEB_PORT", "LOCALE", "TIMEZONE"]


def test_the_token_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Neither repr nor str nor a log line of the settings shows the token; only asking for it does."""
    settings = load({"DISCORD_TOKEN": TOKEN})
    logging.getLogger("bot").warning("settings %s %r", settings, settings)
    assert TOKEN not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in caplog.text
    assert settings.secrets == (TOKEN,)


def test_an_error_carries_no_secret_behind_it() -> None:
    """What pydantic knew, the value among it, is not chained to our error, so no traceback shows it."""
    with pytest.raises(SettingsError) as caught:
        load({"DISCORD_TOKEN": f"Bot {TOKEN}"})
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert TOKEN.encode() not in pickle.dumps(caught.value)


def test_settings_are_frozen() -> None:
    """Settings are read once; nothing changes them afterwards."""
    with pytest.raises(ValidationError):
        setattr(load({}), "web_port", 1)  # noqa: B010  # because mypy refuses it written plainly


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """A variable that is set wins over the same name in `.env`; the rest of the file counts."""
    file = tmp_path / ".env"
    file.write_text("WEB_PORT=1111\nLOCALE=es\n")
    settings = load({"WEB_PORT": "2222"}, file)
    assert (settings.web_port, settings.locale) == (2222, "es")
    assert load({}, tmp_path / "absent").web_port == 8080


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"WEB_PORT=1\nDISCORD_TOKEN='secret", ".env: Line 2", id="open-quote"),
        pytest.param(b"DISCORD TOKEN secret", ".env: Line 1", id="no-equals-sign"),
        pytest.param(b"DISCORD_TOKEN=\xffsecret", "UTF-8", id="not-utf8"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """A fault in `.env` is named by its line, without repeating what stands there."""
    file = tmp_path / ".env"
    file.write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        load({}, file)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("A=b", "b", id="plain"),
        pytest.param("export A=b", "b", id="export"),
        pytest.param("  A = b  ", "b", id="spaces"),
        pytest.param("A=b # why", "b", id="comment-after"),
        pytest.param("A=b#c", "b#c", id="hash-inside"),
        pytest.param("A='b # c'", "b # c", id="single-quotes"),
        pytest.param("A='b\\n'", "b\\n", id="single-quotes-are-raw"),
        pytest.param('A="b # c" # why', "b # c", id="double-quotes"),
        pytest.param('A="b\\n\\"c\\" \\\\"', 'b\n"c" \\', id="escapes"),
        pytest.param("A=b=c", "b=c", id="equals-inside"),
        pytest.param("A=don't", "don't", id="apostrophe-inside"),
        pytest.param("A=", "", id="empty"),
        pytest.param("A= # why", "", id="empty-with-comment"),
        pytest.param("A=''", "", id="empty-quotes"),
        pytest.param("A=1\nA=b", "b", id="last-wins"),
        pytest.param("\ufeff# hello\n\n   \nA=b\r\n", "b", id="bom-comment-blank-crlf"),
        pytest.param("A=mañana", "mañana", id="not-ascii"),
    ],
)
def test_env_files_are_read_as_people_write_them(text: str, value: str) -> None:
    """Quotes, comments, `export` and blank lines mean what they mean in other tools."""
    assert dotenv.parse(text) == {"A": value}


@pytest.mark.parametrize("text", ["A", "A='b", 'A="b', "1A=b", "A='b'c", "A B=c"])
def test_env_lines_that_mean_nothing_are_refused(text: str) -> None:
    """A line that is no setting is an error with its number, not something skipped."""
    with pytest.raises(ValueError, match="Line 2"):
        dotenv.parse(f"# first\n{text}")


def test_a_near_miss_is_pointed_out() -> None:
    """A name that is nearly ours gets a kind word; other programs' names and our own don't."""
    given = {
        "DISCORD_TOKN": "x",
        "web_port": "1",
        "PATH": "/bin",
        "LANG": "es",
        "LOCALE": "es",
        "LOCALES": "x",
    }
    assert near_misses(given) == (
        "DISCORD_TOKN is not a setting. Did you mean DISCORD_TOKEN?",
        "web_port is not a setting. Did you mean WEB_PORT?",
    )


def test_merge_shows_the_names_of_both_sources(tmp_path: Path) -> None:
    """A near miss in `.env` can be found through the merged names."""
    (tmp_path / ".env").write_text("DISCORD_TOKN=x")
    assert set(merge({"PATH": "/bin"}, tmp_path / ".env")) == {"PATH", "DISCORD_TOKN"}


def test_the_table_has_every_setting() -> None:
    """Every setting has a row with a sentence, and its default is one that the rules accept."""
    rows = table()
    assert [row.name for row in rows] == [name.upper() for name in Settings.model_fields]
    assert [row.name for row in rows if row.secret] == ["DISCORD_TOKEN"]
    assert all(row.doc.endswith(".") for row in rows)
    assert load({row.name: row.default for row in rows}) == load({})


def test_the_example_file_lists_every_setting() -> None:
    """`.env.example` names each setting with its default and reads as a file that changes nothing."""
    text = (Path(__file__).parents[1] / ".env.example").read_text("utf-8")
    uncommented = dotenv.parse(text.replace("\n#", "\n").replace("\n ", "\n# "))
    assert uncommented == {row.name: row.default for row in table()}
    assert load(dotenv.parse(text)) == load({})

"""Logs are one JSON line per event, and no secret gets into them by any door."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import logs

TOKEN = "MTA.fake-token.with_parts"


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    """Leave the logging of the test run as it was."""
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    yield
    logging.captureWarnings(False)
    root.handlers[:] = before[1]
    root.setLevel(before[0])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_an_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Message, level, UTC time and extra fields stand in one line, whatever line breaks the text has."""
    logs.configure("INFO")
    logging.getLogger("bot.services").info("poll %s\nclosed", "p1", extra={"ref": "K7F3", "ballots": 41})
    (line,) = lines(capsys.readouterr().err)
    assert line["event"] == "poll p1\nclosed"
    assert (line["level"], line["logger"], line["ref"], line["ballots"]) == (
        "INFO",
        "bot.services",
        "K7F3",
        41,
    )
    assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)
    assert list(line) == ["at", "level", "logger", "event", "ref", "ballots"]


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """What is below the level is not logged, in our loggers and in the libraries'."""
    logs.configure("WARNING")
    logging.getLogger("bot").info("no")
    logging.getLogger("discord.gateway").info("no")
    logging.getLogger("discord.gateway").warning("yes")
    assert [line["event"] for line in lines(capsys.readouterr().err)] == ["yes"]


def test_an_error_brings_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception is logged with its type and traceback, under the reference that the person saw."""
    logs.configure("INFO")
    try:
        raise LookupError("gone")
    except LookupError:
        logging.getLogger("bot").exception("intent failed", extra={"ref": "K7F3"})
    (line,) = lines(capsys.readouterr().err)
    assert line["error"]["type"] == "LookupError"
    assert "test_logs.py" in line["error"]["traceback"]
    assert line["ref"] == "K7F3"


def _in_message(log: logging.Logger) -> None:
    log.info("logging in with %s", TOKEN)


def _in_extra(log: logging.Logger) -> None:
    log.info("request", extra={"headers": {"Authorization": f"Bot {TOKEN}"}})


def _in_traceback(log: logging.Logger) -> None:
    try:
        raise ValueError(f"bad token {TOKEN}")
    except ValueError:
        log.exception("failed")


def _in_object(log: logging.Logger) -> None:
    class Carrier:
        def __str__(self) -> str:
            return f"carries {TOKEN}"

    log.info("object", extra={"carrier": Carrier()})


def _in_bad_format(log: logging.Logger) -> None:
    log.info("one %s two %s", TOKEN)


@pytest.mark.parametrize("leak", [_in_message, _in_extra, _in_traceback, _in_object, _in_bad_format])
def test_a_secret_is_redacted_everywhere(capsys: pytest.CaptureFixture[str], leak: Any) -> None:
    """A known secret never stands in the log: message, field, traceback, object or a broken format."""
    logs.configure("DEBUG", [TOKEN, ""])
    leak(logging.getLogger("discord.http"))
    written = capsys.readouterr().err
    assert TOKEN not in written
    assert logs.REDACTED in written
    assert len(lines(written)) == 1


def test_a_secret_with_quotes_is_redacted_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A secret is found in the form that JSON gives it."""
    logs.configure("INFO", ['a"b\\c'])
    logging.getLogger("bot").info('password a"b\\c')
    assert lines(capsys.readouterr().err)[0]["event"] == f"password {logs.REDACTED}"


def test_fields_of_ours_are_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    """An extra field named like one of ours doesn't replace it."""
    logs.configure("INFO")
    logging.getLogger("bot").info("true", extra={"event": "false", "level": "none"})
    (line,) = lines(capsys.readouterr().err)
    assert (line["event"], line["level"]) == ("true", "INFO")


def test_access_logs_stay_out(capsys: pytest.CaptureFixture[str]) -> None:
    """aiohttp's access log, which quotes the query with the console's token, is not written."""
    logs.configure("DEBUG")
    logging.getLogger("aiohttp.access").info("GET /?token=abc")
    assert capsys.readouterr().err == ""


def test_references_are_short_and_unambiguous() -> None:
    """A reference is four characters, none easily taken for another, and seldom the same twice."""
    made = [logs.reference() for _ in range(200)]
    assert {len(ref) for ref in made} == {4}
    assert not set("".join(made)) & set("0O1IL5S8B2ZU")
    assert len(set(made)) > 190


@pytest.mark.parametrize("name", ["discord.http", "discord.gateway", "aiosqlite", "aiohttp.access"])
def test_what_libraries_tell_in_detail_is_left_out(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """At DEBUG they tell tokens of answers and who pressed what; our own DEBUG lines stay."""
    logs.configure("DEBUG")
    logging.getLogger(name).debug("custom_id=1:press:poll:b user=42")
    logging.getLogger("tertulia.desk").debug("ours")
    assert [line["event"] for line in lines(capsys.readouterr().err)] == ["ours"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "POST https://discord.com/api/v10/channels/80351110224678912/messages responded with 429", id="url"
        ),
        pytest.param("https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb246ODAzNTExMTAyMjQ2Nzg5MTI6eA", id="a token"),
        pytest.param("<@80351110224678912> is gone", id="a mention"),
    ],
)
def test_no_platform_s_id_is_logged(capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Beside the moment it would tell who did something, or who had not voted; by whatever way it came into a line."""
    logs.configure("INFO")
    for where in (text, {"deep": [text, 80351110224678912]}):
        logging.getLogger("discord.http").warning("told", extra={"what": where})
    logging.getLogger("discord.http").warning(text)
    logging.getLogger("bot").warning("of %s and 4 others", 80351110224678912)
    try:
        raise LookupError(text)
    except LookupError:
        logging.getLogger("bot").exception("broken")
    said = capsys.readouterr().err
    assert "80351110224678912" not in said and "aW50" not in said and "4 others" in said and len(lines(said)) == 5

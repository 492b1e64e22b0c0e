"""`tertulia doctor`: looks at everything an operator may have got wrong, a line each, with what to do about it."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TextIO

from bot import paths
from bot.cli.invite import application_of
from bot.content.load import load_library
from bot.content.problems import PackError
from bot.content.ready import ready_polls
from bot.core.poll.values import State
from bot.services import forgetting, heartbeat
from bot.services.keys import Keys, folder_of
from bot.settings import Settings, SettingsError, load, merge, near_misses
from bot.storage import polls
from bot.storage.backup import integrity
from bot.storage.errors import StorageError
from bot.storage.migrate import read_version
from bot.storage.port import Tx
from bot.storage.scripts import load_scripts
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.files import check_folder

OK, LOOK, BAD = "ok", "look", "TROUBLE"
_MIB = 1024 * 1024
LEAST_FREE = 200 * _MIB  # room for the log of a storm and one backup of a young database
LATE_MS = 600_000  # after the moment at which a rebuild was due
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing. LOOK is worth knowing; only BAD makes the exit code 1."""

    how: str
    about: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.how:<8}{self.about}: {self.sentence}"


Check = Callable[[Settings], Iterator[Finding]]


def run(
    environ: Mapping[str, str],
    env_file: Path | None,
    *,
    health: bool = False,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Print a line for each finding; 1 if any is trouble.

    With `health` nothing is printed unless something is wrong: 0 means that the database answers and that a bot on
    it beat within the last minute.
    """
    try:
        settings = load(environ, env_file)
    except SettingsError as error:
        lines = [Finding(BAD, "settings", line) for line in str(error).splitlines()]
        print(*([*_python(), *lines] if not health else lines), sep="\n", file=out or sys.stdout)
        return 1
    if health:
        return _health(settings.database_path, err or sys.stderr)
    findings = [*_python(), *_settings(environ, env_file), *(found for check in CHECKS for found in check(settings))]
    print(*findings, sep="\n", file=out or sys.stdout)
    return int(any(finding.how == BAD for finding in findings))


def _health(db_path: Path, err: TextIO) -> int:
    try:
        asyncio.run(_answers(db_path))
    except StorageError as problem:
        print(problem, file=err)
        return 1
    if not heartbeat.fresh(db_path, heartbeat.now_ms()):
        print(f"No bot on {db_path} has given a sign of life for {heartbeat.FRESH_S:.0f} seconds.", file=err)
        return 1
    return 0


async def _answers(db_path: Path) -> None:
    async with await open_database(db_path, readonly=True) as db:
        await db.read(polls.next_deadline)


def _python() -> Iterator[Finding]:
    yield Finding(OK, "Python", ".".join(map(str, sys.version_info[:3])))
    try:
        wanted = [line.partition(";")[0].partition("==") for line in metadata.requires("tertulia") or ()]
    except metadata.PackageNotFoundError:
        yield Finding(LOOK, "packages", "Tertulia isn't installed as a package, so versions can't be compared.")
        return
    yield from (_version(name.strip(), version.strip()) for name, pinned, version in wanted if pinned)


def _version(name: str, wanted: str) -> Finding:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(BAD, name, f"is missing. Install {name}=={wanted}, or run the set-up again.")
    if found != wanted:
        return Finding(BAD, name, f"{found} is installed, but {wanted} is needed. Run the set-up again.")
    return Finding(OK, name, found)


def _settings(environ: Mapping[str, str], env_file: Path | None) -> Iterator[Finding]:
    yield Finding(OK, "settings", "every setting can be used")
    yield from (Finding(LOOK, "settings", line) for line in near_misses(merge(environ, env_file)))


def _token(settings: Settings) -> Iterator[Finding]:
    if settings.discord_token is None:
        yield Finding(LOOK, "token", "DISCORD_TOKEN is not set: `tertulia run` opens the web console, not Discord.")
    elif application_of(settings.discord_token.get_secret_value()) is None:
        yield Finding(LOOK, "token", "Its first part holds no application id. Copy it again if Discord refuses it.")
    else:
        yield Finding(OK, "token", "has the shape of a bot token; Discord is not asked")


def _database(settings: Settings) -> Iterator[Finding]:
    path = settings.database_path
    if not path.exists():
        yield Finding(OK, "database", f"{path} is not there yet; the first start makes it")
        return
    try:
        found, known = read_version(path), len(load_scripts())
        problems = integrity(path)
    except StorageError as problem:
        yield Finding(BAD, "database", str(problem))
        return
    for line in problems:
        told = str(path) in line  # a sentence of its own: the file can't be read at all
        sentence = line if told else f"{path} is damaged ({line}). Stop the bot and restore a backup."
        yield Finding(BAD, "database", sentence)
    if not problems:
        behind = f"; the next start brings it to {known}" if found < known else ""
        yield Finding(OK, "database", f"{path}, {path.stat().st_size / 1024:,.0f} KiB, sound, schema {found}{behind}")
    if heartbeat.fresh(path, heartbeat.now_ms()):
        yield Finding(OK, "bot", "is running on this database")


def _folder(settings: Settings) -> Iterator[Finding]:
    path = settings.database_path
    if not path.is_absolute() and not path.parent.exists():
        yield _to_be_made(path.parent)
        return
    try:
        check_folder(path)
    except StorageError as problem:
        yield Finding(BAD, "folder", str(problem))
        return
    free = shutil.disk_usage(path.parent).free
    sentence = f"{free / _MIB:,.0f} MiB free in {path.parent}"
    if free < LEAST_FREE:
        yield Finding(BAD, "disk", f"only {sentence}. Make room: when it is full no vote can be stored.")
    else:
        yield Finding(OK, "disk", sentence)


def _to_be_made(folder: Path) -> Finding:
    """A folder that the first start makes, if it may."""
    above = next(parent for parent in folder.parents if parent.exists())
    if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
        return Finding(OK, "folder", f"{folder} is not there yet; the first start makes it")
    sentence = f"{folder} can't be made in {above.resolve()}. Let the user that runs Tertulia write there, or make it."
    return Finding(BAD, "folder", sentence)


def _keys(settings: Settings) -> Iterator[Finding]:
    folder = folder_of(settings.database_path)
    if folder.is_dir():
        open_to_others = [path for path in (folder, *folder.glob("*.key")) if path.stat().st_mode & _OPEN_TO_OTHERS]
        for path in open_to_others:
            mode = "700" if path.is_dir() else "600"
            yield Finding(BAD, "keys", f"Others can read {path}, and with it who voted. Run: chmod {mode} {path}")
        if not open_to_others:
            yield Finding(OK, "keys", "only the bot's user can read the keys of anonymous polls")
    yield from _amiss(settings.database_path, folder, set(Keys(folder).kept()))


def _amiss(db_path: Path, folder: Path, kept: set[str]) -> Iterator[Finding]:
    """Keys that are gone too early, as after a restore on another machine, and those that stay too long."""
    try:
        over, anonymous = asyncio.run(_anonymous(db_path))
    except StorageError:  # said by the check of the database
        return
    for poll in sorted(anonymous - kept):
        sentence = f"The key of the open anonymous poll {poll} is gone, so nobody can vote in it. Close or erase it."
        yield Finding(BAD, "keys", sentence)
    for poll in sorted(kept & over):
        sentence = (
            f"{folder / f'{poll}.key'} should be gone: its poll is over. Start the bot, or restart it, and it is"
            " removed. If it stays, the log says why: let the bot's user remove it, or remove it yourself."
        )
        yield Finding(BAD, "keys", sentence)


async def _anonymous(db_path: Path) -> tuple[set[str], set[str]]:
    """The polls that are over, and the open anonymous ones."""

    async def look(tx: Tx) -> tuple[set[str], set[str]]:
        found = [await polls.get(tx, poll) for poll in await polls.ids_in(tx, State.OPEN)]
        over = await polls.ids_in(tx, State.CLOSED, State.ERASED)
        return over, {poll.id for poll in found if poll and poll.secret}

    async with await open_database(db_path, readonly=True) as db:
        return await db.read(look)


def _erased(settings: Settings) -> Iterator[Finding]:
    """Whether what was erased is still in the bytes of the file, and for how long already."""
    path, now = settings.database_path, heartbeat.now_ms()
    try:
        since = asyncio.run(_waiting(path))
    except StorageError:  # said by the check of the database
        return
    if since is None:
        yield Finding(OK, "erased", "nothing that was erased is left in the bytes of the database")
    elif not heartbeat.fresh(path, now):
        yield Finding(LOOK, "erased", "What was erased last is still in the file's bytes. The next start takes it out.")
    elif now > since + LATE_MS:
        yield Finding(BAD, "erased", "What was erased is still in the file's bytes. The log says why it can't go.")
    else:
        yield Finding(OK, "erased", "what was erased last goes from the bytes within the half hour")


async def _waiting(db_path: Path) -> int | None:
    """When a rebuild of the file was due, in ms since 1970; None for none."""
    async with await open_database(db_path, readonly=True) as db:
        return await db.read(forgetting.due_ms)


def _packs(settings: Settings) -> Iterator[Finding]:
    try:
        library = load_library(paths.content_dir(), *filter(None, [settings.content_dir]))
        ready = ready_polls(paths.seeds_dir() / "polls.yaml", library)
    except PackError as error:
        yield Finding(BAD, "packs", f"{str(error).splitlines()[0]} Run `tertulia check` for every problem.")
    except FileNotFoundError as error:
        yield Finding(BAD, "packs", str(error))
    else:
        yield Finding(OK, "packs", f"{', '.join(sorted(library))}; {len(ready)} ready polls")


CHECKS: tuple[Check, ...] = (_token, _folder, _database, _keys, _erased, _packs)

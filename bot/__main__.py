"""The way in: `tertulia COMMAND`. Each command is a function in `bot/cli/`; the settings are read here, once."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import __version__, logs
from bot.settings import Settings, SettingsError, load, merge, near_misses

ENV_FILE = Path(".env")
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status: 0 done, 1 not done with a sentence that says why, 2 a wrong command line."""
    given = _parser().parse_args(arguments)
    command: Command = given.command
    try:
        status = command(given)
        sys.stdout.flush()  # here, where a reader that left is known, and not at the very end
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our lines had enough of them, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001 (what is not known is raised again)
        return _explained(error)


def _explained(error: Exception) -> int:
    """Trouble that an operator can mend, as its sentence. Anything else is a fault of ours and keeps its trace."""
    from bot.content.problems import PackError
    from bot.storage.errors import StorageError

    known: tuple[type[Exception], ...] = (SettingsError, StorageError, PackError, FileNotFoundError)
    late = (("bot.platforms.discord.platform", "StartError"), ("bot.services.planting", "Unplanted"))
    known += tuple(getattr(sys.modules[module], name) for module, name in late if module in sys.modules)
    if not isinstance(error, known):
        raise error
    print(str(error), file=sys.stderr)
    return 1


def _settings() -> Settings:
    settings = load(os.environ, ENV_FILE)
    logs.configure(settings.log_level, settings.secrets)
    for sentence in near_misses(merge(os.environ, ENV_FILE)):
        print(sentence, file=sys.stderr)
    return settings


def _run(given: argparse.Namespace) -> int:
    from bot.cli.run import run

    return run(_settings())


def _console(given: argparse.Namespace) -> int:
    from bot.cli.console import run

    settings = _settings()
    if "LOG_LEVEL" not in os.environ:  # a terminal shows answers; what went wrong is still told
        logs.configure("WARNING", settings.secrets)
    return asyncio.run(run(settings))


def _check(given: argparse.Namespace) -> int:
    from bot.cli.check import run

    return run(given.paths, sys.stdout)


def _import(given: argparse.Namespace) -> int:
    from bot.cli.import_ import run

    return run(given.source, given.out, given.language, given.id, given.json, given.force, sys.stdout)


def _export(given: argparse.Namespace) -> int:
    from bot.cli.export import run

    settings = _settings()
    return run(
        settings.database_path,
        given.what,
        given.format,
        given.output,
        given.place,
        given.force,
        settings.content_dir,
        settings.locale,
    )


def _count(given: argparse.Namespace) -> int:
    from bot.cli.count import run

    return run(given)


def _verify(given: argparse.Namespace) -> int:
    from bot.cli.verify import run

    return run(given.export, given.receipt, given.root)


def _backup(given: argparse.Namespace) -> int:
    from bot.cli.backup import run_backup

    return run_backup(_settings().database_path, given.file, force=given.force)


def _restore(given: argparse.Namespace) -> int:
    from bot.cli.backup import run_restore

    return run_restore(given.file, _settings().database_path)


def _doctor(given: argparse.Namespace) -> int:
    from bot.cli.doctor import run

    return run(os.environ, ENV_FILE, health=given.health)


def _invite(given: argparse.Namespace) -> int:
    from bot.cli.invite import run

    token = load(os.environ, ENV_FILE).discord_token
    return run(token.get_secret_value() if token else None, given.application)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tertulia",
        description="An article becomes a structured, recorded discussion in chat.",
        epilog="Settings come from the environment and .env; docs/self-hosting.md lists them.",
    )
    parser.add_argument("--version", action="version", version=f"tertulia {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, about: str, example: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about, epilog=f"Example: {example}")
        made.set_defaults(command=run)
        return made

    command("run", _run, "Run the bot: on Discord with DISCORD_TOKEN, else as a web console.", "tertulia run")
    command("console", _console, "Try it in this terminal: a line in, the answer out.", "tertulia console")

    check = command("check", _check, "Check packs and ready polls: every error at once.", "tertulia check content/town")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="folders or files; all that ship if none")

    import_ = command("import", _import, "Turn an article into a pack.", "tertulia import article.docx --language es")
    import_.add_argument("source", type=Path, metavar="SOURCE", help="a .txt, .md, .html, .docx or .pdf file")
    import_.add_argument("--out", type=Path, default=Path("content"), metavar="DIR", help="where the pack goes")
    import_.add_argument("--language", choices=("en", "es"), help="the article's language; guessed if left out")
    import_.add_argument("--id", help="the pack's id; made from the title if left out")
    import_.add_argument("--json", action="store_true", help="print a summary as JSON")
    import_.add_argument("--force", action="store_true", help="replace a pack that is there already")

    export = command("export", _export, "Write a poll's or an article's record.", "tertulia export 3 -o 3.csv")
    export.add_argument("what", metavar="POLL|ARTICLE", help="a poll's number or id, or an article's id")
    formats = ("csv", "json", "xlsx", "html", "pdf", "preflib", "blt")
    export.add_argument("--format", choices=formats, default="csv", help="csv unless given; docs/exports.md tells them")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    export.add_argument("--place", help="the server's id or name, where several have such a poll")
    export.add_argument("--force", action="store_true", help="replace a file that is there already")

    count = command("count", _count, "Count a file of ballots by any method.", "tertulia count town.toi --method irv")
    count.add_argument("file", metavar="FILE", help="PrefLib, BLT, or our own CSV or JSON; - for standard input")
    count.add_argument("--method", required=True, help="docs/counting.md lists them; all compares them")
    count.add_argument("--seats", metavar="N", help="how many are elected; if left out, what the file says, or 1")
    count.add_argument("--unranked", default="below", metavar="below|no-opinion", help="what a ballot leaves out")
    count.add_argument("--overvote", default="exhaust", metavar="exhaust|skip", help="an equal rank, to irv and stv")
    count.add_argument("--max-skips", metavar="N", help="skipped ranks in a row that don't end a ballot; any number")
    count.add_argument("--seed", metavar="S", help="draws lots where nothing else breaks a tie; else the tie stands")
    count.add_argument("--threshold", default="1/2", metavar="SHARE", help="of a motion: more than 1/2, at least 2/3 …")
    count.add_argument("--quorum", default="0", metavar="N", help="of a motion: the least number of ballots")
    count.add_argument("--format", metavar="FORMAT", help="where the file's name doesn't tell it: soc, blt, csv …")
    count.add_argument("--ballots", metavar="FORM", help="what a CSV's numbers are: marks, ranks or scores")
    count.add_argument("--json", action="store_true", help="print the count as JSON")

    verify = command("verify", _verify, "Recount a poll's export and check its root.", "tertulia verify poll-3.json")
    verify.add_argument("export", type=Path, metavar="EXPORT.json", help="a poll's export as JSON")
    verify.add_argument("--receipt", default="", metavar="R", help="is the ballot with this receipt counted?")
    verify.add_argument("--root", default="", metavar="ROOT", help="the root that was posted when the poll closed")

    backup = command("backup", _backup, "Copy the database, also while the bot runs.", "tertulia backup night.db")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("--force", action="store_true", help="replace a file that is there already")

    restore = command("restore", _restore, "Put a backup in the database's place.", "tertulia restore night.db")
    restore.add_argument("file", type=Path, metavar="FILE")

    doctor = command("doctor", _doctor, "Look for trouble, and say what to do about it.", "tertulia doctor")
    doctor.add_argument("--health", action="store_true", help="say nothing; exit 0 when the running bot is well")

    invite = command("invite", _invite, "Print the link that invites the bot to a server.", "tertulia invite")
    invite.add_argument("--application", metavar="ID", help="the application's id, where there is no token")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""An operator takes records away from the command line, beside a running bot, under the same secrecy."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli import export as cli
from bot.cli.export import run
from bot.cli.progress import Bar
from bot.cli.verify import run as verify
from bot.core.ctx import Spot
from bot.core.intents import CastBallot, ClosePoll, DraftPoll, StartPoll, TakeStance, UseArticle
from bot.core.place import Scope
from bot.core.poll.values import State
from bot.exports.files import POLLS
from bot.services import exporting
from bot.storage import polls
from tests.support import SPOT, Table, a_desk, crowd, maria, sam, tom

ARTICLE = "us-mexico-bargain"
PORT = replace(SPOT, place="test:port", name="Port")


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A running bot on `t.db`, whose database is open for writing meanwhile."""
    async with a_desk(tmp_path) as table:
        yield table


async def opened(table: Table, place: Spot = SPOT, **rules: object) -> str:
    """A poll, drafted and started in a place; its id."""
    draft = {"question": "Tea or coffee?", "options": "Tea\nCoffee", "results": "live", "ballots": "named"} | rules
    await table.ask(sam, DraftPoll(**draft), place)  # type: ignore[arg-type]
    (kept,) = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(place.place), State.DRAFT))
    assert not (await table.ask(sam, StartPoll(kept.id, kept.revision), place)).refused
    return kept.id


def export(tmp_path: Path, what: str, output: str = "out.csv", **options: object) -> tuple[int, str, str]:
    """Exit code, what was said, what was complained about. In a thread of its own, as its own process would be."""
    out, err = io.StringIO(), io.StringIO()
    given = {"format_": Path(output).suffix[1:]} | options
    with ThreadPoolExecutor(1) as own:
        code = own.submit(run, tmp_path / "t.db", what, output=tmp_path / output, out=out, err=err, **given).result()  # type: ignore[arg-type]
    return code, out.getvalue(), err.getvalue()


async def test_a_poll_by_number_and_by_id(table: Table, tmp_path: Path) -> None:
    """CSV gives two files, JSON one; they can be read by their owner alone."""
    poll = await opened(table, ballots="named")
    await table.card(maria, CastBallot("1", "a"))
    code, out, err = export(tmp_path, "1")
    assert (code, err) == (0, "")
    assert out.count("Wrote") == 2
    assert maria.id in (tmp_path / "out-ballots.csv").read_text("utf-8-sig")
    assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0
    assert export(tmp_path, poll, "by-id.json")[0] == 0
    assert json.loads((tmp_path / "by-id.json").read_bytes())["poll"]["id"] == poll
    assert export(tmp_path, "#1", "hash.json", locale="es")[0] == 0
    assert json.loads((tmp_path / "hash.json").read_bytes())["locale"] == "es"


async def test_secrecy_is_the_same_from_outside(table: Table, tmp_path: Path) -> None:
    """An operator sees hidden counts no sooner than a member, and no anonymous voter ever."""
    await opened(table, ballots="anonymous", results="close")
    await table.card(maria, CastBallot("1", "a"))
    code, _, err = export(tmp_path, "1")
    assert code == 1
    assert "Poll 1 is still open" in err
    assert not list(tmp_path.glob("out*"))
    await table.card(sam, ClosePoll("1", sure=True))
    assert export(tmp_path, "1")[0] == 0
    data = "".join(path.read_text() for path in tmp_path.glob("out*"))
    assert "withheld" in data
    assert not (tmp_path / "out-ballots.csv").exists()
    assert maria.id not in data
    assert maria.name not in data


async def test_stances_by_the_articles_id(table: Table, tmp_path: Path) -> None:
    """An article's id gives its stances."""
    code, _, err = export(tmp_path, ARTICLE)
    assert (code, err) == (1, f"Nobody has answered {ARTICLE} yet, so there is nothing to export.\n")
    await table.card(sam, UseArticle(ARTICLE))
    item = table.desk.shelf.built_in[ARTICLE].article("en").items[0].id
    await table.card(tom, TakeStance(ARTICLE, item, "agree"))
    assert export(tmp_path, ARTICLE, "s.csv")[0] == 0
    assert tom.id not in (tmp_path / "s-people.csv").read_text()
    assert (tmp_path / "s.csv").exists()


async def test_a_number_in_several_places_asks_which(table: Table, tmp_path: Path) -> None:
    """Both places are listed; an id or a name says which one; another is refused with the list."""
    await opened(table)
    await opened(table, PORT, question="Ship or train?")
    code, _, err = export(tmp_path, "1", "out.json")
    assert code == 1
    assert err.startswith("2 places have a poll 1.")
    assert {"test:town", "test:port"} <= set(err.split())
    for place in (PORT.place, PORT.name):
        assert export(tmp_path, "1", "out.json", place=place, force=True)[0] == 0
        value = json.loads((tmp_path / "out.json").read_bytes())
        assert (value["place"], value["poll"]["question"]) == ("Port", "Ship or train?")
    assert export(tmp_path, "1", "no.json", place="Atlantis")[2].startswith("No place “Atlantis” has a poll 1.")


async def test_files_that_are_there_are_kept(table: Table, tmp_path: Path) -> None:
    """Nothing is written when one of the files exists, unless --force is given."""
    await opened(table, ballots="named")
    (tmp_path / "out-ballots.csv").write_text("mine")
    code, _, err = export(tmp_path, "1")
    assert code == 1
    assert "--force" in err
    assert not (tmp_path / "out.csv").exists()
    assert (tmp_path / "out-ballots.csv").read_text() == "mine"
    assert export(tmp_path, "1", force=True)[0] == 0
    assert (tmp_path / "out-ballots.csv").read_text() != "mine"


async def test_capitals_and_spaces_around_an_id_do_not_matter(table: Table, tmp_path: Path) -> None:
    """A poll is found by its id however it was copied."""
    poll = await opened(table)
    assert export(tmp_path, f" {poll.upper()} ")[0] == 0


@pytest.mark.parametrize("what", ["99", "nothing", "", "#", "1; DROP TABLE polls"])
async def test_what_is_unknown_is_said(table: Table, tmp_path: Path, what: str) -> None:
    """A clear sentence and exit code 1."""
    code, out, err = export(tmp_path, what)
    assert (code, out) == (1, "")
    assert f"no poll “{what}”" in err


async def test_a_folder_that_is_missing_is_said(table: Table, tmp_path: Path) -> None:
    """The path and the system's reason, no trace."""
    await opened(table)
    code, _, err = export(tmp_path, "1", "nowhere/out.json")
    assert (code, "can't be written" in err) == (1, True)


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    """An operator in the wrong folder learns it."""
    code, _, err = export(tmp_path, "1")
    assert code == 1
    assert str(tmp_path / "t.db") in err


ENDINGS = {"csv": "csv", "json": "json", "xlsx": "xlsx", "html": "html", "pdf": "pdf", "preflib": "soi", "blt": "blt"}


async def voted(table: Table) -> None:
    """A closed secret poll that ranks three options, with five ballots."""
    await opened(table, ballots="anonymous", kind="ranked", options="Tea\nCoffee\nWater", method="irv")
    for person, marks in zip(crowd(5), ("a>b", "a>c", "b", "c>b", "c>b>a"), strict=True):
        await table.card(person, CastBallot("1", marks))
    await table.card(sam, ClosePoll("1", sure=True))


async def test_every_format_is_written(table: Table, tmp_path: Path) -> None:
    """Whatever the format, what holds the ballots comes with the verifier, and nothing unfinished is left."""
    await voted(table)
    assert set(ENDINGS) == set(POLLS)
    for format_, ending in ENDINGS.items():
        code, out, err = export(tmp_path, "1", f"{format_}.{ending}", format_=format_)
        assert (code, err) == (0, "")
        assert (tmp_path / f"{format_}.{ending}").stat().st_size > 80
        assert (f"{format_}-verify.py" in out) is POLLS[format_].ballots
    assert not list(tmp_path.glob("*.new"))


async def test_what_was_exported_is_verified_and_counted(table: Table, tmp_path: Path) -> None:
    """By the commands beside this one, page after page of ballots."""
    await voted(table)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(exporting, "PAGE", 2)
        for name in ("a.json", "a.csv"):
            assert export(tmp_path, "1", name)[0] == 0
    assert verify(tmp_path / "a.json", out=io.StringIO()) == 0
    said = io.StringIO()
    for name in ("a.json", "a-ballots.csv"):
        with redirect_stdout(said):
            assert main(["count", str(tmp_path / name), "--method", "schulze", "--json"]) == 0
    both = [json.loads(part) for part in said.getvalue().replace("}\n{", "}\0{").split("\0")]
    json_, csv_ = ({name: value for name, value in count.items() if name != "policies"} for count in both)
    assert (json_["ballots"], json_) == (5, csv_)  # the document knows the seed too


async def test_a_refusal_leaves_nothing_behind(table: Table, tmp_path: Path) -> None:
    """A format that can't hold the ballots is refused with the reason, and no file is begun."""
    await opened(table)
    code, _, err = export(tmp_path, "1", "out.blt")
    assert code == 1
    assert "BLT files hold rankings alone" in err
    assert not list(tmp_path.glob("out*"))


async def test_a_bar_tells_how_far_it_is(table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One step for every ballot, of as many as there are."""
    await voted(table)
    bars: list[Bar] = []

    @contextmanager
    def watched(label: str, total: int | None = None, out: object = None) -> Iterator[Bar]:
        bars.append(Bar(label, total))
        yield bars[-1]

    monkeypatch.setattr(cli, "progress", watched)
    assert export(tmp_path, "1")[0] == 0
    assert [(bar.label, bar.total, bar.done) for bar in bars] == [("Poll 1", 5, 5)]

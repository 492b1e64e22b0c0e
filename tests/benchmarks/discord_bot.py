"""Our whole program on a loopback Discord, beside a bare discord.py client on another: start, memory, votes a second.

Discord, the bot and this driver are processes of their own. The two bots take turns in one run, several rounds each,
and the medians are compared: a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.bare_discord import WARM_UP, bare_presses, people
from tests.loopback.asks import COMMAND, COMPONENT, Ask
from tests.loopback.people import MODERATOR, User
from tests.loopback.remote import ROOT, LoopbackProcess
from tests.spec.parts import walk

ROUNDS = 5
CLICKS = 2500
IN_FLIGHT = 64
ANA = User("ana", permissions=MODERATOR)
QUESTION = {"question": "What first?", "options": "Parks | Buses | Books | Bread"}

Figures = dict[str, float]


async def measure(rounds: int = ROUNDS, clicks: int = CLICKS) -> dict[str, Any]:
    """`{"tertulia" | "bare": figures, "rate_of_bare"}`: medians over rounds, each of which holds one against one."""
    found: dict[str, list[Figures]] = {"bare": [], "tertulia": []}
    for _ in range(rounds):
        for kind, rows in found.items():
            rows.append(await _round(kind, clicks))
    medians = {
        kind: {name: round(median(row[name] for row in rows), 2) for name in rows[0]} for kind, rows in found.items()
    }
    pairs = zip(found["tertulia"], found["bare"], strict=True)
    return medians | {"rate_of_bare": round(median(ours["per_second"] / bare["per_second"] for ours, bare in pairs), 2)}


async def _round(kind: str, clicks: int) -> Figures:
    """One life of one bot: started, looked at while idle, then stormed."""
    async with LoopbackProcess() as place:
        begin = time.perf_counter()
        async with _bot(kind, place) as process:
            await place.ready()
            ready = time.perf_counter() - begin
            asks = await (_votes if kind == "tertulia" else bare_presses)(place, WARM_UP + clicks)
            first = await place.storm(asks[:1])
            assert first.unanswered == 0
            idle = _rss(process.pid)
            await place.storm(asks[1:WARM_UP], in_flight=IN_FLIGHT)
            spent = _cpu(process.pid)
            storm = await place.storm(asks[WARM_UP:], in_flight=IN_FLIGHT)
            spent = _cpu(process.pid) - spent
            assert storm.unanswered == 0, f"{storm.unanswered} unanswered"
            return {
                "ready_s": round(ready, 2),
                "idle_rss_mib": idle,
                "stormed_rss_mib": _rss(process.pid),
                "per_second": round(storm.rate),
                "cpu_us_each": round(spent * 1_000_000 / clicks),
                "p50_ms": round(storm.percentile(0.5) * 1000, 1),
                "p99_ms": round(storm.percentile(0.99) * 1000, 1),
            }


@asynccontextmanager
async def _bot(kind: str, place: LoopbackProcess) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process of a bot; told to end, and waited for."""
    with tempfile.TemporaryDirectory() as folder:
        process = await _start(kind, place, folder)
        try:
            yield process
        finally:
            process.terminate()
            await process.wait()


async def _start(kind: str, place: LoopbackProcess, folder: str) -> asyncio.subprocess.Process:
    quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": None}
    if kind == "bare":
        command = ("-m", "tests.benchmarks.bare_client", place.api_base, place.token)
        return await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, **quiet)
    environment = os.environ | {
        "DISCORD_TOKEN": place.token,
        "DISCORD_API_BASE": place.api_base,
        "DATABASE_URL": f"sqlite:///{folder}/tertulia.db",
        "LOG_LEVEL": "WARNING",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, **quiet
    )


async def _votes(place: LoopbackProcess, count: int) -> list[Ask]:
    """A moderator drafts and starts a poll; everybody's presses on it, more rounds changing their minds."""
    options = [{"type": 3, "name": name, "value": value} for name, value in QUESTION.items()]
    start = {"type": 1, "name": "start", "options": options}
    draft = {"name": "moderate", "type": 1, "options": [{"type": 2, "name": "poll", "options": [start]}]}
    pressed = await _asked(place, Ask(COMMAND, draft, ANA), "1:start:")
    await _asked(place, Ask(COMPONENT, _button(pressed), ANA), "")
    poll, members = pressed.split(":")[2], people()
    return [
        Ask(COMPONENT, _button(f"1:press:{poll}:{'abcd'[(n + n // len(members)) % 4]}"), members[n % len(members)])
        for n in range(count)
    ]


async def _asked(place: LoopbackProcess, ask: Ask, wanted: str) -> str:
    """What a moderator gets: the id of the button whose id begins so."""
    (answer,) = (await place.storm([ask])).answers
    assert answer is not None
    found: Sequence[str] = [str(part.get("custom_id", "")) for part in walk(answer.data)]
    return next((one for one in found if one.startswith(wanted)), "")


def _button(custom_id: str) -> dict[str, Any]:
    return {"custom_id": custom_id, "component_type": 2, "id": 3}


def _rss(pid: int) -> float:
    """What the process holds in memory, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024, 1)


def _cpu(pid: int) -> float:
    """Seconds of processor time that the process has used: what a busy machine changes least."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

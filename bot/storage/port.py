"""The port keeps every SQL file and service unaware of which database answers: `write`, `read`, and `glance`.

The contract of a `work`, the one argument of each:

* it awaits nothing but the methods of the `Tx` it is given, and does nothing slow (no network, no drawing);
* it runs at most once per call and is never re-run; its `Tx` is of no use after it ends;
* when it raises, its own changes are undone and the exception reaches its own caller, nobody else;
* it never says BEGIN, COMMIT, SAVEPOINT or the like: the port does.

SQL is the portable kind: `?` placeholders, ids made in Python, times as milliseconds since 1970 (UTC) in BIGINT,
JSON as TEXT, `ON CONFLICT … DO UPDATE`, `RETURNING`. The PostgreSQL port turns `?` into `$1`, so a literal question
mark never stands in a statement.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Row(Protocol):
    """One row of an answer: by column name or by position, and `keys()` in the order of the SELECT."""

    def __getitem__(self, key: int | str, /) -> Any: ...

    def keys(self) -> list[str]: ...


class Tx(Protocol):
    """One transaction, handed to a `work` and dead after it.

    Every method may raise `ConstraintBroken` (the data refuses) or `StorageUnavailable` (the disk does).
    """

    async def run(self, sql: str, *args: object) -> int:
        """Run one statement; the number of rows it changed."""

    async def one(self, sql: str, *args: object) -> Row | None:
        """The first row of the answer, or None."""

    async def all(self, sql: str, *args: object) -> list[Row]:
        """Every row of the answer."""


Work = Callable[[Tx], Awaitable[T]]


class Database(Protocol):
    """What a service holds."""

    async def read(self, work: Work[T]) -> T:
        """Run `work` on one consistent snapshot; it can't change anything."""

    async def glance(self, work: Work[T]) -> T:
        """Like `read`, for a few rows found by their keys that every click needs: as fast as can be, never a list.

        The work may be begun twice.
        """

    async def write(self, work: Work[T]) -> T:
        """Run `work` and return what it returned, only after its changes are durable.

        Raises what the work raised, `StorageUnavailable` when nothing could be stored, `DatabaseClosed`.
        A caller cancelled while waiting leaves its work either wholly stored or not at all.
        """

    async def scrub(self) -> None:
        """Take what was erased out of the journal too. It costs as much as a commit or two: not for every write.

        Copies of it may be left between the rows of the file: only `rebuild` takes them. Raises `StorageUnavailable`.
        """

    async def rebuild(self) -> None:
        """Leave nothing in the database's bytes but the rows that stand, in the order of their keys.

        Writes wait meanwhile, a second per million ballots: not for every erasure. Raises `StorageUnavailable`.
        """

    async def close(self) -> None:
        """Finish what is queued, then let go of files and threads. Calling it again does no harm."""

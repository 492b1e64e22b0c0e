"""What is shown in public: each post has the revision of what it shows, and the revision that was shown last.

The one query for posts that are behind is the debounce, the outbox, the retry and the recovery after a restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage.port import Tx

_COLUMNS = "post_id, place_id, channel_id, subject, message_id, revision, shown_revision, tries"


@dataclass(frozen=True, slots=True)
class Post:
    """A live public message. `subject` is what it shows: "poll:ID" or "article:ID"; `message` None: not posted yet."""

    id: str
    place: str
    channel: str
    subject: str
    message: str | None
    revision: int
    shown_revision: int
    tries: int

    @property
    def platform(self) -> str:
        """The platform that shows it."""
        return self.place.partition(":")[0]


async def add(tx: Tx, post_id: str, place: str, channel: str, subject: str, now_ms: int) -> None:
    """Ask for something to be shown in a channel."""
    await tx.run(
        "INSERT INTO posts (post_id, place_id, channel_id, subject, state, created_ms) VALUES (?, ?, ?, ?, 'live', ?)",
        post_id,
        place,
        channel,
        subject,
        now_ms,
    )


async def bump(tx: Tx, subject: str) -> None:
    """What these posts show has changed."""
    await tx.run("UPDATE posts SET revision = revision + 1 WHERE subject = ? AND state = 'live'", subject)


async def behind(tx: Tx, platforms: Sequence[str], busy: Sequence[str] = (), limit: int = 200) -> list[Post]:
    """Live posts of these platforms that don't show what is true, outside the busy channels, the oldest first."""
    ours = " OR ".join(["place_id LIKE ?"] * len(platforms)) or "FALSE"
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM posts WHERE state = 'live' AND shown_revision < revision"  # noqa: S608
        f" AND ({ours}) AND channel_id NOT IN ({', '.join('?' * len(busy))}) ORDER BY created_ms, post_id LIMIT ?",
        *(f"{platform}:%" for platform in platforms),
        *busy,
        limit,
    )
    return [Post(*(row[n] for n in range(8))) for row in rows]


async def shown(tx: Tx, post_id: str, message: str, revision: int) -> None:
    """The post now shows this revision, in this message."""
    await tx.run(
        "UPDATE posts SET message_id = ?, shown_revision = ?, tries = 0, note = NULL WHERE post_id = ?",
        message,
        revision,
        post_id,
    )


async def dead(tx: Tx, post_id: str, note: str) -> None:
    """The message is gone: stop showing it there, and keep why."""
    await tx.run("UPDATE posts SET state = 'dead', note = ? WHERE post_id = ?", note, post_id)


async def tried(tx: Tx, post_id: str, note: str) -> None:
    """It could not be shown just now."""
    await tx.run("UPDATE posts SET tries = tries + 1, note = ? WHERE post_id = ?", note, post_id)


async def retire(tx: Tx, subject: str) -> None:
    """The messages that show this stay as they are shown last; a new one follows."""
    await tx.run("UPDATE posts SET state = 'done' WHERE subject = ? AND state = 'live'", subject)


async def forget_shown(tx: Tx, platform: str) -> None:
    """A platform that keeps no messages over a restart shows its live posts anew."""
    await tx.run(
        "UPDATE posts SET shown_revision = -1, message_id = NULL WHERE state = 'live' AND place_id LIKE ?",
        f"{platform}:%",
    )


async def of_subject(tx: Tx, subject: str) -> list[tuple[str, str, str | None, str | None]]:
    """(channel, state, message id, note) of every post of a subject, the newest first."""
    rows = await tx.all(
        "SELECT channel_id, state, message_id, note FROM posts WHERE subject = ?"
        " ORDER BY created_ms DESC, CASE state WHEN 'live' THEN 0 ELSE 1 END",
        subject,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def bump_place(tx: Tx, place_id: str) -> None:
    """Everything shown in a place has changed: its language, say."""
    await tx.run("UPDATE posts SET revision = revision + 1 WHERE place_id = ? AND state = 'live'", place_id)

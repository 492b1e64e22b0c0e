-- Why: the first schema. Places and their own packs, readers and their stances, polls and their ballots, the posts
-- that show them, the events already handled, what moderators did, and what members reported.
--
-- Portable on purpose: ids are TEXT made in Python, times are BIGINT milliseconds since 1970 (UTC) named *_ms, JSON is
-- TEXT, and CHECKs stand where a type matters. What only SQLite understands is between "sqlite" marks; the PostgreSQL
-- port drops or replaces it.

CREATE TABLE places (
    place_id   TEXT NOT NULL PRIMARY KEY,
    platform   TEXT NOT NULL,
    name       TEXT NOT NULL,
    locale     TEXT,
    timezone   TEXT,
    article_id TEXT,
    settings   TEXT NOT NULL DEFAULT '{}',
    poll_seq   INTEGER NOT NULL DEFAULT 0 CHECK (poll_seq >= 0),
    created_ms BIGINT NOT NULL CHECK (created_ms >= 0),
    revision   INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0)
);

-- Packs that a server imported for itself; those of the content folder are not copied here.
CREATE TABLE packs (
    place_id   TEXT NOT NULL,
    article_id TEXT NOT NULL,
    version    TEXT NOT NULL,
    data       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('preview', 'published', 'removed')),
    added_ms   BIGINT NOT NULL CHECK (added_ms >= 0),
    added_by   TEXT NOT NULL,
    PRIMARY KEY (place_id, article_id)
);

CREATE TABLE readers (
    place_id   TEXT NOT NULL,
    actor_id   TEXT NOT NULL,
    locale     TEXT,
    article_id TEXT,
    section_id TEXT,
    side_first TEXT CHECK (side_first IN ('pro', 'con')),
    seed       INTEGER NOT NULL,
    seen_ms    BIGINT NOT NULL CHECK (seen_ms >= 0),
    PRIMARY KEY (place_id, actor_id)
);

-- A stance is named from the start, hence actor_name; a secret opinion is a poll with named = 0.
CREATE TABLE stances (
    place_id     TEXT NOT NULL,
    article_id   TEXT NOT NULL,
    item_id      TEXT NOT NULL,
    actor_id     TEXT NOT NULL,
    stance       TEXT NOT NULL CHECK (stance IN ('agree', 'disagree', 'pass')),
    pack_version TEXT NOT NULL,
    item_version TEXT NOT NULL,
    changes      INTEGER NOT NULL DEFAULT 0 CHECK (changes >= 0),
    set_ms       BIGINT NOT NULL CHECK (set_ms >= 0),
    actor_name   TEXT NOT NULL,
    PRIMARY KEY (place_id, article_id, item_id, actor_id)
);
CREATE INDEX stances_by_actor ON stances (place_id, actor_id);

-- A draft has no number yet: numbers are given in the order of opening, so that members see no gaps.
CREATE TABLE polls (
    poll_id      TEXT NOT NULL PRIMARY KEY,
    place_id     TEXT NOT NULL REFERENCES places (place_id),
    number       INTEGER CHECK (number > 0),
    article_id   TEXT,
    item_id      TEXT,
    pack_version TEXT,
    item_version TEXT,
    kind         TEXT NOT NULL,
    question     TEXT NOT NULL,
    options      TEXT NOT NULL,
    wordings     TEXT NOT NULL DEFAULT '{}',
    rules        TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'erased')),
    named        INTEGER NOT NULL CHECK (named IN (0, 1)),
    channel_id   TEXT NOT NULL,
    electorate   INTEGER CHECK (electorate >= 0),
    created_by   TEXT NOT NULL,
    created_ms   BIGINT NOT NULL CHECK (created_ms >= 0),
    opened_ms    BIGINT CHECK (opened_ms >= 0),
    closes_ms    BIGINT CHECK (closes_ms >= 0),
    closed_ms    BIGINT CHECK (closed_ms >= 0),
    closed_by    TEXT,
    revision     INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
    UNIQUE (place_id, number)
);
CREATE INDEX polls_by_deadline ON polls (state, closes_ms);

-- In an anonymous poll `voter` is a keyed tag, and neither a name nor a time is kept.
-- The PostgreSQL port drops the clause after the sqlite mark.
CREATE TABLE ballots (
    poll_id    TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    voter      TEXT NOT NULL,
    voter_name TEXT,
    marks      TEXT NOT NULL,
    reason     TEXT,
    cast_ms    BIGINT CHECK (cast_ms >= 0),
    changes    INTEGER NOT NULL DEFAULT 0 CHECK (changes >= 0),
    PRIMARY KEY (poll_id, voter)
) /*sqlite*/ WITHOUT ROWID;

-- Everything shown in public: it is behind while it is live and shown_revision is not the revision.
CREATE TABLE posts (
    post_id        TEXT NOT NULL PRIMARY KEY,
    place_id       TEXT NOT NULL,
    channel_id     TEXT NOT NULL,
    subject        TEXT NOT NULL,
    poll_id        TEXT,
    message_id     TEXT,
    revision       INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
    shown_revision INTEGER NOT NULL DEFAULT -1 CHECK (shown_revision >= -1),
    state          TEXT NOT NULL CHECK (state IN ('live', 'done', 'dead')),
    tries          INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    note           TEXT,
    created_ms     BIGINT NOT NULL CHECK (created_ms >= 0)
);
CREATE INDEX posts_by_subject ON posts (subject);
CREATE INDEX posts_behind ON posts (created_ms) WHERE state = 'live' AND shown_revision < revision;

-- The platform's own event ids: a retry or a replay finds its id here and changes nothing.
CREATE TABLE events (
    event_id TEXT NOT NULL PRIMARY KEY,
    at_ms    BIGINT NOT NULL CHECK (at_ms >= 0)
);
CREATE INDEX events_by_age ON events (at_ms);

CREATE TABLE mod_log (
    log_id     TEXT NOT NULL PRIMARY KEY,
    place_id   TEXT NOT NULL,
    at_ms      BIGINT NOT NULL CHECK (at_ms >= 0),
    actor_id   TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    act        TEXT NOT NULL,
    subject    TEXT NOT NULL,
    detail     TEXT NOT NULL
);
CREATE INDEX mod_log_by_time ON mod_log (place_id, at_ms);

-- sqlite: the log only grows. PostgreSQL says this with a trigger function of its own.
CREATE TRIGGER mod_log_never_changes BEFORE UPDATE ON mod_log
BEGIN
    SELECT RAISE(ABORT, 'the moderation log only grows');
END;
CREATE TRIGGER mod_log_never_shrinks BEFORE DELETE ON mod_log
BEGIN
    SELECT RAISE(ABORT, 'the moderation log only grows');
END;
-- end sqlite

CREATE TABLE reports (
    report_id   TEXT NOT NULL PRIMARY KEY,
    place_id    TEXT NOT NULL,
    at_ms       BIGINT NOT NULL CHECK (at_ms >= 0),
    reporter_id TEXT NOT NULL,
    channel_id  TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    author_id   TEXT NOT NULL,
    excerpt     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'done'))
);
CREATE INDEX reports_by_place ON reports (place_id, state);

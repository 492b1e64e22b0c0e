-- Why: what a disk tells. SQLite's bytes say in which order rows came, and a time beside a person says when they were
-- here: so tables of what people do have no row numbers and no time finer than a day, where nobody was promised one.
-- Ids of events are keyed from here on; those of before, which were not, go. Who voted in a closed poll goes, and so does
-- how far reminders came. Nothing counts any more how often somebody changed their mind.

DELETE FROM voted WHERE poll_id NOT IN (SELECT poll_id FROM polls WHERE state = 'open');

-- `at_ms` is the beginning of the day, UTC; so are `seen_ms` and `set_ms` below, and `at_ms` of proposals.
DROP TABLE events;
CREATE TABLE events (
    event_id TEXT NOT NULL PRIMARY KEY,
    at_ms    BIGINT NOT NULL CHECK (at_ms >= 0)
) /*sqlite*/ WITHOUT ROWID;
CREATE INDEX events_by_age ON events (at_ms);

ALTER TABLE readers RENAME TO old_readers;
CREATE TABLE readers (
    place_id   TEXT NOT NULL,
    actor_id   TEXT NOT NULL,
    locale     TEXT,
    article_id TEXT,
    section_id TEXT,
    side_first TEXT CHECK (side_first IN ('pro', 'con')),
    seed       INTEGER NOT NULL,
    remind     INTEGER NOT NULL DEFAULT 0 CHECK (remind IN (0, 1)),
    seen_ms    BIGINT NOT NULL CHECK (seen_ms >= 0),
    PRIMARY KEY (place_id, actor_id)
) /*sqlite*/ WITHOUT ROWID;
INSERT INTO readers (place_id, actor_id, locale, article_id, section_id, side_first, seed, remind, seen_ms)
    SELECT place_id, actor_id, locale, article_id, section_id, side_first, seed, remind, seen_ms - seen_ms % 86400000
    FROM old_readers;
DROP TABLE old_readers;

ALTER TABLE stances RENAME TO old_stances;
CREATE TABLE stances (
    place_id     TEXT NOT NULL,
    article_id   TEXT NOT NULL,
    item_id      TEXT NOT NULL,
    actor_id     TEXT NOT NULL,
    stance       TEXT NOT NULL CHECK (stance IN ('agree', 'disagree', 'pass')),
    pack_version TEXT NOT NULL,
    item_version TEXT NOT NULL,
    set_ms       BIGINT NOT NULL CHECK (set_ms >= 0),
    actor_name   TEXT NOT NULL,
    PRIMARY KEY (place_id, article_id, item_id, actor_id)
) /*sqlite*/ WITHOUT ROWID;
INSERT INTO stances
    (place_id, article_id, item_id, actor_id, stance, pack_version, item_version, set_ms, actor_name)
    SELECT place_id, article_id, item_id, actor_id, stance, pack_version, item_version, set_ms - set_ms % 86400000,
        actor_name
    FROM old_stances;
DROP TABLE old_stances;
CREATE INDEX stances_by_actor ON stances (place_id, actor_id);

ALTER TABLE ballots DROP COLUMN changes;

ALTER TABLE proposals RENAME TO old_proposals;
CREATE TABLE proposals (
    proposal_id TEXT NOT NULL PRIMARY KEY,
    poll_id     TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    text        TEXT NOT NULL,
    proposer_id TEXT NOT NULL,
    at_ms       BIGINT NOT NULL CHECK (at_ms >= 0),
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'refused')),
    note        TEXT
) /*sqlite*/ WITHOUT ROWID;
INSERT INTO proposals (proposal_id, poll_id, text, proposer_id, at_ms, state, note)
    SELECT proposal_id, poll_id, text, proposer_id, at_ms - at_ms % 86400000, state, note FROM old_proposals;
DROP TABLE old_proposals;
CREATE INDEX proposals_by_poll ON proposals (poll_id, state);

-- Moderators are shown when a report came, so it keeps its time; only its row number goes.
ALTER TABLE reports RENAME TO old_reports;
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
) /*sqlite*/ WITHOUT ROWID;
INSERT INTO reports
    (report_id, place_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt, state)
    SELECT report_id, place_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt, state FROM old_reports;
DROP TABLE old_reports;
CREATE INDEX reports_by_place ON reports (place_id, state);

-- A reminder's timer named the person whose turn was next. A walk that was under way ends here.
DELETE FROM timers WHERE act = 'reach:remind' AND subject LIKE 'poll:%:%';

-- The file is to be written anew: what went is still in its bytes.
INSERT INTO timers (act, subject, due_ms) SELECT 'rebuild', 'database:asked', 0 WHERE EXISTS (SELECT 1 FROM places);

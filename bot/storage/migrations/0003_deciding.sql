-- Why: ballots that decide. Secret ballots get a table of their own, under keyed ids and with a nonce for the receipt,
-- apart from the list of who has voted; named ballots get a weight and may be voided with a reason. Polls carry the salt
-- of their lots, the root of their ballots, public notes of edits, a thread, and a moment to start. Timers wake the
-- program for what is due; schedules and templates make polls again; proposals are options that voters ask for.

ALTER TABLE polls ADD COLUMN salt TEXT NOT NULL DEFAULT '';
ALTER TABLE polls ADD COLUMN root TEXT;
ALTER TABLE polls ADD COLUMN starts_ms BIGINT CHECK (starts_ms >= 0);
ALTER TABLE polls ADD COLUMN edits TEXT NOT NULL DEFAULT '[]';
ALTER TABLE polls ADD COLUMN thread_id TEXT;

ALTER TABLE ballots ADD COLUMN weight INTEGER NOT NULL DEFAULT 1 CHECK (weight > 0);
ALTER TABLE ballots ADD COLUMN void TEXT;
ALTER TABLE ballots ADD COLUMN part TEXT;
-- What stood for the ballot under the root, kept when its voter was erased after the close: the root must still fit.
ALTER TABLE ballots ADD COLUMN commitment TEXT;

-- `ballot_id` is made with the poll's key, which is destroyed at close: from then on it says nothing. No time, no order.
-- `part` is the voter's side of the announced breakdown; it is emptied at close where a part is too small to hide in.
CREATE TABLE secret_ballots (
    poll_id   TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    ballot_id TEXT NOT NULL,
    marks     TEXT NOT NULL,
    reason    TEXT,
    nonce     TEXT NOT NULL,
    part      TEXT,
    PRIMARY KEY (poll_id, ballot_id)
) /*sqlite*/ WITHOUT ROWID;

-- Who has voted in a secret poll, under another keyed tag: nothing joins it to a ballot.
CREATE TABLE voted (
    poll_id TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    tag     TEXT NOT NULL,
    PRIMARY KEY (poll_id, tag)
) /*sqlite*/ WITHOUT ROWID;

-- Anonymous ballots of before keep their keyed id. Those in open polls get a nonce, and with it a receipt; their poll
-- gets a salt, without which its ballots would have no root at the close. No kind of poll of before draws lots by it.
-- sqlite
UPDATE polls SET salt = lower(hex(randomblob(8))) WHERE state = 'open';
INSERT INTO secret_ballots (poll_id, ballot_id, marks, reason, nonce)
    SELECT b.poll_id, b.voter, b.marks, b.reason, lower(hex(randomblob(16)))
    FROM ballots b JOIN polls p ON p.poll_id = b.poll_id WHERE p.named = 0;
-- end sqlite
DELETE FROM ballots WHERE poll_id IN (SELECT poll_id FROM polls WHERE named = 0);

-- What is due at a moment, once: a scheduled start, a reminder, the end of talking first.
CREATE TABLE timers (
    act     TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_ms  BIGINT NOT NULL CHECK (due_ms >= 0),
    PRIMARY KEY (act, subject)
);
CREATE INDEX timers_by_time ON timers (due_ms);

-- Drafts kept under a name, to start from again.
CREATE TABLE templates (
    place_id   TEXT NOT NULL,
    name       TEXT NOT NULL,
    title      TEXT NOT NULL,
    draft      TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_ms BIGINT NOT NULL CHECK (created_ms >= 0),
    PRIMARY KEY (place_id, name)
);

-- Polls that come again. `every` is week, month or days:N, counted from `first_ms` in `timezone`; `made` is how many.
CREATE TABLE schedules (
    schedule_id TEXT NOT NULL PRIMARY KEY,
    place_id    TEXT NOT NULL REFERENCES places (place_id),
    channel_id  TEXT NOT NULL,
    title       TEXT NOT NULL,
    draft       TEXT NOT NULL,
    every       TEXT NOT NULL,
    timezone    TEXT NOT NULL,
    first_ms    BIGINT NOT NULL CHECK (first_ms >= 0),
    next_ms     BIGINT CHECK (next_ms >= 0),
    ends_ms     BIGINT CHECK (ends_ms >= 0),
    most        INTEGER CHECK (most > 0),
    made        INTEGER NOT NULL DEFAULT 0 CHECK (made >= 0),
    created_by  TEXT NOT NULL,
    created_ms  BIGINT NOT NULL CHECK (created_ms >= 0)
);
CREATE INDEX schedules_by_time ON schedules (next_ms);

-- Options that voters ask for. The proposer is kept for the limit on each person, and is never shown.
CREATE TABLE proposals (
    proposal_id TEXT NOT NULL PRIMARY KEY,
    poll_id     TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    text        TEXT NOT NULL,
    proposer_id TEXT NOT NULL,
    at_ms       BIGINT NOT NULL CHECK (at_ms >= 0),
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'refused')),
    note        TEXT
);
CREATE INDEX proposals_by_poll ON proposals (poll_id, state);

-- Whoever wants to be reminded of polls they may vote in and have not, says so for the place.
ALTER TABLE readers ADD COLUMN remind INTEGER NOT NULL DEFAULT 0 CHECK (remind IN (0, 1));

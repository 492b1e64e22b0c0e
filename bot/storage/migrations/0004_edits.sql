-- Why: an edit of a running poll is said back before it counts, and what was typed doesn't fit a button. It waits here,
-- for a day at most, and goes with its poll.

CREATE TABLE pending_edits (
    edit_id  TEXT NOT NULL PRIMARY KEY,
    poll_id  TEXT NOT NULL REFERENCES polls (poll_id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    options  TEXT NOT NULL,
    at_ms    BIGINT NOT NULL CHECK (at_ms >= 0)
);
CREATE INDEX pending_edits_by_time ON pending_edits (at_ms);

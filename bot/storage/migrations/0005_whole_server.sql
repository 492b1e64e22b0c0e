-- Why: a poll belongs to its channel, and is seen by who can view that, unless a moderator published it to the whole
-- server. Polls of before belong to their channel; one whose board was posted again elsewhere belongs where that stands
-- now, because its voters are there.

ALTER TABLE polls ADD COLUMN whole_server INTEGER NOT NULL DEFAULT 0 CHECK (whole_server IN (0, 1));
CREATE INDEX polls_by_channel ON polls (place_id, channel_id);

UPDATE polls SET channel_id = COALESCE(
    (SELECT channel_id FROM posts WHERE subject = 'poll:' || polls.poll_id AND state = 'live'
     ORDER BY created_ms DESC, post_id DESC LIMIT 1),
    channel_id
) WHERE state IN ('open', 'closed');

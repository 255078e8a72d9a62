-- Promises kept, and hand-offs that come back: where a promise stands, teammates as people, what was given to whom
-- in which file, what came back in which, and what was done when no answer came.
-- the message of ours that made the promise, or the reply in the outbox that will; NULL: written down by hand
ALTER TABLE promise ADD COLUMN message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
ALTER TABLE promise ADD COLUMN outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL;
-- the hand-off that it rests on; NULL: none
ALTER TABLE promise ADD COLUMN handoff_id INTEGER REFERENCES handoff(id) ON DELETE SET NULL;
-- the message of ours by which the member was told; NULL: told in another way
ALTER TABLE promise ADD COLUMN kept_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
-- the reply in the outbox by which the member is being told; it is kept once that is sent
ALTER TABLE promise ADD COLUMN kept_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL;
ALTER TABLE promise ADD COLUMN dropped_at INTEGER;
CREATE INDEX promise_open ON promise(due_on) WHERE kept_at IS NULL AND dropped_why = '';
CREATE INDEX promise_message ON promise(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX promise_outbox ON promise(outbox_id) WHERE outbox_id IS NOT NULL;
-- what a draft is about to promise, JSON; '': nothing
ALTER TABLE draft ADD COLUMN promise TEXT NOT NULL DEFAULT '';
-- their file: which columns it has (JSON list; '': all), what separates them, and what kind of file it is
ALTER TABLE teammate ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE teammate ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE teammate ADD COLUMN file_columns TEXT NOT NULL DEFAULT '';
ALTER TABLE teammate ADD COLUMN file_separator TEXT NOT NULL DEFAULT ',' CHECK (file_separator IN (',', ';', char(9)));
ALTER TABLE teammate ADD COLUMN file_format TEXT NOT NULL DEFAULT 'csv' CHECK (file_format IN ('csv', 'xlsx'));
-- a word of thanks to a teammate who helped
CREATE TABLE teammate_thanks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  teammate_id INTEGER NOT NULL REFERENCES teammate(id) ON DELETE CASCADE,
  handoff_id INTEGER REFERENCES handoff(id) ON DELETE SET NULL,
  at INTEGER NOT NULL, words TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX teammate_thanks_teammate ON teammate_thanks(teammate_id);
-- the gift that it is about; which messages go along (JSON list of ids; '': the last three); whether private words do
ALTER TABLE handoff ADD COLUMN gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL;
ALTER TABLE handoff ADD COLUMN message_ids TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff ADD COLUMN private_words INTEGER NOT NULL DEFAULT 0;
-- what they wrote, in a language that the teammate knows
ALTER TABLE handoff ADD COLUMN translation TEXT NOT NULL DEFAULT '';
-- the reply that names the helper to the member, while it is on its way and after
ALTER TABLE handoff ADD COLUMN introduced_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL;
-- the letter or message that brought the answer; NULL: a file did, or the manager wrote it down
ALTER TABLE handoff ADD COLUMN answer_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
-- the reply that tells the member, while it is on its way and after; NULL: none does
ALTER TABLE handoff ADD COLUMN telling_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL;
-- our message by which the member was told; NULL: told in another way
ALTER TABLE handoff ADD COLUMN told_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL;
CREATE INDEX handoff_telling ON handoff(telling_outbox_id) WHERE telling_outbox_id IS NOT NULL;
CREATE INDEX handoff_gift ON handoff(gift_id) WHERE gift_id IS NOT NULL;
-- what was done when no answer came: reminded, passed to the next name, the member told that we are still on it
CREATE TABLE handoff_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  handoff_id INTEGER NOT NULL REFERENCES handoff(id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('reminded', 'passed_on', 'member_told')),
  at INTEGER NOT NULL,
  from_teammate_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
  letter_draft_id INTEGER                 -- the letter that does it, while it is being written
) STRICT;
CREATE INDEX handoff_step_handoff ON handoff_step(handoff_id);
-- a trigger within a trigger may leave a state before it is counted there, so that it is below 0 until the other runs
DROP TRIGGER tally_update;
CREATE TRIGGER tally_update AFTER UPDATE ON conversation WHEN OLD.state IS NOT NEW.state OR OLD.account_id IS NOT NEW.account_id BEGIN
  INSERT INTO tally SELECT OLD.account_id, OLD.state, -1 WHERE OLD.state <> 'empty' ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO tally SELECT NEW.account_id, NEW.state, 1 WHERE NEW.state <> 'empty' ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- A hand-off is over when the member has heard. An answer is owed while it has come and the member is neither told nor
-- being told: then its conversation needs us, and nothing closes it. The same in SQL: app/inbox/owing.py.
UPDATE handoff SET telling_outbox_id = (SELECT max(o.id) FROM outbox o LEFT JOIN identity i ON i.id = o.identity_id
  WHERE o.conversation_id = handoff.conversation_id AND o.created_at >= handoff.updated_at
    AND o.state IN ('held', 'queued', 'sending', 'undecided', 'failed') AND o.purpose IN ('reply', 'new')
    AND (handoff.member_id IS NULL OR o.identity_id IS NULL OR i.member_id = handoff.member_id))
WHERE closed_at IS NULL AND told_at IS NULL AND status IN ('solved', 'declined');
DROP TRIGGER handoff_told;
CREATE TRIGGER handoff_told AFTER UPDATE OF state ON outbox WHEN NEW.state = 'sent' AND OLD.state <> 'sent' BEGIN
  UPDATE handoff SET told_at = NEW.sent_at, told_message_id = NEW.message_id, updated_at = NEW.sent_at, rev = rev + 1,
    closed_at = CASE WHEN status IN ('solved', 'declined') THEN NEW.sent_at END
  WHERE telling_outbox_id = NEW.id AND closed_at IS NULL AND told_at IS NULL;
END;
-- before, so that an undo, which goes backwards, takes the answer away before what it had led to
CREATE TRIGGER handoff_came_back BEFORE UPDATE OF status ON handoff
  WHEN NEW.status IN ('solved', 'declined') AND OLD.status NOT IN ('solved', 'declined')
    AND NEW.closed_at IS NULL AND NEW.told_at IS NULL AND NEW.member_id IS NOT NULL BEGIN
  UPDATE conversation SET waiting_since = coalesce(waiting_since, NEW.updated_at), closed = 0, done_at = NULL,
    closed_itself_at = NULL, snoozed_until = NULL
  WHERE id = NEW.conversation_id AND messages > 0;
END;
CREATE TRIGGER conversation_owes AFTER UPDATE OF waiting_since, closed ON conversation
  WHEN (NEW.waiting_since IS NULL OR NEW.closed = 1) AND EXISTS (SELECT 1 FROM handoff h
    WHERE h.conversation_id = NEW.id AND h.closed_at IS NULL AND h.told_at IS NULL AND h.member_id IS NOT NULL
      AND h.status IN ('solved', 'declined') AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = h.telling_outbox_id
        AND (o.state IN ('sending', 'sent') OR (o.state IN ('held', 'queued') AND NOT (o.state = 'held' AND o.later)
          AND (SELECT mode FROM account WHERE id = o.account_id) <> 'assisted')))) BEGIN
  UPDATE conversation SET closed = 0, done_at = NULL, closed_itself_at = NULL,
    waiting_since = coalesce(NEW.waiting_since, (SELECT min(h.updated_at) FROM handoff h
      WHERE h.conversation_id = NEW.id AND h.closed_at IS NULL AND h.told_at IS NULL AND h.member_id IS NOT NULL
        AND h.status IN ('solved', 'declined')))
  WHERE id = NEW.id;
END;
UPDATE conversation SET waiting_since = waiting_since, closed = closed
WHERE (waiting_since IS NULL OR closed = 1) AND id IN (SELECT conversation_id FROM handoff WHERE closed_at IS NULL);
-- files given out: hand-offs or gifts, to whom, how (saved, letter, standard output), with which rows
CREATE TABLE given_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('handoffs', 'gifts')),
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  name TEXT NOT NULL, way TEXT NOT NULL CHECK (way IN ('saved', 'letter', 'output')),
  letter_draft_id INTEGER, outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX given_file_teammate ON given_file(teammate_id);
CREATE TABLE given_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_id INTEGER NOT NULL REFERENCES given_file(id) ON DELETE CASCADE,
  row_id INTEGER NOT NULL, rev INTEGER NOT NULL, UNIQUE (file_id, row_id)
) STRICT;
-- files that came back; counts is JSON: how many rows were applied, clashed, were as before, or were rejected
CREATE TABLE returned_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('handoffs', 'gifts')),
  name TEXT NOT NULL, sha256 TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '',
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX returned_file_sha256 ON returned_file(sha256);
-- what a row said when it came back: its revision when it went out, and the teammate's cells as they were read, JSON
CREATE TABLE returned_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_id INTEGER NOT NULL REFERENCES returned_file(id) ON DELETE CASCADE,
  row_id INTEGER NOT NULL, rev INTEGER NOT NULL, cells TEXT NOT NULL, UNIQUE (file_id, row_id)
) STRICT;
CREATE INDEX returned_row_row ON returned_row(row_id);
-- enquiries that a colleague passed on to us
CREATE TABLE passed_on (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL UNIQUE REFERENCES conversation(id) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  by_name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;
-- who answers for an account or a subject, and who stands in; teammate_id NULL: the manager
CREATE TABLE responsible (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES account(id) ON DELETE CASCADE, subject TEXT NOT NULL DEFAULT '',
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE CASCADE,
  stand_in_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  CHECK ((account_id IS NULL) <> (subject = ''))
) STRICT;
CREATE UNIQUE INDEX responsible_account ON responsible(account_id) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX responsible_subject ON responsible(subject) WHERE subject <> '';
-- what was typed in a form that was closed without saving, JSON; it comes back when the form opens for the same thing
CREATE TABLE kept_form (
  id INTEGER PRIMARY KEY AUTOINCREMENT, form TEXT NOT NULL, subject TEXT NOT NULL,
  fields TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (form, subject)
) STRICT;

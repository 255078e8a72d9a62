-- Whom a reply goes to is written down with it, and so is what had been read when it was written.
-- whom it goes to; NULL: to nobody by name
ALTER TABLE outbox ADD COLUMN identity_id INTEGER REFERENCES identity(id);
-- the last message of anybody else when it was written
ALTER TABLE outbox ADD COLUMN seen_id INTEGER;
-- the message that it is meant to answer
ALTER TABLE draft ADD COLUMN answers_id INTEGER;
-- of our own mails: the addresses it went to, one a line
ALTER TABLE message ADD COLUMN addressed TEXT NOT NULL DEFAULT '';

UPDATE outbox SET seen_id = answers_id, identity_id = coalesce(
  (SELECT identity_id FROM message WHERE id = outbox.answers_id),
  (SELECT identity_id FROM conversation WHERE id = outbox.conversation_id));

-- Private talk with several people needs us until each has been answered, whoever spoke last.
DROP TRIGGER tally_insert;
DROP TRIGGER tally_delete;
DROP TRIGGER tally_update;
DROP INDEX conversation_state;
DROP INDEX conversation_waiting;
ALTER TABLE conversation DROP COLUMN state;
ALTER TABLE conversation ADD COLUMN state TEXT GENERATED ALWAYS AS (CASE
  WHEN messages = 0 THEN 'empty' WHEN snoozed_until IS NOT NULL THEN 'snoozed' WHEN closed = 1 THEN 'done'
  WHEN waiting_since IS NULL THEN 'waiting' ELSE 'needs_me' END) VIRTUAL;
CREATE INDEX conversation_state ON conversation(state, last_at DESC, id DESC);
CREATE INDEX conversation_waiting ON conversation(waiting_since, id) WHERE state = 'needs_me';
CREATE TRIGGER tally_insert AFTER INSERT ON conversation WHEN NEW.state <> 'empty' BEGIN
  INSERT INTO tally VALUES (NEW.account_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tally_delete AFTER DELETE ON conversation BEGIN
  UPDATE tally SET n = n - 1 WHERE account_id = OLD.account_id AND state = OLD.state;
END;
CREATE TRIGGER tally_update AFTER UPDATE ON conversation WHEN OLD.state IS NOT NEW.state OR OLD.account_id IS NOT NEW.account_id BEGIN
  UPDATE tally SET n = n - 1 WHERE account_id = OLD.account_id AND state = OLD.state;
  INSERT INTO tally SELECT NEW.account_id, NEW.state, 1 WHERE NEW.state <> 'empty' ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- An answer to one person in a conversation does not tell another the outcome of their hand-off.
DROP TRIGGER handoff_told;
CREATE TRIGGER handoff_told AFTER UPDATE OF state ON outbox WHEN NEW.state = 'sent' AND OLD.state <> 'sent' BEGIN
  UPDATE handoff SET told_at = NEW.sent_at, closed_at = NEW.sent_at, updated_at = NEW.sent_at, rev = rev + 1
  WHERE conversation_id = NEW.conversation_id AND closed_at IS NULL AND told_at IS NULL
    AND status IN ('solved', 'declined') AND updated_at <= NEW.created_at
    AND (member_id IS NULL OR NEW.identity_id IS NULL
      OR member_id = (SELECT member_id FROM identity WHERE id = NEW.identity_id));
END;

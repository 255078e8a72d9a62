-- What machines and lists send is kept quiet: nobody waits for an answer to it.
-- why nobody waits: failed, late, bounce, receipt, away, reaction, newsletter, list, automatic; '' where somebody may
ALTER TABLE message ADD COLUMN quiet TEXT NOT NULL DEFAULT '';
-- of a letter, JSON: from, to, cc, bcc, reply_to as [[name, address], ...]; list, alias; '' where there is nothing to say
ALTER TABLE message ADD COLUMN envelope TEXT NOT NULL DEFAULT '';
-- of a letter of ours: that it was not delivered, to whom, and what the server said
ALTER TABLE message ADD COLUMN failed TEXT NOT NULL DEFAULT '';
-- of a letter, JSON: whom it goes to as [[role, name, address], ...]; [] where that is identity_id alone
ALTER TABLE outbox ADD COLUMN receivers TEXT NOT NULL DEFAULT '[]';
-- senders whom the person said to be people, whatever their letters look like
CREATE TABLE known_person (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL) STRICT;

-- nothing but quiet messages is in it
ALTER TABLE conversation ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER tally_insert;
DROP TRIGGER tally_delete;
DROP TRIGGER tally_update;
DROP INDEX conversation_state;
DROP INDEX conversation_waiting;
ALTER TABLE conversation DROP COLUMN state;
ALTER TABLE conversation ADD COLUMN state TEXT GENERATED ALWAYS AS (CASE
  WHEN messages = 0 THEN 'empty' WHEN snoozed_until IS NOT NULL THEN 'snoozed' WHEN closed = 1 THEN 'done'
  WHEN quiet = 1 THEN 'quiet' WHEN waiting_since IS NULL THEN 'waiting' ELSE 'needs_me' END) VIRTUAL;
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

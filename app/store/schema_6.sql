-- Whatever comes in, read whole: attachments, what was left out of the words, reactions, a place's manners, spelling.
-- Content-ID of a picture that the letter shows among its words, without brackets
ALTER TABLE attachment ADD COLUMN content_id TEXT NOT NULL DEFAULT '';
-- the part of the letter (RFC 3501, 6.4.5) that has the content, while that is left at the server and sha256 is empty
ALTER TABLE attachment ADD COLUMN section TEXT NOT NULL DEFAULT '';
-- what was left out of the words in reading the letter: shown when it is asked for
ALTER TABLE message ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
-- of a letter: signed or encrypted, and with what: 'signed openpgp', 'encrypted smime'
ALTER TABLE message ADD COLUMN protection TEXT NOT NULL DEFAULT '';
-- 1: bytes are compressed (zlib)
ALTER TABLE raw ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
-- what the person wrote down about the manners of the place, and when the note was last shown at a first reply there
ALTER TABLE account ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN note_shown_at INTEGER;
-- which of several names or addresses of ours speaks, once the person has been asked
ALTER TABLE account ADD COLUMN who_speaks TEXT NOT NULL DEFAULT '';
ALTER TABLE gift ADD COLUMN batch_id INTEGER REFERENCES import_batch(id);
CREATE INDEX gift_batch ON gift(batch_id) WHERE batch_id IS NOT NULL;
-- 1: the message that it answers awaits approval at its channel, and is approved once this is sent
ALTER TABLE outbox ADD COLUMN approves INTEGER NOT NULL DEFAULT 0;

-- A reaction is a row of the outbox: what it is, '' for all other rows. Its purposes need a wider check.
ALTER TABLE outbox ADD COLUMN reaction TEXT NOT NULL DEFAULT '';
DROP TRIGGER handoff_told;
ALTER TABLE outbox ADD COLUMN purpose_6 TEXT NOT NULL DEFAULT 'reply'
  CHECK (purpose_6 IN ('reply', 'new', 'forward', 'correct', 'withdraw', 'react', 'unreact'));
UPDATE outbox SET purpose_6 = purpose WHERE purpose <> 'reply';
ALTER TABLE outbox DROP COLUMN purpose;
ALTER TABLE outbox RENAME COLUMN purpose_6 TO purpose;
-- nor does a reaction tell anybody how a hand-off ended
CREATE TRIGGER handoff_told AFTER UPDATE OF state ON outbox
  WHEN NEW.state = 'sent' AND OLD.state <> 'sent' AND NEW.purpose NOT IN ('correct', 'withdraw', 'react', 'unreact') BEGIN
  UPDATE handoff SET told_at = NEW.sent_at, closed_at = NEW.sent_at, updated_at = NEW.sent_at, rev = rev + 1
  WHERE conversation_id = NEW.conversation_id AND closed_at IS NULL AND told_at IS NULL
    AND status IN ('solved', 'declined') AND updated_at <= NEW.created_at
    AND (member_id IS NULL OR NEW.identity_id IS NULL
      OR member_id = (SELECT member_id FROM identity WHERE id = NEW.identity_id));
END;

-- words that the spelling checker accepts besides its dictionaries; language '' for any
CREATE TABLE known_word (
  id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL, language TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
  UNIQUE (word, language)
) STRICT;

-- how many emoji a message may have before the voice guide notes it; NULL: any number
ALTER TABLE voice_guide ADD COLUMN emoji_most INTEGER CHECK (emoji_most >= 0);

-- Letters: to several people, from one of several addresses, with files; new, forwarded, corrected and withdrawn ones.
-- of a letter: what another mail program did to it there; words out of seen, answered, flagged, archived, deleted, junk,
-- moved, back, missing, some with ":" and the time
ALTER TABLE message ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
CREATE INDEX message_about_ours ON message(parent_id) WHERE quiet IN ('list', 'bounce');
CREATE INDEX message_flagged ON message(conversation_id) WHERE instr(mailbox, 'flagged') > 0;
CREATE INDEX message_missing ON message(account_id) WHERE instr(mailbox, 'missing') > 0;
-- where its messages are since it was joined to another one
ALTER TABLE conversation ADD COLUMN joined_into INTEGER REFERENCES conversation(id);
CREATE INDEX conversation_joined ON conversation(joined_into) WHERE joined_into IS NOT NULL;
-- the conversation that the person parted it from: no letter joins the two again by itself
ALTER TABLE conversation ADD COLUMN parted_from INTEGER;
-- JSON: what the person chose of to, cc, bcc, sender, to_list; '' where nothing
ALTER TABLE draft ADD COLUMN addressing TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN purpose TEXT NOT NULL DEFAULT 'reply'
  CHECK (purpose IN ('reply', 'new', 'forward', 'correct', 'withdraw'));
-- the message that is forwarded, corrected or withdrawn
ALTER TABLE outbox ADD COLUMN about_id INTEGER;
CREATE INDEX outbox_about ON outbox(about_id) WHERE about_id IS NOT NULL;
-- of a new or forwarded letter; a reply takes the conversation's
ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT '';
-- the address of ours that it is sent from; '' where that is the account's
ALTER TABLE outbox ADD COLUMN sender TEXT NOT NULL DEFAULT '';
-- what follows the words: a signature, the letter that is forwarded
ALTER TABLE outbox ADD COLUMN ending TEXT NOT NULL DEFAULT '';
-- it goes to a mailing list: everybody on it reads it
ALTER TABLE outbox ADD COLUMN to_list INTEGER NOT NULL DEFAULT 0;

-- what a correction or a withdrawal changes tells nobody how a hand-off ended
DROP TRIGGER handoff_told;
CREATE TRIGGER handoff_told AFTER UPDATE OF state ON outbox
  WHEN NEW.state = 'sent' AND OLD.state <> 'sent' AND NEW.purpose NOT IN ('correct', 'withdraw') BEGIN
  UPDATE handoff SET told_at = NEW.sent_at, closed_at = NEW.sent_at, updated_at = NEW.sent_at, rev = rev + 1
  WHERE conversation_id = NEW.conversation_id AND closed_at IS NULL AND told_at IS NULL
    AND status IN ('solved', 'declined') AND updated_at <= NEW.created_at
    AND (member_id IS NULL OR NEW.identity_id IS NULL
      OR member_id = (SELECT member_id FROM identity WHERE id = NEW.identity_id));
END;

-- a new or forwarded message that is being written: it has no conversation yet
CREATE TABLE letter_draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES account(id),
  receivers TEXT NOT NULL DEFAULT '[]',   -- JSON: [[role, name, address], ...]
  subject TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
  template_id INTEGER, sender TEXT NOT NULL DEFAULT '',
  together INTEGER NOT NULL DEFAULT 0,    -- one letter to all receivers, instead of one each
  forwards_id INTEGER,                    -- the message that it forwards
  linked_id INTEGER REFERENCES conversation(id) ON DELETE SET NULL, -- the public conversation that it takes further in private
  member_id INTEGER,                      -- whom it is for, while no address of theirs is known
  at INTEGER NOT NULL
) STRICT;

-- two conversations about one matter: a public one and its private one, or as the person linked them
CREATE TABLE conversation_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  why TEXT NOT NULL CHECK (why IN ('private', 'linked', 'forward')), at INTEGER NOT NULL,
  UNIQUE (conversation_id, other_id)
) STRICT;
CREATE INDEX conversation_link_other ON conversation_link(other_id);

-- what stands under a letter, by the address that it is sent from and its language; '' stands for any
CREATE TABLE signature (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account(id),
  address TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
  UNIQUE (account_id, address, language)
) STRICT;

-- names under which one identity signs: asked about once, whether that is the same person
CREATE TABLE known_name (
  id INTEGER PRIMARY KEY AUTOINCREMENT, identity_id INTEGER NOT NULL REFERENCES identity(id), name TEXT NOT NULL,
  same INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE (identity_id, name)
) STRICT;

-- a file that goes out with a message: of a draft in a conversation, of a new message, or of a row of the outbox
CREATE TABLE outgoing_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE, letter_draft_id INTEGER, outbox_id INTEGER,
  name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL -- in hex: an undo keeps rows as JSON
) STRICT;
CREATE INDEX outgoing_file_conversation ON outgoing_file(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX outgoing_file_letter ON outgoing_file(letter_draft_id) WHERE letter_draft_id IS NOT NULL;
CREATE INDEX outgoing_file_outbox ON outgoing_file(outbox_id) WHERE outbox_id IS NOT NULL;
CREATE TABLE outgoing_bytes (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

-- where a letter lies in a mailbox that other programs use as well; gone from there, the row is gone
CREATE TABLE letter_place (
  account_id INTEGER NOT NULL, folder TEXT NOT NULL, uid INTEGER NOT NULL,
  message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE, flags TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account_id, folder, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_place_message ON letter_place(message_id);

-- how a message of ours read before it was corrected or withdrawn
CREATE TABLE message_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  text TEXT NOT NULL, until INTEGER NOT NULL
) STRICT;
CREATE INDEX message_version_message ON message_version(message_id);

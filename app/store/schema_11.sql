-- Members remembered: what we know of a person and who said so, two who are one, how far somebody takes part, who
-- helps whom, quarrels, and leave for what members made.
-- other languages that they know beside `language`, codes with commas between them
ALTER TABLE member ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN form_of_address TEXT NOT NULL DEFAULT '' CHECK (form_of_address IN ('', 'familiar', 'formal'));
ALTER TABLE member ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';
-- a name of the IANA time zone database
ALTER TABLE member ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
-- MM-DD: no year is kept
ALTER TABLE member ADD COLUMN birthday TEXT NOT NULL DEFAULT '';
-- '': by the calendar of their language and name; 'none': they keep none; else MM-DD
ALTER TABLE member ADD COLUMN name_day TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN interests TEXT NOT NULL DEFAULT '';
-- how and when we met (YYYY, YYYY-MM or YYYY-MM-DD), and through whom: a member, or a name
ALTER TABLE member ADD COLUMN met_how TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN met_on TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN met_through TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN met_through_id INTEGER REFERENCES member(id);
-- when and where they gave or refused consent to offers
ALTER TABLE member ADD COLUMN consent_on TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN consent_how TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN do_not_contact INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN do_not_gift INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN do_not_why TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN minor INTEGER NOT NULL DEFAULT 0;
-- a public servant may accept no gift over a certain worth
ALTER TABLE member ADD COLUMN public_servant INTEGER NOT NULL DEFAULT 0;
-- how the name is sorted where the rules get it wrong; '': by the rules
ALTER TABLE member ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
-- the involvement set by hand; '': by what they do
ALTER TABLE member ADD COLUMN pinned TEXT NOT NULL DEFAULT '' CHECK (pinned IN ('', 'visitor', 'participant', 'contributor', 'core'));
-- to be in touch every so many days; 0: no such wish
ALTER TABLE member ADD COLUMN rhythm_days INTEGER NOT NULL DEFAULT 0;
-- the columns that were written by hand, with commas between them: no import writes over those
ALTER TABLE member ADD COLUMN by_hand TEXT NOT NULL DEFAULT '';
CREATE INDEX member_met_through ON member(met_through_id) WHERE met_through_id IS NOT NULL;
CREATE TABLE member_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member_id INTEGER NOT NULL REFERENCES member(id), label_id INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  UNIQUE (member_id, label_id)
) STRICT;
CREATE INDEX member_label_label ON member_label(label_id);
-- fields of one's own, and what a member has in them
CREATE TABLE member_field (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE member_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member_id INTEGER NOT NULL REFERENCES member(id), field_id INTEGER NOT NULL REFERENCES member_field(id) ON DELETE CASCADE,
  value TEXT NOT NULL, UNIQUE (member_id, field_id)
) STRICT;
CREATE INDEX member_value_field ON member_value(field_id);
-- dated notes, beside the one on the member
CREATE TABLE member_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX member_note_member ON member_note(member_id, at);
-- a merge: what the kept member was before (JSON by column), and which rows came from the other (JSON: ids by table)
CREATE TABLE member_merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES member(id), gone_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, moved TEXT NOT NULL, parted_at INTEGER
) STRICT;
CREATE INDEX member_merge_kept ON member_merge(kept_id);
CREATE INDEX member_merge_gone ON member_merge(gone_id);
-- two who look like one person and are not, the lower id first
CREATE TABLE member_apart (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  one_id INTEGER NOT NULL REFERENCES member(id), other_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, why TEXT NOT NULL DEFAULT '', UNIQUE (one_id, other_id)
) STRICT;
CREATE INDEX member_apart_other ON member_apart(other_id);
-- a list of members that is kept: what it asks for, as JSON
CREATE TABLE member_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, asked TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;
-- what was done under a name on a channel, kept up as messages come; `days` counts days on which they wrote
CREATE TABLE activity (
  id INTEGER PRIMARY KEY REFERENCES identity(id) ON DELETE CASCADE,
  messages INTEGER NOT NULL DEFAULT 0, started INTEGER NOT NULL DEFAULT 0, helped INTEGER NOT NULL DEFAULT 0,
  cheered INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0, last_day TEXT NOT NULL DEFAULT '',
  first_at INTEGER, last_at INTEGER, came_back_at INTEGER, was_away_days INTEGER NOT NULL DEFAULT 0
) STRICT;
-- how far a member takes part, by their activity and the thresholds in the settings
CREATE TABLE involvement (
  id INTEGER PRIMARY KEY REFERENCES member(id) ON DELETE CASCADE,
  level TEXT NOT NULL CHECK (level IN ('visitor', 'participant', 'contributor', 'core')), since INTEGER NOT NULL
) STRICT;
CREATE INDEX involvement_level ON involvement(level);
-- the messages that count as their writer's deeds, by writer and time; and those of them that only say thanks
CREATE INDEX message_deed ON message(identity_id)
  WHERE identity_id IS NOT NULL AND out = 0 AND quiet IN ('', 'list', 'closer', 'rule');
CREATE INDEX message_cheer ON message(identity_id) WHERE identity_id IS NOT NULL AND quiet = 'closer';
-- a message in which one member helped another
CREATE TABLE help (
  id INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE,
  identity_id INTEGER NOT NULL REFERENCES identity(id) ON DELETE CASCADE,
  helped_identity_id INTEGER NOT NULL REFERENCES identity(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX help_helper ON help(identity_id);
CREATE INDEX help_helped ON help(helped_identity_id);
-- a message of which the person said that it helped nobody
CREATE TABLE no_help (id INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE, at INTEGER NOT NULL) STRICT;
-- two members made known to each other: both are asked first
CREATE TABLE introduction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  one_id INTEGER NOT NULL REFERENCES member(id), other_id INTEGER NOT NULL REFERENCES member(id),
  why TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL,
  one_asked_at INTEGER, other_asked_at INTEGER,
  one_said TEXT NOT NULL DEFAULT '' CHECK (one_said IN ('', 'yes', 'no')),
  other_said TEXT NOT NULL DEFAULT '' CHECK (other_said IN ('', 'yes', 'no')),
  one_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
  other_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
  introduced_at INTEGER, introduced_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
  outcome TEXT NOT NULL DEFAULT '', closed_at INTEGER,
  -- the letters that are being written: those that ask, and those that introduce (ids with blanks between them)
  one_draft_id INTEGER, other_draft_id INTEGER, introducing_drafts TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX introduction_one ON introduction(one_id);
CREATE INDEX introduction_other ON introduction(other_id);
-- a conversation in which members quarrel; `heat` is what it was when it was found, `signs` JSON
CREATE TABLE quarrel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL UNIQUE REFERENCES conversation(id) ON DELETE CASCADE,
  found_at INTEGER NOT NULL, heat INTEGER NOT NULL, signs TEXT NOT NULL DEFAULT '', by_hand INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'settled', 'none')), state_at INTEGER, note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE quarrel_side (
  id INTEGER PRIMARY KEY AUTOINCREMENT, quarrel_id INTEGER NOT NULL REFERENCES quarrel(id) ON DELETE CASCADE,
  identity_id INTEGER NOT NULL REFERENCES identity(id) ON DELETE CASCADE, UNIQUE (quarrel_id, identity_id)
) STRICT;
CREATE INDEX quarrel_side_identity ON quarrel_side(identity_id);
-- what a member made, and the leave to use it: for what, with which credit line, until which day (YYYY-MM-DD)
CREATE TABLE work (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id),
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, attachment_id INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'recipe', 'drawing', 'text', 'other')), title TEXT NOT NULL,
  excerpt TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'noted' CHECK (state IN ('noted', 'asked', 'granted', 'refused', 'withdrawn')),
  created_at INTEGER NOT NULL, asked_at INTEGER, asked_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
  said_at INTEGER, said_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  for_what TEXT NOT NULL DEFAULT '', credit TEXT NOT NULL DEFAULT '', until_on TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX work_member ON work(member_id);
CREATE INDEX work_message ON work(message_id) WHERE message_id IS NOT NULL;
-- what a new message is about to promise, and which open promises it keeps, as draft.promise
ALTER TABLE letter_draft ADD COLUMN promise TEXT NOT NULL DEFAULT '';
-- as app/inbox/owing.py has it: also a reply in a place that is only read is posted by the person, and so not on its way
DROP TRIGGER conversation_owes;
CREATE TRIGGER conversation_owes AFTER UPDATE OF waiting_since, closed ON conversation
  WHEN (NEW.waiting_since IS NULL OR NEW.closed = 1) AND EXISTS (SELECT 1 FROM handoff h
    WHERE h.conversation_id = NEW.id AND h.closed_at IS NULL AND h.told_at IS NULL AND h.member_id IS NOT NULL
      AND h.status IN ('solved', 'declined') AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = h.telling_outbox_id
        AND (o.state IN ('sending', 'sent') OR (o.state IN ('held', 'queued') AND NOT (o.state = 'held' AND o.later)
          AND NOT (SELECT a.mode = 'assisted' OR (a.mode = 'live' AND a.kind IN ('feed')) FROM account a
            WHERE a.id = o.account_id))))) BEGIN
  UPDATE conversation SET closed = 0, done_at = NULL, closed_itself_at = NULL,
    waiting_since = coalesce(NEW.waiting_since, (SELECT min(h.updated_at) FROM handoff h
      WHERE h.conversation_id = NEW.id AND h.closed_at IS NULL AND h.told_at IS NULL AND h.member_id IS NOT NULL
        AND h.status IN ('solved', 'declined')))
  WHERE id = NEW.id;
END;

-- Made by packaging/schema.py from an empty file after all migrations; not to be edited.

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,                     -- the channel: email, wordpress, discourse, ...
  name TEXT NOT NULL UNIQUE,              -- the channel in words, as every row of the inbox says it
  mode TEXT NOT NULL DEFAULT 'live' CHECK (mode IN ('live', 'assisted', 'file', 'demo')),
  own TEXT NOT NULL DEFAULT '',           -- our own addresses or handles there, one a line, folded
  speaks_as TEXT NOT NULL DEFAULT '',
  fields TEXT NOT NULL DEFAULT '{}',      -- JSON: what the form asked for, never a secret
  state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'paused', 'needs_login', 'removed')),
  created_at INTEGER NOT NULL,
  ok_at INTEGER, error TEXT NOT NULL DEFAULT '', error_at INTEGER, next_at INTEGER,
  checked_at INTEGER,                     -- when a login last worked and said what the account is
  facts TEXT NOT NULL DEFAULT '{}',       -- JSON: what the channel said of the account then: its limits, our own id
  owner TEXT NOT NULL DEFAULT '',         -- the register: whose it is, who else can get in, where recovery lies,
  others TEXT NOT NULL DEFAULT '', recovery TEXT NOT NULL DEFAULT '',
  ends_on TEXT, ends_what TEXT NOT NULL DEFAULT ''  -- and the local date on which a token or contract ends
, note TEXT NOT NULL DEFAULT '', note_shown_at INTEGER, who_speaks TEXT NOT NULL DEFAULT '', reply_minutes INTEGER CHECK (reply_minutes > 0)) STRICT;

CREATE TABLE cursor (
  account_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, kind TEXT NOT NULL, account_id INTEGER REFERENCES account(id),
  at INTEGER NOT NULL, finished_at INTEGER, new INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0, undone_at INTEGER
) STRICT;

CREATE TABLE import_mapping (header TEXT PRIMARY KEY, mapping TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'customer',  -- customer partner staff former_staff applicant vendor press peer
  greeting TEXT NOT NULL DEFAULT '',
  fits INTEGER NOT NULL DEFAULT 0, fits_why TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  recipient TEXT NOT NULL DEFAULT '', address_1 TEXT NOT NULL DEFAULT '', address_2 TEXT NOT NULL DEFAULT '',
  address_3 TEXT NOT NULL DEFAULT '', postal_code TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', company TEXT NOT NULL DEFAULT '',
  job_title TEXT NOT NULL DEFAULT '', website TEXT NOT NULL DEFAULT '',
  consent TEXT NOT NULL DEFAULT '',       -- '' not asked, 'offers' yes, 'no' never
  first_at INTEGER, last_at INTEGER,      -- first and last time they said something
  merged_into INTEGER REFERENCES member(id),
  batch_id INTEGER REFERENCES import_batch(id),
  created_at INTEGER NOT NULL
, languages TEXT NOT NULL DEFAULT '', form_of_address TEXT NOT NULL DEFAULT '' CHECK (form_of_address IN ('', 'familiar', 'formal')), pronouns TEXT NOT NULL DEFAULT '', time_zone TEXT NOT NULL DEFAULT '', birthday TEXT NOT NULL DEFAULT '', name_day TEXT NOT NULL DEFAULT '', interests TEXT NOT NULL DEFAULT '', met_how TEXT NOT NULL DEFAULT '', met_on TEXT NOT NULL DEFAULT '', met_through TEXT NOT NULL DEFAULT '', met_through_id INTEGER REFERENCES member(id), consent_on TEXT NOT NULL DEFAULT '', consent_how TEXT NOT NULL DEFAULT '', do_not_contact INTEGER NOT NULL DEFAULT 0, do_not_gift INTEGER NOT NULL DEFAULT 0, do_not_why TEXT NOT NULL DEFAULT '', minor INTEGER NOT NULL DEFAULT 0, public_servant INTEGER NOT NULL DEFAULT 0, sort_name TEXT NOT NULL DEFAULT '', pinned TEXT NOT NULL DEFAULT '' CHECK (pinned IN ('', 'visitor', 'participant', 'contributor', 'core')), rhythm_days INTEGER NOT NULL DEFAULT 0, by_hand TEXT NOT NULL DEFAULT '', name_forms TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX member_merged ON member(merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX member_last ON member(last_at DESC, id DESC) WHERE merged_into IS NULL;

CREATE TABLE identity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,                     -- the channel's kind: an address is the same person on every account of it
  handle TEXT NOT NULL,                   -- as shown
  key TEXT NOT NULL,                      -- as compared: folded handle, address or remote id
  name TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  member_id INTEGER NOT NULL REFERENCES member(id),
  home_id INTEGER NOT NULL REFERENCES member(id),
  batch_id INTEGER REFERENCES import_batch(id),
  UNIQUE (kind, key)
) STRICT;

CREATE INDEX identity_member ON identity(member_id);

CREATE INDEX identity_home ON identity(home_id);

CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  remote_id TEXT,                         -- the thread's key at the channel, where it has one
  identity_id INTEGER REFERENCES identity(id), -- the member's name that spoke first
  title TEXT NOT NULL DEFAULT '',
  post_title TEXT NOT NULL DEFAULT '', post_url TEXT NOT NULL DEFAULT '', post_text TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  public INTEGER NOT NULL DEFAULT 1,
  language TEXT NOT NULL DEFAULT '',
  closed INTEGER NOT NULL DEFAULT 0,      -- the person said Done since the last message
  snoozed_until INTEGER,                  -- 9223372036854775807: until they reply
  last_out INTEGER NOT NULL DEFAULT 0,    -- whether the last message is ours
  unread INTEGER NOT NULL DEFAULT 0,
  unhappy INTEGER NOT NULL DEFAULT 0, hard INTEGER NOT NULL DEFAULT 0, snoozes INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  waiting_since INTEGER,                  -- the oldest message that we have not answered
  last_message_id INTEGER,
  done_at INTEGER,
  batch_id INTEGER REFERENCES import_batch(id), quiet INTEGER NOT NULL DEFAULT 0, state TEXT GENERATED ALWAYS AS (CASE
  WHEN messages = 0 THEN 'empty' WHEN snoozed_until IS NOT NULL THEN 'snoozed' WHEN closed = 1 THEN 'done'
  WHEN quiet = 1 THEN 'quiet' WHEN waiting_since IS NULL THEN 'waiting' ELSE 'needs_me' END) VIRTUAL, joined_into INTEGER REFERENCES conversation(id), parted_from INTEGER, locked INTEGER NOT NULL DEFAULT 0, closed_itself_at INTEGER, closes_at INTEGER, erased_at INTEGER) STRICT;

CREATE UNIQUE INDEX conversation_remote ON conversation(account_id, remote_id) WHERE remote_id IS NOT NULL;

CREATE INDEX conversation_last ON conversation(last_at DESC, id DESC);

CREATE INDEX conversation_post ON conversation(account_id, post_url) WHERE post_url <> '';

CREATE INDEX conversation_identity ON conversation(identity_id);

CREATE INDEX conversation_snoozed ON conversation(snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id),
  account_id INTEGER NOT NULL REFERENCES account(id),
  remote_id TEXT,
  parent_id TEXT,                         -- the remote id that it answers
  identity_id INTEGER REFERENCES identity(id), -- who said it; ours too, when we know as whom
  out INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT 'said' CHECK (kind IN ('said', 'offline', 'unreadable')),
  text TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  template_id INTEGER REFERENCES template(id) ON DELETE SET NULL,
  edited_at INTEGER, gone_at INTEGER,
  batch_id INTEGER REFERENCES import_batch(id)
, addressed TEXT NOT NULL DEFAULT '', quiet TEXT NOT NULL DEFAULT '', envelope TEXT NOT NULL DEFAULT '', failed TEXT NOT NULL DEFAULT '', mailbox TEXT NOT NULL DEFAULT '', left_out TEXT NOT NULL DEFAULT '', protection TEXT NOT NULL DEFAULT '', solution INTEGER NOT NULL DEFAULT 0, upstream TEXT NOT NULL DEFAULT ''
  CHECK (upstream IN ('', 'held', 'hidden', 'spam', 'deleted', 'reported')), language_by_hand INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX message_remote ON message(account_id, remote_id) WHERE remote_id IS NOT NULL;

CREATE INDEX message_conversation ON message(conversation_id);

CREATE INDEX message_batch ON message(batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE thread_ref (
  account_id INTEGER NOT NULL, ref TEXT NOT NULL, conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_ref_conversation ON thread_ref(conversation_id);

CREATE TABLE raw (message_id INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE, bytes BLOB NOT NULL, why TEXT NOT NULL DEFAULT '', packed INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  name TEXT NOT NULL, type TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL, sha256 BLOB NOT NULL
, content_id TEXT NOT NULL DEFAULT '', section TEXT NOT NULL DEFAULT '', removed_at INTEGER) STRICT;

CREATE INDEX attachment_message ON attachment(message_id);

CREATE TABLE attachment_bytes (sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

CREATE TABLE label (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL DEFAULT ''
  CHECK (colour IN ('', 'red', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'))) STRICT;

CREATE TABLE conversation_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  label_id INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  UNIQUE (conversation_id, label_id)
) STRICT;

CREATE INDEX conversation_label_label ON conversation_label(label_id);

CREATE TABLE draft (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversation(id) ON DELETE CASCADE,
  text TEXT NOT NULL, template_id INTEGER, language TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
, answers_id INTEGER, addressing TEXT NOT NULL DEFAULT '', promise TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE template (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, use TEXT NOT NULL DEFAULT '',
  archived INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
, folder TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE template_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT, template_id INTEGER NOT NULL REFERENCES template(id) ON DELETE CASCADE,
  language TEXT NOT NULL, variant TEXT NOT NULL DEFAULT 'A', body TEXT NOT NULL, updated_at INTEGER NOT NULL, address TEXT NOT NULL DEFAULT '' CHECK (address IN ('', 'familiar', 'formal')), channel TEXT NOT NULL DEFAULT '',
  UNIQUE (template_id, language, variant)
) STRICT;

CREATE TABLE template_use (
  id INTEGER PRIMARY KEY AUTOINCREMENT, template_id INTEGER NOT NULL REFERENCES template(id) ON DELETE CASCADE,
  language TEXT NOT NULL, variant TEXT NOT NULL, member_id INTEGER, conversation_id INTEGER, at INTEGER NOT NULL
, edited INTEGER) STRICT;

CREATE INDEX template_use_template ON template_use(template_id, at);

CREATE INDEX template_use_member ON template_use(member_id, template_id);

CREATE TABLE voice_guide (id INTEGER PRIMARY KEY CHECK (id = 1), who_we_are TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TABLE voice_trait (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, why TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE voice_example (
  id INTEGER PRIMARY KEY AUTOINCREMENT, trait_id INTEGER NOT NULL REFERENCES voice_trait(id) ON DELETE CASCADE,
  language TEXT NOT NULL, do TEXT NOT NULL, dont TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE voice_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT, language TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL,                    -- one a line; a word that ends in * stands for all its forms
  level TEXT NOT NULL CHECK (level IN ('note', 'ask', 'block')),
  risk TEXT NOT NULL DEFAULT 'tone', why TEXT NOT NULL, instead TEXT NOT NULL DEFAULT '',
  until INTEGER, position INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0
, kind TEXT NOT NULL DEFAULT ''
  CHECK (kind IN ('', 'taboo', 'confidential', 'embargoed')), owner TEXT NOT NULL DEFAULT '', sort TEXT NOT NULL DEFAULT ''
  CHECK (sort IN ('', 'with', 'either', 'most', 'emoji', 'exclaim', 'sentence', 'greeting', 'closing')), also TEXT NOT NULL DEFAULT '', most INTEGER CHECK (most >= 0), channel TEXT NOT NULL DEFAULT '', forms TEXT NOT NULL DEFAULT '', not_forms TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES account(id), conversation_id INTEGER NOT NULL REFERENCES conversation(id),
  answers_id INTEGER,                     -- the message it answers
  text TEXT NOT NULL, language TEXT NOT NULL DEFAULT '', template_id INTEGER, variant TEXT NOT NULL DEFAULT '',
  overrides TEXT NOT NULL DEFAULT '[]',   -- JSON: findings sent past, with the reason given
  then_done INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'sent', 'failed', 'undecided', 'discarded')),
  created_at INTEGER NOT NULL, held_until INTEGER NOT NULL, next_at INTEGER, tried INTEGER NOT NULL DEFAULT 0,
  sending_at INTEGER, sent_at INTEGER, remote_id TEXT, message_id INTEGER, error TEXT NOT NULL DEFAULT '',
  later INTEGER NOT NULL DEFAULT 0,       -- the person chose the time: held until then, however far away
  after_id INTEGER REFERENCES outbox(id), -- the part of a thread that goes before it, and that it answers
  unsure INTEGER NOT NULL DEFAULT 0       -- an earlier try may have been taken: it cannot be taken back any more
, identity_id INTEGER REFERENCES identity(id), seen_id INTEGER, receivers TEXT NOT NULL DEFAULT '[]', about_id INTEGER, subject TEXT NOT NULL DEFAULT '', sender TEXT NOT NULL DEFAULT '', ending TEXT NOT NULL DEFAULT '', to_list INTEGER NOT NULL DEFAULT 0, approves INTEGER NOT NULL DEFAULT 0, reaction TEXT NOT NULL DEFAULT '', purpose TEXT NOT NULL DEFAULT 'reply'
  CHECK (purpose IN ('reply', 'new', 'forward', 'correct', 'withdraw', 'react', 'unreact')), cools INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX outbox_state ON outbox(state) WHERE state <> 'sent';

CREATE INDEX outbox_conversation ON outbox(conversation_id);

CREATE INDEX outbox_message ON outbox(message_id) WHERE message_id IS NOT NULL;

CREATE INDEX outbox_remote ON outbox(account_id, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE moderation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,
  message_id INTEGER, conversation_id INTEGER NOT NULL REFERENCES conversation(id), account_id INTEGER NOT NULL REFERENCES account(id),
  member_id INTEGER, guideline TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '', text TEXT NOT NULL, said_at INTEGER, url TEXT NOT NULL DEFAULT '', evidence TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL DEFAULT '',        -- how it stood there before: message.upstream
  undoes_id INTEGER REFERENCES moderation(id),
  state TEXT NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'queued', 'doing', 'done', 'failed', 'undone')),
  held_until INTEGER NOT NULL DEFAULT 0, next_at INTEGER, tried INTEGER NOT NULL DEFAULT 0, done_at INTEGER, error TEXT NOT NULL DEFAULT ''
, verb TEXT NOT NULL DEFAULT 'hide' CHECK (verb IN (
  'hide', 'show', 'spam', 'delete', 'solve', 'unsolve', 'lock', 'unlock', 'mute', 'unmute', 'ban', 'unban')), seconds INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX moderation_open ON moderation(state) WHERE state IN ('held', 'queued', 'doing');

CREATE INDEX moderation_message ON moderation(message_id);

CREATE INDEX moderation_conversation ON moderation(conversation_id);

CREATE TABLE promise (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id), conversation_id INTEGER REFERENCES conversation(id),
  what TEXT NOT NULL, at INTEGER NOT NULL, due_on TEXT,      -- a local date, YYYY-MM-DD
  kept_at INTEGER, dropped_why TEXT NOT NULL DEFAULT ''
, message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, handoff_id INTEGER REFERENCES handoff(id) ON DELETE SET NULL, kept_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, kept_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, dropped_at INTEGER) STRICT;

CREATE INDEX promise_member ON promise(member_id);

CREATE INDEX promise_conversation ON promise(conversation_id);

CREATE TABLE teammate (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, team TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '',
  languages TEXT NOT NULL DEFAULT '', subjects TEXT NOT NULL DEFAULT '', away_from TEXT, away_until TEXT,
  stand_in_id INTEGER REFERENCES teammate(id), archived INTEGER NOT NULL DEFAULT 0
, role TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', file_columns TEXT NOT NULL DEFAULT '', file_separator TEXT NOT NULL DEFAULT ',' CHECK (file_separator IN (',', ';', char(9))), file_format TEXT NOT NULL DEFAULT 'csv' CHECK (file_format IN ('csv', 'xlsx'))) STRICT;

CREATE TABLE handoff (
  id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL DEFAULT 1,
  conversation_id INTEGER REFERENCES conversation(id), member_id INTEGER REFERENCES member(id), message_id INTEGER,
  teammate_id INTEGER REFERENCES teammate(id),
  kind TEXT NOT NULL DEFAULT 'problem', priority TEXT NOT NULL DEFAULT 'normal',
  ask TEXT NOT NULL, context TEXT NOT NULL DEFAULT '', opened_at INTEGER NOT NULL, needed_by TEXT,
  owner TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'sent' CHECK (status IN ('sent', 'seen', 'in_work', 'solved', 'declined')),
  answer TEXT NOT NULL DEFAULT '', answered_on TEXT, ticket TEXT NOT NULL DEFAULT '',
  told_at INTEGER, closed_at INTEGER, closed_why TEXT NOT NULL DEFAULT '', exported_at INTEGER, updated_at INTEGER NOT NULL
, gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL, message_ids TEXT NOT NULL DEFAULT '', private_words INTEGER NOT NULL DEFAULT 0, translation TEXT NOT NULL DEFAULT '', introduced_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, answer_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, telling_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, told_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, asks_rule_id INTEGER REFERENCES voice_rule(id), draft TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX handoff_conversation ON handoff(conversation_id);

CREATE INDEX handoff_member ON handoff(member_id);

CREATE INDEX handoff_open ON handoff(closed_at, teammate_id);

CREATE TABLE gift (
  id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL DEFAULT 1,
  member_id INTEGER NOT NULL REFERENCES member(id), conversation_id INTEGER REFERENCES conversation(id),
  item TEXT NOT NULL, why TEXT NOT NULL, occasion TEXT NOT NULL DEFAULT 'thank_you',
  worth INTEGER NOT NULL, currency TEXT NOT NULL,             -- worth in minor units, what we count against the budget
  state_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
  size TEXT NOT NULL DEFAULT '', qty INTEGER NOT NULL DEFAULT 1,
  customs_text TEXT NOT NULL DEFAULT '', declared_value TEXT NOT NULL DEFAULT '', card_text TEXT NOT NULL DEFAULT '',
  shipped_on TEXT, carrier TEXT NOT NULL DEFAULT '', tracking TEXT NOT NULL DEFAULT '', actual_cost INTEGER, exported_at INTEGER
, batch_id INTEGER REFERENCES import_batch(id), state TEXT NOT NULL DEFAULT 'idea' CHECK (state IN (
  'idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived', 'thanked', 'story',
  'declined', 'charity', 'lapsed', 'lost', 'returned')), item_id INTEGER REFERENCES gift_item(id), again_of INTEGER REFERENCES gift(id), giveaway_id INTEGER REFERENCES giveaway(id) ON DELETE SET NULL, in_person INTEGER NOT NULL DEFAULT 0, lapses_on TEXT NOT NULL DEFAULT '', asked_at INTEGER, asked_draft_id INTEGER, asked_outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, answer_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, charity TEXT NOT NULL DEFAULT '', arrived_on TEXT, thanks_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, story_message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, address_erased_at INTEGER) STRICT;

CREATE INDEX gift_member ON gift(member_id);

CREATE INDEX gift_conversation ON gift(conversation_id);

CREATE TABLE exported_row (
  kind TEXT NOT NULL, row_id INTEGER NOT NULL, rev INTEGER NOT NULL, at INTEGER NOT NULL, file TEXT NOT NULL, cells TEXT NOT NULL,
  PRIMARY KEY (kind, row_id, rev)
) STRICT, WITHOUT ROWID;

CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, title TEXT NOT NULL, batch_id INTEGER REFERENCES import_batch(id), undone_at INTEGER
) STRICT;

CREATE TABLE action_step (
  action_id INTEGER NOT NULL REFERENCES action(id) ON DELETE CASCADE, step INTEGER NOT NULL,
  tbl TEXT NOT NULL, op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')), row_id INTEGER NOT NULL,
  before TEXT, after TEXT,                -- JSON of the columns that changed (update) or of the row (delete)
  PRIMARY KEY (action_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (account_id INTEGER NOT NULL, state TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (account_id, state)) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_index USING fts5(words, content='', detail=none, columnsize=0, prefix='1 2 3 4', tokenize='ascii');

CREATE VIRTUAL TABLE member_index USING fts5(words, detail=none, columnsize=0, prefix='1 2 3', tokenize='ascii');

CREATE INDEX message_identity ON message(identity_id, conversation_id) WHERE identity_id IS NOT NULL;

CREATE TABLE known_person (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL) STRICT;

CREATE INDEX conversation_state ON conversation(state, last_at DESC, id DESC);

CREATE INDEX conversation_waiting ON conversation(waiting_since, id) WHERE state = 'needs_me';

CREATE TRIGGER tally_insert AFTER INSERT ON conversation WHEN NEW.state <> 'empty' BEGIN
  INSERT INTO tally VALUES (NEW.account_id, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER tally_delete AFTER DELETE ON conversation BEGIN
  UPDATE tally SET n = n - 1 WHERE account_id = OLD.account_id AND state = OLD.state;
END;

CREATE INDEX message_about_ours ON message(parent_id) WHERE quiet IN ('list', 'bounce');

CREATE INDEX message_flagged ON message(conversation_id) WHERE instr(mailbox, 'flagged') > 0;

CREATE INDEX message_missing ON message(account_id) WHERE instr(mailbox, 'missing') > 0;

CREATE INDEX conversation_joined ON conversation(joined_into) WHERE joined_into IS NOT NULL;

CREATE INDEX outbox_about ON outbox(about_id) WHERE about_id IS NOT NULL;

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
, promise TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE conversation_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  why TEXT NOT NULL CHECK (why IN ('private', 'linked', 'forward')), at INTEGER NOT NULL,
  UNIQUE (conversation_id, other_id)
) STRICT;

CREATE INDEX conversation_link_other ON conversation_link(other_id);

CREATE TABLE signature (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account(id),
  address TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
  UNIQUE (account_id, address, language)
) STRICT;

CREATE TABLE known_name (
  id INTEGER PRIMARY KEY AUTOINCREMENT, identity_id INTEGER NOT NULL REFERENCES identity(id), name TEXT NOT NULL,
  same INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE (identity_id, name)
) STRICT;

CREATE TABLE outgoing_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE, letter_draft_id INTEGER, outbox_id INTEGER,
  name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL -- in hex: an undo keeps rows as JSON
, template_id INTEGER REFERENCES template(id) ON DELETE CASCADE) STRICT;

CREATE INDEX outgoing_file_conversation ON outgoing_file(conversation_id) WHERE conversation_id IS NOT NULL;

CREATE INDEX outgoing_file_letter ON outgoing_file(letter_draft_id) WHERE letter_draft_id IS NOT NULL;

CREATE INDEX outgoing_file_outbox ON outgoing_file(outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE outgoing_bytes (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

CREATE TABLE letter_place (
  account_id INTEGER NOT NULL, folder TEXT NOT NULL, uid INTEGER NOT NULL,
  message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE, flags TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account_id, folder, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX letter_place_message ON letter_place(message_id);

CREATE TABLE message_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  text TEXT NOT NULL, until INTEGER NOT NULL
) STRICT;

CREATE INDEX message_version_message ON message_version(message_id);

CREATE INDEX gift_batch ON gift(batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE known_word (
  id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL, language TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
  UNIQUE (word, language)
) STRICT;

CREATE INDEX moderation_author ON moderation(message_id) WHERE verb IN ('mute', 'unmute', 'ban', 'unban');

CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  words TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'all',
  account_id INTEGER REFERENCES account(id) ON DELETE CASCADE,
  label_id INTEGER REFERENCES label(id) ON DELETE CASCADE,
  place INTEGER NOT NULL                  -- its row in the rail, from the top
) STRICT;

CREATE TABLE draft_beside (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  text TEXT NOT NULL, language TEXT NOT NULL DEFAULT '', answers_id INTEGER, template_id INTEGER,
  addressing TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;

CREATE INDEX draft_beside_conversation ON draft_beside(conversation_id);

CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
  ends INTEGER NOT NULL CHECK (ends > starts AND ends <= 1440),
  UNIQUE (weekday, starts)
) STRICT;

CREATE TABLE handling (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,                     -- what was done: reply, thanks, unhappy, private, handoff, gift, promise ...
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, seconds INTEGER NOT NULL CHECK (seconds >= 0),
  ended TEXT NOT NULL DEFAULT ''          -- what ended it: sent, done, snoozed, handed_off, left ...
) STRICT;

CREATE INDEX handling_at ON handling(at);

CREATE INDEX handling_conversation ON handling(conversation_id);

CREATE TABLE put_off (
  id INTEGER PRIMARY KEY AUTOINCREMENT, noun TEXT NOT NULL, row_id INTEGER NOT NULL, on_day TEXT NOT NULL,
  UNIQUE (noun, row_id, on_day)
) STRICT;

CREATE TABLE open_question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL UNIQUE REFERENCES message(id) ON DELETE CASCADE,
  came_back_at INTEGER NOT NULL, let_go_at INTEGER
) STRICT;

CREATE INDEX open_question_conversation ON open_question(conversation_id);

CREATE TABLE kind_word (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL UNIQUE REFERENCES message(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;

CREATE TABLE rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  conditions TEXT NOT NULL,               -- JSON: all of them have to hold
  deeds TEXT NOT NULL,                    -- JSON: what is done then
  active INTEGER NOT NULL DEFAULT 1, place INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE rule_hit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule_id INTEGER NOT NULL REFERENCES rule(id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  did TEXT NOT NULL,                      -- JSON: what it changed, and how that was before
  undone_at INTEGER,
  UNIQUE (rule_id, message_id)
) STRICT;

CREATE INDEX rule_hit_message ON rule_hit(message_id);

CREATE INDEX rule_hit_conversation ON rule_hit(conversation_id);

CREATE TABLE closing_habit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity_id INTEGER NOT NULL UNIQUE REFERENCES identity(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;

CREATE INDEX conversation_closed_itself ON conversation(closed_itself_at) WHERE closed_itself_at IS NOT NULL;

CREATE INDEX conversation_closes ON conversation(closes_at) WHERE closes_at IS NOT NULL;

CREATE INDEX promise_open ON promise(due_on) WHERE kept_at IS NULL AND dropped_why = '';

CREATE INDEX promise_message ON promise(message_id) WHERE message_id IS NOT NULL;

CREATE INDEX promise_outbox ON promise(outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE teammate_thanks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  teammate_id INTEGER NOT NULL REFERENCES teammate(id) ON DELETE CASCADE,
  handoff_id INTEGER REFERENCES handoff(id) ON DELETE SET NULL,
  at INTEGER NOT NULL, words TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX teammate_thanks_teammate ON teammate_thanks(teammate_id);

CREATE INDEX handoff_telling ON handoff(telling_outbox_id) WHERE telling_outbox_id IS NOT NULL;

CREATE INDEX handoff_gift ON handoff(gift_id) WHERE gift_id IS NOT NULL;

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

CREATE TRIGGER tally_update AFTER UPDATE ON conversation WHEN OLD.state IS NOT NEW.state OR OLD.account_id IS NOT NEW.account_id BEGIN
  INSERT INTO tally SELECT OLD.account_id, OLD.state, -1 WHERE OLD.state <> 'empty' ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO tally SELECT NEW.account_id, NEW.state, 1 WHERE NEW.state <> 'empty' ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER handoff_told AFTER UPDATE OF state ON outbox WHEN NEW.state = 'sent' AND OLD.state <> 'sent' BEGIN
  UPDATE handoff SET told_at = NEW.sent_at, told_message_id = NEW.message_id, updated_at = NEW.sent_at, rev = rev + 1,
    closed_at = CASE WHEN status IN ('solved', 'declined') THEN NEW.sent_at END
  WHERE telling_outbox_id = NEW.id AND closed_at IS NULL AND told_at IS NULL;
END;

CREATE TRIGGER handoff_came_back BEFORE UPDATE OF status ON handoff
  WHEN NEW.status IN ('solved', 'declined') AND OLD.status NOT IN ('solved', 'declined')
    AND NEW.closed_at IS NULL AND NEW.told_at IS NULL AND NEW.member_id IS NOT NULL BEGIN
  UPDATE conversation SET waiting_since = coalesce(waiting_since, NEW.updated_at), closed = 0, done_at = NULL,
    closed_itself_at = NULL, snoozed_until = NULL
  WHERE id = NEW.conversation_id AND messages > 0;
END;

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

CREATE TABLE returned_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('handoffs', 'gifts')),
  name TEXT NOT NULL, sha256 TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '',
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL
) STRICT;

CREATE INDEX returned_file_sha256 ON returned_file(sha256);

CREATE TABLE returned_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_id INTEGER NOT NULL REFERENCES returned_file(id) ON DELETE CASCADE,
  row_id INTEGER NOT NULL, rev INTEGER NOT NULL, cells TEXT NOT NULL, UNIQUE (file_id, row_id)
) STRICT;

CREATE INDEX returned_row_row ON returned_row(row_id);

CREATE TABLE passed_on (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL UNIQUE REFERENCES conversation(id) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  by_name TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;

CREATE TABLE responsible (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES account(id) ON DELETE CASCADE, subject TEXT NOT NULL DEFAULT '',
  teammate_id INTEGER REFERENCES teammate(id) ON DELETE CASCADE,
  stand_in_id INTEGER REFERENCES teammate(id) ON DELETE SET NULL,
  CHECK ((account_id IS NULL) <> (subject = ''))
) STRICT;

CREATE UNIQUE INDEX responsible_account ON responsible(account_id) WHERE account_id IS NOT NULL;

CREATE UNIQUE INDEX responsible_subject ON responsible(subject) WHERE subject <> '';

CREATE TABLE kept_form (
  id INTEGER PRIMARY KEY AUTOINCREMENT, form TEXT NOT NULL, subject TEXT NOT NULL,
  fields TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (form, subject)
) STRICT;

CREATE INDEX member_met_through ON member(met_through_id) WHERE met_through_id IS NOT NULL;

CREATE TABLE member_label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member_id INTEGER NOT NULL REFERENCES member(id), label_id INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  UNIQUE (member_id, label_id)
) STRICT;

CREATE INDEX member_label_label ON member_label(label_id);

CREATE TABLE member_field (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE member_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  member_id INTEGER NOT NULL REFERENCES member(id), field_id INTEGER NOT NULL REFERENCES member_field(id) ON DELETE CASCADE,
  value TEXT NOT NULL, UNIQUE (member_id, field_id)
) STRICT;

CREATE INDEX member_value_field ON member_value(field_id);

CREATE TABLE member_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;

CREATE INDEX member_note_member ON member_note(member_id, at);

CREATE TABLE member_merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL REFERENCES member(id), gone_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, moved TEXT NOT NULL, parted_at INTEGER
) STRICT;

CREATE INDEX member_merge_kept ON member_merge(kept_id);

CREATE INDEX member_merge_gone ON member_merge(gone_id);

CREATE TABLE member_apart (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  one_id INTEGER NOT NULL REFERENCES member(id), other_id INTEGER NOT NULL REFERENCES member(id),
  at INTEGER NOT NULL, why TEXT NOT NULL DEFAULT '', UNIQUE (one_id, other_id)
) STRICT;

CREATE INDEX member_apart_other ON member_apart(other_id);

CREATE TABLE member_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, asked TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY REFERENCES identity(id) ON DELETE CASCADE,
  messages INTEGER NOT NULL DEFAULT 0, started INTEGER NOT NULL DEFAULT 0, helped INTEGER NOT NULL DEFAULT 0,
  cheered INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0, last_day TEXT NOT NULL DEFAULT '',
  first_at INTEGER, last_at INTEGER, came_back_at INTEGER, was_away_days INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE involvement (
  id INTEGER PRIMARY KEY REFERENCES member(id) ON DELETE CASCADE,
  level TEXT NOT NULL CHECK (level IN ('visitor', 'participant', 'contributor', 'core')), since INTEGER NOT NULL
) STRICT;

CREATE INDEX involvement_level ON involvement(level);

CREATE INDEX message_deed ON message(identity_id)
  WHERE identity_id IS NOT NULL AND out = 0 AND quiet IN ('', 'list', 'closer', 'rule');

CREATE INDEX message_cheer ON message(identity_id) WHERE identity_id IS NOT NULL AND quiet = 'closer';

CREATE TABLE help (
  id INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE,
  identity_id INTEGER NOT NULL REFERENCES identity(id) ON DELETE CASCADE,
  helped_identity_id INTEGER NOT NULL REFERENCES identity(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX help_helper ON help(identity_id);

CREATE INDEX help_helped ON help(helped_identity_id);

CREATE TABLE no_help (id INTEGER PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE, at INTEGER NOT NULL) STRICT;

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

CREATE TABLE gift_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'swag' CHECK (kind IN ('gift_card', 'box', 'swag', 'voucher', 'card', 'other')),
  worth INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'EUR', sizes TEXT NOT NULL DEFAULT '',
  supplier TEXT NOT NULL DEFAULT '', lead_days INTEGER NOT NULL DEFAULT 0, customs_text TEXT NOT NULL DEFAULT '',
  allergens TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', is_counted INTEGER NOT NULL DEFAULT 0,
  reorder_at INTEGER NOT NULL DEFAULT 0, retired_at INTEGER
) STRICT;

CREATE TABLE gift_item_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT, box_id INTEGER NOT NULL REFERENCES gift_item(id) ON DELETE CASCADE,
  item_id INTEGER NOT NULL REFERENCES gift_item(id), qty INTEGER NOT NULL DEFAULT 1 CHECK (qty > 0), UNIQUE (box_id, item_id)
) STRICT;

CREATE INDEX gift_item_part_item ON gift_item_part(item_id);

CREATE TABLE stock_move (
  id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES gift_item(id), size TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL, qty INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('counted', 'bought', 'sent', 'returned', 'lost', 'found')),
  gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL, note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX stock_move_item ON stock_move(item_id, size);

CREATE INDEX stock_move_gift ON stock_move(gift_id) WHERE gift_id IS NOT NULL;

CREATE TABLE voucher (
  id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES gift_item(id), ending TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL, expires_on TEXT NOT NULL DEFAULT '', gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL,
  given_at INTEGER, void_at INTEGER
) STRICT;

CREATE INDEX voucher_item ON voucher(item_id);

CREATE INDEX voucher_gift ON voucher(gift_id) WHERE gift_id IS NOT NULL;

CREATE TABLE voucher_reveal (
  id INTEGER PRIMARY KEY AUTOINCREMENT, voucher_id INTEGER NOT NULL REFERENCES voucher(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, how TEXT NOT NULL CHECK (how IN ('window', 'shell', 'reply'))
) STRICT;

CREATE INDEX voucher_reveal_voucher ON voucher_reveal(voucher_id);

CREATE INDEX gift_state ON gift(state, state_at);

CREATE INDEX gift_item_id ON gift(item_id) WHERE item_id IS NOT NULL;

CREATE INDEX gift_again ON gift(again_of) WHERE again_of IS NOT NULL;

CREATE INDEX gift_giveaway ON gift(giveaway_id) WHERE giveaway_id IS NOT NULL;

CREATE INDEX gift_asked ON gift(asked_outbox_id) WHERE asked_outbox_id IS NOT NULL;

CREATE INDEX gift_answer ON gift(answer_message_id) WHERE answer_message_id IS NOT NULL;

CREATE INDEX gift_thanks ON gift(thanks_message_id) WHERE thanks_message_id IS NOT NULL;

CREATE INDEX gift_story ON gift(story_message_id) WHERE story_message_id IS NOT NULL;

CREATE TABLE gift_choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT, gift_id INTEGER NOT NULL REFERENCES gift(id) ON DELETE CASCADE,
  item_id INTEGER NOT NULL REFERENCES gift_item(id), UNIQUE (gift_id, item_id)
) STRICT;

CREATE INDEX gift_choice_item ON gift_choice(item_id);

CREATE TABLE gift_address (
  id INTEGER PRIMARY KEY REFERENCES gift(id) ON DELETE CASCADE,
  recipient TEXT NOT NULL DEFAULT '', address_1 TEXT NOT NULL DEFAULT '', address_2 TEXT NOT NULL DEFAULT '',
  address_3 TEXT NOT NULL DEFAULT '', postal_code TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '', message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  taken_at INTEGER NOT NULL, erase_on TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX gift_address_message ON gift_address(message_id) WHERE message_id IS NOT NULL;

CREATE TABLE "gift_budget" (
  id INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, occasion TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL,
  amount INTEGER NOT NULL, UNIQUE (year, occasion, currency)
) STRICT;

CREATE TABLE gift_rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT, currency TEXT NOT NULL, into_currency TEXT NOT NULL, on_day TEXT NOT NULL,
  rate TEXT NOT NULL, UNIQUE (currency, into_currency, on_day)
) STRICT;

CREATE TABLE gift_pass (
  id INTEGER PRIMARY KEY AUTOINCREMENT, member_id INTEGER NOT NULL REFERENCES member(id), at INTEGER NOT NULL,
  until_on TEXT NOT NULL, why TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX gift_pass_member ON gift_pass(member_id);

CREATE TABLE giveaway (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, prize TEXT NOT NULL DEFAULT '',
  item_id INTEGER REFERENCES gift_item(id), prizes INTEGER NOT NULL CHECK (prizes > 0), rules TEXT NOT NULL DEFAULT '',
  seed_promise TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, opens_at INTEGER, closes_at INTEGER, closed_at INTEGER,
  list_sha256 TEXT NOT NULL DEFAULT '', seed TEXT NOT NULL DEFAULT '', drawn_at INTEGER, called_off_at INTEGER
) STRICT;

CREATE INDEX giveaway_item ON giveaway(item_id) WHERE item_id IS NOT NULL;

CREATE TABLE giveaway_source (
  id INTEGER PRIMARY KEY AUTOINCREMENT, giveaway_id INTEGER NOT NULL REFERENCES giveaway(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('conversation', 'post', 'tag', 'file')), value TEXT NOT NULL,
  UNIQUE (giveaway_id, kind, value)
) STRICT;

CREATE TABLE giveaway_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT, giveaway_id INTEGER NOT NULL REFERENCES giveaway(id) ON DELETE CASCADE,
  member_id INTEGER REFERENCES member(id), name TEXT NOT NULL, contact TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '',
  at INTEGER, message_id INTEGER REFERENCES message(id) ON DELETE SET NULL, struck TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', kept_by_hand INTEGER NOT NULL DEFAULT 0, listed TEXT NOT NULL DEFAULT '', place INTEGER,
  gift_id INTEGER REFERENCES gift(id) ON DELETE SET NULL
) STRICT;

CREATE INDEX giveaway_entry_giveaway ON giveaway_entry(giveaway_id, member_id);

CREATE INDEX giveaway_entry_member ON giveaway_entry(member_id) WHERE member_id IS NOT NULL;

CREATE INDEX giveaway_entry_message ON giveaway_entry(message_id) WHERE message_id IS NOT NULL;

CREATE INDEX giveaway_entry_gift ON giveaway_entry(gift_id) WHERE gift_id IS NOT NULL;

CREATE TABLE template_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT, template_id INTEGER NOT NULL REFERENCES template(id) ON DELETE CASCADE,
  language TEXT NOT NULL, variant TEXT NOT NULL, body TEXT NOT NULL, address TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '', until INTEGER NOT NULL
) STRICT;

CREATE INDEX template_version_template ON template_version(template_id, language, variant);

CREATE TABLE embargo (
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, releases_at INTEGER NOT NULL,
  rule_id INTEGER REFERENCES voice_rule(id), created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;

CREATE INDEX embargo_rule ON embargo(rule_id) WHERE rule_id IS NOT NULL;

CREATE TABLE embargo_news (
  id INTEGER PRIMARY KEY AUTOINCREMENT, embargo_id INTEGER NOT NULL REFERENCES embargo(id) ON DELETE CASCADE,
  language TEXT NOT NULL DEFAULT '', words TEXT NOT NULL, UNIQUE (embargo_id, language)
) STRICT;

CREATE TABLE fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', look_on TEXT NOT NULL DEFAULT '', embargo_id INTEGER REFERENCES embargo(id),
  created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;

CREATE INDEX fact_look ON fact(look_on) WHERE look_on <> '';

CREATE INDEX fact_embargo ON fact(embargo_id) WHERE embargo_id IS NOT NULL;

CREATE TABLE fact_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT, fact_id INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE,
  language TEXT NOT NULL DEFAULT '', words TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
  is_wording INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX fact_value_now ON fact_value(fact_id, language) WHERE until IS NULL;

CREATE INDEX fact_value_fact ON fact_value(fact_id, since);

CREATE TABLE fact_inserted (
  id INTEGER PRIMARY KEY AUTOINCREMENT, value_id INTEGER NOT NULL REFERENCES fact_value(id) ON DELETE CASCADE,
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;

CREATE INDEX fact_inserted_value ON fact_inserted(value_id);

CREATE INDEX fact_inserted_conversation ON fact_inserted(conversation_id) WHERE conversation_id IS NOT NULL;

CREATE TABLE fact_told (
  id INTEGER PRIMARY KEY AUTOINCREMENT, value_id INTEGER NOT NULL REFERENCES fact_value(id) ON DELETE CASCADE,
  identity_id INTEGER REFERENCES identity(id) ON DELETE SET NULL,
  outbox_id INTEGER REFERENCES outbox(id) ON DELETE SET NULL, message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  at INTEGER NOT NULL, settled_at INTEGER
) STRICT;

CREATE INDEX fact_told_value ON fact_told(value_id);

CREATE INDEX fact_told_identity ON fact_told(identity_id) WHERE identity_id IS NOT NULL;

CREATE INDEX fact_told_outbox ON fact_told(outbox_id) WHERE outbox_id IS NOT NULL;

CREATE INDEX fact_told_message ON fact_told(message_id) WHERE message_id IS NOT NULL;

CREATE TABLE tombstone (digest BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, member_id INTEGER NOT NULL, receipt TEXT NOT NULL
) STRICT;

CREATE INDEX outgoing_file_template ON outgoing_file(template_id) WHERE template_id IS NOT NULL;

CREATE TABLE seal (
  sheet TEXT NOT NULL, block INTEGER NOT NULL, n INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (sheet, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE keep_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL CHECK (what IN ('words', 'files')),
  months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 240), -- since a conversation was done, or its last message later on
  bigger INTEGER NOT NULL DEFAULT 0 CHECK (bigger >= 0),    -- megabytes: only files above that
  channel TEXT NOT NULL DEFAULT '',                         -- a kind of channel; or else an account; or else everywhere
  account_id INTEGER REFERENCES account(id) ON DELETE CASCADE,
  members TEXT NOT NULL DEFAULT 'all' CHECK (members IN ('all', 'no_note', 'no_gift', 'no_label', 'nothing', 'label')),
  label_id INTEGER REFERENCES label(id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  CHECK (account_id IS NULL OR channel = ''), CHECK ((members = 'label') = (label_id IS NOT NULL)),
  CHECK ((what = 'files') = (bigger > 0))
) STRICT;

CREATE TABLE keep_run (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, receipt TEXT NOT NULL) STRICT;

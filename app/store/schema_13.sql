-- One voice: word forms and the guard, templates and names, facts, embargoes, and what holds a draft back.
-- The guard: what a rule's words are ('' for ordinary ones), and who decides about them.
ALTER TABLE voice_rule ADD COLUMN kind TEXT NOT NULL DEFAULT ''
  CHECK (kind IN ('', 'taboo', 'confidential', 'embargoed'));
ALTER TABLE voice_rule ADD COLUMN owner TEXT NOT NULL DEFAULT '';
-- templates: folders; on which terms and where a text is for ('short': places of few characters; a kind of channel);
-- what a text said before; how much of a text was changed before it was sent, in hundredths
ALTER TABLE template ADD COLUMN folder TEXT NOT NULL DEFAULT '';
ALTER TABLE template_text ADD COLUMN address TEXT NOT NULL DEFAULT '' CHECK (address IN ('', 'familiar', 'formal'));
ALTER TABLE template_text ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE template_use ADD COLUMN edited INTEGER;
CREATE TABLE template_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT, template_id INTEGER NOT NULL REFERENCES template(id) ON DELETE CASCADE,
  language TEXT NOT NULL, variant TEXT NOT NULL, body TEXT NOT NULL, address TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '', until INTEGER NOT NULL
) STRICT;
CREATE INDEX template_version_template ON template_version(template_id, language, variant);
-- the language of a message that the person has said; no reading changes it
ALTER TABLE message ADD COLUMN language_by_hand INTEGER NOT NULL DEFAULT 0;
-- Facts: what is true of prices, opening hours, allergens and the like, and who was told what.
-- a subject that may not be spoken of before a moment; `rule_id` is the voice guide's rule that stops its words
CREATE TABLE embargo (
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, releases_at INTEGER NOT NULL,
  rule_id INTEGER REFERENCES voice_rule(id), created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;
CREATE INDEX embargo_rule ON embargo(rule_id) WHERE rule_id IS NOT NULL;
-- what may be said of it from then on; `language` '' is for all of them
CREATE TABLE embargo_news (
  id INTEGER PRIMARY KEY AUTOINCREMENT, embargo_id INTEGER NOT NULL REFERENCES embargo(id) ON DELETE CASCADE,
  language TEXT NOT NULL DEFAULT '', words TEXT NOT NULL, UNIQUE (embargo_id, language)
) STRICT;
-- `key` is its name in the blank {{fact:key}}, `look_on` the day (YYYY-MM-DD) on which to look whether it still holds;
-- with `embargo_id` it is what is said of that subject meanwhile
CREATE TABLE fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', look_on TEXT NOT NULL DEFAULT '', embargo_id INTEGER REFERENCES embargo(id),
  created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;
CREATE INDEX fact_look ON fact(look_on) WHERE look_on <> '';
CREATE INDEX fact_embargo ON fact(embargo_id) WHERE embargo_id IS NOT NULL;
-- what it says in a language ('': in all of them), and until when it said so; `is_wording`: what came after it says
-- the same in other words
CREATE TABLE fact_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT, fact_id INTEGER NOT NULL REFERENCES fact(id) ON DELETE CASCADE,
  language TEXT NOT NULL DEFAULT '', words TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER,
  is_wording INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX fact_value_now ON fact_value(fact_id, language) WHERE until IS NULL;
CREATE INDEX fact_value_fact ON fact_value(fact_id, since);
-- what was put into a draft, until it is sent; `conversation_id` is empty for a new message or a post
CREATE TABLE fact_inserted (
  id INTEGER PRIMARY KEY AUTOINCREMENT, value_id INTEGER NOT NULL REFERENCES fact_value(id) ON DELETE CASCADE,
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;
CREATE INDEX fact_inserted_value ON fact_inserted(value_id);
CREATE INDEX fact_inserted_conversation ON fact_inserted(conversation_id) WHERE conversation_id IS NOT NULL;
-- who was told which value, by which message; `settled_at`: the person says that nothing has to be put right
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
-- held for a while because it reads angry, or by choice; shown again before it goes
ALTER TABLE outbox ADD COLUMN cools INTEGER NOT NULL DEFAULT 0;
-- the voice guide: what else a rule may ask for than none of its words ('': just that), on which kind of channel ('': on
-- all of them), the other words that it speaks of (one a line), and how many there may be at most; the limit of emoji is
-- such a rule
ALTER TABLE voice_rule ADD COLUMN sort TEXT NOT NULL DEFAULT ''
  CHECK (sort IN ('', 'with', 'either', 'most', 'emoji', 'exclaim', 'sentence', 'greeting', 'closing'));
ALTER TABLE voice_rule ADD COLUMN also TEXT NOT NULL DEFAULT '';
ALTER TABLE voice_rule ADD COLUMN most INTEGER CHECK (most >= 0);
ALTER TABLE voice_rule ADD COLUMN channel TEXT NOT NULL DEFAULT '';
INSERT INTO voice_rule (words, level, why, sort, most)
  SELECT '', 'note', '', 'emoji', emoji_most FROM voice_guide WHERE emoji_most IS NOT NULL;
ALTER TABLE voice_guide DROP COLUMN emoji_most;
-- forms of a member's name that were put right by hand: "cs vocative: Honzo; is dative: Jóni"
ALTER TABLE member ADD COLUMN name_forms TEXT NOT NULL DEFAULT '';
-- Who was forgotten: keyed by a digest of what they and their messages are known by, so that nothing of them comes back
CREATE TABLE tombstone (digest BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- that it was done, without a name; `receipt` is JSON: counts, and what is out of reach
CREATE TABLE forgotten (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, member_id INTEGER NOT NULL, receipt TEXT NOT NULL
) STRICT;
-- files that go with a template: copies of them go with each draft that begins with it
ALTER TABLE outgoing_file ADD COLUMN template_id INTEGER REFERENCES template(id) ON DELETE CASCADE;
CREATE INDEX outgoing_file_template ON outgoing_file(template_id) WHERE template_id IS NOT NULL;
-- a question whether a reply may be sent: the rule that stops it, and the words that a yes is about
ALTER TABLE handoff ADD COLUMN asks_rule_id INTEGER REFERENCES voice_rule(id);
ALTER TABLE handoff ADD COLUMN draft TEXT NOT NULL DEFAULT '';
-- forms: those of a rule's words that the person added, and those they struck out (one a line)
ALTER TABLE voice_rule ADD COLUMN forms TEXT NOT NULL DEFAULT '';
ALTER TABLE voice_rule ADD COLUMN not_forms TEXT NOT NULL DEFAULT '';

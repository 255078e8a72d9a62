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

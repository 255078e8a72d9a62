-- One voice: word forms and the guard, templates and names, facts, embargoes, and what holds a draft back.
-- The guard: what a rule's words are ('' for ordinary ones), and who decides about them.
ALTER TABLE voice_rule ADD COLUMN kind TEXT NOT NULL DEFAULT ''
  CHECK (kind IN ('', 'taboo', 'confidential', 'embargoed'));
ALTER TABLE voice_rule ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- Rules by which what was said is kept only for so long, and the receipts of their runs. What a rule erased stays as a row
-- that is counted: a conversation with the time at which its words went, a file with its name and size.
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

ALTER TABLE conversation ADD COLUMN erased_at INTEGER;

ALTER TABLE attachment ADD COLUMN removed_at INTEGER;

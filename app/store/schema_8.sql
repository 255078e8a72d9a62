-- Many at once: labels have colours, what the inbox lists can be saved as a view, and drafts of two writers are kept.
-- the name of a colour, whose shades are those of the window; '': grey
ALTER TABLE label ADD COLUMN colour TEXT NOT NULL DEFAULT ''
  CHECK (colour IN ('', 'red', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'));
-- what the inbox lists, under a name: the words of a search as they were typed, and the filter around it
CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  words TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'all',
  account_id INTEGER REFERENCES account(id) ON DELETE CASCADE,
  label_id INTEGER REFERENCES label(id) ON DELETE CASCADE,
  place INTEGER NOT NULL                  -- its row in the rail, from the top
) STRICT;
-- other words for a draft, which another window or program had written there: the person chooses
CREATE TABLE draft_beside (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  text TEXT NOT NULL, language TEXT NOT NULL DEFAULT '', answers_id INTEGER, template_id INTEGER,
  addressing TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_beside_conversation ON draft_beside(conversation_id);

-- A desk that answers "I have 25 minutes": working time, how long things take, what a day is made of, rules.
-- a working block of every week, in local time: weekday 0 is Monday, minutes are counted from midnight
CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
  ends INTEGER NOT NULL CHECK (ends > starts AND ends <= 1440),
  UNIQUE (weekday, starts)
) STRICT;
-- how long the manager had something in hand: from opening it to what ended it, idle time left out
CREATE TABLE handling (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,                     -- what was done: reply, thanks, unhappy, private, handoff, gift, promise ...
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, seconds INTEGER NOT NULL CHECK (seconds >= 0),
  ended TEXT NOT NULL DEFAULT ''          -- what ended it: sent, done, snoozed, handed_off, left ...
) STRICT;
CREATE INDEX handling_at ON handling(at);
CREATE INDEX handling_conversation ON handling(conversation_id);
-- what was taken out of Today for one local day
CREATE TABLE put_off (
  id INTEGER PRIMARY KEY AUTOINCREMENT, noun TEXT NOT NULL, row_id INTEGER NOT NULL, on_day TEXT NOT NULL,
  UNIQUE (noun, row_id, on_day)
) STRICT;
-- a question of ours that nobody answered: when it came back, and when it was let go
CREATE TABLE open_question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL UNIQUE REFERENCES message(id) ON DELETE CASCADE,
  came_back_at INTEGER NOT NULL, let_go_at INTEGER
) STRICT;
CREATE INDEX open_question_conversation ON open_question(conversation_id);
-- messages on the shelf of kind words
CREATE TABLE kind_word (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL UNIQUE REFERENCES message(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;
-- what is done with what comes in; it never sends
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
-- whose "thanks" and "ok" the manager wants to see: none of them closes a conversation by itself
CREATE TABLE closing_habit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity_id INTEGER NOT NULL UNIQUE REFERENCES identity(id) ON DELETE CASCADE, at INTEGER NOT NULL
) STRICT;
-- when a conversation closed by itself, for a "thanks", or a question of ours that was let go; NULL: it did not
ALTER TABLE conversation ADD COLUMN closed_itself_at INTEGER;
-- when its channel stops taking answers there, as the channel says; NULL where it says nothing
ALTER TABLE conversation ADD COLUMN closes_at INTEGER;
CREATE INDEX conversation_closed_itself ON conversation(closed_itself_at) WHERE closed_itself_at IS NOT NULL;
CREATE INDEX conversation_closes ON conversation(closes_at) WHERE closes_at IS NOT NULL;
-- what members may expect there: minutes of working time until a reply; NULL: as in the settings
ALTER TABLE account ADD COLUMN reply_minutes INTEGER CHECK (reply_minutes > 0);

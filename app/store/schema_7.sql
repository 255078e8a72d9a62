-- The channels as the services are: reports, solutions, locked conversations, and verbs on conversations and authors.
-- 1: marked at its channel as the answer to the question that its conversation began with
ALTER TABLE message ADD COLUMN solution INTEGER NOT NULL DEFAULT 0;
-- 1: nobody can write in it at its channel any more
ALTER TABLE conversation ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
-- how it stands at its channel; '': to be seen there. Somebody may have reported it to the moderators.
ALTER TABLE message ADD COLUMN upstream_7 TEXT NOT NULL DEFAULT ''
  CHECK (upstream_7 IN ('', 'held', 'hidden', 'spam', 'deleted', 'reported'));
UPDATE message SET upstream_7 = upstream WHERE upstream <> '';
ALTER TABLE message DROP COLUMN upstream;
ALTER TABLE message RENAME COLUMN upstream_7 TO upstream;
-- what is done: to a message, to its conversation, or to its author
ALTER TABLE moderation ADD COLUMN verb_7 TEXT NOT NULL DEFAULT 'hide' CHECK (verb_7 IN (
  'hide', 'show', 'spam', 'delete', 'solve', 'unsolve', 'lock', 'unlock', 'mute', 'unmute', 'ban', 'unban'));
UPDATE moderation SET verb_7 = verb;
ALTER TABLE moderation DROP COLUMN verb;
ALTER TABLE moderation RENAME COLUMN verb_7 TO verb;
-- for how long its author is muted; 0 for all else
ALTER TABLE moderation ADD COLUMN seconds INTEGER NOT NULL DEFAULT 0;
-- who is kept from writing is asked for with each conversation that is opened: the log is not read through for it
CREATE INDEX moderation_author ON moderation(message_id) WHERE verb IN ('mute', 'unmute', 'ban', 'unban');

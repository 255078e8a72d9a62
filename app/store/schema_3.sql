-- In how many conversations each member spoke is counted on the index alone: reading their messages took ten times as long.
DROP INDEX message_identity;
CREATE INDEX message_identity ON message(identity_id, conversation_id) WHERE identity_id IS NOT NULL;

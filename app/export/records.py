"""Every further table that the person's things are in, each as one file: what a row holds, and what it is dated by.

With the files of `desk`, `drafts` and `lists` they hold all that a community's file has, but for what
`tests/app/export/test_leaving.py` names with its reason: what is made anew from the rest, and the contents of files,
which are saved as files.
"""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """A file's header, its SQL with {source}, {where} and {order} left open, what it reads, and its time column.

    `at` is a column in Unix seconds; "" for what has no time of its own, and is always written whole.
    """

    header: tuple[str, ...]
    sql: str
    source: str
    at: str = ""

    def query(self, source: str, where: str, order: str) -> str:
        """The SQL with what was left open filled in."""
        return self.sql.replace("{source}", source).replace("{where}", where).replace("{order}", order)


def iso(column: str) -> str:
    """SQL for a time as we write it: ISO 8601 in UTC."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, 'unixepoch')"


def yes(column: str) -> str:
    """SQL for a mark: yes or nothing."""
    return f"iif({column}, 'yes', '')"


OUTBOX = Table(
    ("outbox_id", "status", "purpose", "channel", "account", "conversation_id", "receiver", "address", "subject",
     "text", "language", "created_at", "send_at", "sent_at", "error", "receivers", "sender", "signature", "message_id",
     "reason"),
    f"""
SELECT 'O-' || o.id, o.state, o.purpose, a.kind, a.name, 'C-' || o.conversation_id,
  coalesce(nullif(o.receivers ->> '$[0][1]', ''), nullif(p.name, ''), nullif(i.name, ''), i.handle, ''),
  coalesce(nullif(o.receivers ->> '$[0][2]', ''), i.handle, ''), o.subject, o.text, o.language, {iso("o.created_at")},
  {iso("iif(o.state = 'held', o.held_until, o.next_at)")}, {iso("o.sent_at")}, o.error,
  (SELECT group_concat(b.value ->> '$[0]' || ': ' || trim(b.value ->> '$[1]' || ' <' || (b.value ->> '$[2]') || '>'),
    '; ') FROM json_each(o.receivers) b), o.sender, o.ending, 'M-' || o.message_id, nullif(o.overrides, '[]')
FROM {{source}} JOIN account a ON a.id = o.account_id LEFT JOIN identity i ON i.id = o.identity_id
LEFT JOIN member p ON p.id = i.member_id {{where}} ORDER BY {{order}}
""",
    "outbox o",
    "o.created_at",
)  # fmt: skip
PROMISES = Table(
    ("member", "identifier", "conversation_id", "promise", "made_at", "due_on", "kept_at", "dropped_why", "promise_id",
     "dropped_at", "message_id", "outbox_id", "handoff", "kept_by_message_id"),
    f"""
SELECT coalesce(p.name, ''), 'P-' || r.member_id, 'C-' || r.conversation_id, r.what, {iso("r.at")},
  r.due_on, {iso("r.kept_at")}, r.dropped_why, r.id, {iso("r.dropped_at")}, 'M-' || r.message_id, 'O-' || r.outbox_id,
  r.handoff_id, 'M-' || r.kept_message_id
FROM {{source}} LEFT JOIN member p ON p.id = r.member_id {{where}} ORDER BY {{order}}
""",
    "promise r",
    "r.at",
)  # fmt: skip
TEAMMATES = Table(
    ("name", "team", "email", "languages", "helps_with", "away_from", "away_until", "stand_in", "archived", "role",
     "note", "file_columns", "file_separator", "file_format"),
    f"""
SELECT t.name, t.team, t.email, t.languages, t.subjects, t.away_from, t.away_until, s.name, {yes("t.archived")},
  t.role, t.note, t.file_columns, iif(t.file_separator = char(9), 'tab', t.file_separator), t.file_format
FROM {{source}} LEFT JOIN teammate s ON s.id = t.stand_in_id {{where}} ORDER BY {{order}}
""",
    "teammate t",
)  # fmt: skip
RULES = Table(
    (
        "language",
        "words",
        "level",
        "risk",
        "reason",
        "instead",
        "until",
        "archived",
        "kind",
        "owner",
        "sort",
        "also",
        "most",
        "channel",
        "forms",
        "not_forms",
    ),
    f"""
SELECT r.language, r.words, r.level, r.risk, r.why, r.instead, {iso("r.until")}, {yes("r.archived")}, r.kind, r.owner,
  r.sort, r.also, r.most, r.channel, r.forms, r.not_forms
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "voice_rule r",
)

# Hand-offs and gifts with all that we keep of them: the files that go out have only what a teammate needs.
_HANDOFF_LOG = Table(
    ("handoff", "rev", "teammate", "status", "kind", "priority", "member", "identifier", "conversation_id",
     "message_id", "ask", "context", "translation", "private_words", "messages_along", "opened_at", "needed_by",
     "given_at", "owner", "answer", "answered_on", "answer_message_id", "ticket", "told_at", "told_message_id",
     "closed_at", "closed_why", "gift", "introduced_by_outbox_id", "changed_at",
     "asks_about_rule", "reply_asked_about"),
    f"""
SELECT h.id, h.rev, t.name, h.status, h.kind, h.priority, p.name, 'P-' || h.member_id, 'C-' || h.conversation_id,
  'M-' || h.message_id, h.ask, h.context, h.translation, {yes("h.private_words")},
  (SELECT group_concat('M-' || m.value, ', ') FROM json_each(nullif(h.message_ids, '')) m), {iso("h.opened_at")},
  h.needed_by, {iso("h.exported_at")}, h.owner, h.answer, h.answered_on, 'M-' || h.answer_message_id, h.ticket,
  {iso("h.told_at")}, 'M-' || h.told_message_id, {iso("h.closed_at")}, h.closed_why, h.gift_id,
  'O-' || h.introduced_outbox_id, {iso("h.updated_at")}, h.asks_rule_id, h.draft
FROM {{source}} LEFT JOIN teammate t ON t.id = h.teammate_id LEFT JOIN member p ON p.id = h.member_id
{{where}} ORDER BY {{order}}
""",
    "handoff h",
    "h.opened_at",
)  # fmt: skip
_HANDOFF_STEPS = Table(
    ("handoff", "step", "at", "from", "to", "outbox_id"),
    f"""
SELECT s.handoff_id, s.step, {iso("s.at")}, f.name, t.name, 'O-' || s.outbox_id
FROM {{source}} LEFT JOIN teammate f ON f.id = s.from_teammate_id LEFT JOIN teammate t ON t.id = s.teammate_id
{{where}} ORDER BY {{order}}
""",
    "handoff_step s",
    "s.at",
)
_GIFT_LOG = Table(
    ("gift", "rev", "member", "identifier", "conversation_id", "item", "why", "occasion", "worth", "currency", "state",
     "state_at", "created_at", "size", "qty", "recipient", "address_1", "address_2", "address_3", "postal_code", "city",
     "country", "customs_text", "declared_value", "card_text", "shipped_on", "carrier", "tracking", "actual_cost",
     "given_at", "item_number", "again_of", "giveaway", "in_person", "lapses_on", "asked_at", "answer_message",
     "charity", "arrived_on", "thanks_message", "story_message", "address_message", "address_erased_at",
     "address_erase_on"),
    f"""
SELECT g.id, g.rev, p.name, 'P-' || g.member_id, 'C-' || g.conversation_id, g.item, g.why, g.occasion, g.worth,
  g.currency, g.state, {iso("g.state_at")}, {iso("g.created_at")}, g.size, g.qty, a.recipient, a.address_1, a.address_2,
  a.address_3, a.postal_code, a.city, a.country, g.customs_text, g.declared_value, g.card_text, g.shipped_on, g.carrier,
  g.tracking, g.actual_cost, {iso("g.exported_at")}, g.item_id, g.again_of,
  (SELECT w.name FROM giveaway w WHERE w.id = g.giveaway_id), iif(g.in_person, 'yes', ''), g.lapses_on,
  {iso("g.asked_at")}, 'M-' || g.answer_message_id, g.charity, g.arrived_on, 'M-' || g.thanks_message_id,
  'M-' || g.story_message_id, 'M-' || a.message_id, {iso("g.address_erased_at")}, a.erase_on
FROM {{source}} LEFT JOIN member p ON p.id = g.member_id LEFT JOIN gift_address a ON a.id = g.id
{{where}} ORDER BY {{order}}
""",
    "gift g",
    "g.created_at",
)  # fmt: skip
_BUDGETS = Table(
    ("year", "occasion", "currency", "amount"),
    "SELECT b.year, b.occasion, b.currency, b.amount FROM {source} {where} ORDER BY {order}",
    "gift_budget b",
)
_STOCK = Table(
    ("item", "size", "at", "qty", "why", "gift", "note"),
    f"""
SELECT i.name, s.size, {iso("s.at")}, s.qty, s.why, s.gift_id, s.note
FROM {{source}} JOIN gift_item i ON i.id = s.item_id {{where}} ORDER BY {{order}}
""",
    "stock_move s",
    "s.at",
)
_THANKS = Table(
    ("teammate", "at", "words", "handoff"),
    f"""
SELECT m.name, {iso("t.at")}, t.words, t.handoff_id
FROM {{source}} JOIN teammate m ON m.id = t.teammate_id {{where}} ORDER BY {{order}}
""",
    "teammate_thanks t",
    "t.at",
)
_GIVEN = Table(
    ("given_at", "file", "kind", "teammate", "how", "row", "rev", "outbox_id"),
    f"""
SELECT {iso("f.at")}, f.name, f.kind, t.name, f.way, r.row_id, r.rev, 'O-' || f.outbox_id
FROM {{source}} LEFT JOIN given_row r ON r.file_id = f.id LEFT JOIN teammate t ON t.id = f.teammate_id
{{where}} ORDER BY {{order}}, r.id
""",
    "given_file f",
    "f.at",
)
_RETURNED = Table(
    ("returned_at", "file", "kind", "counts", "message_id", "row", "rev", "cells"),
    f"""
SELECT {iso("f.at")}, f.name, f.kind, f.counts, 'M-' || f.message_id, r.row_id, r.rev, r.cells
FROM {{source}} LEFT JOIN returned_row r ON r.file_id = f.id {{where}} ORDER BY {{order}}, r.id
""",
    "returned_file f",
    "f.at",
)
_PASSED_ON = Table(
    ("conversation_id", "message_id", "passed_on_by", "teammate", "note", "at"),
    f"""
SELECT 'C-' || p.conversation_id, 'M-' || p.message_id, p.by_name, t.name, p.note, {iso("p.at")}
FROM {{source}} LEFT JOIN teammate t ON t.id = p.teammate_id {{where}} ORDER BY {{order}}
""",
    "passed_on p",
    "p.at",
)
_RESPONSIBLE = Table(
    ("account", "subject", "responsible", "stand_in"),
    """
SELECT a.name, r.subject, t.name, s.name FROM {source} LEFT JOIN account a ON a.id = r.account_id
LEFT JOIN teammate t ON t.id = r.teammate_id LEFT JOIN teammate s ON s.id = r.stand_in_id {where} ORDER BY {order}
""",
    "responsible r",
)

# People and what was said
_IDENTITIES = Table(
    ("identifier", "channel", "handle", "key", "name", "url"),
    "SELECT 'P-' || i.member_id, i.kind, i.handle, i.key, i.name, i.url FROM {source} {where} ORDER BY {order}",
    "identity i",
)
_NAMES = Table(
    ("identifier", "handle", "name", "same_person", "at"),
    f"""
SELECT 'P-' || i.member_id, i.handle, k.name, {yes("k.same")}, {iso("k.at")}
FROM {{source}} JOIN identity i ON i.id = k.identity_id {{where}} ORDER BY {{order}}
""",
    "known_name k",
    "k.at",
)
_PERSONS = Table(
    ("address", "at"),
    f"SELECT k.key, {iso('k.at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "known_person k",
    "k.at",
)
_HABITS = Table(
    ("identifier", "handle", "at"),
    f"""
SELECT 'P-' || i.member_id, i.handle, {iso("h.at")} FROM {{source}} JOIN identity i ON i.id = h.identity_id
{{where}} ORDER BY {{order}}
""",
    "closing_habit h",
    "h.at",
)
_ATTACHMENTS = Table(
    ("message_id", "file", "type", "bytes", "kept_here"),
    """
SELECT 'M-' || f.message_id, f.name, f.type, f.size,
  iif(EXISTS (SELECT 1 FROM attachment_bytes b WHERE b.sha256 = f.sha256), 'yes', '')
FROM {source} JOIN message m ON m.id = f.message_id {where} ORDER BY {order}
""",
    "attachment f",
    "m.at",
)
_VERSIONS = Table(
    ("message_id", "text", "until"),
    f"SELECT 'M-' || v.message_id, v.text, {iso('v.until')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "message_version v",
    "v.until",
)
_LINKS = Table(
    ("conversation_id", "other_conversation_id", "why", "at"),
    f"""
SELECT 'C-' || l.conversation_id, 'C-' || l.other_id, l.why, {iso("l.at")} FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "conversation_link l",
    "l.at",
)
_QUESTIONS = Table(
    ("conversation_id", "message_id", "came_back_at", "let_go_at"),
    f"""
SELECT 'C-' || q.conversation_id, 'M-' || q.message_id, {iso("q.came_back_at")}, {iso("q.let_go_at")}
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "open_question q",
    "q.came_back_at",
)
_KIND_WORDS = Table(
    ("message_id", "author", "said_at", "text", "kept_at"),
    f"""
SELECT 'M-' || k.message_id, coalesce(nullif(p.name, ''), i.name), {iso("m.at")}, m.text, {iso("k.at")}
FROM {{source}} JOIN message m ON m.id = k.message_id LEFT JOIN identity i ON i.id = m.identity_id
LEFT JOIN member p ON p.id = i.member_id {{where}} ORDER BY {{order}}
""",
    "kind_word k",
    "k.at",
)
_DRAFTS_BESIDE = Table(
    ("conversation_id", "text", "language", "written_at"),
    f"""
SELECT 'C-' || b.conversation_id, b.text, b.language, {iso("b.at")} FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "draft_beside b",
    "b.at",
)
_UNSAVED = Table(
    ("form", "about", "fields", "at"),
    f"SELECT f.form, f.subject, f.fields, {iso('f.at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "kept_form f",
    "f.at",
)

_CONVERSATIONS = Table(
    ("conversation_id", "title", "public", "post_text", "channel_id", "snoozed_until", "times_snoozed", "unhappy",
     "difficult", "quiet", "locked", "closed_itself_at", "closes_at", "joined_into_conversation_id"),
    f"""
SELECT 'C-' || c.id, c.title, {yes("c.public")}, c.post_text, c.remote_id,
  iif(c.snoozed_until > 4102444800, 'until they reply', {iso("c.snoozed_until")}), c.snoozes, {yes("c.unhappy")},
  {yes("c.hard")}, {yes("c.quiet")}, {yes("c.locked")}, {iso("c.closed_itself_at")}, {iso("c.closes_at")},
  'C-' || c.joined_into
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "conversation c",
    "c.last_at",
)  # fmt: skip
_MESSAGES = Table(
    ("message_id", "kind", "channel_id", "answers_channel_id", "edited_at", "gone_at", "addressed", "envelope",
     "not_delivered", "left_out", "quiet", "mailbox", "protection", "solution", "at_the_channel"),
    f"""
SELECT 'M-' || m.id, m.kind, m.remote_id, m.parent_id, {iso("m.edited_at")}, {iso("m.gone_at")}, m.addressed,
  m.envelope, m.failed, m.left_out, m.quiet, m.mailbox, m.protection, {yes("m.solution")}, m.upstream
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "message m",
    "m.at",
)  # fmt: skip
_REPLIES = Table(
    ("conversation_id", "text", "language", "written_at", "answers_message_id", "addressing", "promise"),
    f"""
SELECT 'C-' || d.conversation_id, d.text, d.language, {iso("d.at")}, 'M-' || d.answers_id, d.addressing, d.promise
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "(SELECT conversation_id AS id, * FROM draft) d",
    "d.at",
)
_LETTERS = Table(
    ("draft", "account", "receivers", "subject", "text", "language", "sender", "written_at", "identifier",
     "forwards_message_id", "conversation_id"),
    f"""
SELECT d.id, a.name, d.receivers, d.subject, d.text, d.language, d.sender, {iso("d.at")}, 'P-' || d.member_id,
  'M-' || d.forwards_id, 'C-' || d.linked_id
FROM {{source}} LEFT JOIN account a ON a.id = d.account_id {{where}} ORDER BY {{order}}
""",
    "letter_draft d",
    "d.at",
)  # fmt: skip
_OUTGOING = Table(
    ("file", "type", "bytes", "conversation_id", "draft", "outbox_id", "template"),
    """
SELECT f.name, f.type, f.size, 'C-' || f.conversation_id, f.letter_draft_id, 'O-' || f.outbox_id,
  (SELECT t.name FROM template t WHERE t.id = f.template_id)
FROM {source} {where} ORDER BY {order}
""",
    "outgoing_file f",
)

# How the work is done
_VOICE = Table(
    ("part", "name", "why", "language", "do", "dont"),
    """
SELECT v.part, v.name, v.why, v.language, v.do, v.dont FROM {source} {where} ORDER BY {order}
""",
    """(
  SELECT 0 AS id, 'who we are' AS part, '' AS name, who_we_are AS why, '' AS language, '' AS do, '' AS dont
  FROM voice_guide UNION ALL
  SELECT 1 + t.position * 1000, 'trait', t.name, t.why, '', '', '' FROM voice_trait t UNION ALL
  SELECT 2 + t.position * 1000 + e.id, 'example', t.name, '', e.language, e.do, e.dont
  FROM voice_example e JOIN voice_trait t ON t.id = e.trait_id) v""",
)
_ACCOUNTS = Table(
    ("account", "channel", "mode", "state", "own_names", "speaks_as", "who_speaks", "note", "reply_minutes",
     "connection", "connected_at", "last_read_at", "error"),
    f"""
SELECT a.name, a.kind, a.mode, a.state, a.own, a.speaks_as, a.who_speaks, a.note, a.reply_minutes,
  json_remove(a.fields, '$._place'), {iso("a.created_at")}, {iso("a.ok_at")}, a.error
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "account a",
)  # fmt: skip
_LABELS = Table(
    ("label", "colour", "conversations", "members"),
    """
SELECT l.name, l.colour, (SELECT count(*) FROM conversation_label c WHERE c.label_id = l.id),
  (SELECT count(*) FROM member_label m WHERE m.label_id = l.id)
FROM {source} {where} ORDER BY {order}
""",
    "label l",
)
_VIEWS = Table(
    ("view", "words", "state", "account", "label"),
    """
SELECT v.name, v.words, v.state, a.name, l.name FROM {source} LEFT JOIN account a ON a.id = v.account_id
LEFT JOIN label l ON l.id = v.label_id {where} ORDER BY {order}
""",
    "view v",
)
_BLOCKS = Table(
    ("weekday", "starts", "ends"),
    """
SELECT b.weekday + 1, printf('%02d:%02d', b.starts / 60, b.starts % 60), printf('%02d:%02d', b.ends / 60, b.ends % 60)
FROM {source} {where} ORDER BY {order}
""",
    "block b",
)
_INCOMING = Table(
    ("rule", "conditions", "what_it_does", "active", "created_at", "times_applied"),
    f"""
SELECT r.name, r.conditions, r.deeds, {yes("r.active")}, {iso("r.created_at")},
  (SELECT count(*) FROM rule_hit h WHERE h.rule_id = r.id)
FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "rule r",
)
_HITS = Table(
    ("rule", "message_id", "conversation_id", "at", "did", "undone_at"),
    f"""
SELECT r.name, 'M-' || h.message_id, 'C-' || h.conversation_id, {iso("h.at")}, h.did, {iso("h.undone_at")}
FROM {{source}} JOIN rule r ON r.id = h.rule_id {{where}} ORDER BY {{order}}
""",
    "rule_hit h",
    "h.at",
)
_HANDLING = Table(
    ("kind", "conversation_id", "at", "seconds", "ended"),
    f"""
SELECT h.kind, 'C-' || h.conversation_id, {iso("h.at")}, h.seconds, h.ended FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "handling h",
    "h.at",
)
_SIGNATURES = Table(
    ("account", "address", "language", "signature"),
    """
SELECT a.name, s.address, s.language, s.text FROM {source} JOIN account a ON a.id = s.account_id
{where} ORDER BY {order}
""",
    "signature s",
)
_WORDS = Table(
    ("word", "language", "at"),
    f"SELECT w.word, w.language, {iso('w.at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "known_word w",
    "w.at",
)
_SETTINGS = Table(
    ("setting", "value"),
    "SELECT s.key, s.value FROM {source} {where} ORDER BY {order}",
    "(SELECT key AS id, * FROM setting) s",
)
_NOT_TODAY = Table(
    ("kind", "row", "day"),
    "SELECT p.noun, p.row_id, p.on_day FROM {source} {where} ORDER BY {order}",
    "put_off p",
)
_MAPPINGS = Table(
    ("header", "mapping", "used_at"),
    f"SELECT m.header, m.mapping, {iso('m.used_at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "(SELECT header AS id, * FROM import_mapping) m",
    "m.used_at",
)
_IMPORTS = Table(
    ("file", "kind", "account", "at", "new", "known", "rejected", "undone_at"),
    f"""
SELECT b.file, b.kind, a.name, {iso("b.at")}, b.new, b.known, b.rejected, {iso("b.undone_at")}
FROM {{source}} LEFT JOIN account a ON a.id = b.account_id {{where}} ORDER BY {{order}}
""",
    "import_batch b",
    "b.at",
)
_ACTIONS = Table(
    ("action", "at", "what", "undone_at"),
    f"SELECT a.id, {iso('a.at')}, a.title, {iso('a.undone_at')} FROM {{source}} {{where}} ORDER BY {{order}}",
    "action a",
    "a.at",
)

TABLES = {
    "rules": RULES, "teammates": TEAMMATES, "promises": PROMISES, "outbox": OUTBOX,
    "conversation-details": _CONVERSATIONS, "message-details": _MESSAGES, "attachments": _ATTACHMENTS,
    "versions": _VERSIONS, "links": _LINKS, "questions": _QUESTIONS, "kind-words": _KIND_WORDS,
    "identities": _IDENTITIES, "names": _NAMES, "persons": _PERSONS, "habits": _HABITS, "passed-on": _PASSED_ON,
    "reply-drafts": _REPLIES, "second-drafts": _DRAFTS_BESIDE, "letter-drafts": _LETTERS,
    "outgoing-files": _OUTGOING, "unsaved": _UNSAVED, "handoff-log": _HANDOFF_LOG, "handoff-steps": _HANDOFF_STEPS,
    "given": _GIVEN, "returned": _RETURNED, "thanks": _THANKS, "responsible": _RESPONSIBLE, "gift-log": _GIFT_LOG,
    "budgets": _BUDGETS, "stock": _STOCK, "voice": _VOICE, "signatures": _SIGNATURES,
    "words": _WORDS, "account-settings": _ACCOUNTS, "labels": _LABELS, "views": _VIEWS, "incoming-rules": _INCOMING,
    "rule-hits": _HITS, "blocks": _BLOCKS, "handling": _HANDLING, "not-today": _NOT_TODAY, "settings": _SETTINGS,
    "imports": _IMPORTS, "mappings": _MAPPINGS, "actions": _ACTIONS,
}  # fmt: skip
"""By the kind, which is the name of the file too."""

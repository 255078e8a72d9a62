"""Columns and queries of the files of conversations, messages and members."""

from __future__ import annotations

from typing import Any

from app.base import phones
from app.mail.quotes import first_words, own_words
from app.members.sorting import split_name

CONVERSATIONS = (
    "conversation_id", "url", "channel", "account", "post_title", "post_url", "member", "handle", "email", "language",
    "status", "labels", "priority", "created_at", "first_in_at", "first_reply_at", "first_reply_minutes", "done_at",
    "messages_in", "messages_out", "handoffs", "gifts", "last_message",
)  # fmt: skip
MESSAGES = (
    "message_id", "conversation_id", "parent_id", "direction", "author", "author_handle", "sent_at", "language", "text",
    "template", "url",
)  # fmt: skip
MEMBERS = (
    "First Name", "Last Name", "Email", "Phone Number", "Company Name", "Job Title", "Website URL", "City",
    "Country/Region",  # HubSpot's names, in its order
    "identifier", "name", "email", "phone_number",  # Chatwoot matches by these
    "language", "kind", "greeting", "handles", "channels", "consent", "note", "recipient", "address_1", "address_2",
    "address_3", "postal_code", "first_seen", "last_seen", "messages", "gifts", "handoffs",
    "fits", "fits_why", "consent_on", "consent_how", "languages", "form_of_address", "pronouns", "time_zone",
    "birthday", "name_day", "interests", "met_how", "met_on", "met_through", "do_not_contact", "do_not_gift",
    "do_not_why", "minor", "public_servant", "sort_name", "rhythm_days", "pinned", "name_forms", "labels",
)  # fmt: skip
PHONES = frozenset(("Phone Number", "phone_number"))
"""Columns in which a number in international form is bare, for programs do not take an apostrophe for a guard."""
TICKETS = ("Ticket name", "Pipeline", "Ticket status")
"""What HubSpot requires of a ticket, in front of CONVERSATIONS in a file for programs."""
_PIPELINE, _MAX_TITLE_CHARS = "Support Pipeline", 100
_STATUSES = {
    "needs-me": "Waiting on us", "snoozed": "Waiting on us", "waiting": "Waiting on contact", "done": "Closed",
    "quiet": "Closed",
}  # fmt: skip
"""The statuses of the pipeline that a HubSpot account begins with."""
OURS = frozenset((
    "conversation_id", "message_id", "parent_id", "direction", "created_at", "first_in_at", "first_reply_at", "done_at",
    "sent_at", "identifier", "first_seen", "last_seen", "outbox_id", "send_at", "made_at", "kept_at",
    "written_at", "at", "opened_at", "given_at", "told_at", "closed_at", "changed_at", "returned_at", "state_at",
    "dropped_at", "said_at", "until", "undone_at", "came_back_at", "let_go_at", "connected_at", "last_read_at",
    "other_conversation_id", "kept_by_message_id", "answer_message_id", "told_message_id", "introduced_by_outbox_id",
    "handoff", "gift", "row", "used_at", "edited_at", "gone_at", "closed_itself_at", "closes_at", "snoozed_until",
    "answers_message_id", "forwards_message_id", "joined_into_conversation_id",
))  # fmt: skip
"""Columns that we generate (ids, times): they need no guard, so that programs can read them unchanged."""


def _iso(column: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, 'unixepoch')"


_MAX_LAST_CHARS = 500
_FIRST_IN = "(SELECT min(m.at) FROM message m WHERE m.conversation_id = c.id AND NOT m.out) AS first_in"
_CONVERSATIONS = f"""
, timed AS (
  SELECT p.*, (SELECT min(m.at) FROM message m
    WHERE m.conversation_id = p.id AND m.out AND m.at >= p.first_in) AS replied
  FROM picked p
)
SELECT 'C-' || c.id, c.url, a.kind, a.name, c.post_title, c.post_url, coalesce(p.name, ''), coalesce(i.handle, ''),
  coalesce(p.email, ''), c.language, replace(c.state, '_', '-'),
  (SELECT group_concat(l.name, ', ') FROM conversation_label x JOIN label l ON l.id = x.label_id
    WHERE x.conversation_id = c.id),
  CASE WHEN c.unhappy OR c.hard THEN 'high' ELSE 'normal' END, {_iso("c.first_at")}, {_iso("c.first_in")},
  {_iso("c.replied")},
  (c.replied - c.first_in) / 60, CASE WHEN c.state = 'done' THEN {_iso("c.done_at")} END,
  (SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND NOT m.out),
  (SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.out),
  (SELECT count(*) FROM handoff h WHERE h.conversation_id = c.id),
  (SELECT count(*) FROM gift g WHERE g.conversation_id = c.id),
  substr(m.text, 1, 20000)
FROM timed c JOIN account a ON a.id = c.account_id LEFT JOIN identity i ON i.id = c.identity_id
LEFT JOIN member p ON p.id = i.member_id LEFT JOIN message m ON m.id = c.last_message_id
"""
CONVERSATION_ROWS = f"""
WITH picked AS (
  SELECT c.*, {_FIRST_IN} FROM conversation c WHERE c.messages > 0 AND c.last_at BETWEEN :since AND :until
){_CONVERSATIONS} ORDER BY c.first_at, c.id
"""
LISTED_CONVERSATIONS = f"""
WITH picked AS (
  SELECT c.*, {_FIRST_IN}, j.key AS place FROM json_each(:numbers) j CROSS JOIN conversation c ON c.id = j.value
){_CONVERSATIONS} ORDER BY c.place
"""
"""The same columns for the conversations of a JSON list, in its order."""

# Names are looked up in Python: joining them here takes three times as long (measured at 100,000 messages).
MESSAGE_ROWS = """
SELECT m.id, m.conversation_id,
  CASE WHEN m.parent_id IS NOT NULL THEN
    (SELECT 'M-' || b.id FROM message b WHERE b.account_id = m.account_id AND b.remote_id = m.parent_id) END,
  m.out, m.account_id, m.identity_id, m.at, m.language, m.text, m.template_id, m.url,
  iif(m.envelope LIKE '{"from":%', m.envelope ->> '$.from[0]', NULL)
FROM message m WHERE m.id >= :first AND m.at BETWEEN :since AND :until ORDER BY m.id
"""

_MEMBERS = f"""
SELECT p.name, p.language, p.email, p.phone, p.company, p.job_title, p.website, p.city, p.country, 'P-' || p.id, p.kind,
  p.greeting, (SELECT group_concat(i.handle, ', ') FROM identity i WHERE i.member_id = p.id),
  (SELECT group_concat(kind, ', ') FROM (SELECT DISTINCT i.kind FROM identity i WHERE i.member_id = p.id ORDER BY 1)),
  p.consent, p.note, p.recipient, p.address_1, p.address_2, p.address_3, p.postal_code,
  {_iso("p.first_at")}, {_iso("p.last_at")},
  (SELECT count(*) FROM message m WHERE NOT m.out
    AND m.identity_id IN (SELECT id FROM identity WHERE member_id = p.id)),
  (SELECT count(*) FROM gift g WHERE g.member_id = p.id), (SELECT count(*) FROM handoff h WHERE h.member_id = p.id),
  iif(p.fits, 'yes', ''), p.fits_why, p.consent_on, p.consent_how, p.languages, p.form_of_address, p.pronouns,
  p.time_zone, iif(p.birthday <> '', '--' || p.birthday, ''), p.name_day, p.interests, p.met_how, p.met_on,
  coalesce((SELECT t.name FROM member t WHERE t.id = p.met_through_id), p.met_through),
  iif(p.do_not_contact, 'yes', ''), iif(p.do_not_gift, 'yes', ''), p.do_not_why, iif(p.minor, 'yes', ''),
  iif(p.public_servant, 'yes', ''), p.sort_name, nullif(p.rhythm_days, 0), p.pinned, p.name_forms,
  (SELECT group_concat(l.name, ', ') FROM member_label g JOIN label l ON l.id = g.label_id WHERE g.member_id = p.id)
"""
MEMBER_ROWS = f"""{_MEMBERS} FROM member p
WHERE p.merged_into IS NULL AND coalesce(p.last_at, p.created_at) BETWEEN :since AND :until ORDER BY p.id
"""
LISTED_MEMBERS = f"""{_MEMBERS} FROM json_each(:numbers) j CROSS JOIN member p ON p.id = j.value ORDER BY j.key"""
HANDOFF_EXTRAS = """
SELECT h.id, coalesce(a.name, ''), coalesce(nullif(c.url, ''), c.post_url, ''),
  coalesce(nullif(m.language, ''), nullif(c.language, ''), p.language, ''), coalesce(m.text, ''),
  coalesce(p.email, ''), coalesce(p.phone, ''), coalesce(p.address_1, ''), coalesce(p.address_2, ''),
  coalesce(p.address_3, '')
FROM handoff h LEFT JOIN conversation c ON c.id = h.conversation_id LEFT JOIN account a ON a.id = c.account_id
LEFT JOIN message m ON m.id = coalesce(h.message_id, (
  SELECT b.id FROM message b WHERE b.conversation_id = h.conversation_id AND NOT b.out AND b.at <= h.opened_at
  ORDER BY b.at DESC, b.id DESC LIMIT 1))
LEFT JOIN member p ON p.id = h.member_id
WHERE h.id IN (SELECT value FROM json_each(?))
"""


def conversation_cells(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of CONVERSATION_ROWS, of whose last message is left what its writer said, at most so many characters."""
    said = row[-1]
    return row if said is None else (*row[:-1], (own_words(said) or said)[:_MAX_LAST_CHARS])


def hubspot_cells(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """The cells that a help desk wants in front of those of a conversation, as TICKETS: see docs/leaving.md."""
    known = dict(zip(CONVERSATIONS, cells, strict=True))
    said = first_words(str(known["last_message"] or ""), _MAX_TITLE_CHARS)
    title = known["post_title"] or said or known["conversation_id"]
    return title, _PIPELINE, _STATUSES.get(known["status"], "Waiting on us"), *cells


def member_cells(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arrange a row of MEMBER_ROWS in the order of MEMBERS, with the name split in two.

    Chatwoot refuses a row whose `phone_number` is not in the form of E.164, so that holds nothing else; `Phone Number`
    has what we know.
    """
    name, language, email, phone, *rest = row
    first, last = split_name(str(name), str(language))
    hubspot, identifier, others = rest[:5], rest[5], rest[6:]
    plain = phones.normalized(str(phone))
    dialled = plain if plain.startswith("+") else ""
    return first, last, email, dialled or phone, *hubspot, identifier, name, email, dialled, language, *others

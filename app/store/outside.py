"""Register of personal data: every column that holds text from outside or about a person, and how it is erased.

A new text or blob column must be listed here, or in `tests/app/store/test_outside.py` if it holds only our own codes
and ids. What erases (`app/addresses/copies.py`) goes through this table, so that no copy is missed. Backups are not
covered: each holds everything as it was when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, auto

from app.store.undo import UNDOABLE


class Whose(Flag):
    """Whose words they are, or whom they are about."""

    MEMBER = auto()
    TEAMMATE = auto()
    US = auto()
    SERVER = auto()
    """Reported by a channel's server; may quote any of the others."""


class Way(Enum):
    """How a value is erased."""

    CLEARED = "the column is emptied; the row stays, for counts, sums or other rows rest on it"
    REPLACED = "a placeholder takes its place: it may not be empty, or has to stay unlike all others"
    DELETED = "the row is deleted"
    REINDEXED = "the index entry is taken out: with the very words that went in, before they change"
    CUT = "the value is JSON: the columns named here are taken out of it"


@dataclass(frozen=True, slots=True)
class Words:
    """What a column holds, whose it is, and how it is erased."""

    holds: str
    whose: Whose
    way: Way


_MEMBER, _TEAMMATE, _US, _SERVER = Whose.MEMBER, Whose.TEAMMATE, Whose.US, Whose.SERVER
_CLEARED, _REPLACED, _DELETED, _REINDEXED, _CUT = Way

OUTSIDE = {
    # what is known of a member, besides their name and address
    "member.languages": Words("the languages that they know", _MEMBER, _CLEARED),
    "member.pronouns": Words("how they want to be spoken of", _MEMBER, _CLEARED),
    "member.time_zone": Words("where they live, by its clock", _MEMBER, _CLEARED),
    "member.birthday": Words("their birthday", _MEMBER, _CLEARED),
    "member.name_day": Words("their name day", _MEMBER, _CLEARED),
    "member.interests": Words("what they care about", _MEMBER, _CLEARED),
    "member.met_how": Words("how we met", _MEMBER | _US, _CLEARED),
    "member.met_on": Words("when we met", _MEMBER, _CLEARED),
    "member.met_through": Words("the name of whoever made us known to them", _MEMBER, _CLEARED),
    "member.consent_on": Words("when they gave or refused consent", _MEMBER, _CLEARED),
    "member.consent_how": Words("how they gave or refused it", _MEMBER, _CLEARED),
    "member.do_not_why": Words("why they are not to be written to, or not to get gifts", _MEMBER | _US, _CLEARED),
    "member.sort_name": Words("their name as it is sorted", _MEMBER, _CLEARED),
    "member_field.name": Words("what the manager wants to know of members", _US, _DELETED),
    "member_value.value": Words("what a member has in such a field", _MEMBER | _US, _DELETED),
    "member_note.text": Words("what the manager noted about a member on a day", _MEMBER | _US, _DELETED),
    "member_merge.before": Words("JSON: a member as they were before they were merged", _MEMBER, _DELETED),
    "member_merge.after": Words("JSON: the same after it", _MEMBER, _DELETED),
    "member_apart.why": Words("why two are not one person", _US | _MEMBER, _DELETED),
    "member_list.name": Words("what the manager calls a list of members", _US, _DELETED),
    "member_list.asked": Words("JSON: what finds the members on it", _US | _MEMBER, _DELETED),
    "introduction.why": Words("why we make two members known to each other", _US, _CLEARED),
    "introduction.outcome": Words("what came of it", _US | _MEMBER, _CLEARED),
    "quarrel.note": Words("how a quarrel was settled", _US, _CLEARED),
    # what was said
    "message.text": Words("what was said, by them or by us", _MEMBER | _US, _REPLACED),
    "message.remote_id": Words("its id at the channel; a mail's names a host or an address", _MEMBER, _REPLACED),
    "message.parent_id": Words("the id of what it answers", _MEMBER, _CLEARED),
    "message.url": Words("its page, which may name its author", _MEMBER, _CLEARED),
    "message.envelope": Words("JSON: whom a letter names, and who sent it", _MEMBER, _CLEARED),
    "message.left_out": Words("what was left out of a letter's words", _MEMBER, _CLEARED),
    "message.failed": Words("whom a letter of ours did not reach, and what the server said", _SERVER, _CLEARED),
    "known_person.key": Words("the address of somebody whose letters look like a machine's", _MEMBER, _DELETED),
    "message_version.text": Words("what we said before we corrected it", _US, _REPLACED),
    "attachment.content_id": Words("the id of a picture in a letter; it may name its sender's host", _MEMBER, _CLEARED),
    "known_word.word": Words("a word that the spelling checker accepts, often a name", _MEMBER | _US, _DELETED),
    "account.note": Words("what the manager noted about the manners of the place", _US, _CLEARED),
    "account.who_speaks": Words("the name or address of ours that speaks there", _US, _CLEARED),
    "known_name.name": Words("a name that somebody signs with", _MEMBER, _DELETED),
    "message.addressed": Words("the addresses that a mail of ours went to", _MEMBER, _CLEARED),
    "raw.bytes": Words("a mail that could not be read wholly, as it came", _MEMBER, _DELETED),
    "attachment.name": Words("the name of a file that came with a message", _MEMBER, _DELETED),
    "attachment.type": Words("what its sender says that it is", _MEMBER, _DELETED),
    "attachment.sha256": Words("the digest of its content, by which that is found", _MEMBER, _DELETED),
    "attachment_bytes.sha256": Words("the same, once for all copies: it goes with the last of them", _MEMBER, _DELETED),
    "attachment_bytes.bytes": Words("the file's content", _MEMBER, _DELETED),
    "thread_ref.ref": Words("ids of mails by which an answer finds its conversation", _MEMBER, _DELETED),
    "rule.name": Words("what the manager calls a rule", _MEMBER | _US, _DELETED),
    "rule.conditions": Words("JSON: words and names that a message has for the rule", _MEMBER | _US, _DELETED),
    "rule_hit.did": Words("JSON: labels and states that a rule changed", _MEMBER, _DELETED),
    "view.words": Words("what was searched for, often somebody's name", _MEMBER | _US, _DELETED),
    "view.name": Words("what the manager calls such a list", _MEMBER | _US, _DELETED),
    "conversation.remote_id": Words("the thread's key; for direct messages often the other's id", _MEMBER, _REPLACED),
    "conversation.title": Words("a mail's subject, a topic's title", _MEMBER | _US, _CLEARED),
    "conversation.post_title": Words("the title of what it stands under", _MEMBER | _US, _CLEARED),
    "conversation.post_url": Words("the address of what it stands under", _MEMBER | _US, _CLEARED),
    "conversation.post_text": Words("the text of what it stands under", _MEMBER | _US, _CLEARED),
    "conversation.url": Words("its page", _MEMBER, _CLEARED),
    # the people
    "identity.handle": Words("their name on a channel: an address, a handle", _MEMBER, _REPLACED),
    "identity.key": Words("the same, as compared", _MEMBER, _REPLACED),
    "identity.name": Words("the name that they show there", _MEMBER, _CLEARED),
    "identity.url": Words("their page there", _MEMBER, _CLEARED),
    "member.name": Words("their name", _MEMBER, _REPLACED),
    "member.name_forms": Words("how their name is written in other cases", _MEMBER | _US, _CLEARED),
    "member.greeting": Words("how they like to be greeted", _MEMBER | _US, _CLEARED),
    "member.fits_why": Words("why they fit, by us", _US, _CLEARED),
    "member.note": Words("our note about them", _US, _CLEARED),
    "member.city": Words("where they live", _MEMBER, _CLEARED),
    "member.recipient": Words("their name on a parcel", _MEMBER, _CLEARED),
    "member.address_1": Words("their address", _MEMBER, _CLEARED),
    "member.address_2": Words("their address", _MEMBER, _CLEARED),
    "member.address_3": Words("their address", _MEMBER, _CLEARED),
    "member.postal_code": Words("their address", _MEMBER, _CLEARED),
    "member.country": Words("their address", _MEMBER, _CLEARED),
    "member.email": Words("their e-mail address", _MEMBER, _CLEARED),
    "member.phone": Words("their telephone number", _MEMBER, _CLEARED),
    "member.company": Words("where they work", _MEMBER, _CLEARED),
    "member.job_title": Words("what they do there", _MEMBER, _CLEARED),
    "member.website": Words("their site", _MEMBER, _CLEARED),
    "promise.what": Words("what we promised them", _US, _DELETED),
    "promise.dropped_why": Words("why it was dropped", _US, _DELETED),
    # what they made; the row goes, for nothing rests on it
    "work.title": Words("what we call a work of theirs", _MEMBER | _US, _DELETED),
    "work.excerpt": Words("its words, as they wrote them", _MEMBER, _DELETED),
    "work.url": Words("its page, which may name its maker", _MEMBER, _DELETED),
    "work.sha256": Words("the digest of its file", _MEMBER, _DELETED),
    "work.for_what": Words("what we may use it for", _MEMBER | _US, _DELETED),
    "work.credit": Words("the line that names its maker", _MEMBER, _DELETED),
    "work.note": Words("our note on it", _US, _DELETED),
    "fact.owner": Words("who knows when a fact changes", _TEAMMATE | _US, _CLEARED),
    # what we answer
    "draft.text": Words("a reply that is being written", _US, _DELETED),
    "draft.promise": Words("JSON: what it is about to promise", _US, _DELETED),
    "draft.addressing": Words("JSON: the names and addresses that it is to go to", _MEMBER, _DELETED),
    "draft_beside.text": Words("the same, as another window or program had written it", _US, _DELETED),
    "draft_beside.addressing": Words("JSON: the names and addresses that it is to go to", _MEMBER, _DELETED),
    "letter_draft.text": Words("a message that is being written", _US, _DELETED),
    "letter_draft.subject": Words("its subject", _US, _DELETED),
    "letter_draft.receivers": Words("JSON: the names and addresses that it is to go to", _MEMBER, _DELETED),
    "letter_draft.promise": Words("JSON: what it is about to promise", _US, _DELETED),
    "outgoing_file.name": Words("the name of a file that we send", _US, _DELETED),
    "outgoing_file.type": Words("what it is", _US, _DELETED),
    "outgoing_file.sha256": Words("the digest of its content, by which that is found", _US, _DELETED),
    "outgoing_bytes.sha256": Words("the same, once for all copies: it goes with the last of them", _US, _DELETED),
    "outgoing_bytes.bytes": Words("the file's content", _US, _DELETED),
    "outbox.subject": Words("the subject of a letter of ours", _US, _CLEARED),
    "outbox.ending": Words("a signature of ours, or a letter of theirs that we forward", _MEMBER | _US, _CLEARED),
    "outbox.text": Words("a reply, sent or to be sent", _US, _REPLACED),
    "outbox.receivers": Words("JSON: the names and addresses that a reply goes to", _MEMBER, _CLEARED),
    "outbox.overrides": Words("JSON: words of it that were sent past the voice guide, and why", _US, _CLEARED),
    "outbox.error": Words("why it was not sent", _SERVER, _CLEARED),
    "account.error": Words("why the last pull failed", _SERVER, _CLEARED),
    "account.facts": Words("JSON: what the channel says of our own account", _SERVER, _CLEARED),
    # what was moderated; the log stays, for somebody may ask why
    "moderation.author": Words("the name of whoever wrote it", _MEMBER, _REPLACED),
    "moderation.text": Words("the message, as it was when it was moderated", _MEMBER, _REPLACED),
    "moderation.url": Words("its page", _MEMBER, _CLEARED),
    "moderation.evidence": Words("where proof of it is kept", _US, _CLEARED),
    "moderation.why": Words("our reason", _US, _CLEARED),
    "moderation.error": Words("why it could not be done", _SERVER, _CLEARED),
    # gifts; the row stays, for the budget counts it
    "gift.why": Words("what they get it for", _US, _CLEARED),
    "gift.size": Words("their size", _MEMBER, _CLEARED),
    "gift.charity": Words("whom they want us to give it to instead", _MEMBER, _CLEARED),
    "gift.card_text": Words("what we wrote to them", _US, _CLEARED),
    "gift.carrier": Words("who carried it, by whoever shipped it", _TEAMMATE, _CLEARED),
    "gift.tracking": Words("the parcel's number, which leads to the address", _TEAMMATE, _CLEARED),
    "gift_address.recipient": Words("their name on the parcel", _MEMBER, _DELETED),
    "gift_address.address_1": Words("where it goes", _MEMBER, _DELETED),
    "gift_address.address_2": Words("where it goes", _MEMBER, _DELETED),
    "gift_address.address_3": Words("where it goes", _MEMBER, _DELETED),
    "gift_address.postal_code": Words("where it goes", _MEMBER, _DELETED),
    "gift_address.city": Words("where it goes", _MEMBER, _DELETED),
    "gift_address.country": Words("where it goes", _MEMBER, _DELETED),
    "gift_pass.why": Words("why they are not to get one for now", _US, _DELETED),
    # give-aways; an entry stays, for the draw counts it
    "giveaway_source.value": Words("a post, a tag or a file that entrants came from", _MEMBER | _US, _DELETED),
    "giveaway_entry.name": Words("an entrant's name", _MEMBER, _REPLACED),
    "giveaway_entry.contact": Words("their address or handle", _MEMBER, _CLEARED),
    "giveaway_entry.channel": Words("where they entered", _MEMBER, _CLEARED),
    "giveaway_entry.note": Words("why they take no part, or do after all", _US | _MEMBER, _CLEARED),
    "giveaway_entry.listed": Words("their line in the list that was published", _MEMBER, _REPLACED),
    # teammates and what they are asked
    "teammate.name": Words("a teammate's name", _TEAMMATE, _REPLACED),
    "teammate.team": Words("their team", _TEAMMATE, _CLEARED),
    "teammate.email": Words("their address", _TEAMMATE, _CLEARED),
    "teammate.languages": Words("what they speak", _TEAMMATE, _CLEARED),
    "teammate.subjects": Words("what they help with", _TEAMMATE, _CLEARED),
    "teammate.away_from": Words("when they are away", _TEAMMATE, _CLEARED),
    "teammate.away_until": Words("when they are away", _TEAMMATE, _CLEARED),
    "handoff.ask": Words("what a teammate is asked; it may quote the member", _US | _MEMBER, _REPLACED),
    "handoff.context": Words("the last messages before it", _MEMBER | _US, _CLEARED),
    "handoff.draft": Words("a reply that may not be sent before the answer", _US, _CLEARED),
    "handoff.owner": Words("the name of whoever took it on", _TEAMMATE, _CLEARED),
    "handoff.answer": Words("what the teammate answered", _TEAMMATE, _CLEARED),
    "handoff.ticket": Words("its number in the teammate's own system", _TEAMMATE, _CLEARED),
    "handoff.closed_why": Words("why it was closed unanswered", _US, _CLEARED),
    "account.owner": Words("whose a login is", _TEAMMATE, _CLEARED),
    "account.others": Words("who else has access", _TEAMMATE, _CLEARED),
    "account.recovery": Words("where recovery lies, often with somebody", _TEAMMATE, _CLEARED),
    "account.ends_what": Words("what ends when, often by somebody's leave", _TEAMMATE, _CLEARED),
    "teammate.role": Words("what they are there", _TEAMMATE, _CLEARED),
    "teammate.note": Words("what the manager noted about them", _US, _CLEARED),
    "teammate_thanks.words": Words("thanks to a teammate; they may name the member", _US, _DELETED),
    "handoff.translation": Words("what the member wrote, in another language", _MEMBER, _CLEARED),
    "passed_on.by_name": Words("the name of whoever passed an enquiry on", _TEAMMATE, _REPLACED),
    "passed_on.note": Words("what they added to it", _TEAMMATE, _CLEARED),
    "responsible.subject": Words("a subject that somebody answers for", _US, _DELETED),
    # files in and out
    "given_file.name": Words("the name of a file that was given to a teammate", _US | _TEAMMATE, _DELETED),
    "returned_file.name": Words("the name of a file that a teammate sent back", _TEAMMATE, _DELETED),
    "returned_row.cells": Words("JSON: what a teammate wrote into a row", _TEAMMATE | _MEMBER, _DELETED),
    "kept_form.fields": Words("JSON: what was typed in a form and not saved", _US | _MEMBER, _DELETED),
    "import_batch.file": Words("the name of a file that was brought in", _MEMBER | _US, _REPLACED),
    "import_mapping.header": Words("the titles of a table's columns, as they were in it", _MEMBER | _US, _DELETED),
    "import_mapping.mapping": Words("JSON: such titles, and what they stand for here", _MEMBER | _US, _DELETED),
    "exported_row.file": Words("the name of a file that was given to a teammate", _US | _TEAMMATE, _DELETED),
    "exported_row.cells": Words("JSON: a hand-off or a gift as it went out", _MEMBER | _US | _TEAMMATE, _DELETED),
    # what was done; without these nothing above is forgotten
    "action.title": Words("what was done, to whom, often with the first words of it", _MEMBER | _US, _REPLACED),
    "action_step.before": Words("JSON: a row of any table as it was", _MEMBER | _US | _TEAMMATE, _CUT),
    "action_step.after": Words("JSON: a row of any table as it became", _MEMBER | _US | _TEAMMATE, _CUT),
    "undo_step.before": Words("the same, until its transaction ends", _MEMBER | _US | _TEAMMATE, _DELETED),
    "undo_step.after": Words("the same, until its transaction ends", _MEMBER | _US | _TEAMMATE, _DELETED),
    # what is searched; message_index keeps no copy of the words, and cannot say what it holds
    "message_index.words": Words("the words of each message, folded", _MEMBER | _US, _REINDEXED),
    "message_index_data.block": Words("the same, as FTS5 stores them", _MEMBER | _US, _REINDEXED),
    "message_index_idx.term": Words("beginnings of such words", _MEMBER | _US, _REINDEXED),
    "member_index.words": Words("names, note, city, address and company of a member, folded", _MEMBER, _REINDEXED),
    "member_index_content.c0": Words("the same, whole", _MEMBER, _REINDEXED),
    "member_index_data.block": Words("the same, as FTS5 stores them", _MEMBER, _REINDEXED),
    "member_index_idx.term": Words("beginnings of such words", _MEMBER, _REINDEXED),
}
"""Keyed by `table.column`."""


def is_in_undo_log(column: str) -> bool:
    """Whether `action_step` may hold copies of this `table.column`."""
    return column.partition(".")[0] in UNDOABLE

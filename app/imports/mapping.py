"""Map a table's columns to fields: guessed from headers in several languages, corrected by the person, remembered.

Fields are those in MESSAGE or MEMBER, and `on:KIND` for a member's handle on a channel of that kind.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from app.base import text
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.registry import channel, known
from app.contacts.person import ON
from app.imports.headers import FURTHER_ADDRESSES, FURTHER_PHONES, GIFT_WORDS, MEMBER_WORDS, MESSAGE_WORDS

MESSAGES, MEMBERS, GIFTS = "messages", "members", "gifts"
MESSAGE = (
    "author", "handle", "email", "text", "at", "title", "channel", "thread", "parent", "direction", "url", "post_url",
    "language", "passed_on_by", "remote_id",
)  # fmt: skip
MEMBER = (
    "name", "first_name", "middle_name", "last_name", "nickname", "email", "other_email", "phone", "other_phone",
    "company", "job_title", "website", "city", "country", "address_1", "address_2", "postal_code", "language",
    "languages", "birthday", "pronouns", "time_zone", "kind", "labels", "note", "do_not_contact", "do_not_gift",
    "do_not_why", "minor", "consent", "identifier",
)  # fmt: skip
GIFT = (
    "name", "first_name", "last_name", "email", "other_email", "identifier", "item", "why", "occasion", "worth",
    "actual_cost", "currency", "at", "state", "qty", "size", "carrier", "tracking", "card_text",
)  # fmt: skip
_ONLY_GIFT = frozenset(GIFT) - frozenset(MEMBER) - {"at"}
FIELD_NAMES = {
    "text": N_("Text"),
    "at": N_("Time"),
    "author": N_("From"),
    "handle": N_("Name on the channel"),
    "email": N_("E-mail"),
    "title": N_("Subject"),
    "channel": N_("Channel"),
    "thread": N_("Conversation"),
    "parent": N_("In reply to"),
    "direction": N_("In or out"),
    "url": N_("Link"),
    "post_url": N_("Link to the post"),
    "language": N_("Language"),
    "passed_on_by": N_("Passed on by"),
    "remote_id": N_("ID"),
    "name": N_("Name"),
    "first_name": N_("First name"),
    "middle_name": N_("Middle name"),
    "last_name": N_("Last name"),
    "phone": N_("Phone"),
    "company": N_("Company"),
    "job_title": N_("Job title"),
    "website": N_("Website"),
    "city": N_("City"),
    "country": N_("Country"),
    "address_1": N_("Address"),
    "address_2": N_("Address line 2"),
    "postal_code": N_("Postal code"),
    "note": N_("Note"),
    "other_email": N_("Other e-mail addresses"),
    "nickname": N_("Nickname"),
    "other_phone": N_("Other phone numbers"),
    "languages": N_("Other languages"),
    "birthday": N_("Birthday"),
    "pronouns": N_("Pronouns"),
    "time_zone": N_("Time zone"),
    "kind": N_("Kind"),
    "labels": N_("Labels"),
    "do_not_contact": N_("Don't write to them first"),
    "do_not_gift": N_("Don't send them gifts"),
    "do_not_why": N_("Reason for not writing, or not giving"),
    "minor": N_("Under age"),
    "consent": N_("Gifts and offers"),
    "identifier": N_("Member's ID"),
    "item": N_("Gift"),
    "why": N_("Reason"),
    "occasion": N_("Occasion"),
    "worth": N_("Value"),
    "actual_cost": N_("Actual cost"),
    "currency": N_("Currency"),
    "state": N_("Stage"),
    "qty": N_("Quantity"),
    "size": N_("Size"),
    "carrier": N_("Carrier"),
    "tracking": N_("Tracking number"),
    "card_text": N_("Card"),
}
"""Each field as the person reads it."""
UNKNOWN = "file"
"""The kind of channel for messages from a file that names none that we know."""
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERED_ADDRESS = re.compile(
    r"(?:\d )?(?:e ?mail|mail|netfang|tolvupostur|e ?mail cim|e ?mailova adresa)(?: address| adresse)?"
    r" ?\d?(?: address| value| adresse)?"
)
_NUMBERED_PHONE = re.compile(r"(?:tele)?phone \d(?: value| number)?|(?:home|business|work|mobile) phone \d")


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """What a table holds (MESSAGES, MEMBERS or GIFTS) and the field of each column, in order; "" skips a column.

    `personal` is the kind of channel if this is an export of our own posts there, else "".
    """

    holds: str
    fields: tuple[str, ...]
    personal: str = ""
    _places: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where each field is, which is asked for every cell of a table."""
        for place, name in enumerate(self.fields):
            self._places[name] = (*self._places.get(name, ()), place)

    def column(self, field: str) -> int | None:
        """Return the index of the column with that field; None if there is none."""
        places = self._places.get(field)
        return places[0] if places else None

    def columns(self, field: str) -> tuple[int, ...]:
        """Return the indexes of all columns with that field, in order."""
        return self._places.get(field, ())


def folded(header: str) -> str:
    """Normalize a header for comparison: `E-mail 1 - Value` becomes `e mail 1 value`."""
    return _NOT_WORDS.sub(" ", text.fold(header)).strip()


def _index(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, int]]:
    """Map folded headers to (field, rank of the header within the field)."""
    ranked: dict[str, tuple[str, int]] = {}
    for field, spoken in words.items():
        for rank, word in enumerate(spoken):
            ranked.setdefault(folded(word), (field, rank))
    return ranked


_FURTHER, _PHONES = frozenset(map(folded, FURTHER_ADDRESSES)), frozenset(map(folded, FURTHER_PHONES))
_MESSAGE_INDEX, _MEMBER_INDEX, _GIFT_INDEX = _index(MESSAGE_WORDS), _index(MEMBER_WORDS), _index(GIFT_WORDS)


def guess(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> Layout:
    """Guess the mapping; `chosen` (header -> field) takes precedence. Raises UserError for an unknown name in that."""
    named = _chosen_columns(header, chosen or {})
    messages = _assign(
        header, _MESSAGE_INDEX, {column: field for column, field in named.items() if not _only_member(field)}
    )
    members = _assign(
        header, _MEMBER_INDEX, {column: field for column, field in named.items() if not _only_message(field)}
    )
    members = _assign_handles(header, _assign_addresses(header, members, named), named)
    gifts = _as_gifts(header, messages, named)
    if gifts is not None:
        return Layout(GIFTS, gifts)
    if not _is_messages(messages, members, named):
        return Layout(MEMBERS, members)
    titles = {folded(title) for title in header}
    personal = next((of.kind for of in known() if of.own_export and titles.issuperset(of.own_export)), "")
    return Layout(MESSAGES, messages, personal)


def _as_gifts(header: Sequence[str], messages: Sequence[str], named: Mapping[int, str]) -> tuple[str, ...] | None:
    """The fields of a table of gifts: it says what was given and to whom, and when or for how much. Else None."""
    chosen = any(field in _ONLY_GIFT for field in named.values())
    if not chosen and ("text" in messages or any(_only_message(field) and field != "at" for field in named.values())):
        return None
    fitting = {column: field for column, field in named.items() if not field or field in GIFT or field.startswith(ON)}
    fields = _assign(header, _GIFT_INDEX, fitting)
    fields = _assign_handles(header, _assign_addresses(header, fields, named), named)
    have = set(fields)
    to_somebody = have & {"name", "first_name", "email"} or any(field.startswith(ON) for field in fields)
    if chosen or ("item" in have and to_somebody and have & {"worth", "at", "why", "state", "occasion", "actual_cost"}):
        return fields
    return None


def _only_member(field: str) -> bool:
    return field != "" and field not in MESSAGE and field not in _ONLY_GIFT


def _only_message(field: str) -> bool:
    return field != "" and field not in MEMBER and field not in _ONLY_GIFT and not field.startswith(ON)


def _is_messages(messages: Sequence[str], members: Sequence[str], named: Mapping[int, str]) -> bool:
    if any(_only_message(field) for field in named.values()):
        return True
    if any(_only_member(field) for field in named.values()):
        return False
    if "text" not in messages:
        return "at" in messages and not {"name", "first_name", "email"} & set(members)
    return "at" in messages or "email" not in members


def _assign(header: Sequence[str], index: Mapping[str, tuple[str, int]], named: Mapping[int, str]) -> tuple[str, ...]:
    """Assign each field to the column with its best-ranked header; `named` columns are kept."""
    best: dict[str, tuple[int, int]] = {}
    for column, title in enumerate(header):
        field, rank = index.get(folded(title), ("", 0))
        if (
            field
            and column not in named
            and field not in named.values()
            and (field not in best or rank < best[field][0])
        ):
            best[field] = (rank, column)
    fields = [named.get(column, "") for column in range(len(header))]
    for field, (_, column) in best.items():
        fields[column] = field
    return tuple(fields)


def _assign_addresses(header: Sequence[str], fields: tuple[str, ...], named: Mapping[int, str]) -> tuple[str, ...]:
    """Assign every further column of e-mail addresses and phone numbers; without a main one the first is that."""
    filled = list(fields)
    for column, title in enumerate(header):
        if filled[column] or column in named:
            continue
        known_as = _MEMBER_INDEX.get(folded(title), ("", 0))[0]
        if known_as == "email" or is_further_address(folded(title)):
            filled[column] = "other_email" if "email" in filled else "email"
        elif known_as == "phone" or is_further_phone(folded(title)):
            filled[column] = "other_phone" if "phone" in filled else "phone"
    return tuple(filled)


def is_further_address(title: str) -> bool:
    """Whether a folded header is that of a second, third or other e-mail address: `e mail 2 value`, `work email`."""
    return title in _FURTHER or _NUMBERED_ADDRESS.fullmatch(title[:100]) is not None


def is_further_phone(title: str) -> bool:
    """Whether a folded header is that of a second, third or other telephone: `phone 2 value`, `business phone`."""
    return title in _PHONES or _NUMBERED_PHONE.fullmatch(title[:100]) is not None


def _assign_handles(header: Sequence[str], fields: tuple[str, ...], named: Mapping[int, str]) -> tuple[str, ...]:
    """Assign columns named after a channel to the members' handles there."""
    filled = list(fields)
    titles = [folded(title) for title in header]
    for of in known():
        if of.members_export and set(titles).issuperset(of.members_export):
            at = titles.index(of.members_export[0])
            filled[at] = filled[at] or f"{ON}{of.kind}"
    for column, title in enumerate(header):
        kind = kind_of(folded(title).removesuffix(" handle").removesuffix(" username").removesuffix(" url"))
        if not filled[column] and column not in named and channel(kind).handles and f"{ON}{kind}" not in filled:
            filled[column] = f"{ON}{kind}"
    return tuple(filled)


def is_members_export(header: Sequence[str]) -> bool:
    """Whether a channel exports lists of its members with these columns."""
    titles = {folded(title) for title in header}
    return any(of.members_export and titles.issuperset(of.members_export) for of in known())


def kind_of(name: str) -> str:
    """Return the kind of channel that a name mentions (`Instagram DM`: instagram); UNKNOWN if there is none."""
    kinds, others = _kinds()
    bare = folded(name)
    if bare in others:  # as a whole: `E-mail` is two words
        return others[bare]
    words = bare.split()
    return next((by_name[word] for by_name in (kinds, others) for word in words if word in by_name), UNKNOWN)


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """Return kinds by name, and kinds by their other names; only of channels that identify people."""
    able = [of for of in known() if of.handles or of.by_address]
    return {of.kind: of.kind for of in able}, {word: of.kind for of in able for word in of.also}


def _chosen_columns(header: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    columns = {folded(title): column for column, title in reversed(list(enumerate(header)))}
    named: dict[int, str] = {}
    for title, field in chosen.items():
        if folded(title) not in columns:
            msg = tr("There's no column “{title}” in this file. Its columns are: {header}.").format(
                title=title, header=", ".join(header)
            )
            raise UserError(msg)
        wanted = "" if field.strip() in ("", "-") else field.strip().casefold()
        if wanted and wanted not in FIELD_NAMES and not wanted.startswith(ON):
            msg = tr("“{field}” isn't a field. Choose from: {fields}, on:CHANNEL.").format(
                field=field, fields=", ".join(sorted(FIELD_NAMES))
            )
            raise UserError(msg)
        named[columns[folded(title)]] = wanted
    return named


def missing(mapping: Layout) -> tuple[str, ...]:
    """Return the required fields that no column is mapped to."""
    have = set(mapping.fields)
    if mapping.holds == MESSAGES:
        who = bool(have & {"author", "handle", "email", "direction"} or mapping.personal)
        return (*(field for field in ("text", "at") if field not in have), *(() if who else ("author",)))
    who = bool(have & {"name", "first_name", "last_name", "email"}) or any(field.startswith(ON) for field in have)
    needed = tuple(field for field in ("item", "at") if field not in have) if mapping.holds == GIFTS else ()
    return (*needed, *(() if who else ("name", "email")))


def in_words(lacks: Sequence[str]) -> str:
    """Missing fields (from `missing`) for a sentence; of a member's name and address one is enough."""
    joint = tr(" or ") if "name" in lacks and len(lacks) == 2 else tr(" and ")  # noqa: PLR2004  the two of `missing`
    return joint.join(tr(FIELD_NAMES[field]) for field in lacks)


def key_of(header: Iterable[str]) -> str:
    """Return the key that a mapping is remembered by; order and case of the columns do not matter."""
    return json.dumps(sorted(folded(title) for title in header), ensure_ascii=False)

"""Convert a table's row to a message or a member. Pure; errors are texts for the `errors` column."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.base import ids
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.base.text import fold, legible
from app.base.words import N_, tr
from app.channels.registry import channel
from app.contacts.addresses import SEVERAL, NoAddressError, addresses
from app.contacts.birthdays import NoBirthdayError, day_of
from app.contacts.person import MARKED, NAME_MOST, ON, WISHES, Person, is_yes, language_of, languages_of, wishes_of
from app.csvfile import damaged
from app.imports import dates
from app.imports.mapping import FIELD_NAMES, Layout
from app.members.facts import kind_of

_OUT_WORDS = """
out outgoing outbound sent us we ours reply true 1 ut af okkur utsent ki kimeno kuldott odchozi odeslano odeslana
εξερχομενο εξερχομενα σταλθηκε ausgehend gesendet sortant envoye saliente enviado
"""
_IN_WORDS = """
in incoming inbound received them message false 0 inn mottekid bejovo beerkezett prichozi prijato εισερχομενο
εισερχομενα eingehend empfangen entrant recu entrante recibido
"""
_OUT, _IN = frozenset(_OUT_WORDS.split()), frozenset(_IN_WORDS.split())


class RowError(ValueError):
    """The row cannot be imported; the text tells the person why."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Converts rows of one layout; `own` are our folded handles, `dates` the format of the date column.

    `channel` is the account of rows that name none, `out` makes every row ours, `private` none public. `birthdays` is
    the order of day, month and year in birthdays, as `app.contacts.birthdays` names it.
    """

    layout: Layout
    dates: str
    channel: str
    own: frozenset[str] = frozenset()
    out: bool = False
    private: bool = False
    birthdays: str = ""

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return a field's trimmed value; "" if there is no such column or it is blank."""
        column = self.layout.column(name)
        return _trimmed(cells, column) if column is not None else ""

    def channel_of(self, cells: Sequence[str]) -> str:
        """Return the name of the account that the row belongs to."""
        return self.cell(cells, "channel") or self.channel

    def message(self, cells: Sequence[str], kind: str) -> Incoming:
        """Convert a row to a message of that kind of channel; raises RowError without a valid text, date and author."""
        text = _unwrapped_text(self._long_text(cells))
        if not text:
            msg = tr("the text is blank")
            raise RowError(msg)
        at = self.at(cells)
        author = self._author(cells, kind)
        out = self._out(cells, author)
        thread, title = self.cell(cells, "thread"), self.cell(cells, "title")
        parent = self.cell(cells, "parent")
        url, post_url = self.cell(cells, "url"), self.cell(cells, "post_url")
        return Incoming(
            remote_id=self.cell(cells, "remote_id") or row_id(author.key, at, text, thread, title),
            at=at,
            text=text,
            author=author,
            out=out,
            thread=thread or ("" if parent else _thread(author.key, title, post_url, parent)),
            refs=(parent,) if parent and not thread else (),
            parent=parent,
            title=title,
            post_title=title,
            post_url=post_url,
            url=url,
            public=not channel(kind).private_by_default and not self.private,
            language=language_of(self.cell(cells, "language")),
            passed="" if out else self.cell(cells, "passed_on_by"),
        )

    def _long_text(self, cells: Sequence[str]) -> str:
        column = self.layout.column("text")
        return cells[column].strip("\r\n ") if column is not None and column < len(cells) else ""

    def at(self, cells: Sequence[str]) -> int:
        """Return the row's time in Unix seconds; raises RowError if it is blank or can't be read."""
        written = self.cell(cells, "at")
        at = dates.parse(written, self.dates)
        if at is None:
            at = dates.parse_certain(written, self.dates)
        if at is None:
            msg = (
                tr("“{text}” can't be read as a date ({format})").format(
                    text=written, format=tr(dates.SHOWN[self.dates])
                )
                if written
                else tr("the date is blank")
            )
            raise RowError(msg)
        return at

    def _author(self, cells: Sequence[str], kind: str) -> Author:
        name, handle, email = (self.cell(cells, field) for field in ("author", "handle", "email"))
        boxes = _boxes(email) or ([] if email else _boxes_in_name(handle or name))
        if boxes and channel(kind).by_address:
            called, address = boxes[0]
            shown = name if name not in (email, address) and "@" not in name else called
            return Author(address_key(address), address, shown)
        shown = handle or name or email
        if not shown:
            if self.out or self._direction(cells):
                return Author("", "", "")
            msg = tr("no author is given")
            raise RowError(msg)
        _check_undamaged(shown, N_("the author “{value}” was damaged by a spreadsheet"))
        return Author(fold(shown.lstrip("@")), shown, name or shown)

    def _direction(self, cells: Sequence[str]) -> bool | None:
        """Return True for outgoing, False for incoming, None if blank; raises RowError for any other word."""
        word = fold(self.cell(cells, "direction"))
        if not word:
            return None
        if word in _OUT or word in _IN:
            return word in _OUT
        msg = tr("“{value}” is neither in nor out").format(value=self.cell(cells, "direction"))
        raise RowError(msg)

    def _out(self, cells: Sequence[str], author: Author) -> bool:
        out = self._direction(cells)
        return out if out is not None else self.out or author.key in self.own

    def person(self, cells: Sequence[str]) -> Person:
        """Convert a row to a member; raises RowError if it names nobody or has an invalid value."""
        boxes = self._addresses(cells)
        email = next(iter(boxes), "")
        handles = {
            name.removeprefix(ON): self.cell(cells, name)
            for name in self.layout.fields
            if name.startswith(ON) and self.cell(cells, name)
        }
        name = self._name(cells)
        name = name or boxes.get(email, "") or next(iter(handles.values()), "") or email
        if not name:
            msg = tr("the row names no one: it has no name, e-mail or identity")
            raise RowError(msg)
        _check_whole(cells, len(self.layout.fields), name)
        if len(name) > NAME_MOST:
            msg = tr("the name has {count:,} letters; {most} are the most").format(count=len(name), most=NAME_MOST)
            raise RowError(msg)
        columns = dict.fromkeys(_COLUMNS, "")
        columns |= {
            column: _several(self.cell(cells, column))[0] for column in _COLUMNS if column in self.layout.fields
        }
        numbers = self._phones(cells)
        columns["phone"] = numbers[0] if numbers else ""
        written = f"{columns['language']},{self.cell(cells, 'languages')}"
        languages = languages_of(_BETWEEN_WORDS.split(written))
        columns["language"], columns["languages"] = ("".join(languages[:1]), ",".join(languages[1:]))
        columns["birthday"] = self._birthday(cells)
        columns["kind"] = kind_of(columns["kind"])
        columns |= self._wishes(cells)
        filled = {column: value for column, value in {"name": name, "email": email, **columns}.items() if value}
        return Person(
            filled, tuple(boxes), self._note(cells), handles, self._number(cells), tuple(numbers), self._labels(cells)
        )

    def _phones(self, cells: Sequence[str]) -> list[str]:
        """The member's telephone numbers, the main one first."""
        columns = (*self.layout.columns("phone"), *self.layout.columns("other_phone"))
        numbers = [one for column in columns for one in _several(_trimmed(cells, column)) if one]
        for number in numbers:
            _check_undamaged(number, N_("the phone number “{value}” was damaged by a spreadsheet"))
        return list(dict.fromkeys(numbers))

    def _wishes(self, cells: Sequence[str]) -> dict[str, str]:
        said = {wish: self.cell(cells, wish) for wish in WISHES}
        for mark in MARKED:
            if is_yes(said[mark]) is None:
                msg = tr("“{value}” under “{field}” is neither yes nor no").format(
                    value=said[mark][:NAME_MOST], field=tr(FIELD_NAMES[mark])
                )
                raise RowError(msg)
        return wishes_of(said)

    def _birthday(self, cells: Sequence[str]) -> str:
        written = self.cell(cells, "birthday")
        try:
            return day_of(written, self.birthdays)
        except NoBirthdayError:
            msg = tr("“{value}” can't be read as a birthday").format(value=written[:NAME_MOST])
            raise RowError(msg) from None

    def _labels(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The groups that the row names; not those that a program puts everybody into (Google marks them by a star)."""
        cell = self.cell(cells, "labels")
        words = (word.strip() for word in (cell.split(SEVERAL) if SEVERAL in cell else _BETWEEN_LABELS.split(cell)))
        return tuple(dict.fromkeys(word for word in words if word and not word.startswith("*")))

    def _note(self, cells: Sequence[str]) -> str:
        note, called = self.cell(cells, "note"), self.cell(cells, "nickname")
        return "\n".join(filter(None, (note, tr("Nickname: {name}").format(name=called) if called else "")))

    def _name(self, cells: Sequence[str]) -> str:
        """The member's name; "" if the row has none.

        Where a name stands beside a family name, and nothing is called a first name, it is the first name: Czech and
        Greek tables call it so ("Jméno" and "Příjmení"), unless it has the family name in it.
        """
        name, last = legible(self.cell(cells, "name")), self.cell(cells, "last_name")
        if name and last and "first_name" not in self.layout.fields and fold(last) not in fold(name):
            return f"{name} {last}"
        return name or " ".join(filter(None, (self.cell(cells, part) for part in _NAMES)))

    def _addresses(self, cells: Sequence[str]) -> dict[str, str]:
        """The member's e-mail addresses, the main one first, each with the name that stands beside it in its cell."""
        columns = (*self.layout.columns("email"), *self.layout.columns("other_email"))
        named: dict[str, str] = {}
        seen: set[str] = set()
        for called, address in (box for column in columns for box in _boxes(_trimmed(cells, column))):
            if address_key(address) not in seen:
                named[address] = called
            seen.add(address_key(address))
        return named

    def _number(self, cells: Sequence[str]) -> int | None:
        written = self.cell(cells, "identifier")
        if not written:
            return None
        try:
            kind, number = ids.parse(written)
        except UserError:
            return None
        return number if kind == ids.MEMBER else None


def _trimmed(cells: Sequence[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _boxes(cell: str) -> list[tuple[str, str]]:
    """(name, address) of each address in a cell; raises RowError where it holds something else."""
    try:
        return addresses(cell)
    except NoAddressError:
        msg = tr("“{email}” isn't an e-mail address").format(email=cell)
        raise RowError(msg) from None


def _boxes_in_name(cell: str) -> list[tuple[str, str]]:
    """The same where the cell may as well hold a name."""
    try:
        return addresses(cell) if "@" in cell else []
    except NoAddressError:
        return []


def _several(cell: str) -> list[str]:
    """The values of a cell in which Google puts several; at least one, which may be blank."""
    return [part.strip() for part in cell.split(SEVERAL)]


_BETWEEN_WORDS = re.compile(r"[,;/|]")
_BETWEEN_LABELS = re.compile(r"[,;]")
_NAMES = ("first_name", "middle_name", "last_name")
_COLUMNS = (
    "company",
    "job_title",
    "website",
    "city",
    "country",
    "address_1",
    "address_2",
    "postal_code",
    "language",
    "pronouns",
    "time_zone",
    "kind",
)


def row_id(*parts: object) -> str:
    """Return a stable id for a row without one: a hash of its content, the same in any file."""
    digest = hashlib.blake2b("\x1f".join(str(part) for part in parts).encode("utf-8", "replace"), digest_size=12)
    return f"row:{digest.hexdigest()}"


def _thread(author: str, title: str, post_url: str, parent: str) -> str:
    """Return a thread key for a table without one: messages of one author under one title are a conversation."""
    return row_id("thread", author, fold(title), post_url, parent)


def _check_whole(cells: Sequence[str], columns: int, name: str) -> None:
    """Raise RowError where a row was parted in the wrong places, so that something of it would be lost or misplaced."""
    if any(cell.strip() for cell in cells[columns:]):
        msg = tr(
            "the row has {count} cells, and there are {columns} columns: a separator in it may need quotation marks"
        )
        raise RowError(msg.format(count=len(cells), columns=columns))
    if "\n" in name and "@" in name:
        raise RowError(tr("the name goes on over several lines: a quotation mark may not be closed"))


def _check_undamaged(value: str, sentence: str) -> None:
    if damaged(value):
        raise RowError(tr(sentence).format(value=value))


def _unwrapped_text(cell: str) -> str:
    """Return the text; YouTube's export wraps it in JSON, as one text or as segments."""
    if not cell.startswith('{"'):
        return cell
    try:
        held = json.loads(cell)
        if "takeoutSegments" in held:
            return "".join(part.get("text", "") for part in held["takeoutSegments"])
        return str(held["text"]) if "text" in held else cell
    except (ValueError, AttributeError, TypeError):
        return cell

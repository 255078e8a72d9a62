"""WhatsApp's "Export chat": a text file, alone or with its media in a ZIP archive.

iOS writes `[28/11/2026, 21:05:33] Anna: Hello`, Android `28/11/2026, 21:05 - Anna: Hello`; order, separators and the
halves of the day are those of the phone's language. A line without a time continues the message above it. Neither
messages nor people have ids: somebody is known by their telephone number, or by the name in the phone's address book.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import PurePosixPath
from typing import IO, NamedTuple, cast

from app.base.message import Attached, Author, Incoming
from app.base.text import fold
from app.imports import dates, left_out
from app.imports.bundle import Bundle, Part, content, reading
from app.imports.exports.entry import Entry, attached, key_of, only_files
from app.imports.notes import Notes
from app.imports.rows import row_id
from app.intake.written_down import Spoken

KIND, _SERVICE = "whatsapp", "WhatsApp"
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_NO_MARKS = dict.fromkeys(map(ord, _MARKS)) | dict.fromkeys((0x202F, 0xA0), " ")
_IOS = re.compile(r"\[([^\[\]\n]{8,45})\] ?(.*)", re.DOTALL)
_ANDROID = re.compile(r"(\d[^\n]{7,40}?) [-–—] (.*)", re.DOTALL)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}")
_HALF = re.compile(r"\b([ap])\. ?m\.", re.IGNORECASE)
_AT = re.compile(r"\bklo\b")
_ATTACHED = re.compile(r"<[^<>:\n]{1,30}: ([^<>\n]{1,200})>")
_FILE = re.compile(r"([^\n/\\]{1,120}\.\w{2,5}) \([^()\n]{3,60}\)")
_OMITTED = re.compile(r"<[^<>@\n]{1,30} [^<>@\n]{1,30}>")
_LAST = re.compile(r" ?(\u200e?)<([^<>\n]{5,60})>$")
_WA_FILE = re.compile(r"(?:IMG|VID|PTT|AUD|DOC|STK)-\d{8}-WA\d{1,8}\.\w{2,5}")
_COPY = re.compile(r"(?: ?\(\d{1,3}\)|_\d{1,3})$")
_CHAT_NAME = re.compile(
    r"(?:whatsapp[ -]chat (?:with|mit|s|met) |whatsapp chat - |whatsapp[ -]?spjall (?:við|með) "
    r"|whatsapp-beszélgetés:? ?(?:vele: |ezzel: )?|whatsapp-csevegés:? ?|chat whatsapp (?:s|con) "
    r"|konverzace whatsapp s |συνομιλία (?:στο )?whatsapp με (?:τον |την |το |τους )?|discussion whatsapp avec "
    r"|chat de whatsapp con |czat whatsapp z )",
    re.IGNORECASE,
)
_DELETED = frozenset(
    fold(sentence)
    for sentence in (
        "This message was deleted", "You deleted this message", "Þessum skilaboðum var eytt",
        "Þú eyddir þessum skilaboðum", "Þessi skilaboð voru fjarlægð", "Ezt az üzenetet törölték",
        "Törölted ezt az üzenetet", "Ez az üzenet törölve lett", "Üzenet törölve", "Tato zpráva byla odstraněna",
        "Tato zpráva byla smazána", "Tuto zprávu jste smazali", "Smazali jste tuto zprávu",
        "Odstranili jste tuto zprávu", "Αυτό το μήνυμα διαγράφηκε", "Διαγράψατε αυτό το μήνυμα",
        "Αυτό το μήνυμα διαγράφτηκε", "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht",
        "Ce message a été supprimé", "Vous avez supprimé ce message", "Se eliminó este mensaje",
        "Eliminaste este mensaje", "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio",
        "Táto správa bola odstránená", "Ta wiadomość została usunięta",
    )
)  # fmt: skip
_EDITED = frozenset(
    fold(sentence)
    for sentence in (
        "This message was edited", "Þessum skilaboðum var breytt", "Ezt az üzenetet szerkesztették",
        "Üzenet szerkesztve", "Tato zpráva byla upravena", "Αυτό το μήνυμα επεξεργάστηκε",
        "Αυτό το μήνυμα υποβλήθηκε σε επεξεργασία", "Diese Nachricht wurde bearbeitet", "Ce message a été modifié",
        "Se editó este mensaje", "Questo messaggio è stato modificato",
    )
)  # fmt: skip
_MAX_NAME_CHARS, _HEAD_BYTES, _HEAD_LINES, _SAMPLE = 80, 16_384, 40, 20_000
_MOST_TEXTS = 60  # .txt files of an archive that are looked at
_MOST_CHARS = 200_000  # of one message; a file with more is no chat
_QUOTES = '"“”„«»'


class _Line(NamedTuple):
    """What begins with a time: that as written, and the rest."""

    stamp: str
    rest: str


class _Said(NamedTuple):
    """A line of the chat with those that continue it; `name` is "" for a line of the program's own."""

    stamp: str
    name: str
    text: str


class Chats:
    """One chat, or several that were zipped together."""

    kind, name, title = KIND, _SERVICE, _SERVICE

    def __init__(self, parts: tuple[Part, ...], called: str) -> None:
        """`parts` are the text files; `called` is the name of the file that was chosen."""
        self._parts, self._called = parts, called

    def entries(self, bundle: Bundle, own: frozenset[str], notes: Notes) -> Iterator[Entry]:
        """Yield the messages of each chat, in the file's order."""
        for part in self._parts:
            try:
                chat = _Chat(bundle, part, self._called, own)
                notes.names = tuple(dict.fromkeys((*notes.names, *chat.unsure)))
                yield from chat.entries()
            except OSError:
                notes.unreadable.append(part.name)


class _Chat:
    """One text file: read once to learn the order of its dates and who is in it, and once more for the messages."""

    def __init__(self, bundle: Bundle, part: Part, called: str, own: frozenset[str]) -> None:
        self._bundle, self._part = bundle, part
        stamps = list[str]()
        spoke: dict[str, bool] = {}  # whether they wrote anything themselves, by name
        for said in islice(self._said(), _SAMPLE):
            stamps.append(said.stamp)
            if said.name:
                spoke[said.name] = spoke.get(said.name, False) or not said.text.startswith("\u200e")
        self._form = _form(stamps)
        # iOS writes the group's name before what the program says in it, from the first line on
        first = next(iter(spoke), "")
        group = first if first and not spoke[first] else ""
        self._title = group or _title(part.name, called, [name for name in spoke if spoke[name]])
        self._thread = row_id("chat", fold(self._title))
        self._people = [name for name in spoke if spoke[name] or fold(name) != fold(self._title)]
        self._ours = self._who_is_us(own)
        self.unsure = [] if self._ours or len(self._people) < 2 else self._people  # noqa: PLR2004  one is somebody else
        self._files = {PurePosixPath(one.name).name: one for one in bundle.parts}
        self._equal: Counter[str] = Counter()

    def _said(self) -> Iterator[_Said]:
        with reading(self._bundle, self._part) as stream:
            for line, more in _joined(_lines(stream)):
                name, text = _name_and_text(line.rest)
                yield _Said(line.stamp, name, "\n".join((text, *more)).rstrip() if name else line.rest)

    def _who_is_us(self, own: frozenset[str]) -> frozenset[str]:
        """The names that are ours: as we are told, else of two people the one whom the chat is not named after."""
        said = frozenset(name for name in self._people if fold(name) in own or key_of(name) in own)
        if said:
            return said
        others = [name for name in self._people if fold(name) != fold(self._title)]
        return frozenset(others) if len(self._people) == 2 and len(others) == 1 else frozenset()  # noqa: PLR2004

    def entries(self) -> Iterator[Entry]:
        """Yield the messages."""
        for said in self._said():
            yield self._entry(said)

    def _entry(self, said: _Said) -> Entry:
        at = dates.parse(_plain(said.stamp), self._form)
        if at is None or said.name not in self._people:
            return Entry(None, left_out.SYSTEM)
        text, files, why = self._words(said.text)
        if why:
            return Entry(None, why)
        key = key_of(said.name)
        who = Author(key, key if key.startswith("+") else said.name, said.name)
        number = row_id(self._thread, key, at, said.text)
        self._equal[number] += 1
        if self._equal[number] > 1:
            number = row_id(number, self._equal[number])
        return Entry(
            Incoming(
                number, at, text or only_files(), who, out=said.name in self._ours,
                thread=self._thread, title=self._title, public=False, attached=files,
            )
        )  # fmt: skip

    def _words(self, written: str) -> tuple[str, tuple[Attached, ...], str]:
        """(text, files, why it is left out) of a message."""
        text = _without_edited(written)
        bare = _stripped(text)
        if fold(bare).rstrip(" .!") in _DELETED:
            return "", (), left_out.DELETED
        files = tuple(filter(None, (self._file(name) for name in self._names(bare))))
        first, _, below = bare.partition("\n")
        if _OMITTED.fullmatch(first) or first == "null" or self._names(first):
            bare = below.strip()
        elif text.startswith("\u200e"):
            is_short = len(bare) <= 40 and "\n" not in bare  # noqa: PLR2004  "image omitted", in any language
            bare, why = "", left_out.MEDIA if is_short else left_out.SYSTEM
            return (bare, files, "" if files else why)
        elif "\u200e" in text:  # a document: its name, then what the program says of it
            bare = _stripped(text.partition("\u200e")[0]).rstrip(" •") or bare
        return bare, files, "" if bare or files else left_out.MEDIA

    @staticmethod
    def _names(text: str) -> list[str]:
        """The names of the files that a message names."""
        first = text.partition("\n")[0]
        found = _ATTACHED.fullmatch(first) or _FILE.fullmatch(first)
        if found:
            return [found[1].strip()]
        return [first] if _WA_FILE.fullmatch(first) else []

    def _file(self, name: str) -> Attached | None:
        part = self._files.get(name)
        return attached(self._bundle, part) if part is not None else None


def find(bundle: Bundle, name: str) -> Chats | None:
    """Return the export, if there are text files that begin like a chat."""
    texts = [part for part in bundle.parts if part.name.casefold().endswith(".txt") or len(bundle.parts) == 1]
    chats = tuple(part for part in texts[:_MOST_TEXTS] if looks_so(content(bundle, part, _HEAD_BYTES) or b""))
    return Chats(chats, name) if chats else None


def pasted(text: str) -> list[Spoken]:
    """The messages in lines that were copied out of a chat; [] if it is no such text.

    Copied out of a browser, a line begins with the time and then the date: `[21:05, 28/11/2026] Anna: Hello`.
    """
    lines = text.strip("\r\n").splitlines()
    if not lines or _line(lines[0]) is None:
        return []
    found = [(line.stamp, *_name_and_text(line.rest), more) for line, more in _joined(lines)]
    form = _form([stamp for stamp, *_ in found])
    said = [(dates.parse(_plain(stamp), form), name, [words, *more]) for stamp, name, words, more in found if name]
    whole = [(at, name, _stripped(_without_edited("\n".join(parts)))) for at, name, parts in said if at is not None]
    return [Spoken(at, name, words) for at, name, words in whole if words and fold(words).rstrip(" .!") not in _DELETED]


def looks_so(head: bytes) -> bool:
    """Whether a file that begins so is a chat: its first line has a time, and a line below names somebody."""
    if b"\x00" in head:
        return False
    lines = head.decode("utf-8-sig", "replace").splitlines()[:_HEAD_LINES]
    first = next((line for line in lines if line.strip()), "")
    if _line(first) is None:
        return False
    found = [line for line in map(_line, lines) if line is not None]
    return any(_name_and_text(line.rest)[0] for line in found)


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of the file without their ends, each at most so long that memory is bounded."""
    with io.TextIOWrapper(cast("io.BufferedReader", stream), "utf-8-sig", "replace", newline=None) as text:
        while line := text.readline(_MOST_CHARS):
            yield line.rstrip("\r\n")


def _joined(lines: Iterable[str]) -> Iterator[tuple[_Line, list[str]]]:
    """Each line that begins with a time, with the lines that continue it."""
    begun: _Line | None = None
    more: list[str] = []
    for line in lines:
        found = _line(line)
        if found is None:
            more.append(line)
            continue
        if begun is not None:
            yield begun, more
        begun, more = found, []
    if begun is not None:
        yield begun, more


def _line(line: str) -> _Line | None:
    bare = line.lstrip(_MARKS)
    if not bare[:1].isdigit() and not bare.startswith("["):
        return None
    found = _IOS.match(bare) or _ANDROID.match(bare)
    if found is None or not found[1].lstrip(_MARKS)[:1].isdigit() or not _TIME.search(found[1]):
        return None
    return _Line(found[1], found[2]) if _is_time(found[1]) else None


@lru_cache(maxsize=4096)
def _is_time(stamp: str) -> bool:
    """Whether it is a date with a time, in any order."""
    return any(dates.parse(_plain(stamp), form) is not None for form in (dates.DMY, dates.MDY, dates.YMD))


@lru_cache(maxsize=4096)
def _plain(stamp: str) -> str:
    """A time as `dates` reads it."""
    return _AT.sub("", _HALF.sub(r"\1m", stamp.translate(_NO_MARKS).replace(",", " ")))


def _name_and_text(rest: str) -> tuple[str, str]:
    """Who said it, and what; the name is "" for a line of the program's own."""
    name, colon, text = rest.partition(":")
    shown = _stripped(name).lstrip("~").strip()
    if not colon or not shown or len(shown) > _MAX_NAME_CHARS or (text and text[0] not in " \u200e"):
        return "", rest
    if any(mark in shown for mark in _QUOTES):  # "Anna changed the subject to “Tea: when?”"
        return "", rest
    return shown, text.removeprefix(" ")


def _without_edited(text: str) -> str:
    """A message without the program's word at its end that it was edited."""
    found = _LAST.search(text[-70:])
    if found is None or len(found[0]) == len(text):
        return text
    return text[: -len(found[0])] if found[1] or fold(found[2]).rstrip(" .") in _EDITED else text


def _stripped(text: str) -> str:
    return (text if text.isascii() else text.translate(_NO_MARKS)).strip()


def _form(stamps: list[str]) -> str:
    """The order of day, month and year: the one that reads the most, and by which time goes on."""
    plain = [_plain(stamp) for stamp in stamps]
    decided = dates.decide(plain).format

    def badness(form: str) -> tuple[int, int, bool]:
        read = [dates.parse(stamp, form) for stamp in plain]
        known = [at for at in read if at is not None]
        back = sum(later < earlier for earlier, later in pairwise(known))
        return len(read) - len(known), back, form != decided

    return min((dates.DMY, dates.MDY, dates.YMD), key=badness)


def _title(name: str, called: str, people: list[str]) -> str:
    """What the chat is called: whom or what its file is named after, else who is in it."""
    for candidate in (PurePosixPath(name).stem, PurePosixPath(name).parent.name, PurePosixPath(called).stem):
        stem = _COPY.sub("", candidate.replace("_", " ").strip() if "_chat" not in candidate else "").strip()
        if not stem:
            continue
        named = _CHAT_NAME.match(stem)
        if named and stem[named.end() :].strip():
            return stem[named.end() :].strip()
        one = next((person for person in people if fold(stem).endswith(fold(person))), "")
        if one:
            return one
    return ", ".join(people[:4])

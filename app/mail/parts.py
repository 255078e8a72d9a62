"""What a letter holds: its words, its files, and what is inside those that only wrap others.

The splitter is our own and stops at DEPTH_MAX levels, so that deep nesting cannot exhaust the stack. Parts are numbered
as an IMAP server numbers them (RFC 3501, 6.4.5), so that one which stayed there can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from app.base.filenames import safe
from app.base.message import HIDDEN, OTHER_FORM, REST, Attached
from app.base.words import N_, tr
from app.mail import alternatives, body, calendar, headers, html, inner, pictures, protection, smime, tnef
from app.mail.body import BROKEN, CUT, DEPTH_MAX, ENCRYPTED, PARTS_MAX, Part, Said
from app.mail.charsets import clean

TEXT_MAX = 200_000
LEFT_OUT_MAX = 2_000_000
"""Characters of what is left out that are kept."""
LETTERS_MAX = 30
"""Letters inside a letter whose words are shown."""
_TEXTS_MAX = 20
_LINE_MAX = 2_000  # characters before the limit in which the text is cut at a line's end
_CID = re.compile(r"cid:([^\"'\s<>)]{1,400})", re.IGNORECASE)
_OPENPGP_VERSION = "application/pgp-encrypted"
_ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
}
_DAMAGED = N_("[A signed part of this letter is damaged and can't be read. Ask for it again, or save it.]")
_PACKED = N_(
    "[Outlook packed this letter's files into winmail.dat, which is damaged. Ask for them again, sent as HTML or text.]"
)
_NOTHING: Mapping[str, int] = MappingProxyType({})


class Content(NamedTuple):
    """What a letter holds. `beneath` stands below its words: letters inside it, and invitations.

    `flaws` is why it was not read wholly. The others as in `app.base.message.Incoming`.
    """

    text: str
    attached: tuple[Attached, ...]
    beneath: str = ""
    protection: str = ""
    remote: int = 0
    opened: tuple[bytes, ...] = ()
    formerly: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    flaws: frozenset[str] = frozenset()


def read(head: dict[str, str], octets: bytes, left: Mapping[str, int] = _NOTHING) -> Content:
    """Return what a letter holds, from its headers and the bytes after them.

    `left` are the parts that stayed at the server, with their size in bytes: `octets` have them with no content.
    """
    kind, parameters = headers.parameters(head.get("content-type", ""))
    if kind in ("", "text/plain") and not left and "content-disposition" not in head and "name" not in parameters:
        plain = _plain(body.leaf(kind, parameters, head, octets))
        if plain is not None:
            return plain
    walk = _Walk(left)
    walk.entity(head, octets, "", 0, top=True)
    return walk.content()


def _plain(one: Part) -> Content | None:
    """What a letter holds that is one plain text, as half of all are; None if there is more to it."""
    said = one.text()
    if len(said.text) > TEXT_MAX or protection.may_have_armour(said.text):
        return None
    return Content(body.tidy(said.text), (), flaws=said.flaws)


def part(head: dict[str, str], octets: bytes, section: str) -> bytes | None:
    """The content of one part, given with its own head; None if it is not there.

    `section` is its number, with the place within what it is packed in behind a /.
    """
    _, packed, inside = section.partition("/")
    if not packed:
        kind, parameters = headers.parameters(head.get("content-type", ""))
        return body.leaf(kind, parameters, head, octets).content()
    attached = read(head, octets).attached
    return next((file.content for file in attached if file.section.partition("/")[2] == inside), None)


def _child(where: str, number: int) -> str:
    return f"{where}{number}" if not where or where.endswith("/") else f"{where}.{number}"


class _Walk:
    """Collects what the parts hold, one after the other."""

    def __init__(self, left: Mapping[str, int], parts: int = 0) -> None:
        self.texts: list[str] = []
        self.attached: list[Attached] = []
        self.beneath: list[str] = []
        self.protection = ""
        self.remote = 0
        self.opened: list[bytes] = []
        self.formerly = ""
        self.left_out: list[tuple[str, str]] = []
        self.flaws: set[str] = set()
        self.parts = parts
        self.worded = False  # of a version: whether it has words
        self.shown: set[str] = set()  # the ids of pictures that a page shows
        self._left = left
        self._as_written: list[str] = []  # the texts with the armour that they were in
        self._in_armour = False
        self._packed_texts: list[str] = []  # what Outlook packed: it may be the words once more
        self._text_files: list[str] = []

    def content(self) -> Content:
        """What was found."""
        if not self.has_words():
            self.texts += self._packed_texts or ([] if self.beneath else self._text_files[:1])
        text = body.tidy("\n\n".join(filter(None, self.texts)) if len(self.texts) != 1 else self.texts[0])
        attached = (
            file if not file.content_id or file.content_id in self.shown else file._replace(content_id="")
            for file in self.attached
        )
        text, beneath = self._shortened(text), self._shortened(body.tidy("\n\n".join(self.beneath)))
        formerly = self.formerly or ("\n\n".join(self._as_written) if self._in_armour else "")
        kept = tuple((kind, said[:LEFT_OUT_MAX]) for kind, said in dict.fromkeys(self.left_out))
        return Content(
            text, tuple(attached), beneath, self.protection, self.remote, tuple(self.opened), body.tidy(formerly),
            kept, frozenset(self.flaws),
        )  # fmt: skip

    def _shortened(self, text: str) -> str:
        """The text, cut at a line's end where it is longer than TEXT_MAX; the rest is left out."""
        if len(text) <= TEXT_MAX:
            return text
        end = text.rfind("\n", TEXT_MAX - _LINE_MAX, TEXT_MAX)
        end = end if end > 0 else TEXT_MAX
        self.flaws.add(CUT)
        self.left_out.append((REST, text[end:].lstrip("\n")))
        return text[:end].rstrip() + "\n\n[…]"

    def has_words(self) -> bool:
        """Whether any words were found so far."""
        return any(not alternatives.is_blank(text) for text in self.texts)

    def entity(
        self, head: dict[str, str], octets: bytes, where: str, depth: int, inside: str = "", *, top: bool = False
    ) -> None:
        """Take a part with all that is in it. `where` is its number, of the whole (`top`) what stands before those."""
        self.parts += 1
        if self.parts > PARTS_MAX:
            self.flaws.add(BROKEN)
            return
        kind, parameters = headers.parameters(head.get("content-type", ""))
        if not kind and inside == "multipart/digest":
            kind = "message/rfc822"
        if kind.startswith("multipart/") and depth < DEPTH_MAX and parameters.get("boundary"):
            self.protection = protection.stronger(self.protection, protection.of_multipart(kind, parameters))
            pieces = [body.pieces_of(piece) for piece in body.cut(octets, parameters["boundary"])[:PARTS_MAX]]
            self.flaws |= set() if pieces else {BROKEN}
            if kind == "multipart/alternative":
                self._alternative(pieces, where, depth + 1)
                return
            for at, (piece_head, piece_body) in enumerate(pieces):
                within = kind if at or kind == "multipart/digest" else ""
                self.entity(piece_head, piece_body, _child(where, at + 1), depth + 1, within)
            return
        self.flaws |= {BROKEN} if kind.startswith("multipart/") else set()
        section = _child(where, 1) if top else where
        self._leaf(body.leaf(kind, parameters, head, octets), parameters, section, depth, inside)

    def _leaf(self, one: Part, parameters: Mapping[str, str], section: str, depth: int, inside: str) -> None:
        if inner.may_be(one.type, one.name) and depth < DEPTH_MAX and one.octets:
            self._letter(one, section, depth)
        elif section in self._left:
            if one.type in protection.OBJECTS and "enveloped" in parameters.get("smime-type", "").lower():
                self._lock(protection.SMIME)
            self._attach(one, section)
        elif one.type in protection.OBJECTS or one.name.lower().endswith((".p7m", ".p7z")):
            self._signed_object(one, parameters, section, depth)
        elif one.type == _OPENPGP_VERSION:
            self._lock(protection.OPENPGP)
        elif self._is_signature(one, inside):
            self.protection = protection.stronger(self.protection, self._signed_with(one))
        elif one.type in tnef.TYPES or one.name.lower() in tnef.NAMES:
            self._winmail(one, section)
        elif calendar.may_be(one.type, one.name):
            self._calendar(one, section, parameters.get("method", ""))
        elif one.type in {"text/plain", "text/html"} and self._is_words(one, inside):
            self._words(one)
        else:
            self._attach(one, section)

    def _is_words(self, one: Part, inside: str) -> bool:
        if one.attached:
            return one.type == "text/plain" and not one.disposition and not self.has_words()
        return inside != "multipart/related" or one.type == "text/plain"

    def _words(self, one: Part) -> None:
        if one.attached:
            self.opened.append(one.content())
        if one.type == "text/html":
            page = one.page()
            self._pictures(page)
            self._say(one.text(page))
        else:
            self._say(one.text())

    def _say(self, said: Said) -> None:
        self._note(said)
        bare = protection.without_armour(said.text)
        self.protection = protection.stronger(self.protection, bare.protection)
        self.flaws |= {ENCRYPTED} if bare.protection.startswith(protection.ENCRYPTED) else set()
        self.texts.append(bare.text)
        self._in_armour |= bool(bare.protection or bare.files)
        self._as_written.append(said.text)
        for name, block in bare.files:
            kind = "application/pgp-keys" if name.startswith("key") else "application/pgp-encrypted"
            self.attached.append(Attached(name, kind, block.encode("utf-8", "replace")))

    def _note(self, said: Said) -> str:
        """Note what a part hides and why it was not read wholly; returns its text."""
        self.left_out += [(HIDDEN, said.hidden)] if said.hidden else []
        self.flaws |= said.flaws
        return said.text

    def _pictures(self, page: str) -> None:
        """Take what a page says of its pictures."""
        if "<img" not in page and "<IMG" not in page and "cid:" not in page:
            return
        seen = pictures.in_page(page)
        self.remote += seen.remote
        self.attached += seen.inside
        self.shown |= {unquote(name).strip("<>") for name in _CID.findall(page)}
        self.shown |= {picture.content_id for picture in seen.inside}

    def _alternative(self, pieces: list[tuple[dict[str, str], bytes]], where: str, depth: int) -> None:
        """Take one version of several: the plain one, unless that stands for nothing; the files of all are kept."""
        tries: list[_Walk] = []
        best: _Walk | None = None
        order = sorted(enumerate(pieces, 1), key=lambda piece: body.is_html(piece[1]))
        for number, (head, octets) in order:
            if best is not None and body.is_html((head, octets)) and not self._is_page(best, head, octets):
                continue
            version = _Walk(self._left, self.parts)
            version.entity(head, octets, _child(where, number), depth)
            self.parts = version.parts
            tries.append(version)
            version.worded = version.has_words()
            if version.worded:
                best = version if best is None else self._better(best, version)
        for version in tries:
            self._take(version, words=version is best)
            if best is not None and not version.worded:  # signs alone, which once were taken for the words
                self.formerly = self.formerly or "\n\n".join(version.texts)

    def _is_page(self, plain: _Walk, head: dict[str, str], octets: bytes) -> bool:
        """Whether a page beside a plain part holds the letter. What it says of pictures is taken in any case."""
        kind, parameters = headers.parameters(head.get("content-type", ""))
        page = body.leaf(kind, parameters, head, octets).page()
        text = "\n\n".join(plain.texts)
        if alternatives.may_stand_for_nothing(text, page) or alternatives.may_say_more(text, page, len(octets)):
            return True
        self._note(Said("", hidden=html.hidden_words(page)))
        self._pictures(page)
        return False

    def _better(self, plain: _Walk, page: _Walk) -> _Walk:
        """The version that has the words; what the other one says besides is left out."""
        before, after = "\n\n".join(plain.texts), "\n\n".join(page.texts)
        better, other = plain, page
        if alternatives.stands_for_nothing(before, after):
            self.formerly = before
            better, other = page, plain
        else:
            self.left_out += page.left_out
            if not alternatives.says_more(after, before):
                return plain
        self.left_out += [(OTHER_FORM, text) for text in other.texts if text.strip()]
        return better

    def _take(self, other: _Walk, *, words: bool) -> None:
        """Take what another found, its words only if they are the ones."""
        if words:
            self.texts += other.texts
            self._as_written += other._as_written
            self._in_armour |= other._in_armour
            self.left_out += other.left_out
            self.flaws |= other.flaws
        self.attached += [file for file in other.attached if not self._has_block(file)]
        self.beneath += other.beneath
        self.opened += other.opened
        self.shown |= other.shown
        self.remote += other.remote
        self.formerly = self.formerly or other.formerly
        self.protection = protection.stronger(self.protection, other.protection)
        self._packed_texts += other._packed_texts
        self._text_files += other._text_files

    def _has_block(self, file: Attached) -> bool:
        """Whether a file is a block of OpenPGP that is there already: a page repeats that of the plain part."""
        there = (other for other in self.attached if other.type == file.type == _OPENPGP_VERSION)
        return any(other.content.split() == file.content.split() for other in there)

    # --- what wraps others

    def _letter(self, one: Part, section: str, depth: int) -> None:
        """A letter inside: its words below ours, its files behind it."""
        content = one.content()
        text_head, octets = headers.split(content)
        head = headers.fields(text_head)
        if section not in self._left:  # else a file of it stayed at the server, and so it is not whole
            self.opened.append(content)
        self._attach(one, section, inner.name(head, len(self.attached) + 1))
        walk = _Walk(self._left, self.parts)
        walk.entity(head, octets, section, depth + 1, top=True)
        self.parts = walk.parts
        held = walk.content()
        if len(self.beneath) < LETTERS_MAX:
            self.beneath.append(inner.words(head, "\n\n".join(filter(None, (held.text, held.beneath)))))
        self.attached += held.attached
        self.shown |= {file.content_id for file in held.attached if file.content_id}
        self.remote += held.remote
        self.opened += held.opened
        self.left_out += held.left_out
        self.flaws |= held.flaws

    def _signed_object(self, one: Part, parameters: Mapping[str, str], section: str, depth: int) -> None:
        """A letter that is one object of S/MIME."""
        content = one.content()
        found = smime.read(content)
        kind = found.kind if found is not None else ""
        if found is not None and found.letter and depth < DEPTH_MAX:
            self.opened.append(content)
            text_head, octets = headers.split(found.letter)
            head = headers.fields(text_head)
            if "content-type" not in head and ":" not in text_head.partition("\n")[0]:
                head, octets = {}, found.letter
            self.entity(head, octets, f"{section}/", depth + 1, top=True)
        elif kind == smime.ENCRYPTED or (not kind and "enveloped" in parameters.get("smime-type", "").lower()):
            self._lock(protection.SMIME)
            self._attach(one, section, "smime.p7m")
        else:
            if not kind and depth < DEPTH_MAX and one.type in protection.OBJECTS:
                self.beneath.append(tr(_DAMAGED))
                self.flaws.add(BROKEN)
            self._attach(one, section, "smime.p7m")
        if kind == smime.SIGNED:
            self.protection = protection.stronger(self.protection, f"{protection.SIGNED} {protection.SMIME}")

    def _lock(self, how: str) -> None:
        self.protection = protection.stronger(self.protection, f"{protection.ENCRYPTED} {how}")
        self.texts.append(protection.locked(how))
        self.flaws.add(ENCRYPTED)

    @staticmethod
    def _is_signature(one: Part, inside: str) -> bool:
        if one.type not in protection.SIGNATURES:
            return inside == "multipart/signed" and one.name.lower().endswith((".p7s", ".sig", ".asc"))
        beside_a_file = one.disposition == "attachment" and one.name.lower().endswith((".sig", ".asc"))
        return inside == "multipart/signed" or not beside_a_file or "signature" in one.name.lower()

    @staticmethod
    def _signed_with(one: Part) -> str:
        how = protection.OPENPGP if "pgp" in one.type else protection.SMIME
        return f"{protection.SIGNED} {how}"

    def _winmail(self, one: Part, section: str) -> None:
        """What Outlook packed; the package itself stays a file where something in it is damaged."""
        content = one.content()
        packed = tnef.read(content)
        self.opened.append(content)
        for number, file in enumerate(packed.files, 1):
            name = safe(clean(file.name)) or str(len(self.attached) + 1)
            self.attached.append(file._replace(name=name, section=f"{section}/{number}"))
        if packed.text.strip():
            self._packed_texts.append(packed.text)
        elif packed.html.strip():
            self._pictures(packed.html)
            self._packed_texts.append(self._note(body.page_text(packed.html)))
        if not packed.whole:
            self.flaws.add(BROKEN)
            self.beneath.append(tr(_PACKED))
            self._attach(one, section)

    def _calendar(self, one: Part, section: str, method: str) -> None:
        content = one.content()
        shown = calendar.read(content, method)
        self.opened.append(content)
        if shown.text and shown.text not in self.beneath:
            self.beneath.append(shown.text)
        if not any(file.content.strip() == content.strip() for file in self.attached):  # programs put it in twice
            self._attach(one, section, shown.name)

    def _attach(self, one: Part, section: str, otherwise: str = "") -> None:
        number = len(self.attached) + 1
        name = safe(headers.words(one.name)) or otherwise or f"{number}{_ENDINGS.get(one.type, '')}"
        left = self._left.get(section, 0)
        content = b"" if left else one.content()
        if len(self._text_files) < _TEXTS_MAX and not left and one.is_text:
            self._text_files.append(one.text().text)
        self.attached.append(Attached(name, one.type, content, one.content_id, section, left))

"""Large letters: what they say is fetched, files above KEPT_MAX stay at the server until somebody saves them.

A letter is put together again from the parts that are fetched (RFC 3501, 6.4.5 and 7.4.2), with nothing in the place of
the others: so it is read as any other letter, under the same numbers of its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from imapclient.response_types import BodyData

from app.base.message import KEPT_MAX, Place
from app.channels.email.answers import UnreadableError
from app.channels.email.imap import Fetched, Mailbox
from app.channels.email.seeking import seek
from app.mail import headers
from app.mail.parts import part as content_of

LARGE = KEPT_MAX
"""Bytes of a letter from which its parts are looked at before they are fetched."""
_TOGETHER_MAX = 30_000_000
_PARTS_MAX = 200
_LINE, _DECODED = 78, 57  # bytes of a line of base64 with its end, and what it stands for
_SIZE_AT, _ENCODING_AT, _STRUCTURE_AT, _LEAF_FIELDS = 6, 5, 8, 7


class _Leaf(NamedTuple):
    """A part of a letter that has no others: `size` is that of its content in bytes, more or less."""

    section: str
    size: int


class _Tree(NamedTuple):
    """The parts of a letter by their numbers, each with those directly in it, "" for the letter itself.

    `letters` are letters inside it that are looked into, as they are too large as well, with their size.
    """

    inside: dict[str, list[str]]
    leaves: dict[str, _Leaf]
    letters: dict[str, int]


def fetch(box: Mailbox, uid: int, size: int, whole_max: int) -> list[Fetched]:
    """A mail of `size` bytes of the selected folder, without the parts that are too large; [] if it is gone.

    Where the server does not tell its parts apart, it is fetched whole if it has up to `whole_max` bytes, else only
    its beginning.
    """
    try:
        _, structure = box.sections(uid, ["BODYSTRUCTURE"])
        tree = _tree(structure)
        if tree is not None:
            left = dict(_too_large(tree)) | tree.letters
            raw = _put_together(tree, _parts(box, uid, tree, left))
            if raw is not None:
                told = box.about(uid)
                return [Fetched(mail.uid, raw, mail.arrived, mail.flags, size, whole=True, left=left) for mail in told]
    except UnreadableError:
        pass
    return box.fetch([uid], partial=size > whole_max)


def _parts(box: Mailbox, uid: int, tree: _Tree, left: Mapping[str, int]) -> Mapping[str, bytes]:
    wanted = [section for section in tree.leaves if section not in left]
    names = ["HEADER", *(f"{section}.MIME" for section in _numbers(tree)), *wanted]
    names += [f"{section}.HEADER" for section in tree.letters]
    found, _ = box.sections(uid, [f"BODY.PEEK[{name}]" for name in names])
    return found


def _numbers(tree: _Tree) -> list[str]:
    """The numbers of all parts with a head of their own; a letter that is one part has only the letter's."""
    return [section for inside in tree.inside.values() for section in inside]


def _tree(structure: Any) -> _Tree | None:  # noqa: ANN401  as the library parses it
    """The parts in a BODYSTRUCTURE; None if it is not one, or has too many."""
    tree = _Tree({}, {}, {})
    try:
        _grow(tree, structure, "")
    except (TypeError, ValueError, IndexError, RecursionError):
        return None
    is_text = not tree.inside and bytes(structure[0]).lower() == b"text"  # of which the beginning says something
    return tree if tree.leaves and len(tree.leaves) <= _PARTS_MAX and not is_text else None


def _grow(tree: _Tree, node: Any, section: str) -> None:  # noqa: ANN401  as above
    if isinstance(node[0], list):
        tree.inside[section] = numbers = [
            f"{section}.{at}" if section else str(at) for at in range(1, len(node[0]) + 1)
        ]
        for number, child in zip(numbers, node[0], strict=True):
            _grow(tree, child, number)
        return
    if len(node) < _LEAF_FIELDS:
        raise ValueError(section)
    if _is_large_letter(node):
        tree.letters[section or "1"] = int(node[_SIZE_AT])
        inner = BodyData.create(node[_STRUCTURE_AT])
        _grow(tree, inner, section or "1") if isinstance(inner[0], list) else _grow(tree, inner, f"{section or '1'}.1")
        return
    size, encoding = int(node[_SIZE_AT]), bytes(node[_ENCODING_AT] or b"").lower()
    content = size * _DECODED // _LINE if encoding == b"base64" else size
    number = section or "1"
    tree.leaves[number] = _Leaf(number, content)


def _is_large_letter(node: Any) -> bool:  # noqa: ANN401  as above
    kind = (bytes(node[0]).lower(), bytes(node[1]).lower())
    if kind != (b"message", b"rfc822") or int(node[_SIZE_AT]) <= KEPT_MAX or len(node) <= _STRUCTURE_AT:
        return False
    return isinstance(node[_STRUCTURE_AT], tuple)


def _too_large(tree: _Tree) -> Iterator[tuple[str, int]]:
    """The parts to leave, with their size: each that is too large, and the largest until the rest can be held."""
    left = sum(leaf.size for leaf in tree.leaves.values())
    for leaf in sorted(tree.leaves.values(), key=lambda leaf: leaf.size, reverse=True):
        if leaf.size <= KEPT_MAX and left <= _TOGETHER_MAX:
            return
        left -= leaf.size
        yield leaf.section, leaf.size


def _put_together(tree: _Tree, found: Mapping[str, bytes]) -> bytes | None:
    """The letter's bytes; None if the server left a head out by which it has to be cut."""
    head = found.get("HEADER")
    if not head:
        return None
    body = _joined(tree, found, "", head) if "" in tree.inside else _content_in(tree, found, "1")
    return None if body is None else head + body


def _content_in(tree: _Tree, found: Mapping[str, bytes], section: str) -> bytes | None:
    """What a part has below its own head; b"" for one that is left, None where a head is missing."""
    if section not in tree.letters:
        return (
            _joined(tree, found, section, found.get(f"{section}.MIME", b""))
            if section in tree.inside
            else found.get(section, b"")
        )
    head = found.get(f"{section}.HEADER", b"")
    body = _joined(tree, found, section, head) if section in tree.inside else found.get(f"{section}.1", b"")
    return None if not head or body is None else head + body


def _joined(tree: _Tree, found: Mapping[str, bytes], section: str, head: bytes) -> bytes | None:
    kind, parameters = headers.parameters(headers.fields(headers.split(head)[0]).get("content-type", ""))
    boundary = parameters.get("boundary", "").encode("utf-8", "replace")
    if not kind.startswith("multipart/") or not boundary:
        return None
    pieces: list[bytes] = []
    for number in tree.inside[section]:
        own = found.get(f"{number}.MIME", b"") or b"\r\n"
        content = _content_in(tree, found, number)
        if content is None:
            return None
        pieces.append(b"--" + boundary + b"\r\n" + own + content + b"\r\n")
    return b"".join([*pieces, b"--", boundary, b"--\r\n"])


# --- on demand


def part(box: Mailbox, read: Collection[str], places: Sequence[Place], remote_id: str, section: str) -> bytes | None:
    """The content of one part of a letter, wherever it is now; None if the letter is in no folder.

    `read` are the folders that we read.
    """
    parts = (_content(box, uid, section) for uid in seek(box, read, places, remote_id))
    return next((content for content in parts if content is not None), None)


def _content(box: Mailbox, uid: int, section: str) -> bytes | None:
    number = section.partition("/")[0]
    outer = number.rpartition(".")[0]
    heads = [f"{number}.MIME", f"{outer}.HEADER" if outer else "HEADER"]
    found, _ = box.sections(uid, [f"BODY.PEEK[{name}]" for name in (*heads, number)])
    if not found.get(number):
        return None
    head = next((found[name] for name in heads if found.get(name, b"").strip()), b"")
    return content_of(headers.fields(headers.split(head)[0]), found[number], section)

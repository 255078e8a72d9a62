"""Which of a notice's links leads to what was said, without what counts who follows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from app.base.text import fold
from app.intake.notices.phrases import CHROME, FOOTER, MORE
from app.intake.notices.reading import Said
from app.mail.blocks import Block, Link
from app.mail.wrapped import unwrapped

_TELLING = re.compile(
    r"comment|permalink|/p/|/posts?/|/status/|/r/|repl(?:y|ies)|story|lc=|/review|/reel|/video|/update|/thread|/messag"
    r"|/t/|/post|/watch|/inbox|urn:li|/activity|showuserreviews|/topic|discussion|/questions?/|userreview|/photo",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"unsubscribe|/settings|preferences|/help|support\.|privacy|terms|/legal|/about|email_?opt|notifications?/(?:settings|manage)"
    r"|/download|apps\.apple|play\.google|/app(?:store)?[/?]|/signup|/login(?:[/?]|$)|/account|/policies|/premium|o\.php",
    re.IGNORECASE,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KEPT = _set("v id story_fbid fbid lc comment_id reply_comment_id p topic post review reviewid rid")
_PAGE_KEPT = _set("v id story_fbid fbid p topic")
_NEAR = 8  # blocks around the words
_OWN = 8  # points
_LEAST = -4  # points that a link must have more than
_TEXT_CHARS = 1_000  # of what a link says, or the block that it is in


class _Place(NamedTuple):
    """A link of the place's own, the block that it is in, and what speaks for it wherever the words stand."""

    at: int
    link: Link
    target: str
    points: int
    telling: bool
    told: bool  # its address has a word for something that is said


def ends(said: Sequence[Said]) -> list[int]:
    """For each of several people's words the block before which their own links stand; [0] for one alone."""
    begins = [one.named_at if one.named_at >= 0 else one.first for one in said]
    if len(said) < 2:  # noqa: PLR2004  one entry needs no telling apart
        return [0] * len(said)
    between = min(begin - one.last for one, begin in zip(said, begins[1:], strict=False))
    return [*begins[1:], said[-1].last + max(1, between)]


def places(blocks: Sequence[Block], hosts: Collection[str], sender: str) -> list[_Place]:
    """The links of a notice that lead to the place's own hosts, weighed once for whoever's words they may lead to.

    Those to other hosts are among them only where the place has none of its own (`hosts` is empty). Of links in one
    block that lead to one address, and are worded alike, there is the first.
    """
    house = ".".join(sender.rpartition("@")[2].split(".")[-2:])
    known = frozenset((*hosts, house))
    found: list[_Place] = []
    for at, block in enumerate(blocks):
        shown = fold(block.text[:_TEXT_CHARS])
        for link in dict.fromkeys(block.links):
            target = unwrapped(link.href)
            host = _host(target) if target.lower().startswith(("http://", "https://")) else ""
            if host and (not hosts or _is_on(host, known)):
                telling, told = is_telling(target), _TELLING.search(target) is not None
                found.append(_Place(at, link, target, _points(link, target, shown, telling=telling), telling, told))
    return _strongest(found)


def _strongest(found: Sequence[_Place]) -> list[_Place]:
    """Of each block the strongest link of either kind: what stands in one block is equally near to all words."""
    kept: dict[tuple[int, bool], _Place] = {}
    for place in found:
        before = kept.get((place.at, place.telling))
        if before is None or place.points > before.points:
            kept[place.at, place.telling] = place
    return [place for place in found if kept[place.at, place.telling] is place]


def best(found: Sequence[_Place], said: Said, end: int = 0) -> str:
    """Of a notice's links the one to what was said, "" if none leads there.

    Where `end` is given, a link to one post or comment that stands before that block belongs to these words rather
    than a common button.
    """
    weighed = [
        (
            place.points + _by_place(place.at, said) + (_OWN if _is_own(place, said, end) else 0),
            -place.at,
            place,
        )
        for place in found
    ]
    ours = [one for one in weighed if one[0] > _LEAST]
    return max(ours, key=lambda one: one[:2])[2].target if ours else ""


def _is_own(place: _Place, said: Said, end: int) -> bool:
    """Whether a link to one thing stands with these words, or is the name's, and leads to more than who it is."""
    begin = said.named_at if said.named_at >= 0 and place.told else said.first
    return place.telling and begin <= place.at < end


def _points(link: Link, target: str, shown: str, *, telling: bool) -> int:
    text = fold(link.text[:_TEXT_CHARS]) or shown
    points = 0
    points += 4 if _TELLING.search(target) else 0
    points += 2 if telling else 0
    points += 3 if link.button else 0
    points -= 1 if MORE.fullmatch(text) else 0
    points += 2 if CHROME.match(text) else 0
    points -= 6 if _ELSEWHERE.search(target) else 0
    points -= 6 if FOOTER.search(text) else 0
    points -= 2 if not urlsplit(target).path.strip("/") else 0
    points -= 1 if not link.text else 0
    return points


def _by_place(at: int, said: Said) -> int:
    """Points for where a link stands, as seen from the words."""
    after = at - said.last
    begin = said.named_at if said.named_at >= 0 else said.first
    if begin <= at <= said.last:
        return 4
    if 0 < after <= _NEAR:
        return 3 - after // 3
    return -2 if after > _NEAR else 0


def page(link: str) -> str:
    """The page that a link leads to, without what tells one comment on it from another."""
    if not link:
        return ""
    bare = link.partition("#")[0]
    address, _, query = bare.partition("?")
    kept = [(name, value) for name, value in _asked(query) if name.lower() in _PAGE_KEPT]
    return address.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def is_telling(link: str) -> bool:
    """Whether a link leads to one post, review or comment, and not to a list or a start page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if any(name.lower() in _KEPT and value for name, value in _asked(parts.query)):
        return True
    steps = [step for step in parts.path.split("/") if step]
    return len(steps) > 1 and any(any(letter.isdigit() for letter in step) or len(step) > 10 for step in steps[1:])  # noqa: PLR2004  longer steps of a path are ids or titles


def _asked(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=100)
    except ValueError:
        return []


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:  # `https://[`
        return ""


def _is_on(host: str, known: Collection[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in known)

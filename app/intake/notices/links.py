"""Which of a notice's links leads to what was said, without what counts who follows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
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


class _Place(NamedTuple):
    """A link, and the block that it is in."""

    at: int
    link: Link
    target: str


def ends(said: Sequence[Said]) -> list[int]:
    """For each of several people's words the block before which their own links stand; [0] for one alone."""
    begins = [one.named_at if one.named_at >= 0 else one.first for one in said]
    if len(said) < 2:  # noqa: PLR2004
        return [0] * len(said)
    between = min(begin - one.last for one, begin in zip(said, begins[1:], strict=False))
    return [*begins[1:], said[-1].last + max(1, between)]


def best(blocks: Sequence[Block], said: Said, hosts: Collection[str], sender: str, end: int = 0) -> str:
    """The link to what was said, "" if none leads to the place's own hosts.

    A link to another host is taken only where the place has none of its own (`hosts` is empty). Where `end` is given,
    a link to one post or comment that stands before that block belongs to these words rather than a common button.
    """
    found = [
        (_points(place, said, blocks) + (_OWN if said.first <= place.at < end and is_telling(place.target) else 0),
         -place.at, place)
        for place in _places(blocks)
    ]  # fmt: skip
    house = ".".join(sender.rpartition("@")[2].split(".")[-2:])
    ours = [
        weighed for weighed in found if not hosts or any(_is_on(weighed[2].target, host) for host in (*hosts, house))
    ]
    ours = [weighed for weighed in ours if weighed[0] > -4]  # noqa: PLR2004
    return max(ours, key=lambda weighed: weighed[:2])[2].target if ours else ""


def _places(blocks: Sequence[Block]) -> Iterator[_Place]:
    for at, block in enumerate(blocks):
        for link in block.links:
            target = unwrapped(link.href)
            if target.lower().startswith(("http://", "https://")) and _host(target):
                yield _Place(at, link, target)


def _points(place: _Place, said: Said, blocks: Sequence[Block]) -> int:
    link, text = place.link, fold(place.link.text or blocks[place.at].text)
    points = 0
    points += 4 if _TELLING.search(place.target) else 0
    points += 2 if is_telling(place.target) else 0
    points += 3 if link.button else 0
    points -= 1 if MORE.fullmatch(text) else 0
    points += 2 if CHROME.match(text) else 0
    points -= 6 if _ELSEWHERE.search(place.target) else 0
    points -= 6 if FOOTER.search(text) else 0
    points -= 2 if not urlsplit(place.target).path.strip("/") else 0
    points -= 1 if not link.text else 0
    after = place.at - said.last
    begin = said.named_at if said.named_at >= 0 else said.first
    if begin <= place.at <= said.last:
        points += 4
    elif 0 < after <= _NEAR:
        points += 3 - after // 3
    elif after > _NEAR:
        points -= 2
    return points


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
    return len(steps) > 1 and any(any(letter.isdigit() for letter in step) or len(step) > 10 for step in steps[1:])  # noqa: PLR2004


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


def _is_on(link: str, host: str) -> bool:
    there = _host(link)
    return bool(host) and (there == host or there.endswith(f".{host}"))

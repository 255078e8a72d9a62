"""Parse Mastodon's responses: texts, names, times, threads. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from app.base import clock
from app.base.message import Addressee, Author
from app.base.pictures import in_words, unmarked
from app.base.text import words
from app.base.words import N_
from app.channels.base import Sent
from app.channels.http.parts import dicts
from app.mail.html import to_text

if TYPE_CHECKING:
    from app.channels.http import Response

NOT_ONE = N_(
    "{host} isn't a Mastodon server. Enter the part of your address after the last @, such as mastodon.social."
)
_LINK_HEADER = re.compile(r'<([^<>]*+)>\s*;\s*rel="(\w+)"')
_ANCHOR = re.compile(r"<a\b([^<>]*+)>")
_LOCAL_HOST = re.compile(r"localhost|[\d.]+|.*:.*|.*\.(?:local|lan|internal|test|onion)")
_FULL_NAME = re.compile(r"(?<![\w@/])@([\w.-]{1,64})@([\w.-]{1,253}\w(?::\d{1,5})?)")
_TIMED_ID = re.compile(r"\d{10}([0-9a-f]{32})")  # snac: the time when its file last changed, and the status itself
_QUOTE_LINK = re.compile(r'<p class="quote-inline">(?:[^<]|<(?!/?p[\s>]))*+</p>')  # for servers that know no quotes
_LEADING = re.compile(r"@([\w.-]+(?:@[\w.-]+(?::\d{1,5})?)?)\s+")


class Place(NamedTuple):
    """What we remember of a status: its thread's root, its author's address, its time in Unix seconds.

    `edited` is `edited_at` as last seen, None for a status that is not a message here, or is deleted. `account` is its
    author's id there, "" where it was remembered by an older Rapport. `private`: its thread is for a few alone.
    `aside`: it is a post of ours that answers nobody (`Incoming.aside`). `followers`: its thread begins with words of
    ours for our followers.
    """

    root: str
    who: str
    at: int = 0
    edited: str | None = None
    account: str = ""
    private: bool = False
    aside: bool = False
    followers: bool = False

    @property
    def is_message(self) -> bool:
        """Whether it is a message of a conversation, rather than what one stands under."""
        return self.edited is not None and not self.aside


def address(given: str) -> str:
    """Return the server's URL from a host name, a URL or a handle."""
    given = given.strip()
    if "://" not in given:
        given = f"https://{given.rpartition('@')[2]}"
    parts = urlsplit(given)
    scheme = parts.scheme if _LOCAL_HOST.fullmatch(parts.hostname or "") else "https"  # never send a token unencrypted
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}"


def link(answer: Response, rel: str, name: str) -> str:
    """Return the query parameter `name` of the URL with relation `rel` in the Link header (RFC 8288); "" if missing."""
    for target, relation in _LINK_HEADER.findall(answer.headers.get("link", "")):
        if relation == rel:
            return str(parse_qs(target.partition("?")[2].partition("#")[0]).get(name, [""])[0])
    return ""


def steady(value: Any) -> Any:  # noqa: ANN401  any JSON
    """The same JSON with ids of statuses that stay as they are.

    Snac's begin with the time of the last change, which the server does not heed when it is asked for one.
    """
    if isinstance(value, list):
        return [steady(row) for row in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _TIMED_ID.sub(r"0000000000\1", part)
        if name in ("id", "in_reply_to_id") and isinstance(part, str)
        else steady(part)
        for name, part in value.items()
    }


def text_of(status: Mapping[str, Any], near: set[str]) -> str:
    """Return a status as plain text: content warning, text without leading mentions of `near`, poll, alt texts."""
    html = _ANCHOR.sub(
        lambda hit: "" if re.search(r"\b(?:mention|hashtag)\b", hit[1]) else hit[0],
        _QUOTE_LINK.sub("", str(status.get("content") or "")) if status.get("quote") else status.get("content") or "",
    )
    text = to_text(html).removesuffix(f"\N{LINK SYMBOL} {status.get('url')}").rstrip()  # added by Indiekit to our own
    names = {name for who in near if who for name in (who.lower(), who.lower().partition("@")[0])}
    while (hit := _LEADING.match(text)) and hit[1].lower() in names:
        text = text[hit.end() :]
    warning = f"[{status['spoiler_text']}]" if status.get("spoiler_text") else ""
    shown = [_shown(media) for media in status.get("media_attachments") or ()]
    return "\n\n".join(filter(None, (warning, text, _poll(status), "\n".join(shown))))


def _poll(status: Mapping[str, Any]) -> str:
    """A poll's options, a line for each below the word; "" without one (/entities/Poll)."""
    poll = status.get("poll")
    options = dicts(poll.get("options"), "title") if isinstance(poll, dict) else []
    return "\n".join(("[Poll]", *(f"- {' '.join(option['title'].split())}" for option in options))) if poll else ""


def _shown(media: Mapping[str, Any]) -> str:
    """What an attachment shows, in words; one that nobody has described is named by its address."""
    kind = {"video": "Video", "gifv": "Video", "audio": "Sound"}.get(str(media.get("type")), "Picture")
    return in_words(media.get("description") or media.get("url"), kind=kind)


def same_words(text: str, wanted: str) -> bool:
    """Whether a status has a reply's text; mentions that we did not write may precede it.

    Mentions of people elsewhere are shown without their server.
    """
    return _is_behind_names(text, wanted, lambda said: words(_in_short(said)))


def same_letters(text: str, wanted: str) -> bool:
    """Whether a status has a reply's letters and digits, whatever signs and breaks a server made of the others."""
    return _is_behind_names(text, wanted, lambda said: "".join(filter(str.isalnum, _in_short(said))).casefold())


def says(text: str, words: str) -> bool:
    """Whether a status has exactly these words, whatever mentions are before them.

    Mentions of people elsewhere are shown without their server.
    """
    return _is_behind_names(text, words, _in_short)


def _is_behind_names(text: str, wanted: str, form: Callable[[str], object]) -> bool:
    """Whether two texts have the same form, once names in front of the first are left out."""
    ours = form(wanted)
    while form(text) != ours:
        name = _LEADING.match(text)
        if name is None:
            return False
        text = text[name.end() :]
    return True


def _in_short(text: str) -> str:
    return " ".join(_FULL_NAME.sub(r"@\1", text).split())


def own_words(text: str, status: Mapping[str, Any]) -> str:
    """Return the words of our status alone: `text_of` adds its warning before them and its pictures below."""
    before = text_of({"spoiler_text": status.get("spoiler_text")}, set())
    below = text_of({"media_attachments": status.get("media_attachments")}, set())
    bare = text.removeprefix(f"{before}\n\n" if before else "")
    for marks in (below, unmarked(below)):  # as an older Rapport stored them
        bare = bare.removesuffix(f"\n\n{marks}" if marks else "")
    return bare


def with_names(text: str, source: str) -> str:
    """Return new words for a status, with those mentions before its source text in front that they do not have.

    A mention of somebody elsewhere that is shown without their server gets it back.
    """
    names = []
    for name, server in dict(_FULL_NAME.findall(source)).items():
        text = re.sub(rf"(?<![\w@])@{re.escape(name)}(?![\w@-]|\.\w)", f"@{name}@{server}", text)
    while (hit := _LEADING.match(source)) is not None:
        source = source[hit.end() :]
        if not re.search(rf"(?<![\w@])@{re.escape(hit[1])}(?![\w@-]|\.\w)", text, re.IGNORECASE):
            names.append(f"@{hit[1]}")
    return " ".join((*names, text))


def author(account: Mapping[str, Any], domain: str) -> Author:
    """Return the author, keyed by the full address."""
    who = who_is(account, domain)
    name = str(account.get("display_name") or account.get("username") or who)
    return Author(who, f"@{who}", name, str(account.get("url") or ""))


def who_is(account: Mapping[str, Any], domain: str) -> str:
    """Return an account's full address in lower case: anna@lemonade.example."""
    acct = str(account["acct"]).lower()
    return acct if "@" in acct else f"{acct}@{domain.lower()}"


def is_direct(status: Mapping[str, Any]) -> bool:
    """Whether only those whom it names see a status."""
    return status.get("visibility") == "direct"


def is_private(status: Mapping[str, Any], *, mine: bool) -> bool:
    """Whether a thread that begins with a status is private: what others write for their followers is answered so."""
    return is_direct(status) or (status.get("visibility") == "private" and not mine)


def joins(status: Mapping[str, Any], above: Place, *, mine: bool) -> bool:
    """Whether a status is in the thread of what it answers: there all can be seen by everybody, or nothing can.

    What we wrote for our followers stays wherever it stands: nobody is answered there but those whom we answered. What
    somebody answers for their followers stays below what was never for everybody.
    """
    if status.get("visibility") == "private" and (mine or above.followers):
        return True
    return is_private(status, mine=mine) == above.private


def began(status: Mapping[str, Any], above: Place | None, *, mine: bool) -> tuple[bool, bool]:
    """Return `private` and `followers` of a status's thread: as of what it stands below, or as it begins one (None)."""
    if above is not None:
        return above.private, above.followers
    return is_private(status, mine=mine), mine and status.get("visibility") == "private"


def named_in(status: Mapping[str, Any], domain: str) -> tuple[Addressee, ...]:
    """Whom a direct status names, who are those that see it, us among them; () for any other status."""
    if not is_direct(status):
        return ()
    return tuple(
        Addressee("to", str(mention.get("username") or ""), who_is(mention, domain))
        for mention in dicts(status.get("mentions"), "acct")
    )


def is_program(status: Mapping[str, Any], me: str) -> bool:
    """Whether an account that says it is automated wrote it, without naming us, whose id is `me`."""
    named = (str(mention.get("id")) for mention in dicts(status.get("mentions")))
    return status["account"].get("bot") is True and me not in named


def with_mentions(text: str, names: Iterable[str]) -> str:
    """Put the @mentions in front of a text that it does not have: only these notify somebody, or let them see it."""
    missing = [
        f"@{name}"
        for name in dict.fromkeys(filter(None, names))
        if not re.search(rf"(?<![\w@])@{re.escape(name)}(?![\w@-]|\.\w)", text, re.IGNORECASE)
    ]
    return " ".join((*missing, text))


def sent(status: Mapping[str, Any]) -> Sent:
    """Convert the created status of ours."""
    status = steady(status)
    return Sent(str(status["id"]), str(status.get("url") or ""), moment(status["created_at"]))


def valid_rows(rows: object) -> list[dict[str, Any]]:
    """Return the objects in a list that have an id; [] if it is no list."""
    return [row for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []


def moment(text: object) -> int:
    """Parse a timestamp of the API to Unix seconds; raises ValueError."""
    return clock.from_iso(str(text))


def inside(value: Any, *names: str) -> Any:  # noqa: ANN401  a place in JSON
    """Return the value at a path of keys in JSON; None if it does not exist."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value

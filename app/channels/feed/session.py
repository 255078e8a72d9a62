"""A session of one feed and the comment feeds that it links to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from app.base import clock
from app.base.message import Reply
from app.base.words import counted, form, tr
from app.channels.base import (
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
)

if TYPE_CHECKING:
    from app.channels.base import Above, PostAbove
    from app.channels.feed.entry import Document
    from app.channels.http import Http, Response


_FORMATS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


class FeedSession:
    """A session of one feed and the comment feeds that it links to."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields; `feed` is the address found on the page at the last `check`."""
        self._page = _with_scheme(fields.get("address", ""))
        self._address = fields.get("feed", "") if fields.get("page") == self._page else ""
        self._take = fields["take"] if fields.get("take") in ("comments", "posts") else "both"
        self._names = fields.get("own", "")
        self._private = bool(fields.get("own_server"))
        self._login, self._password = fields.get("login", ""), secrets.get("password", "")
        self._made: dict[str, Http] = {}

    # --- asking

    def _http(self, url: str) -> Http:
        """Return the client for a URL's origin; only the account's own gets the password and private addresses."""
        from base64 import b64encode  # noqa: PLC0415  the form needs no network
        from urllib.parse import urlsplit  # noqa: PLC0415  as above

        from app.channels.http import Http  # noqa: PLC0415  as above

        try:
            parts, home = urlsplit(url), urlsplit(self._page)
        except ValueError:
            msg = tr("“{url}” isn't a web address. Check it.").format(url=url)
            raise Refused(msg) from None
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._made:
            ours = (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
            headers = {"Accept": _FORMATS}
            if ours and (self._login or self._password):
                credentials = b64encode(f"{self._login}:{self._password}".encode()).decode()
                headers["Authorization"] = f"Basic {credentials}"
            self._made[origin] = Http(origin, headers, private=self._private and ours)
        return self._made[origin]

    def _get(self, url: str, mark: Mapping[str, str] | None = None) -> Response | None:
        """Fetch a feed; None if it has not changed since the validators `mark` (304). Raises one of the four errors."""
        mark = mark or {}
        asked = {"If-None-Match": mark.get("etag", ""), "If-Modified-Since": mark.get("modified", "")}
        answer = self._http(url).raw("GET", url, headers={name: value for name, value in asked.items() if value})
        if answer.status == 304:  # noqa: PLR2004  RFC 9110, 15.4.5
            return None
        if answer.status == 401:  # noqa: PLR2004  RFC 9110, 15.5.2
            msg = tr(
                "{host} needs a name and a password for this feed, and these are missing or wrong. "
                "Enter them in the account."
            ).format(host=answer.host)
            raise AuthNeeded(msg)
        if answer.status in (404, 410):
            msg = tr("{host} has no feed at this address. Look on the blog for its feed's address.").format(
                host=answer.host
            )
            raise Refused(msg)
        problem = answer.problem(clock.now(), writing=False)
        if problem is not None:
            raise problem
        return answer

    @staticmethod
    def _read(answer: Response) -> Document:
        from app.channels.feed.document import read  # noqa: PLC0415  the form needs no parser

        document = read(answer.body, answer.headers.get("content-type", ""), answer.url)
        if document is None:
            msg = tr("{host} didn't return a feed. Enter the address of its RSS, Atom or JSON feed.").format(
                host=answer.host
            )
            raise Refused(msg)
        return document

    # --- what a session does

    def check(self) -> Found:
        """Read the feed and return its title and size; for a web page, the first feed that it links to."""
        from app.channels.feed.pages import feeds_of  # noqa: PLC0415  the form needs no parser

        answer = self._get_unconditionally(self._page)
        offers = feeds_of(answer.text, answer.url, wordpress="api.w.org" in answer.headers.get("link", ""))
        if not offers:
            return Found(_summary(self._read(answer)))
        self._address = offers[0]
        return Found(
            _summary(self._read(self._get_unconditionally(self._address))),
            facts={"feed": self._address, "page": self._page},
            offers={"address": offers} if len(offers) > 1 else {},
        )

    def _get_unconditionally(self, url: str) -> Response:
        answer = self._get(url)
        if answer is None:
            msg = tr("{host} reported no changes before sending anything. Rapport will try again.").format(
                host=url.partition("?")[0]
            )
            raise TryLater(msg)
        return answer

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield what is new in the feed and in the comment feeds of its latest posts."""
        from app.channels.feed.pull import Pull  # noqa: PLC0415  the form needs no parser

        address = self._address or self._page
        yield from Pull(address, self._take, self._names, self._get, self._read).pages(cursor)

    def post_above(self, above: Above) -> PostAbove | None:
        """The post that comments stand under, as the feed gives it; None if the feed does not list it any more."""
        from app.channels.feed.above import post_above  # noqa: PLC0415  the form needs no parser

        return post_above(self._read(self._get_unconditionally(self._address or self._page)), above)

    def send(self, reply: Reply) -> Sent:
        """Raises Refused: feeds are read-only."""
        del reply
        msg = tr("A feed is read-only. Open the page and reply there.")
        raise Refused(msg)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Raises UnknownOutcome: only the person can tell."""
        del reply
        msg = tr("A feed doesn't show which posts are yours. Check the page, then say whether it's there.")
        raise UnknownOutcome(msg)

    def close(self) -> None:
        """Close the connections."""
        for made in self._made.values():
            made.close()


def _with_scheme(address: str) -> str:
    """Complete an address: `feed:` is removed, https:// added if there is no scheme."""
    bare = address.strip().removeprefix("feed:").removeprefix("//")
    return bare if "://" in bare else f"https://{bare}"


def _summary(document: Document) -> str:
    count, read = document.total, len(document.entries)
    entries = counted(count, "{count:,} entry", "{count:,} entries")
    if read < count and document.title:
        sentence = form(
            read,
            "“{title}” is a feed with {entries}, of which {read:,} was read.",
            "“{title}” is a feed with {entries}, of which {read:,} were read.",
        )
    elif read < count:
        sentence = form(
            read,
            "It is a feed with {entries}, of which {read:,} was read.",
            "It is a feed with {entries}, of which {read:,} were read.",
        )
    elif document.title:
        sentence = tr("“{title}” is a feed with {entries}.")
    else:
        sentence = tr("It is a feed with {entries}.")
    return sentence.format(title=document.title, entries=entries, read=read)

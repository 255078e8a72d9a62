"""One account on Bluesky."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.base import clock
from app.base.message import Incoming, Reply
from app.base.text import preview
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import HIDE, Found, Page, Refused, Sent, TryLater
from app.channels.bluesky.reading import (
    POST,
    Place,
    author,
    facets,
    key_of,
    own_key,
    page_of,
    parent_of,
    quoted,
    root_of,
    said_at,
    text_of,
    whose,
)
from app.channels.bluesky.wire import Wire, error_of
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable

_CALLED = "Bluesky"
_PAGE, _PAGES, _AT_ONCE = 100, 100, 25  # rows asked for at once, pages at most, posts by their addresses at once
_KEPT, _DAYS = 200, 3 * 86_400  # what is asked for again, for how long
_OWN_THREADS = 10  # of our own latest posts, those whose answers are read whole
_GATE = "app.bsky.feed.threadgate"
_GONE = N_("That message is no longer there: its author deleted it or hides it from you.")


class BlueskySession:
    """One account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it, with what `check` found."""
        self._wire = Wire(fields, secrets)
        self._places: dict[str, Place] = {}
        self._posts: dict[str, Mapping[str, Any]] = {}
        self._dids: dict[str, str] = {}

    def check(self) -> Found:
        """Whose account it is, by a login with the password."""
        found = self._wire.log_in()
        facts = {"me": self._wire.me, "pds": self._wire.home}
        sentence = tr("@{name} is connected.").format(name=found.get("handle") or self._wire.me)
        return Found(sentence, own=(self._wire.me,), facts=facts)

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What members have said to us or under our posts, what we have said elsewhere, and what of it has changed."""
        self._places = again.remembered(cursor.get("places", ""), Place)
        for posts, seen in self._told(cursor.get("seen", "")):
            yield Page(tuple(self._taken(posts)), {"seen": seen, "places": self._written()})
        own = self._own(first=not cursor.get("own"))
        found = [*self._taken(own), *self._below(own)]
        if own and (found or not cursor.get("own")):
            yield Page(tuple(found[:_PAGE]), {"own": "read", "places": self._written()})
            for begin in range(_PAGE, len(found), _PAGE):
                yield Page(tuple(found[begin : begin + _PAGE]), {"own": "read"})
        changed = self._changed()
        if changed:
            yield Page(tuple(changed), {"places": self._written()})

    def _told(self, since: str) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Posts that we were told of since, oldest first, page by page, with the server's time of the latest."""
        pages: list[list[dict[str, Any]]] = []
        mark: dict[str, object] = {}
        while len(pages) < _PAGES:
            asked = {"limit": _PAGE, "reasons": ["reply", "mention", "quote"], **mark}
            found = self._wire.get("app.bsky.notification.listNotifications", **asked)
            rows = [row for row in _rows(found, "notifications") if str(row.get("indexedAt", "")) >= since]
            if rows:
                pages.append(rows)
            if not rows or not found.get("cursor") or found["cursor"] == mark.get("cursor"):
                break
            mark = {"cursor": found["cursor"]}
        for rows in reversed(pages):
            new = [row for row in reversed(rows) if row.get("uri") not in self._places]
            if new:
                yield new, max(str(row.get("indexedAt", "")) for row in rows)

    def _own(self, *, first: bool) -> list[dict[str, Any]]:
        """Our own latest posts, oldest first, as our server has them: no index stands between."""
        posts: list[dict[str, Any]] = []
        mark: dict[str, object] = {}
        for _ in range(3 if first else 1):
            asked = {"repo": self._wire.me, "collection": POST, "limit": _PAGE, **mark}
            found = self._wire.get("com.atproto.repo.listRecords", **asked)
            who = {"did": self._wire.me, "handle": self._wire.handle}
            posts += [{**row, "record": row.get("value"), "author": who} for row in _rows(found, "records")]
            if not found.get("cursor"):
                break
            mark = {"cursor": found["cursor"]}
        return posts[::-1]

    def _below(self, own: Sequence[Mapping[str, Any]]) -> list[Incoming]:
        """What stands below our own latest posts and nobody has told us of, or has been hidden there."""
        roots = [post for post in own if isinstance(post["record"], dict) and not post["record"].get("reply")]
        times = {str(post["uri"]): _claimed(post) for post in roots}
        found: list[Incoming] = []
        for uri in again.young(times, _DAYS)[-_OWN_THREADS:]:
            answer = self._wire.raw(
                "GET", "app.bsky.feed.getPostThread", params={"uri": uri, "depth": 20, "parentHeight": 0}
            )
            if error_of(answer) == "NotFound":  # not indexed yet
                continue
            answer.raise_for_status(writing=False)
            thread = as_dict(answer.json())
            hidden = _hidden(thread)
            posts = sorted(_walked(thread.get("thread")), key=lambda post: str(post.get("indexedAt")))
            found += self._taken([post for post in posts if post.get("uri") != uri], hidden)
        return found

    def _taken(self, posts: Iterable[Mapping[str, Any]], hidden: frozenset[str] | None = None) -> list[Incoming]:
        """Posts as they are handed in: those that are new or stand otherwise than we know; `hidden` are known to be."""
        given = list(posts)
        self._fetch([post for post in given if self._is_wanted(post, hidden)])
        found = []
        for post in given:  # in order: what we say below an answer of ours is known by that one
            try:
                if self._is_wanted(post, hidden):
                    found.append(self._incoming(post, hidden))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # one post that we cannot read must not hold up the others
        return found

    def _is_wanted(self, post: Mapping[str, Any], hidden: frozenset[str] | None) -> bool:
        record, uri = post.get("record"), str(post.get("uri") or "")
        if not isinstance(record, dict) or not uri:
            return False
        try:
            parent, mine = parent_of(record), whose(uri) == self._wire.me
        except (KeyError, TypeError):
            return False
        known = self._places.get(uri)
        if known is not None and known.state is not None:
            return known.state != self._state(post, hidden)
        above = self._places.get(parent)
        talk = bool(parent) and (whose(parent) != self._wire.me or (above is not None and above.state is not None))
        return talk or not mine  # a post of ours, and how we go on with it ourselves, is no conversation

    def _state(self, post: Mapping[str, Any], hidden: frozenset[str] | None) -> str:
        """How we know a post: its version, and whether it is hidden, as far as we have been told."""
        uri = str(post["uri"])
        known = self._places.get(uri)
        was = known is not None and (known.state or "").endswith("-")
        return f"{post.get('cid')}{'-' if (was if hidden is None else uri in hidden) else ''}"

    def _incoming(self, post: Mapping[str, Any], hidden: frozenset[str] | None) -> Incoming:
        uri, record = str(post["uri"]), post["record"]
        root, at, state = root_of(uri, record), said_at(post), self._state(post, hidden)
        text = text_of(record)
        found = Incoming(
            remote_id=uri, at=at, text=text, author=author(post), out=whose(uri) == self._wire.me, thread=root,
            parent=parent_of(record), url=page_of(uri, str(post["author"].get("handle") or "")),
            upstream="hidden" if state.endswith("-") else "", **self._post(quoted(record) if root == uri else root),
        )  # fmt: skip
        self._places.pop(uri, None)
        self._places[uri] = Place(root, at, state)
        return found

    def _post(self, uri: str) -> dict[str, Any]:
        """The post under which a thread stands; nothing where that is a message of the thread itself."""
        post, place = self._posts.get(uri), self._places.get(uri)
        if post is None or (place is not None and place.state is not None):
            return {}
        said = text_of(post["record"])[:500]
        url = page_of(uri, str(post["author"].get("handle") or ""))
        return {"post_title": preview(said, 80), "post_text": said, "post_url": url}

    def _fetch(self, posts: Sequence[Mapping[str, Any]]) -> None:
        """Get the posts under which these stand, as far as we have not got them."""
        above = set()
        for post in posts:
            try:
                root = root_of(str(post["uri"]), post["record"])
                above.add(quoted(post["record"]) if root == post["uri"] else root)
            except (KeyError, TypeError):
                continue
        for uri, post in self._by_address([uri for uri in above if uri and uri not in self._posts]).items():
            self._posts[uri] = post

    def _by_address(self, uris: Sequence[str]) -> dict[str, dict[str, Any]]:
        """These posts as they stand now; what is gone is not among them."""
        found: dict[str, dict[str, Any]] = {}
        for begin in range(0, len(uris), _AT_ONCE):
            got = self._wire.get("app.bsky.feed.getPosts", uris=uris[begin : begin + _AT_ONCE])
            answer = again.answer(got.get("posts"), again.by("uri"))
            if not answer.whole:
                raise unreadable(_CALLED)  # one that cannot be read would be taken for gone
            found |= answer.there
        return found

    def _changed(self) -> list[Incoming]:
        """What of the last days was taken away or stands otherwise now; nobody tells of it."""
        names = again.young({uri: place.at for uri, place in self._places.items()}, _DAYS)
        kept = [uri for uri in names if self._places[uri].state is not None][-_KEPT:]
        answer = again.Answer(self._by_address(kept), whole=True)
        found = self._taken([post for _, post in answer.each(kept) if post is not None])
        for uri in answer.gone(kept):
            mine = whose(uri) == self._wire.me
            if mine and self._record(self._wire.me, POST, key_of(uri)) is not None:
                continue  # ours is there, and the index has not seen it yet
            self._places[uri] = self._places[uri]._replace(state=None)
            who = {"author": {"did": whose(uri)}}
            found.append(Incoming(uri, self._places[uri].at, "", author(who), out=mine, gone=True))
        return found

    def _written(self) -> str:
        return again.written(self._places, 2 * _KEPT)

    def _record(self, repo: str, collection: str, key: str) -> dict[str, Any] | None:
        """A record as its server has it; None where that is sure that there is none."""
        asked = {"repo": repo, "collection": collection, "rkey": key}
        answer = self._wire.raw("GET", "com.atproto.repo.getRecord", params=asked)
        if error_of(answer) == "RecordNotFound":
            return None
        answer.raise_for_status(writing=False)
        found = answer.json()
        if not isinstance(found, dict):
            msg = tr("{host} sent an unexpected response. Rapport will try again later.").format(host=answer.host)
            raise TryLater(msg)
        return found

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the thread; the same key again is the same post."""
        key = own_key(reply)
        record: dict[str, object] = {"$type": POST, "text": reply.text, "createdAt": _now()}
        if reply.parent:
            record["reply"] = self._answered(reply.parent)
        marked = facets(reply.text, self._did_of)
        if marked:
            record["facets"] = marked
        found = self.find_sent(reply) if reply.tried else None
        return found or self._put(key, record)

    def _put(self, key: str, record: Mapping[str, object]) -> Sent:
        # swapRecord null: only where there is none yet, else a second try would be an edit
        asked = {"repo": self._wire.me, "collection": POST, "rkey": key, "record": record, "swapRecord": None}
        answer = self._wire.raw("POST", "com.atproto.repo.putRecord", json=asked, writing=True)
        there = error_of(answer) == "InvalidSwap"
        if not there:
            answer.raise_for_status(writing=True)
        uri = f"at://{self._wire.me}/{POST}/{key}"
        return Sent(uri, page_of(uri, self._wire.handle), None if there else clock.now())

    def _answered(self, uri: str) -> dict[str, Any]:
        """The root and the parent of an answer to that post. Refused where it is gone, or takes no answers from us."""
        if whose(uri) == self._wire.me:  # said just now, perhaps: no index has it yet
            post = self._record(self._wire.me, POST, key_of(uri))
            record = post and post.get("value")
        else:
            post = self._by_address([uri]).get(uri)
            record = post and post.get("record")
        if not post or not isinstance(record, dict):
            raise Refused(tr(_GONE))
        viewer, above = post.get("viewer"), record.get("reply")
        if isinstance(viewer, dict) and viewer.get("replyDisabled"):
            msg = tr("The author only lets people they choose reply here.")
            raise Refused(msg)
        parent = {"uri": uri, "cid": str(post.get("cid"))}
        root = above.get("root") if isinstance(above, dict) else None
        return {"root": root or parent, "parent": parent}

    def _did_of(self, handle: str) -> str:
        if handle not in self._dids:
            try:
                found = self._wire.get("com.atproto.identity.resolveHandle", handle=handle)
            except Refused:
                found = {}
            self._dids[handle] = str(found.get("did") or "")
        return self._dids[handle]

    def find_sent(self, reply: Reply) -> Sent | None:
        """The post under the key that was ours from the beginning; our server is sure of it either way."""
        if not self._wire.me:
            self._wire.log_in()
        found = self._record(self._wire.me, POST, own_key(reply))
        if found is None:
            return None
        uri = f"at://{self._wire.me}/{POST}/{own_key(reply)}"
        return Sent(uri, page_of(uri, self._wire.handle), _claimed({"record": found.get("value")}) or None)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Hide an answer below a post of ours behind a click, for everybody, or show it again."""
        post = self._by_address([remote_id]).get(remote_id)
        if post is None:
            raise Refused(tr(_GONE))
        try:
            root = root_of(remote_id, post["record"])
        except (KeyError, TypeError, AttributeError):
            raise Refused(tr(_GONE)) from None
        if whose(root) != self._wire.me or root == remote_id:
            msg = tr("On Bluesky, you can only hide replies under your own posts.")
            raise Refused(msg)
        gate = self._record(self._wire.me, _GATE, key_of(root))
        record = as_dict(as_dict(gate).get("value")) or {"$type": _GATE, "post": root, "createdAt": _now()}
        before = _hiding(record)
        after = [uri for uri in before if uri != remote_id] + ([remote_id] if verb == HIDE else [])
        if set(after) != set(before):
            asked = {
                "repo": self._wire.me, "collection": _GATE, "rkey": key_of(root),
                "record": {**record, "hiddenReplies": after}, "swapRecord": gate["cid"] if gate else None,
            }  # fmt: skip
            self._wire.post("com.atproto.repo.putRecord", asked)

    def close(self) -> None:
        """Hang up."""
        self._wire.close()


def _rows(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return dicts(found.get(name), "uri")


def _walked(thread: object) -> Iterator[dict[str, Any]]:
    """The posts of a thread's tree, however deep."""
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("post"), dict):
                yield node["post"]
            replies = node.get("replies")
            waiting += replies if isinstance(replies, list) else []


def _hidden(answer: Mapping[str, Any]) -> frozenset[str]:
    """The answers in a thread that are hidden behind a click."""
    return frozenset(_hiding(as_dict(answer.get("threadgate")).get("record")))


def _hiding(record: object) -> list[str]:
    """The addresses of the answers that a gate hides."""
    hidden = as_dict(record).get("hiddenReplies")
    return list(map(str, hidden)) if isinstance(hidden, list) else []


def _claimed(post: Mapping[str, Any]) -> int:
    """When its author says that it was said; 0 where that is no time."""
    try:
        return clock.from_iso(str(post["record"]["createdAt"]))
    except (KeyError, TypeError, ValueError):
        return 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

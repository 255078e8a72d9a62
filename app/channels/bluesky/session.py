"""One account on Bluesky."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.base import clock
from app.base.message import Change, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.text import preview
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import HIDE, Above, Found, Page, PostAbove, Refused, Sent, TryLater
from app.channels.bluesky.above import post_above, uri_above
from app.channels.bluesky.beginning import begun
from app.channels.bluesky.likes import Likes
from app.channels.bluesky.reading import (
    POST,
    Place,
    author,
    facets,
    key_of,
    language,
    own_key,
    page_of,
    parent_of,
    quoted,
    root_of,
    said_at,
    text_of,
    whose,
)
from app.channels.bluesky.wire import Wire, error_of, is_no_record, refuse_closed
from app.channels.channel import LIKE
from app.channels.http.parts import as_dict, dicts

_PAGE_ROWS, _MAX_PAGES, _MAX_URIS = 100, 100, 25  # rows of a request, maximum pages, posts of a getPosts request
_MAX_RECHECKED, _RECHECK_SECONDS = 200, 3 * 86_400  # how many posts are fetched again for edits, and for how long
_MAX_MISSING = 50  # how many posts that were not shown are asked for one by one
_MAX_FAILURES = 2  # threads that may fail before the pull stops
_OWN_THREADS = 10  # how many of our own latest posts have their whole thread read
_GATE = "app.bsky.feed.threadgate"
_NOT_KNOWN = N_("Rapport doesn't know which Bluesky post this belongs below. Reply on Bluesky.")
_GONE = N_("That message is no longer there: its author deleted it or hides it from you.")


class BlueskySession:
    """A session of one account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last `check`."""
        self._wire = Wire(fields, secrets)
        self._places: dict[str, Place] = {}
        self._posts: dict[str, Mapping[str, Any]] = {}
        self._dids: dict[str, str] = {}
        self._liked: dict[str, OwnReaction] = {}  # what the posts of this pull say of our likes

    def check(self) -> Found:
        """Log in with the password; returns whose account it is."""
        session = self._wire.log_in()
        refuse_closed(session)
        facts = {"me": self._wire.me, "pds": self._wire.home}
        sentence = tr("@{name} is connected.").format(name=session.get("handle") or self._wire.me)
        return Found(sentence, own=(self._wire.me,), facts=facts)

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield replies, mentions and quotes, then our own replies and posts in our threads, then changes."""
        self._places = again.remembered(cursor.get("places", ""), Place)
        for posts, seen in self._notified(cursor.get("seen", "")):
            yield Page(tuple(self._converted(posts)), {"seen": seen, "places": self._places_json()})
        own = self._own_posts(first=not cursor.get("own"))
        messages = [*self._converted(own), *self._thread_posts(own)]
        if own and (messages or not cursor.get("own")):
            yield Page(tuple(messages[:_PAGE_ROWS]), {"own": "read", "places": self._places_json()})
            for begin in range(_PAGE_ROWS, len(messages), _PAGE_ROWS):
                yield Page(tuple(messages[begin : begin + _PAGE_ROWS]), {"own": "read"})
        changed = self._recheck()
        if changed:
            yield Page(tuple(changed), {"places": self._places_json()})
        if self._liked:
            yield Page((), {}, reacted=tuple(self._liked.values()))

    def _notified(self, since: str) -> Iterator[tuple[list[dict[str, Any]], str]]:
        """Yield pages of posts from notifications since then, oldest first, each with the latest `indexedAt`."""
        pages: list[list[dict[str, Any]]] = []
        mark: dict[str, object] = {}
        while len(pages) < _MAX_PAGES:
            asked = {"limit": _PAGE_ROWS, "reasons": ["reply", "mention", "quote"], **mark}
            response = self._wire.get("app.bsky.notification.listNotifications", **asked)
            rows = [row for row in _rows(response, "notifications") if str(row.get("indexedAt", "")) >= since]
            if rows:
                pages.append(rows)
            if not rows or not response.get("cursor") or response["cursor"] == mark.get("cursor"):
                break
            mark = {"cursor": response["cursor"]}
        for rows in reversed(pages):
            new = [row for row in reversed(rows) if row.get("uri") not in self._places]
            if new:
                yield new, max(str(row.get("indexedAt", "")) for row in rows)

    def _own_posts(self, *, first: bool) -> list[dict[str, Any]]:
        """Return our own latest posts, oldest first, from the repository, which does not lag behind like the index."""
        posts: list[dict[str, Any]] = []
        mark: dict[str, object] = {}
        for _ in range(3 if first else 1):
            asked = {"repo": self._wire.me, "collection": POST, "limit": _PAGE_ROWS, **mark}
            response = self._wire.get("com.atproto.repo.listRecords", **asked)
            who = {"did": self._wire.me, "handle": self._wire.handle}
            posts += [{**row, "record": row.get("value"), "author": who} for row in _rows(response, "records")]
            if not response.get("cursor"):
                break
            mark = {"cursor": response["cursor"]}
        return posts[::-1]

    def _thread_posts(self, own: Sequence[Mapping[str, Any]]) -> list[Incoming]:
        """Return posts below our own latest ones that caused no notification, or were hidden or shown since."""
        roots = [post for post in own if isinstance(post["record"], dict) and not post["record"].get("reply")]
        times = {str(post["uri"]): _created_at(post) for post in roots}
        messages: list[Incoming] = []
        failures = 0
        for uri in again.young(times, _RECHECK_SECONDS)[-_OWN_THREADS:]:
            asked = {"uri": uri, "depth": 20, "parentHeight": 0}
            try:
                thread = self._wire.get("app.bsky.feed.getPostThread", **asked)
            except Refused:  # not indexed yet, or cannot be read: it keeps no other thread back
                continue
            except TryLater as why:
                failures += 1
                if why.limited or failures > _MAX_FAILURES:
                    raise
                continue
            hidden = _hidden_replies(thread)
            posts = sorted(_walk_thread(thread.get("thread")), key=lambda post: str(post.get("indexedAt")))
            messages += self._converted([post for post in posts if post.get("uri") != uri], hidden)
        return messages

    def _converted(self, posts: Iterable[Mapping[str, Any]], hidden: frozenset[str] | None = None) -> list[Incoming]:
        """Return new and changed posts as messages; `hidden` are the hidden ones, None if that is unknown."""
        given = list(posts)
        self._fetch([post for post in given if self._is_wanted(post, hidden)])
        messages = []
        for post in given:  # in order: our reply below another reply of ours is recognised by its parent
            try:
                if self._is_wanted(post, hidden):
                    messages.append(self._incoming(post, hidden))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # a post that cannot be parsed must not block the others
        return messages

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
        return talk or not mine  # our own posts, and our own threads below them, are no conversation

    def _state(self, post: Mapping[str, Any], hidden: frozenset[str] | None) -> str:
        """Return the state to remember: the CID, with "-" appended if the post is hidden, as far as we know."""
        uri = str(post["uri"])
        known = self._places.get(uri)
        was = known is not None and (known.state or "").endswith("-")
        return f"{post.get('cid')}{'-' if (was if hidden is None else uri in hidden) else ''}"

    def _incoming(self, post: Mapping[str, Any], hidden: frozenset[str] | None) -> Incoming:
        uri, record = str(post["uri"]), post["record"]
        root, at, state = root_of(uri, record), said_at(post), self._state(post, hidden)
        message = Incoming(
            remote_id=uri, at=at, text=text_of(record), author=author(post), out=whose(uri) == self._wire.me,
            thread=root, parent=parent_of(record), url=page_of(uri, str(post["author"].get("handle") or "")),
            upstream="hidden" if state.endswith("-") else "", hint=language(record),
            **self._post(quoted(record) if root == uri else root),
        )  # fmt: skip
        self._places.pop(uri, None)
        self._places[uri] = Place(root, at, state)
        return message

    def _post(self, uri: str) -> dict[str, Any]:
        """Return the `post_*` fields for a thread below that post; {} if the post is itself a message."""
        post, known = self._posts.get(uri), self._places.get(uri)
        if post is None or (known is not None and known.state is not None):
            return {}
        text = text_of(post["record"])[:500]
        url = page_of(uri, str(post["author"].get("handle") or ""))
        return {"post_title": preview(text, 80), "post_text": text, "post_url": url}

    def _fetch(self, posts: Sequence[Mapping[str, Any]]) -> None:
        """Load the root or quoted posts of these, unless they are loaded already."""
        above = set()
        for post in posts:
            try:
                root = root_of(str(post["uri"]), post["record"])
                above.add(quoted(post["record"]) if root == post["uri"] else root)
            except (KeyError, TypeError):
                continue
        self._posts |= self._get_posts([uri for uri in above if uri and uri not in self._posts])

    def _get_posts(self, uris: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the current posts by URI. One may be missing that is there: of somebody blocked, or unreadable."""
        posts: dict[str, dict[str, Any]] = {}
        for begin in range(0, len(uris), _MAX_URIS):
            posts |= self._posts_of(uris[begin : begin + _MAX_URIS])
        self._liked |= {
            uri: OwnReaction(uri, LIKE, bool(post["viewer"].get("like")))
            for uri, post in posts.items()
            if isinstance(post.get("viewer"), dict)
        }
        return posts

    def _posts_of(self, uris: Sequence[str]) -> dict[str, dict[str, Any]]:
        """One request for posts; where the server refuses some of them, each alone, as it does not say which."""
        try:
            response = self._wire.get("app.bsky.feed.getPosts", uris=uris)
        except Refused:
            found: dict[str, dict[str, Any]] = {}
            for uri in uris if len(uris) > 1 else ():
                found |= self._posts_of([uri])
            return found
        return dict(again.current_rows(response.get("posts"), again.by("uri")).rows)

    def _recheck(self) -> list[Incoming]:
        """Return recent posts that changed, and deletions; there are no notifications of either."""
        names = again.young({uri: known.at for uri, known in self._places.items()}, _RECHECK_SECONDS)
        kept = [uri for uri in names if self._places[uri].state is not None][-_MAX_RECHECKED:]
        current = self._get_posts(kept)
        messages = self._converted([current[uri] for uri in kept if uri in current])
        missing = [uri for uri in kept if uri not in current]
        for uri in filter(self._is_deleted, missing[-_MAX_MISSING:]):
            mine = whose(uri) == self._wire.me
            self._places[uri] = self._places[uri]._replace(state=None)
            who = {"author": {"did": whose(uri)}}
            messages.append(Incoming(uri, self._places[uri].at, "", author(who), out=mine, gone=True))
        return messages

    def _places_json(self) -> str:
        return again.written(self._places, 2 * _MAX_RECHECKED)

    def _is_deleted(self, uri: str) -> bool:
        """Whether a post that was not shown is no longer in its author's repository.

        `getPosts` leaves out as well what is of somebody whom we block or who blocks us, and what is not indexed yet.
        """
        try:
            return self._record(whose(uri), POST, key_of(uri)) is None
        except Refused:  # as for an account that is deactivated for a while
            return False

    def _record(self, repo: str, collection: str, key: str) -> dict[str, Any] | None:
        """Return a record of a repository; None if the server says that it does not exist."""
        asked = {"repo": repo, "collection": collection, "rkey": key}
        answer = self._wire.raw("GET", "com.atproto.repo.getRecord", params=asked)
        if is_no_record(answer):
            return None
        answer.raise_for_status(writing=False)
        record = answer.json()
        if not isinstance(record, dict):
            msg = tr("{host} sent an unexpected response.").format(host=answer.host)
            raise TryLater(msg)
        return record

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Post the reply in its thread, or a post of ours by itself; the record key makes retries safe."""
        key = own_key(reply)
        record: dict[str, object] = {"$type": POST, "text": reply.text, "createdAt": _now()}
        if reply.language:
            record["langs"] = [reply.language]
        if reply.parent:
            record["reply"] = self._reply_ref(reply.parent)
        elif not reply.venue:
            raise Refused(tr(_NOT_KNOWN))
        marked = facets(reply.text, self._did_of)
        if marked:
            record["facets"] = marked
        sent = self.find_sent(reply) if reply.tried else None
        return sent or begun(reply, self._put(key, record))

    def _put(self, key: str, record: Mapping[str, object]) -> Sent:
        # swapRecord null: create only, else a retry would count as an edit
        asked = {"repo": self._wire.me, "collection": POST, "rkey": key, "record": record, "swapRecord": None}
        answer = self._wire.raw("POST", "com.atproto.repo.putRecord", json=asked, writing=True)
        there = error_of(answer) == "InvalidSwap"
        if not there:
            answer.raise_for_status(writing=True)
        uri = f"at://{self._wire.me}/{POST}/{key}"
        return Sent(uri, page_of(uri, self._wire.handle), None if there else clock.now())

    def _reply_ref(self, uri: str) -> dict[str, Any]:
        """Return the `reply` value for an answer to that post; raises Refused if it is deleted or closed to us."""
        if whose(uri) == self._wire.me:  # may be too new to be indexed
            post = self._record(self._wire.me, POST, key_of(uri))
            record = post and post.get("value")
        else:
            post = self._get_posts([uri]).get(uri)
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
                profile = self._wire.get("com.atproto.identity.resolveHandle", handle=handle)
            except Refused:
                profile = {}
            self._dids[handle] = str(profile.get("did") or "")
        return self._dids[handle]

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look the post up by its record key; our own server answers this reliably."""
        if not self._wire.me:
            self._wire.log_in()
        record = self._record(self._wire.me, POST, own_key(reply))
        if record is None:
            return None
        uri = f"at://{self._wire.me}/{POST}/{own_key(reply)}"
        at = _created_at({"record": record.get("value")}) or None
        return begun(reply, Sent(uri, page_of(uri, self._wire.handle), at))

    def withdraw(self, change: Change) -> None:
        """Delete our post; the call succeeds as well where there is none."""
        asked = {"repo": self._own_did(), "collection": POST, "rkey": key_of(change.remote_id)}
        answer = self._wire.raw("POST", "com.atproto.repo.deleteRecord", json=asked, writing=True)
        answer.raise_for_status(writing=True)

    def reads(self, change: Change) -> str | None:
        """How our post reads now, from our own repository; None if it is deleted."""
        record = self._record(self._own_did(), POST, key_of(change.remote_id))
        return None if record is None else text_of(as_dict(record.get("value")))

    def _own_did(self) -> str:
        if not self._wire.me:
            self._wire.log_in()
        return self._wire.me

    def moderate(self, verb: str, on: Target) -> None:
        """Hide a reply below a post of ours for everybody (in its threadgate), or show it again.

        Raises Refused for any other post.
        """
        post = self._get_posts([on.message]).get(on.message)
        if post is None:
            raise Refused(tr(_GONE))
        try:
            root = root_of(on.message, post["record"])
        except (KeyError, TypeError, AttributeError):
            raise Refused(tr(_GONE)) from None
        if whose(root) != self._wire.me or root == on.message:
            msg = tr("On Bluesky, you can only hide replies under your own posts.")
            raise Refused(msg)
        gate = self._record(self._wire.me, _GATE, key_of(root))
        record = as_dict(as_dict(gate).get("value")) or {"$type": _GATE, "post": root, "createdAt": _now()}
        before = _gated_uris(record)
        after = [uri for uri in before if uri != on.message] + ([on.message] if verb == HIDE else [])
        if set(after) != set(before):
            asked = {
                "repo": self._wire.me,
                "collection": _GATE,
                "rkey": key_of(root),
                "record": {**record, "hiddenReplies": after},
                "swapRecord": gate["cid"] if gate else None,
            }
            self._wire.post("com.atproto.repo.putRecord", asked)

    # --- likes

    def react(self, reaction: Reaction) -> None:
        """Like a post."""
        self._likes().like(reaction, _now())

    def unreact(self, reaction: Reaction) -> None:
        """Take our like back."""
        self._likes().unlike(reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether we like it now."""
        return self._likes().is_liked(reaction)

    def _likes(self) -> Likes:
        self._own_did()
        return Likes(self._wire, lambda uri: self._get_posts([uri]).get(uri))

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer shown."""
        root = self._get_posts([above.thread]).get(above.thread)
        uri = uri_above(above.thread, root, above.url) if root is not None else above.thread
        post = root if uri == above.thread else self._get_posts([uri]).get(uri)
        return post_above(post, uri, above) if post is not None else None

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()


def _rows(response: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return dicts(response.get(name), "uri")


def _walk_thread(thread: object) -> Iterator[dict[str, Any]]:
    """Yield the posts of a thread's tree, without recursion."""
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("post"), dict):
                yield node["post"]
            replies = node.get("replies")
            waiting += replies if isinstance(replies, list) else []


def _hidden_replies(answer: Mapping[str, Any]) -> frozenset[str]:
    """Return the URIs of the replies that a thread's gate hides."""
    return frozenset(_gated_uris(as_dict(answer.get("threadgate")).get("record")))


def _gated_uris(record: object) -> list[str]:
    """Return `hiddenReplies` of a threadgate record."""
    hidden = as_dict(record).get("hiddenReplies")
    return list(map(str, hidden)) if isinstance(hidden, list) else []


def _created_at(post: Mapping[str, Any]) -> int:
    """Return `createdAt` in Unix seconds; 0 if it is no timestamp."""
    try:
        return clock.from_iso(str(post["record"]["createdAt"]))
    except (KeyError, TypeError, ValueError):
        return 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""The review queue: posts that wait for approval, and posts that members have reported, with the reasons.

What waits comes in as held; once it is approved, its post goes by the same remote id, so that it is no second message.
A report is a private message from whoever reported, in a conversation of its own, as its author is none of the topic's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels.base import Page, Refused, TryLater, in_pages, taken_away
from app.channels.discourse.posts import Posts, Waiting, digest
from app.channels.discourse.reading import as_int, raise_for, seconds, status_of
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, QUEUED, REPORT, Site
from app.channels.discourse.words import words_of
from app.channels.http.parts import as_dict, dicts

_PAGES = 5  # of ten entries each
_MAX_ASKED, _MAX_ASKED_OF_MANY = 20, 3  # no longer listed, asked for in a pull: of a short queue, of a long one
_MAX_POSTS = 5  # posts that were reported, asked for in a pull
_MAX_REPORTS = 300
_PRIVATE = "private_message"
_HELD, _REPORTED = ("ReviewableQueuedPost",), ("ReviewableFlaggedPost", "ReviewablePost")
_QUOTED_CHARS = 500
NO_QUEUE = N_(
    "{host} doesn't let this key read the review queue, so Rapport can't show what waits there. Create a key with "
    "every scope."
)


class Queue:
    """The review queue in one pull: `look` reads it, `pages` yields what is new in it."""

    def __init__(self, site: Site, posts: Posts, cursor: Mapping[str, str], *, me: str, moderator: bool) -> None:
        """`me` is our user id. `moderator`: words to the moderators come to us as private messages anyway."""
        self._site, self._posts, self._me, self._moderator = site, posts, me, moderator
        kept: dict[str, Any] = {}
        with suppress(ValueError):
            kept = as_dict(json.loads(cursor.get("queue") or "{}"))
        self._held = {int(number): _held(row) for number, row in as_dict(kept.get("held")).items()}
        posts.waiting = {_waiting(held): number for number, held in self._held.items() if held.words}
        self._reported = {int(number): int(post) for number, post in as_dict(kept.get("reported")).items()}
        self._told = [number for number in kept.get("told") or () if isinstance(number, int)]
        self._rows: list[dict[str, Any]] = []
        self._side: dict[str, dict[int, dict[str, Any]]] = {}
        self._decided: list[Incoming] = []
        self._is_read = self._is_whole = False
        self.trouble = ""

    def look(self) -> None:
        """Read the queue, and what became of what waited in it. Where it cannot be read now, nothing changes."""
        with suppress(TryLater):
            self._read()
            self._is_read = not self.trouble
            if self._is_read:
                self._follow_held()

    def _read(self) -> None:
        for page in range(_PAGES):
            params = {"status": "pending", "sort_order": "created_at", "offset": page * 10, "additional_filters": "{}"}
            answer = self._site.raw("GET", "review.json", params=params)
            if answer.status in (FORBIDDEN, NOT_FOUND):
                self.trouble = tr(NO_QUEUE).format(host=answer.host)
                return
            raise_for(answer)
            found = as_dict(answer.json())
            rows = [row for row in dicts(found.get("reviewables")) if as_int(row.get("id"))]
            self._rows += rows
            for name in ("users", "topics", "reviewable_scores", "score_types", "conversation_posts"):
                side = self._side.setdefault(name, {})
                side |= {number: row for row in dicts(found.get(name)) if (number := as_int(row.get("id"))) is not None}
            side = self._side.setdefault("reviewable_conversations", {})
            side |= {
                number: row for row in dicts(found.get("reviewable_conversations")) if (number := as_int(row.get("id")))
            }
            total = as_int(as_dict(found.get("meta")).get("total_rows_reviewables")) or 0
            if not rows or (page + 1) * 10 >= total:
                self._is_whole = True
                return

    def _follow_held(self) -> None:
        """Ask what became of posts that waited and are no longer listed, before their posts come in."""
        listed = {int(row["id"]) for row in self._rows}
        most = _MAX_ASKED if self._is_whole else _MAX_ASKED_OF_MANY
        for number in [number for number in self._held if number not in listed][:most]:
            now = self._site.reviewable(f"{QUEUED}{number}") or {}
            status, post = status_of(now), as_int(now.get("post_id"))
            if status == "pending":
                continue
            held = self._held.pop(number)
            if status == "approved" and post:
                began = held.thread.startswith(QUEUED)
                self._posts.approved(number, post, as_int(now.get("topic_id")) if began else None)
            elif status in ("rejected", "deleted", "ignored"):
                self._decided.append(taken_away(f"{QUEUED}{number}"))

    # --- what is new in it

    def pages(self, present: Collection[int] = ()) -> Iterator[Page]:
        """Yield what waits, what was decided about what waited, the posts that are reported, and why.

        `present` are posts that this pull has handed in already, with how they stand.
        """
        if self.trouble:
            yield Page((), {}, trouble=self.trouble)
        if not self._is_read:
            return
        items = list(self._decided)
        for row in reversed(self._rows):
            with suppress(KeyError, TypeError, ValueError):
                if row.get("type") in _HELD:
                    items += self._waiting(row)
                elif row.get("type") in _REPORTED:
                    items += self._reports(row)
        items += self._reported_posts(present)
        yield from in_pages(items, {**self._posts.cursor(), "queue": self._entry()})

    def _entry(self) -> str:
        kept = {"held": self._held, "reported": self._reported, "told": self._told[-_MAX_REPORTS:]}
        return json.dumps(kept, separators=(",", ":"))

    def _waiting(self, row: Mapping[str, Any]) -> list[Incoming]:
        """A post that waits for approval; nothing for one of ours."""
        number, payload = int(row["id"]), as_dict(row.get("payload"))
        writer = as_int(row.get("target_created_by_id")) or as_int(row.get("created_by_id"))
        raw, topic = payload.get("raw"), as_int(row.get("topic_id"))
        if str(writer or "") == self._me or not isinstance(raw, str):
            return []
        thread = self._posts.thread(topic) if topic else f"{QUEUED}{number}"
        author = self._author(writer, row)
        self._held[number] = Waiting(thread, author.key, digest(raw))
        about = self._side["topics"].get(topic or 0, {})
        title = str(about.get("title") or payload.get("title") or "")
        private = _PRIVATE in (payload.get("archetype"), about.get("archetype"))
        page = f"{self._site.server}/t/{about.get('slug') or '-'}/{topic}" if topic and not private else ""
        return [
            Incoming(
                f"{QUEUED}{number}", seconds(row.get("created_at")), words_of({"raw": raw}, self._site.server),
                author, thread=thread, title=title, post_title="" if private else title,
                post_url=page, url=f"{self._site.server}/review/{number}", public=not private, upstream="held",
            )
        ]  # fmt: skip

    def _author(self, number: int | None, row: Mapping[str, Any]) -> Any:  # noqa: ANN401  an Author
        who = self._side["users"].get(number or 0, {})
        return self._posts.author({"id": row["id"], "user_id": number, **who})

    def _reports(self, row: Mapping[str, Any]) -> list[Incoming]:
        """Why a post was reported, each report once, as private messages from those who did."""
        items = []
        for number in row.get("reviewable_score_ids") or ():
            score = self._side["reviewable_scores"].get(number, {})
            if number in self._told or not score or not isinstance(number, int):
                continue
            self._told.append(number)
            words = self._words(score)
            if str(score.get("user_id")) == self._me or (words and self._moderator):
                continue
            about = self._side["topics"].get(as_int(row.get("topic_id")) or 0, {})
            with suppress(KeyError, TypeError, ValueError):
                items.append(
                    Incoming(
                        f"{REPORT}{number}", seconds(score.get("created_at")), self._why(row, score, words),
                        self._author(as_int(score.get("user_id")), score), thread=f"{QUEUED}{row['id']}",
                        title=tr("Report: {title}").format(title=about.get("title") or ""),
                        url=f"{self._site.server}/review/{row['id']}", public=False,
                        about=self._posts.remote_id(int(row["post_id"])) if as_int(row.get("post_id")) else "",
                    )
                )  # fmt: skip
        return items

    def _words(self, score: Mapping[str, Any]) -> str:
        """What whoever reported wrote to the moderators; "" if nothing."""
        talk = self._side["reviewable_conversations"].get(as_int(score.get("reviewable_conversation_id")) or 0, {})
        posts = (self._side["conversation_posts"].get(number, {}) for number in talk.get("conversation_post_ids") or ())
        from app.mail.html import to_text  # noqa: PLC0415  rarely needed

        return "\n\n".join(to_text(str(post["excerpt"])) for post in posts if post.get("excerpt"))

    def _why(self, row: Mapping[str, Any], score: Mapping[str, Any], words: str) -> str:
        """A report in words: what is wrong with whose post, what the reporter says, the post itself, and where."""
        kind = self._side["score_types"].get(as_int(score.get("score_type_id")) or 0, {}).get("title") or ""
        writer = self._side["users"].get(as_int(row.get("target_created_by_id")) or 0, {}).get("username")
        first = tr("Reported a post by {name}: {reason}").format(
            name=f"@{writer}" if writer else tr("a deleted user"), reason=kind
        )
        quoted = words_of(row, self._site.server)[:_QUOTED_CHARS] if row.get("raw") else ""
        lines = [first, words, "\n".join(f"> {line}" for line in quoted.split("\n")) if quoted else ""]
        lines.append(str(row.get("target_url") or ""))
        reason = score.get("reason")
        if isinstance(reason, str):
            from app.mail.html import to_text  # noqa: PLC0415  as above

            lines.insert(1, to_text(reason))
        return "\n\n".join(filter(None, lines))

    def _reported_posts(self, present: Collection[int]) -> list[Incoming]:
        """The posts that are newly reported, and those about which it was decided, as they are now."""
        now = {int(row["id"]): post for row in self._rows
               if row.get("type") in _REPORTED and (post := as_int(row.get("post_id")))}  # fmt: skip
        self._reported |= {number: post for number, post in now.items() if post in present}
        changed = [(number, post) for number, post in now.items() if self._reported.get(number) != post]
        changed += [(number, post) for number, post in self._reported.items() if number not in now]
        rows = []
        for number, post in changed[:_MAX_POSTS]:
            try:
                found = self._site.post(str(post))
            except TryLater:  # the next pull asks again
                break
            except Refused:
                found = None
            if number in now:
                self._reported[number] = post
            else:
                self._reported.pop(number)
            if found is not None:
                about = self._side.get("topics", {}).get(int(found["topic_id"]), {})
                title = about.get("title") or ""
                rows.append({**found, "topic_title": title, "private": about.get("archetype") == _PRIVATE})
        return self._posts.rows(rows)


def _held(row: object) -> Waiting:
    """What the cursor holds of a post that waits; an older Rapport kept its conversation alone."""
    if isinstance(row, list) and len(row) == len(Waiting._fields):
        return Waiting(*map(str, row))
    return Waiting(str(row), "", "")


def _waiting(held: Waiting) -> Waiting:
    """By what a post that waits is known once it is there: what begins a topic has no conversation yet."""
    return held._replace(thread="") if held.thread.startswith(QUEUED) else held

"""A session with one API key on one forum."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from app.base.message import Change, Reaction, Reply, Target
from app.base.words import N_, tr
from app.channels.base import (
    BAN,
    DELETE,
    HIDE,
    LOCK,
    MUTE,
    SHOW,
    SOLVE,
    SPAM,
    UNBAN,
    UNLOCK,
    UNMUTE,
    UNSOLVE,
    Above,
    AuthNeeded,
    Found,
    Page,
    PostAbove,
    Refused,
    Sent,
    TryLater,
)
from app.channels.discourse.above import post_above
from app.channels.discourse.letters import NO_LETTERS
from app.channels.discourse.likes import is_liked, like, unlike
from app.channels.discourse.moderating import Moderator
from app.channels.discourse.pulling import Pull
from app.channels.discourse.queue import NO_QUEUE
from app.channels.discourse.reading import as_int, raise_for
from app.channels.discourse.sending import Sender
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, Site
from app.channels.http.parts import as_dict, dicts

_MAY_CREATE = 1  # app/models/category_group.rb of discourse/discourse, permission_types: full
_STAFF_VERBS = (HIDE, SHOW, SPAM, DELETE, LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN)
_REVIEWER_VERBS = (HIDE, SHOW, DELETE, LOCK, UNLOCK)
"""What a category's moderators may there: they are no staff, so that nobody is silenced or suspended by them."""
_TRUSTED = 4  # trust level at which members may close topics
_MOVED = N_("{host} has moved to {new}. Change the address in the account.")
_SOLVED_OFF = N_("Solutions can't be marked, as the forum's plugin Discourse Solved is off.")


class DiscourseSession:
    """A session with one API key on one forum."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the API key; connects on the first call."""
        self._site = Site(fields, secrets)
        self._facts = fields
        self._moderator = Moderator(self._site)
        self._sender = Sender(self._site, lambda waiting: self._moderator.moderate(SHOW, Target(waiting)))

    # --- logging in

    def check(self) -> Found:
        """Return who we are, what we may do there, and what the key does not let us see."""
        self._is_forum()
        me = self._site.me(again=True)
        admin, moderator = bool(me.get("admin")), bool(me.get("moderator"))
        staff = admin or moderator
        reviews = staff or bool(me.get("can_review"))
        settings = self._optional("site/settings.json")
        facts = {
            "me": str(me["id"]), "staff": _yes(staff), "admin": _yes(admin), "moderator": _yes(moderator),
            "reviews": _yes(reviews), "may": " ".join(_may(me, staff=staff, reviews=reviews, settings=settings)),
            "whispers": _yes(bool(me.get("whisperer"))),
            "venues": json.dumps(_venues(self._optional("site.json")), ensure_ascii=False),
        }  # fmt: skip
        most = as_int(settings.get("max_post_length"))
        facts |= {"limit": str(most)} if most else {}
        sentence = tr("@{name} is connected to {host}, but can't moderate.")
        if staff:
            sentence = tr("@{name} is connected to {host}, and can moderate.")
        elif reviews:
            sentence = tr("@{name} is connected to {host}, and can moderate some of its categories.")
        told = [sentence.format(name=me.get("username"), host=self._site.host), *self._lacking(reviews=reviews)]
        if settings.get("solved_enabled") is False:
            told.append(tr(_SOLVED_OFF))
        return Found(" ".join(told), own=(self._site.author_key(me["id"]),), facts=facts)

    def _is_forum(self) -> None:
        """Raise Refused if this is no Discourse forum. Called without the key, as a wrong one is refused even here."""
        names = ("Api-Key", "Api-Username", "User-Api-Key")
        answer = self._site.http.raw("GET", "site/basic-info.json", headers=dict.fromkeys(names, ""))
        with suppress(TryLater):
            if answer.ok and "title" in as_dict(answer.json()):
                self._refuse_moved(answer.url)
                return
        if answer.ok or answer.status == NOT_FOUND:
            msg = tr("{host} isn't a Discourse forum. Enter the address of the forum's home page.").format(
                host=answer.host
            )
            raise Refused(msg)
        raise_for(answer)

    def _refuse_moved(self, url: str) -> None:
        """Raise Refused if a forum answers from elsewhere: a key is not sent on to there."""
        now, entered = urlsplit(url), urlsplit(self._site.server)
        if (now.scheme, now.netloc) != (entered.scheme, entered.netloc):
            msg = tr(_MOVED).format(host=self._site.host, new=f"{now.scheme}://{now.netloc}")
            raise Refused(msg)

    def _optional(self, path: str) -> dict[str, Any]:
        """The JSON object at a path; {} where the key does not let us have it, or not now."""
        with suppress(Refused, TryLater, AuthNeeded):
            return self._site.get(path)
        return {}

    def _lacking(self, *, reviews: bool) -> Iterator[str]:
        """What the key does not let us read, a sentence each."""
        if self._is_kept_from("private-posts.json"):
            yield tr(NO_LETTERS).format(host=self._site.host)
        if reviews and self._is_kept_from("review.json", status="pending", additional_filters="{}"):
            yield tr(NO_QUEUE).format(host=self._site.host)

    def _is_kept_from(self, path: str, **params: object) -> bool:
        with suppress(TryLater, Refused):
            return self._site.raw("GET", path, params=params).status in (FORBIDDEN, NOT_FOUND)
        return False

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new posts, private messages and what waits for review, then edits and deletions."""
        with self._site.reading():
            yield from Pull(self._site, self._facts, cursor).pages()

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the topic, to the parent post; without a topic, begin one in its venue, or a private message."""
        return self._sender.send(reply)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the text among our posts since then, and among those awaiting approval."""
        return self._sender.find_sent(reply)

    def correct(self, change: Change) -> None:
        """Give a post of ours other words."""
        self._sender.correct(change)

    def withdraw(self, change: Change) -> None:
        """Delete a post of ours."""
        self._sender.withdraw(change)

    def reads(self, change: Change) -> str | None:
        """How a post of ours reads there now; None if it is deleted."""
        return self._sender.reads(change)

    def moderate(self, verb: str, on: Target) -> None:
        """Apply a verb to a post, its topic or its author; idempotent."""
        self._moderator.moderate(verb, on)

    # --- likes

    def react(self, reaction: Reaction) -> None:
        """Like a post."""
        like(self._site, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our like back."""
        unlike(self._site, reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether we like it now."""
        return is_liked(self._site, reaction)

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._site, above)

    def close(self) -> None:
        """Close the connections."""
        self._site.close()


def _yes(holds: bool) -> str:  # noqa: FBT001  one word for it
    return "yes" if holds else ""


def _may(me: Mapping[str, Any], *, staff: bool, reviews: bool, settings: Mapping[str, Any]) -> list[str]:
    """The verbs that a login has the right to, somewhere on the forum at least."""
    verbs = list(_STAFF_VERBS if staff else _REVIEWER_VERBS if reviews else ())
    if not verbs and (as_int(me.get("trust_level")) or 0) >= _TRUSTED:
        verbs = [LOCK, UNLOCK]
    return verbs + ([SOLVE, UNSOLVE] if settings.get("solved_enabled", True) else [])


def _venues(site: Mapping[str, Any]) -> list[list[str]]:
    """The categories in which we may begin a topic, as [id, name]; those within another are named with it."""
    rows = {number: row for row in dicts(site.get("categories")) if (number := as_int(row.get("id")))}
    names = []
    for number, row in rows.items():
        if row.get("permission") == _MAY_CREATE and row.get("name"):
            above = rows.get(as_int(row.get("parent_category_id")) or 0, {}).get("name")
            names.append([str(number), f"{above} > {row['name']}" if above else str(row["name"])])
    return names

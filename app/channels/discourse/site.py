"""One forum: the requests that several of a session's parts need, and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.discourse.reading import as_int, posts_of, raise_for
from app.channels.http import Http, Response
from app.channels.http.pace import Limit, Pace
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable

KEY_LIMITS: tuple[Limit, ...] = (Limit(60, 60),)
"""For all API keys of a forum together (config/discourse_defaults.conf of discourse/discourse; owners can raise it)."""
USER_KEY_LIMITS = (Limit(20, 60), Limit(2_880, 86_400))
"""For one User API key, in a minute and in a day (the same file)."""
_RESERVE = 5  # requests a minute that reading leaves to what the person does meanwhile
_ENOUGH = 3  # requests left in a minute below which nothing is read again
_UNSEEN, _GONE = (403, 404, 410), (404, 410)
FORBIDDEN, NOT_FOUND = 403, 404
NO_KEY = N_(
    "{host} doesn't accept this key. Under Admin > Advanced > API keys, create one for a "
    "single user with every scope, and enter it with that user's name."
)
NOT_SHOWN = N_("{host} doesn't show this login that post any more. Open the page to see who can read it.")
KEPT_OUT = N_(
    "{host} knows this key but lets it do nothing. Either the user it was created for is suspended there, or it lacks "
    "scopes: create one with every scope under Admin > Advanced > API keys."
)


class Site:
    """A forum as one login sees it; `server` is its address without a slash at the end."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the API key; connects on the first call."""
        server = fields.get("server", "").strip().rstrip("/")
        self.server = server if "//" in server else f"https://{server}"
        login, key = fields.get("login", "").strip().removeprefix("@"), secrets.get("key", "").strip()
        self._headers = {"Api-Key": key, "Api-Username": login} if login else {"User-Api-Key": key}
        self.http = Http(self.server, {**self._headers, "Accept": "application/json"})
        place, counted = urlsplit(self.server).netloc or self.server, "keys"
        if not login:
            counted = "key " + sha256(key.encode()).hexdigest()[:16]
        limits = KEY_LIMITS if login else USER_KEY_LIMITS
        self._paces = [Pace(place, f"{counted} {limit.seconds:g}", limit) for limit in limits]
        self._calm = [
            Pace(place, f"{counted} {limit.seconds:g}", limit._replace(most=max(1, limit.most - _RESERVE)))
            for limit in limits
        ]
        self._reading = False
        self._me: Mapping[str, Any] = {}

    @property
    def host(self) -> str:
        """The forum's host, as it stands in sentences and in author keys."""
        return self.http.host

    # --- asking

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Requests wait for their turn here, and leave some of a minute's to what the person does."""
        self._reading = True
        try:
            yield
        finally:
            self._reading = False

    def has_room(self) -> bool:
        """Whether there is room for what can wait, such as reading again what was read before."""
        minute, *longer = (pace.left() for pace in self._calm)
        return minute >= _ENOUGH and all(left >= USER_KEY_LIMITS[1].most // 3 for left in longer)

    def raw(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Send a request and return the response, whatever its status.

        Raises TryLater without asking where reading has used up the forum's limit. What the person does is counted and
        sent at once: a forum may take more than it does by default, and says so if it does not.
        """
        if self._reading:
            for pace in self._calm:
                pace.take()
        else:
            for pace in self._paces:
                with suppress(TryLater):
                    pace.take(0)
        answer = self.http.raw(method, path, **more)
        if answer.status == 429 and method == "GET":  # noqa: PLR2004  else it may be about one act: three topics a day
            self._hold(answer)
        return answer

    def _hold(self, answer: Response) -> None:
        """Leave the forum alone for as long as it asks."""
        try:
            raise_for(answer)
        except TryLater as why:
            for pace in self._calm[:1]:
                pace.hold(why.after or 30)

    def ask(self, method: str, path: str, *, forbidden: str = "", **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Return a 2xx response, else raise; `forbidden` is the sentence for a 403, by default about the key."""
        answer = self.raw(method, path, **more)
        if answer.status == FORBIDDEN:
            if forbidden:
                raise Refused(tr(forbidden).format(host=answer.host))
            raise self.shut_out(answer)
        raise_for(answer, writing=bool(more.get("writing")))
        return answer

    def shut_out(self, answer: Response) -> AuthNeeded:
        """The error for a 403 to what every key may do: the key is unknown, or known and of no use."""
        unknown = "api username or key" in answer.error_text().casefold()
        return AuthNeeded(tr(NO_KEY if unknown or not answer.error_text() else KEPT_OUT).format(host=answer.host))

    def get(self, path: str, **params: object) -> dict[str, Any]:
        """Return the JSON object at a path; {} for any other JSON. Raises for what is not 2xx."""
        return as_dict(self.ask("GET", path, params=params).json())

    # --- what several parts ask for

    def me(self, *, again: bool = False) -> Mapping[str, Any]:
        """Who we are: `current_user` of the forum, as it was first asked for. Raises AuthNeeded if we are nobody."""
        if again or not self._me:
            self._me = as_dict(self.get("session/current.json").get("current_user"))
            if not as_int(self._me.get("id")):
                self._me = {}
                raise AuthNeeded(tr(NO_KEY).format(host=self.host))
        return self._me

    def name(self) -> str:
        """Our name there."""
        return self._headers.get("Api-Username", "") or str(self.me().get("username") or "")

    def author_key(self, number: object) -> str:
        """Return a key with the host, because user ids are only unique within a forum."""
        return f"{self.host}/{number}"

    def member_of(self, author: str) -> int:
        """The id of the user with that author key; raises Refused if the forum has no such user any more."""
        number = as_int(author.rpartition("/")[2])
        if not number:
            msg = tr("{host} doesn't say who wrote that, so nothing can be done to them.").format(host=self.host)
            raise Refused(msg)
        return number

    def post(self, remote_id: str) -> dict[str, Any] | None:
        """Return the current post with that remote id; None if it is deleted.

        Raises Refused if it is there and not shown to us: others may still see it (posts_controller.rb of
        discourse/discourse, find_post_using: what is deleted is a 404, what one may not see a 403).

        One that came in from the review queue is known by its place there, and is found by that once it is approved.
        """
        number = as_int(remote_id) or self._approved(remote_id)
        if not number:
            return None
        answer = self.raw("GET", f"posts/{number}.json")
        if answer.status in _GONE:
            return None
        if answer.status == FORBIDDEN:
            self.get("session/current.json")  # raises AuthNeeded where it is about the key
            raise Refused(tr(NOT_SHOWN).format(host=answer.host))
        raise_for(answer)
        for post in posts_of([answer.json()]):
            return post
        raise unreadable(answer.host)

    def _approved(self, remote_id: str) -> int | None:
        queued = self.reviewable(remote_id)
        return as_int(queued.get("post_id")) if queued else None

    def reviewable(self, remote_id: str) -> dict[str, Any] | None:
        """Return an entry of the review queue by the remote id of what waits in it; None if it is not visible to us."""
        number = as_int(remote_id.removeprefix(QUEUED))
        if not remote_id.startswith(QUEUED) or not number:
            return None
        answer = self.raw("GET", f"review/{number}.json")
        if answer.status in _UNSEEN:
            return None
        raise_for(answer)
        return as_dict(as_dict(answer.json()).get("reviewable"))

    def about(self, topic: int) -> dict[str, Any] | None:
        """Return a topic with its first posts and the ids of all; None if it is deleted or not visible to us."""
        answer = self.raw("GET", f"t/{topic}.json", params={"include_raw": "true"})
        if answer.status in _UNSEEN:
            return None
        raise_for(answer)
        return as_dict(answer.json())

    def of_topic(self, topic: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Return those posts of a topic; staff get deleted ones too, others only what they may see."""
        answer = self.raw("GET", f"t/{topic}/posts.json", params={"post_ids[]": numbers, "include_raw": "true"})
        if answer.status in _UNSEEN:
            return []
        raise_for(answer)
        return posts_of(as_dict(as_dict(answer.json()).get("post_stream")).get("posts"))

    def around(self, topic: int, number: int) -> list[dict[str, Any]]:
        """Return some twenty posts of a topic around the one with that number, as far as we may see them."""
        answer = self.raw("GET", f"t/{topic}/{number}.json", params={"include_raw": "true"})
        if answer.status in _UNSEEN:
            return []
        raise_for(answer)
        about = as_dict(answer.json())
        posts = posts_of(as_dict(about.get("post_stream")).get("posts"))
        return [{**post, "topic_title": about.get("title")} for post in posts]

    def page_of(self, post: Mapping[str, Any]) -> str:
        """The address of a post's topic."""
        return f"{self.server}/t/{quote(str(post.get('topic_slug') or '-'))}/{post['topic_id']}"

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


QUEUED = "review "
"""Before the number in the review queue, in the remote id of what waits there and of what came out of it."""
REPORT = "flag "
"""Before the number of a report, in the remote id of its reason."""
WHISPERS = "whispers "
"""Before the number of a topic, in the key of the conversation of its whispers."""

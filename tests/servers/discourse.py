"""A forum that plays Discourse's documented API."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from tests.servers.played import Call, Played, Reply

INVALID = "You are not permitted to view the requested resource. The API username or key is invalid."
HIDDEN = "<p>This post was flagged by the community and is temporarily hidden.</p>"


class Forum(Played):
    """A forum as https://docs.discourse.org describes it, with limits as https://meta.discourse.org/t/78612 has them.

    `/posts.json` lists 50 public, undeleted posts below `before`, newest first; `/t/ID/posts.json` takes `post_ids[]`;
    errors are `{"errors": [...], "error_type": ...}`; 429 has Retry-After and `extras.wait_seconds`; the same words of
    one member within five minutes are a 422; keys are in headers alone. A header for a key that is there has to hold a
    valid one, on each route, even empty: discourse/discourse, lib/auth/default_current_user_provider.rb, `if api_key`,
    and "" is true in Ruby. RequestTracker's limits come as plain text. Where the pages end (take_action, unhide,
    recover, pending) it does what the forum's own screens ask for.
    """

    key, mine = "d15c0", 1
    staff, queueing, user_key, posts_most = True, False, False, 32_000

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[int, dict[str, Any]] = {}
        self.topics: dict[int, dict[str, Any]] = {}
        self.people = {"lemonade": self.mine}
        self.notes: list[dict[str, Any]] = []
        self.pending: list[dict[str, Any]] = []
        self.flags: dict[int, set[int]] = {}
        self.likes: set[int] = set()
        self.undoable = True
        self.limited = 0
        self.sent: list[int] = []
        self._numbers = itertools.count(10)
        self.topic = self.begin("Lemonade that fizzes", "lemonade", "Tell us how you like it!")
        self._numbers = itertools.count(5000)

    # --- members

    def begin(self, title: str, who: str, text: str, **more: Any) -> int:
        number = next(self._numbers)
        slug = re.sub(r"\W+", "-", title.lower())
        self.topics[number] = {"id": number, "title": title, "slug": slug, "archetype": "regular", **more}
        self.post(who, text, number)
        return number

    def post(self, who: str, text: str, topic: int, number: int | None = None, **more: Any) -> dict[str, Any]:
        made = datetime.now(UTC) + timedelta(seconds=self.skew)
        stamp = made.strftime("%Y-%m-%dT%H:%M:%S.") + f"{made.microsecond // 1000:03d}Z"
        post_id = next(self._numbers)
        self.posts[post_id] = {
            "id": post_id, "name": who.capitalize(), "username": who,
            "user_id": self.people.setdefault(who, 100 + len(self.people)),
            "created_at": stamp, "updated_at": stamp, "raw": text, "cooked": f"<p>{escape(text)}</p>",
            "post_number": 1 + sum(one["topic_id"] == topic for one in self.posts.values()), "post_type": 1,
            "topic_id": topic, "topic_slug": self.topics[topic]["slug"], "reply_to_post_number": number,
            "hidden": False, "deleted_at": None, "user_deleted": False, **more,
        }  # fmt: skip
        return self.posts[post_id]

    def say(self, who: str, text: str, answering: str = "") -> str:
        if answering:
            asked = self.posts[int(answering)]
            return str(self.post(who, text, asked["topic_id"], asked["post_number"])["id"])
        return str(self.post(who, text, self.topic)["id"])

    def write(self, who: str, text: str) -> int:
        """A private message to us, of which we are notified."""
        topic = self.begin("About my parcel", who, text, archetype="private_message")
        data = {"topic_title": "About my parcel", "original_username": who}
        note = {"id": next(self._numbers), "user_id": 1, "notification_type": 6, "read": False, "topic_id": topic,
                "post_number": 1, "slug": "about-my-parcel", "data": data}  # fmt: skip
        self.notes.insert(0, note)
        return topic

    # --- the API

    def writes(self, call: Call) -> bool:
        return call.path.startswith("/post_actions") or (call.method == "POST" and call.path == "/posts.json")

    def serve(self, call: Call) -> Reply:
        assert "api_key" not in call.query, "keys in the address are not taken any more"
        key, own_key = call.headers.get("api-key"), call.headers.get("user-api-key")
        known = key == self.key and call.headers.get("api-username") in self.people
        knows = self.user_key and own_key == self.key
        if (key is not None and not known) or (own_key is not None and not knows):
            return Reply({"errors": [INVALID], "error_type": "invalid_access"}, 403)
        if call.path == "/site/basic-info.json":
            return Reply({"title": "Lemonade lovers", "description": "", "logo_url": ""})
        if not known and not knows:
            return self.forbidden()
        if self.limited:
            self.limited -= 1
            said = "You’ve performed this action too many times. Please wait 7 seconds before trying again."
            extras = {"wait_seconds": 7, "time_left": "7 seconds"}
            return Reply({"errors": [said], "error_type": "rate_limit", "extras": extras}, 429)
        for shape, route in (
            (r"/session/current", self.current), (r"/site/settings", self.settings), (r"/posts", self.listed),
            (r"/posts/(\d+)", self.one), (r"/posts/(\d+)/(unhide|recover)", self.put),
            (r"/posts/(\w+)/pending", self.waiting),
            (r"/topics/private-messages-sent/(\w+)", self.private_sent), (r"/t/(\d+)", self.about),
            (r"/t/(\d+)/posts", self.of_topic),
            (r"/notifications", self.notified), (r"/post_actions", self.act),
            (r"/post_actions/(\d+)", self.undo),
        ):  # fmt: skip
            found = re.fullmatch(shape + r"\.json", call.path)
            if found:
                return route(call, *found.groups())
        return self.missing()

    @staticmethod
    def missing() -> Reply:
        said = "The requested URL or resource could not be found."
        return Reply({"errors": [said], "error_type": "not_found"}, 404)

    def current(self, _call: Call) -> Reply:
        me = {"id": self.mine, "username": "lemonade", "admin": False, "moderator": self.staff, "trust_level": 4}
        return Reply({"current_user": me})

    def settings(self, _call: Call) -> Reply:
        return Reply({"title": "Lemonade lovers", "min_post_length": 2, "max_post_length": self.posts_most})

    def shown(self, post: dict[str, Any], *, raw: bool = True) -> dict[str, Any]:
        flags = self.flags.get(post["id"], set())
        liked = post["id"] in self.likes
        summary: list[dict[str, Any]] = [
            {"id": 2, "count": 1, "acted": True, "can_undo": self.undoable} if liked else {"id": 2, "can_act": True}
        ]
        if self.staff:
            summary += [{"id": kind, "count": 1, "acted": True} if kind in flags else {"id": kind, "can_act": True}
                        for kind in (3, 4, 8)]  # fmt: skip
        found = {**post, "yours": post["user_id"] == self.mine, "actions_summary": summary}
        if post["hidden"] and not self.staff:
            found = {**found, "cooked": HIDDEN, "cooked_hidden": True}
        if not raw or (post["hidden"] and not self.staff):
            del found["raw"]
        return found

    def seen(self, post: dict[str, Any]) -> bool:
        return not post["deleted_at"]

    def listed(self, call: Call) -> Reply:
        if call.method == "POST":
            return self.create(call.body)
        before = int(call.query.get("before", 0)) or 10**9
        public = [post for number, post in sorted(self.posts.items(), reverse=True) if number < before
                  and self.seen(post) and self.topics[post["topic_id"]]["archetype"] == "regular"]  # fmt: skip
        titles = {number: topic["title"] for number, topic in self.topics.items()}
        return Reply(
            {"latest_posts": [{**self.shown(post), "topic_title": titles[post["topic_id"]]} for post in public[:50]]}
        )

    def create(self, body: dict[str, Any]) -> Reply:
        raw = body["raw"].strip()
        wrong = (
            f"Body is limited to {self.posts_most} characters; you entered {len(raw)}." if len(raw) > self.posts_most
            else "Body is too short (minimum is 2 characters)" if len(raw) < 2
            else "Body is too similar to what you recently posted"
            if any(one["raw"] == raw and one["user_id"] == self.mine for one in self.posts.values()) else ""
        )  # fmt: skip
        if wrong:
            return Reply({"action": "create_post", "errors": [wrong]}, 422)
        if body.get("archetype") == "private_message":
            return self.begin_private(body, raw)
        topic = self.topics.get(body["topic_id"])
        if topic is None or topic.get("closed"):
            said = "You are not permitted to view the requested resource."
            return Reply({"errors": [said], "error_type": "invalid_access"}, 403)
        if self.queueing:
            waits = {"id": next(self._numbers), "raw_text": raw, "raw": raw, "topic_id": topic["id"]}
            self.pending.append(waits)
            return Reply({"action": "enqueued", "success": True, "pending_post": waits, "pending_count": 1})
        made = self.post("lemonade", raw, topic["id"], body.get("reply_to_post_number"))
        return Reply(self.shown(made))

    def begin_private(self, body: dict[str, Any], raw: str) -> Reply:
        """By docs.discourse.org, createTopicPostPM: title, raw, target_recipients and archetype."""
        if len(body.get("title", "").strip()) < 2:
            return Reply({"action": "create_post", "errors": ["Title is too short (minimum is 2 characters)"]}, 422)
        if body["target_recipients"] not in self.people:
            said = "Sorry, one of the users you are sending this message to could not be found."
            return Reply({"action": "create_post", "errors": [said]}, 422)
        topic = self.begin(body["title"], "lemonade", raw, archetype="private_message")
        self.sent.append(topic)
        made = next(post for post in self.posts.values() if post["topic_id"] == topic)
        return Reply(self.shown(made))

    def answer_private(self, who: str, text: str, topic: int) -> None:
        """A member answers a private message of ours, of which we are notified."""
        made = self.post(who, text, topic)
        data = {"topic_title": self.topics[topic]["title"], "original_username": who}
        note = {"id": next(self._numbers), "user_id": 1, "notification_type": 6, "read": False, "topic_id": topic,
                "post_number": made["post_number"], "slug": self.topics[topic]["slug"], "data": data}  # fmt: skip
        self.notes.insert(0, note)

    def private_sent(self, _call: Call, _who: str) -> Reply:
        """By docs.discourse.org, getUserSentPrivateMessages: newest first."""
        rows = [{key: self.topics[number][key] for key in ("id", "title", "slug")} for number in reversed(self.sent)]
        return Reply({"topic_list": {"topics": rows}})

    def one(self, call: Call, number: str) -> Reply:
        post = self.posts.get(int(number))
        if post is None or (post["deleted_at"] and not self.staff):
            return self.missing()
        if call.method == "DELETE":
            if not self.staff:
                return self.forbidden()
            post["deleted_at"] = post["created_at"]
            return Reply(b"")
        return Reply(self.shown(post))

    @staticmethod
    def forbidden() -> Reply:
        return Reply(
            {"errors": ["You are not permitted to view the requested resource."], "error_type": "invalid_access"}, 403
        )

    def put(self, call: Call, number: str, verb: str) -> Reply:
        assert call.method == "PUT"
        if not self.staff:
            return self.forbidden()
        post = self.posts[int(number)]
        if verb == "recover":
            post["deleted_at"] = None
            return Reply(self.shown(post))
        post["hidden"] = False
        self.flags.pop(post["id"], None)
        return Reply(b"")

    def waiting(self, _call: Call, _who: str) -> Reply:
        return Reply(
            {"pending_posts": [{key: one[key] for key in ("id", "raw_text", "topic_id")} for one in self.pending]}
        )

    def about(self, _call: Call, number: str) -> Reply:
        topic = self.topics.get(int(number))
        posts = [post for post in self.posts.values() if post["topic_id"] == int(number) and self.seen(post)]
        if topic is None or not posts:
            return self.missing()
        raw = _call.query.get("include_raw") == "true"
        stream = {"posts": [self.shown(post, raw=raw) for post in posts[:20]], "stream": [post["id"] for post in posts]}
        return Reply({**topic, "post_stream": stream})

    def of_topic(self, call: Call, number: str) -> Reply:
        wanted = {int(one) for one in call.every.get("post_ids[]", [])}
        posts = [self.posts[one] for one in sorted(wanted) if one in self.posts and self.seen(self.posts[one])]
        raw = call.query.get("include_raw") == "true"
        shown = [self.shown(post, raw=raw) for post in posts if post["topic_id"] == int(number)]
        return Reply({"post_stream": {"posts": shown}, "id": int(number)})

    def notified(self, _call: Call) -> Reply:
        return Reply({"notifications": self.notes[:60], "total_rows_notifications": len(self.notes)})

    def act(self, call: Call) -> Reply:
        post, kind = self.posts[int(call.body["id"])], int(call.body["post_action_type_id"])
        if kind == 2:
            if post["id"] in self.likes or post["user_id"] == self.mine:
                return self.forbidden()
            self.likes.add(post["id"])
            return Reply(self.shown(post, raw=False))
        if kind in self.flags.get(post["id"], ()):
            return self.forbidden()
        self.flags.setdefault(post["id"], set()).add(kind)
        if self.staff and call.body.get("take_action") == "true":
            post["hidden"] = True
        return Reply(self.shown(post, raw=False))

    def undo(self, call: Call, number: str) -> Reply:
        """Takes a like back, for `post_undo_action_window_mins` (10) after it was given."""
        assert (call.method, call.query["post_action_type_id"]) == ("DELETE", "2")
        if int(number) not in self.likes:
            return self.missing()
        if not self.undoable:
            return self.forbidden()
        self.likes.discard(int(number))
        return Reply(self.shown(self.posts[int(number)], raw=False))

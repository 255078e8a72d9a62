"""A forum that plays Discourse's documented API, and what its source says where the documentation ends."""

from __future__ import annotations

import itertools
import json
import re
import time
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from tests.servers.discourse_staff import Staff
from tests.servers.played import Call, Reply

INVALID = "You are not permitted to view the requested resource. The API username or key is invalid."
CLOSED = "Something has gone wrong. Perhaps this topic was closed or deleted while you were looking at it?"
HIDDEN = "<p>This post was flagged by the community and is temporarily hidden.</p>"
PRIVATE = "private_message"
WHISPER = 4  # post_types of site.json


class Forum(Staff):
    """A forum as https://docs.discourse.org describes it, with limits as https://meta.discourse.org/t/78612 has them.

    File names are those of github.com/discourse/discourse, read in 2026.

    `/posts.json` lists 50 posts below `before`, newest first, of topics that are listed, and of type "regular" alone
    (lib/latest_posts_query.rb); `/private-posts.json` those of private messages with us or with groups of ours, and of
    all there are for an administrator (the same file). `/t/ID/posts.json` takes `post_ids[]`, and shows staff deleted
    ones too (lib/topic_view.rb, filter_posts_by_ids). Errors are `{"errors": [...], "error_type": ...}`; 429 has
    Retry-After and `extras.wait_seconds`; keys are in headers alone. A header for a key that is there has to hold a
    valid one, on each route, even empty: lib/auth/default_current_user_provider.rb, `if api_key`, and "" is true in
    Ruby; a suspended login is refused there as well. A minute takes 60 requests with keys of an administrator and 20
    with a User API key (config/discourse_defaults.conf), once `counting` is set; a site can raise that.

    The same words of one member within five minutes are a 422, but not for staff
    (lib/validators/post_validator.rb, unique_post_validator), and the same body within two minutes is the same post for
    an API key (app/controllers/posts_controller.rb, DistributedMemoizer). A post that its author deletes keeps its
    place, with other words (lib/post_destroyer.rb, mark_for_deletion).
    """

    key, mine = "d15c0", 1
    queueing, user_key, posts_most = False, False, 32_000
    whisperer = False
    """Whether we may see and write whispers: app/models/user.rb, whisperer?, by the site setting of the groups."""
    counting = False
    suspended = False
    too_late = False
    """Whether one's own words can't be edited any more: the site setting post_edit_time_limit."""
    closed_topics: tuple[int, ...] = ()
    """Topics that others see and we do not, as in a category that was closed to us: guardian.rb, ensure_can_see!."""
    closed_routes: tuple[str, ...] = ()
    """Beginnings of paths that the key has no scope for: app/models/api_key_scope.rb."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[str] = []
        self.notes: list[dict[str, Any]] = []
        self.pending: list[dict[str, Any]] = []
        self.likes: set[int] = set()
        self.undoable = True
        self.limited = 0
        self.sent: list[int] = []
        self.minute: list[float] = []
        self.remembered: dict[str, tuple[float, Reply]] = {}
        self.categories = [
            {"id": 1, "name": "Uncategorized", "permission": 1},
            {"id": 4, "name": "Recipes", "permission": 1},
            {"id": 5, "name": "With mint", "permission": 1, "parent_category_id": 4},
            {"id": 6, "name": "Announcements"},
        ]
        self._numbers = itertools.count(10)
        self.topic = self.begin("Lemonade that fizzes", "lemonade", "Tell us how you like it!")
        self._numbers = itertools.count(5000)

    # --- members

    def begin(self, title: str, who: str, text: str, **more: Any) -> int:
        number = next(self._numbers)
        slug = re.sub(r"\W+", "-", title.lower())
        self.topics[number] = {
            "id": number, "title": title, "slug": slug, "archetype": "regular", "closed": False, "archived": False,
            "visible": True, "deleted_at": None, "category_id": 1, "allowed": [], "allowed_groups": [], **more,
        }  # fmt: skip
        self.post(who, text, number)
        return number

    def post(self, who: str, text: str, topic: int, number: int | None = None, **more: Any) -> dict[str, Any]:
        stamp = self.stamp()
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

    def stamp(self) -> str:
        made = datetime.now(UTC) + timedelta(seconds=self.skew)
        return made.strftime("%Y-%m-%dT%H:%M:%S.") + f"{made.microsecond // 1000:03d}Z"

    def say(self, who: str, text: str, answering: str = "") -> str:
        if answering:
            asked = self.posts[int(answering)]
            return str(self.post(who, text, asked["topic_id"], asked["post_number"])["id"])
        return str(self.post(who, text, self.topic)["id"])

    def write(self, who: str, text: str, *, group: str = "", to: tuple[str, ...] = ("lemonade",)) -> int:
        """A private message, to us unless somebody else or a group is named."""
        allowed = [who, *(() if group else to)]
        groups = [group] if group else []
        return self.begin("About my parcel", who, text, archetype=PRIVATE, allowed=allowed, allowed_groups=groups)

    def answer_private(self, who: str, text: str, topic: int) -> None:
        self.post(who, text, topic)

    def leave(self, who: str) -> None:
        """A member whose account is deleted: their posts have no user any more (basic_post_serializer.rb)."""
        for post in self.posts.values():
            if post["username"] == who:
                post.update(username=None, name=None, user_id=None)

    # --- the API

    def writes(self, call: Call) -> bool:
        return call.path.startswith("/post_actions") or (
            call.path.startswith("/posts") and call.method in ("POST", "PUT", "DELETE")
        )

    def serve(self, call: Call) -> Reply:
        refused = self._refusal(call)
        if refused is not None:
            return refused
        if call.path == "/site/basic-info.json":
            return Reply({"title": "Lemonade lovers", "description": "", "logo_url": ""})
        for shape, route in self.routes():
            found = re.fullmatch(shape + r"\.json", call.path)
            if found:
                answer: Reply = route(call, *found.groups())
                return answer
        return self.missing()

    def _refusal(self, call: Call) -> Reply | None:
        """What keeps a call from its route: its key, what that is for, and the limits."""
        assert "api_key" not in call.query, "keys in the address are not taken any more"
        key, own_key = call.headers.get("api-key"), call.headers.get("user-api-key")
        known = key == self.key and call.headers.get("api-username") in self.people
        knows = self.user_key and own_key == self.key
        if (key is not None and not known) or (own_key is not None and not knows):
            return self.forbidden(INVALID)
        if call.path == "/site/basic-info.json":
            return None
        if not (known or knows) or self.suspended or call.path.startswith(self.closed_routes or ("\0",)):
            return self.forbidden()
        if self.limited:
            self.limited -= 1
            return self.too_many(7)
        if self.counting:
            self.minute.append(time.monotonic())
            most = 20 if knows else 60
            if len(self.minute) > most:
                self.minute.pop()
                return self.too_many(33)
        return None

    def routes(self) -> tuple[tuple[str, Any], ...]:
        return (
            (r"/session/current", self.current), (r"/site/settings", self.settings), (r"/site", self.site),
            (r"/posts", self.listed), (r"/latest", self.latest), (r"/private-posts", self.private),
            (r"/posts/(\d+)", self.single),
            (r"/posts/by_number/(\d+)/(\d+)", self.by_number), (r"/posts/(\d+)/(unhide|recover)", self.put),
            (r"/posts/(\w+)/pending", self.waiting), (r"/topics/created-by/(\w+)", self.created_by),
            (r"/topics/private-messages(-sent|)/(\w+)", self.private_topics),
            (r"/topics/private-messages-group/\w+/(\w+)", self.group_topics), (r"/t/(\d+)", self.about),
            (r"/t/(\d+)/(\d+)", self.near), (r"/t/(\d+)/posts", self.of_topic),
            (r"/post_actions", self.act), (r"/post_actions/(\d+)", self.undo),
            *self.staff_routes(),
        )  # fmt: skip

    def next_minute(self) -> None:
        self.minute.clear()

    @staticmethod
    def too_many(seconds: int) -> Reply:
        said = f"You’ve performed this action too many times. Please wait {seconds} seconds before trying again."
        extras = {"wait_seconds": seconds, "time_left": f"{seconds} seconds"}
        return Reply({"errors": [said], "error_type": "rate_limit", "extras": extras}, 429)

    def current(self, _call: Call) -> Reply:
        groups = [{"id": 40 + at, "name": name, "has_messages": True} for at, name in enumerate(self.groups)]
        return Reply({"current_user": {
            "id": self.mine, "username": "lemonade", "admin": self.admin, "moderator": self.staff, "trust_level": 2,
            "can_review": self.staff or self.admin, "groups": groups, "whisperer": self.whisperer,
        }})  # fmt: skip

    def settings(self, _call: Call) -> Reply:
        return Reply({
            "title": "Lemonade lovers", "min_post_length": 2, "max_post_length": self.posts_most,
            "solved_enabled": self.solving,
        })  # fmt: skip

    def site(self, _call: Call) -> Reply:
        """`permission` is 1 where one may begin topics: app/models/site.rb."""
        return Reply({"categories": self.categories, "uncategorized_category_id": 1})

    def shown(self, post: dict[str, Any], *, raw: bool = True) -> dict[str, Any]:
        veiled = post["hidden"] and not self.may_moderate
        found = {
            **post, "yours": post["user_id"] == self.mine, "actions_summary": self.summary(post),
            **self.reviewing(post),
        }  # fmt: skip
        if self.solving:
            found["accepted_answer"] = self.topics[post["topic_id"]].get("solved") == post["id"]
        if veiled:
            found = {**found, "cooked": HIDDEN, "cooked_hidden": True}
        if not raw or veiled:
            del found["raw"]
        return found

    def seen(self, post: dict[str, Any]) -> bool:
        """Deleted ones apart, whispers are for those who may whisper: app/models/topic.rb, visible_post_types."""
        there = not post["deleted_at"] and not self.topics[post["topic_id"]]["deleted_at"]
        return there and (post["post_type"] != WHISPER or self.whisperer)

    def listed(self, call: Call) -> Reply:
        if call.method == "POST":
            return self.create(call)
        return self._latest(call, "latest_posts", lambda post, topic: (
            topic["archetype"] == "regular" and topic["visible"] and post["post_type"] == 1
        ))  # fmt: skip

    def latest(self, _call: Call) -> Reply:
        """`closed` and `archived` are in ListableTopicSerializer."""
        numbers = [number for number, topic in self.topics.items() if topic["archetype"] == "regular"
                   and topic["visible"] and not topic["deleted_at"]]  # fmt: skip
        return self._rows(numbers)

    def private(self, call: Call) -> Reply:
        return self._latest(call, "private_posts", lambda _post, topic: (
            topic["archetype"] == PRIVATE and (self.admin or self.takes_part(topic))
        ))  # fmt: skip

    def takes_part(self, topic: dict[str, Any]) -> bool:
        return "lemonade" in topic["allowed"] or bool(set(topic["allowed_groups"]) & set(self.groups))

    def _latest(self, call: Call, root: str, fits: Any) -> Reply:
        before = int(call.query.get("before", 0)) or 10**9
        found = [post for number, post in sorted(self.posts.items(), reverse=True) if number < before
                 and self.seen(post) and fits(post, self.topics[post["topic_id"]])]  # fmt: skip
        rows = [{**self.shown(post), "topic_title": self.topics[post["topic_id"]]["title"]} for post in found[:50]]
        return Reply({root: rows})

    def create(self, call: Call) -> Reply:
        """For an API key the same body within two minutes is the same post: posts_controller.rb, create."""
        body = call.body
        signature = json.dumps(body, sort_keys=True)
        at, before = self.remembered.get(signature, (0.0, None))
        if before is not None and time.monotonic() - at < 120 and "api-key" in call.headers:
            return before
        answer = self._create(body)
        if answer.status == 200:
            self.remembered[signature] = (time.monotonic(), answer)
        return answer

    def _create(self, body: dict[str, Any]) -> Reply:
        raw = body["raw"].strip()
        same = any(one["raw"] == raw and one["user_id"] == self.mine for one in self.posts.values())
        topic = self.topics.get(body.get("topic_id", 0))
        wrong = (
            f"Body is limited to {self.posts_most} characters; you entered {len(raw)}." if len(raw) > self.posts_most
            else "Body is too short (minimum is 2 characters)" if len(raw) < 2
            else "Body is too similar to what you recently posted" if same and not self.may_moderate
            else "Title is too short (minimum is 2 characters)"
            if "topic_id" not in body and len(body.get("title", "").strip()) < 2
            else CLOSED  # lib/post_creator.rb, valid?: topic_not_found
            if "topic_id" in body and (topic is None or topic["deleted_at"] or (
                topic["closed"] and not self.may_moderate)) else ""
        )  # fmt: skip
        if wrong:
            return Reply({"action": "create_post", "errors": [wrong]}, 422)
        if body.get("archetype") == PRIVATE:
            return self.begin_private(body, raw)
        if "topic_id" not in body:
            return self.begin_public(body, raw)
        if self.queueing:
            return self.queue(raw, body["topic_id"])
        above = body.get("reply_to_post_number")
        if body.get("whisper") == "true" and not self.whisperer:  # posts_controller.rb, create_params
            return self.forbidden("You are not allowed to whisper.")
        whispers = body.get("whisper") == "true" or any(
            one["post_number"] == above and one["post_type"] == WHISPER and one["topic_id"] == body["topic_id"]
            for one in self.posts.values()
        )  # lib/post_creator.rb, set_reply_info: an answer to a whisper is one
        made = self.post("lemonade", raw, body["topic_id"], above, post_type=WHISPER if whispers else 1)
        return Reply(self.shown(made))

    def queue(self, raw: str, topic: int | None, title: str = "", category: int | None = None) -> Reply:
        waits = {"id": next(self._numbers), "raw_text": raw, "raw": raw, "topic_id": topic, "title": title,
                 "category_id": category, "created_at": self.stamp()}  # fmt: skip
        self.pending.append(waits)
        return Reply({"action": "enqueued", "success": True, "pending_post": waits, "pending_count": 1})

    def begin_public(self, body: dict[str, Any], raw: str) -> Reply:
        if not any(one["id"] == body["category"] and one.get("permission") == 1 for one in self.categories):
            return self.forbidden()
        if self.queueing:
            return self.queue(raw, None, body["title"], body["category"])
        topic = self.begin(body["title"], "lemonade", raw, category_id=body["category"])
        return Reply(self.shown(self.opening(topic)))

    def begin_private(self, body: dict[str, Any], raw: str) -> Reply:
        """By docs.discourse.org, createTopicPostPM: title, raw, target_recipients and archetype."""
        if body["target_recipients"] not in self.people:
            said = "Sorry, one of the users you are sending this message to could not be found."
            return Reply({"action": "create_post", "errors": [said]}, 422)
        allowed = ["lemonade", body["target_recipients"]]
        topic = self.begin(body["title"], "lemonade", raw, archetype=PRIVATE, allowed=allowed)
        self.sent.append(topic)
        return Reply(self.shown(self.opening(topic)))

    def opening(self, topic: int) -> dict[str, Any]:
        return next(post for post in self.posts.values() if post["topic_id"] == topic)

    def created_by(self, call: Call, who: str) -> Reply:
        mine = [number for number, topic in self.topics.items() if topic["archetype"] == "regular"
                and not topic["deleted_at"] and self.opening(number)["username"] == who]  # fmt: skip
        return self._rows(mine, call)

    def private_topics(self, call: Call, sent: str, _who: str) -> Reply:
        """By docs.discourse.org, listUserPrivateMessages and getUserSentPrivateMessages: newest first."""
        if sent:
            return self._rows(self.sent, call)
        return self._rows([number for number, topic in self.topics.items() if "lemonade" in topic["allowed"]])

    def group_topics(self, _call: Call, group: str) -> Reply:
        return self._rows([number for number, topic in self.topics.items() if group in topic["allowed_groups"]])

    def _rows(self, numbers: list[int], call: Call | None = None) -> Reply:
        """Thirty a page, the last bumped first: TopicQuery::DEFAULT_PER_PAGE_COUNT, topic_list_serializer.rb."""
        last = {number: max((post for post in self.posts.values() if post["topic_id"] == number),
                            key=lambda post: int(post["id"])) for number in numbers}  # fmt: skip
        names = ("id", "title", "slug", "category_id", "closed", "archived")
        rows = [{**{key: self.topics[number][key] for key in names}, "bumped_at": last[number]["created_at"],
                 "created_at": self.opening(number)["created_at"], "highest_post_number": self.highest(number)}
                for number in sorted(numbers, key=lambda number: -last[number]["id"])]  # fmt: skip
        page = int(call.query.get("page", 0)) if call else 0
        more = {"more_topics_url": f"{call.path[:-5]}?page={page + 1}"} if call and len(rows) > 30 * page + 30 else {}
        return Reply({"topic_list": {"topics": rows[30 * page : 30 * page + 30], **more}})

    def highest(self, topic: int) -> int:
        """For those who may whisper, whispers count: listable_topic_serializer.rb, highest_staff_post_number."""
        posts = [post for post in self.posts.values() if post["topic_id"] == topic]
        return max(int(post["post_number"]) for post in posts if post["post_type"] != WHISPER or self.whisperer)

    def single(self, call: Call, number: str) -> Reply:
        """What is deleted, or in a deleted topic, is not there for others: posts_controller.rb, find_post_using."""
        post = self.posts.get(int(number))
        if post is None or not (self.seen(post) or self.may_moderate):
            return self.missing()
        if post["topic_id"] in self.closed_topics or (post["post_type"] == WHISPER and not self.whisperer):
            return self.forbidden()
        if call.method == "DELETE":
            return self.delete(post)
        if call.method == "PUT":
            return self.edit(post, call.body["post"])
        return Reply(self.shown(post))

    def by_number(self, _call: Call, topic: str, number: str) -> Reply:
        place = (int(topic), int(number))
        found = [one for one in self.posts.values() if (one["topic_id"], one["post_number"]) == place]
        return Reply(self.shown(found[0])) if found and self.seen(found[0]) else self.missing()

    def delete(self, post: dict[str, Any]) -> Reply:
        """lib/guardian/post_guardian.rb, can_delete_post?: never the first one; one's own, else only staff may."""
        own = post["user_id"] == self.mine and not post["user_deleted"]
        if post["post_number"] == 1 or post["deleted_at"] or not (self.may_moderate or own):
            return self.forbidden()
        if self.may_moderate:
            post["deleted_at"] = post["created_at"]
        else:
            post.update(user_deleted=True, raw="(post deleted by author)", cooked="<p>(post deleted by author)</p>")
        return Reply(b"")

    def edit(self, post: dict[str, Any], change: dict[str, Any]) -> Reply:
        """app/controllers/posts_controller.rb, update: 422 too late, 409 where it reads otherwise by now."""
        if post["user_id"] != self.mine and not self.may_moderate:
            return self.forbidden()
        if self.too_late and not self.may_moderate:
            return Reply({"errors": ["You can no longer edit or delete that post."]}, 422)
        if change.get("original_text") not in (None, "", post["raw"]):
            said = "That post was edited by another user and your changes can no longer be saved."
            return Reply({"errors": [said]}, 409)
        raw = change["raw"].strip()
        post.update(raw=raw, cooked=f"<p>{escape(raw)}</p>", version=2)
        return Reply({"post": self.shown(post)})

    def waiting(self, _call: Call, _who: str) -> Reply:
        """PendingPostSerializer: id, raw_text, title, topic_id, category_id, created_at."""
        names = ("id", "raw_text", "topic_id", "title", "category_id", "created_at")
        return Reply({"pending_posts": [{key: one[key] for key in names} for one in self.pending]})

    def about(self, call: Call, number: str) -> Reply:
        topic = self.topics.get(int(number))
        posts = [post for post in self.posts.values() if post["topic_id"] == int(number) and not post["deleted_at"]
                 and (post["post_type"] != WHISPER or self.whisperer)]  # fmt: skip
        if topic is None or (topic["deleted_at"] and not self.may_moderate):
            return self.missing()
        if call.method == "DELETE":
            return self.delete_topic(topic)
        if not posts:
            return self.missing()
        raw = call.query.get("include_raw") == "true"
        stream = {"posts": [self.shown(post, raw=raw) for post in posts[:20]], "stream": [post["id"] for post in posts]}
        return Reply({**topic, "post_stream": stream})

    def near(self, call: Call, number: str, place: str) -> Reply:
        """Twenty posts of a topic around one: lib/topic_view.rb, filter_posts_near."""
        topic = self.topics.get(int(number))
        if topic is None or topic["deleted_at"]:
            return self.missing()
        posts = [post for post in self.posts.values() if post["topic_id"] == int(number) and self.seen(post)]
        first = max(0, sum(post["post_number"] < int(place) for post in posts) - 5)
        raw = call.query.get("include_raw") == "true"
        shown = [self.shown(post, raw=raw) for post in posts[first : first + 20]]
        return Reply({**topic, "post_stream": {"posts": shown, "stream": [post["id"] for post in posts]}})

    def of_topic(self, call: Call, number: str) -> Reply:
        topic = self.topics.get(int(number))
        if topic is None or (topic["deleted_at"] and not self.may_moderate):
            return self.missing()
        wanted = {int(one) for one in call.every.get("post_ids[]", [])}
        posts = [self.posts[one] for one in sorted(wanted) if one in self.posts
                 and (self.may_moderate or not self.posts[one]["deleted_at"])
                 and (self.posts[one]["post_type"] != WHISPER or self.whisperer)]  # fmt: skip
        raw = call.query.get("include_raw") == "true"
        found = [self.shown(post, raw=raw) for post in posts if post["topic_id"] == int(number)]
        return Reply({"post_stream": {"posts": found}, "id": int(number)})

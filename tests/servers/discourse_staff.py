"""What moderators do on the played forum: flags, the review queue, topics closed and deleted, members silenced."""

from __future__ import annotations

from typing import Any

from tests.servers.played import Call, Played, Reply

FLAGS = (3, 4, 7, 8)
"""Off-topic, inappropriate, something else (a word to the moderators), spam: post_action_types of site.json."""
SPAM = 8
_PENDING, _APPROVED, _REJECTED, _IGNORED = range(4)  # app/models/reviewable.rb, statuses
_PAGE = 10  # app/controllers/reviewables_controller.rb, PER_PAGE
_SHOWN = (
    "id", "type", "topic_id", "created_at", "version", "score", "created_by_id", "target_created_by_id", "post_id",
    "raw", "cooked", "payload", "target_url", "reply_to_post_number", "reviewable_score_ids",
)  # fmt: skip


class Staff(Played):
    """The part of a forum that only its staff sees. A comment names the file of the forum's source that says so."""

    staff, admin, solving = True, False, True

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[int, dict[str, Any]] = {}
        self.topics: dict[int, dict[str, Any]] = {}
        self.people = {"lemonade": 1}
        self.flags: dict[int, set[int]] = {}
        """Kinds of our own flags by post. They stay when the post is shown again: app/models/post.rb, unhide!."""
        self.handled: dict[int, set[int]] = {}
        self.flaggable_again = True
        """Whether a flag can still be taken back: the site setting post_undo_action_window_mins."""
        self.queued: dict[int, dict[str, Any]] = {}
        self.scores: dict[int, dict[str, Any]] = {}
        self.silenced: dict[int, str] = {}
        self.banned: dict[int, str] = {}

    @property
    def may_moderate(self) -> bool:
        return self.staff or self.admin

    def staff_routes(self) -> tuple[tuple[str, Any], ...]:
        return (
            (r"/review", self.review), (r"/review/(\d+)", self.reviewed),
            (r"/review/(\d+)/perform/(\w+)", self.perform),
            (r"/t/(\d+)/status", self.status), (r"/t/(\d+)/recover", self.recover_topic),
            (r"/solution/(accept|unaccept)", self.solve),
            (r"/admin/users/(\d+)/(silence|unsilence|suspend|unsuspend)", self.penalty),
        )  # fmt: skip

    @staticmethod
    def missing() -> Reply:
        said = "The requested URL or resource could not be found."
        return Reply({"errors": [said], "error_type": "not_found"}, 404)

    @staticmethod
    def forbidden(said: str = "You are not permitted to view the requested resource.") -> Reply:
        return Reply({"errors": [said], "error_type": "invalid_access"}, 403)

    # --- flags and likes

    def summary(self, post: dict[str, Any]) -> list[dict[str, Any]]:
        """A post's `actions_summary`, by app/serializers/post_serializer.rb and lib/guardian/post_guardian.rb."""
        liked, flags = post["id"] in self.likes, self.flags.get(post["id"], set())  # type: ignore[attr-defined]
        rows: list[dict[str, Any]] = [
            {"id": 2, "count": 1, "acted": True, "can_undo": self.undoable} if liked else {"id": 2, "can_act": True}  # type: ignore[attr-defined]
        ]
        reported = self.kinds_of(post["id"])
        for kind in FLAGS:
            row: dict[str, Any] = {"id": kind}
            if self.may_moderate and (kind in flags or kind in reported):
                row["count"] = 1
            if kind in flags:
                row |= {"acted": True, "can_undo": self.flaggable_again}
            elif not flags and not post["hidden"]:
                row["can_act"] = True
            rows.append(row)
        return rows

    def act(self, call: Call) -> Reply:
        """app/controllers/post_actions_controller.rb; lib/post_action_creator.rb: one flag of each member, of whatever
        kind, and none on what is hidden (post_guardian.rb, post_can_act?).
        """
        post, kind = self.posts[int(call.body["id"])], int(call.body["post_action_type_id"])
        if kind == 2:
            if post["id"] in self.likes or post["user_id"] == 1:  # type: ignore[attr-defined]
                return self.forbidden()
            self.likes.add(post["id"])  # type: ignore[attr-defined]
            return Reply(self.shown(post, raw=False))  # type: ignore[attr-defined]
        if self.flags.get(post["id"]):
            return self.forbidden("You can't perform that action more than once.")
        if post["hidden"] or post["deleted_at"]:
            return self.forbidden()
        if kind in self.handled.get(post["id"], ()):  # cannot_flag_again?
            return Reply({"errors": ["This post was already reviewed and can't be flagged again."]}, 422)
        self.flags.setdefault(post["id"], set()).add(kind)
        if self.may_moderate and call.body.get("take_action") == "true":
            post["hidden"] = True
            self.handled.setdefault(post["id"], set()).add(kind)
            for one in self.of_post(post["id"]):
                one["status"] = _APPROVED
        return Reply(self.shown(post, raw=False))  # type: ignore[attr-defined]

    def undo(self, call: Call, number: str) -> Reply:
        """Takes a like or a flag back, for `post_undo_action_window_mins` (10); a flag by which the staff took action
        shows the post again (lib/post_action_destroyer.rb).
        """
        assert call.method == "DELETE"
        post, kind = self.posts[int(number)], int(call.query["post_action_type_id"])
        mine: Any = self.likes if kind == 2 else self.flags.get(post["id"], set())  # type: ignore[attr-defined]
        given = post["id"] in mine if kind == 2 else kind in mine
        if not given:
            return self.missing()
        if not (self.undoable if kind == 2 else self.flaggable_again):  # type: ignore[attr-defined]
            return self.forbidden()
        mine.discard(post["id"] if kind == 2 else kind)
        if kind != 2:
            post["hidden"] = False
        return Reply(self.shown(post, raw=False))  # type: ignore[attr-defined]

    def put(self, call: Call, number: str, verb: str) -> Reply:
        assert call.method == "PUT"
        post = self.posts[int(number)]
        if not self.may_moderate:
            return self.forbidden()
        if verb == "recover":
            post["deleted_at"] = None
            return Reply(self.shown(post))  # type: ignore[attr-defined]
        post["hidden"] = False
        return Reply(b"")

    # --- topics and members

    def delete_topic(self, topic: dict[str, Any]) -> Reply:
        """app/controllers/topics_controller.rb, destroy: 422 for who may not; its other posts stay as they are."""
        opening = self.opening(topic["id"])  # type: ignore[attr-defined]
        alone = sum(post["topic_id"] == topic["id"] for post in self.posts.values()) == 1
        if not self.may_moderate and not (alone and opening["user_id"] == 1):
            said = "There was an error deleting that topic. Please contact the site administrator."
            return Reply({"errors": [said]}, 422)
        topic["deleted_at"] = opening["deleted_at"] = opening["created_at"]
        return Reply(b"")

    def recover_topic(self, call: Call, number: str) -> Reply:
        assert call.method == "PUT"
        if not self.may_moderate:
            return self.forbidden()
        self.topics[int(number)]["deleted_at"] = self.opening(int(number))["deleted_at"] = None  # type: ignore[attr-defined]
        return Reply({"success": "OK"})

    def status(self, call: Call, number: str) -> Reply:
        """app/controllers/topics_controller.rb, status."""
        assert call.method == "PUT"
        if not self.may_moderate:
            return self.forbidden()
        assert call.body["status"] in ("closed", "archived")
        self.topics[int(number)][call.body["status"]] = call.body["enabled"] == "true"
        return Reply({"success": "OK", "topic_status_update": None})

    def solve(self, call: Call, verb: str) -> Reply:
        """plugins/discourse-solved: no route without the plugin, never the question itself, one for each topic."""
        post = self.posts[int(call.body["id"])]
        if not self.solving:
            return self.missing()
        if not self.may_moderate or post["post_number"] == 1:
            return self.forbidden()
        self.topics[post["topic_id"]]["solved"] = post["id"] if verb == "accept" else None
        return Reply({})

    def penalty(self, call: Call, number: str, verb: str) -> Reply:
        """app/controllers/admin/users_controller.rb: 409 for what is so already, 400 without a reason or an end."""
        if not self.may_moderate:
            return self.missing()  # lib/staff_constraint.rb: the route is not there for others
        user, kept = int(number), self.silenced if verb.endswith("silence") else self.banned
        if verb.startswith("un"):
            kept.pop(user, None)
            return Reply({verb: {}})
        until = call.body.get("silenced_till" if verb == "silence" else "suspend_until")
        if not until or not call.body.get("reason"):
            return Reply({"failed": "FAILED", "errors": ["Reason can't be blank"]}, 400)
        if user in kept:
            return Reply({"failed": "FAILED", "message": f"User was already {verb}d."}, 409)
        kept[user] = until
        return Reply({verb: {}})

    # --- the review queue

    def reviewing(self, post: dict[str, Any]) -> dict[str, Any]:
        """What a post says to reviewers alone: app/serializers/post_serializer.rb, include_reviewable_id?."""
        if not self.may_moderate:
            return {}
        rows = self.of_post(post["id"])
        waits = sum(len(row["reviewable_score_ids"]) for row in rows if row["status"] == _PENDING)
        return {"reviewable_id": rows[0]["id"] if rows else None, "reviewable_score_pending_count": waits}

    def of_post(self, number: int) -> list[dict[str, Any]]:
        return [row for row in self.queued.values() if row["post_id"] == number]

    def kinds_of(self, number: int) -> set[int]:
        return {
            self.scores[one]["score_type_id"] for row in self.of_post(number) for one in row["reviewable_score_ids"]
        }

    def _queue(self, kind: str, by: str, about: str, **more: Any) -> dict[str, Any]:
        number = next(self._numbers)  # type: ignore[attr-defined]
        self.queued[number] = {
            "id": number, "type": kind, "status": _PENDING, "version": 0, "score": 5.0, "post_id": None,
            "created_by_id": self.people.setdefault(by, 100 + len(self.people)),
            "target_created_by_id": self.people.setdefault(about, 100 + len(self.people)),
            "created_at": self.stamp(), "reviewable_score_ids": [], **more,  # type: ignore[attr-defined]
        }  # fmt: skip
        return self.queued[number]

    def report(self, who: str, post: str, kind: int = 4, words: str = "") -> int:
        """A member flags a post, with words of their own for kind 7; the number in the queue."""
        about = self.posts[int(post)]
        rows = self.of_post(about["id"])
        row = rows[0] if rows else self._queue(
            "ReviewableFlaggedPost", who, about["username"], topic_id=about["topic_id"], post_id=about["id"],
            raw=about["raw"], cooked=about["cooked"],
            target_url=f"{self.url}/t/{about['topic_slug']}/{about['topic_id']}/{about['post_number']}",
        )  # fmt: skip
        row["status"] = _PENDING
        score = next(self._numbers)  # type: ignore[attr-defined]
        self.scores[score] = {
            "id": score, "score_type_id": kind, "status": 0, "words": words, "created_at": self.stamp(),  # type: ignore[attr-defined]
            "user_id": self.people.setdefault(who, 100 + len(self.people)),
        }  # fmt: skip
        row["reviewable_score_ids"].append(score)
        return int(row["id"])

    def hold(self, who: str, text: str, topic: int | None = None, title: str = "") -> int:
        """A member's post waits for approval, in a topic or as a new one; its number in the queue."""
        payload = {"raw": text, "title": title or None}
        row = self._queue("ReviewableQueuedPost", who, who, topic_id=topic, payload=payload)
        if topic is None:
            del row["topic_id"]
        return int(row["id"])

    def review(self, call: Call) -> Reply:
        """app/controllers/reviewables_controller.rb, index: ten a page. `additional_filters` is parsed as JSON, and
        its absence is an error of the server's in some versions.
        """
        if not self.may_moderate:
            return self.forbidden()
        if "additional_filters" not in call.query:
            return Reply({"errors": ["no implicit conversion of Hash into String"]}, 500)
        rows = [row for row in self.queued.values() if row["status"] == _PENDING]
        if call.query.get("sort_order") == "created_at":
            rows.sort(key=lambda row: -row["id"])
        start = int(call.query.get("offset", 0))
        return Reply({**self._side(rows[start : start + _PAGE], "reviewables"),
                      "meta": {"total_rows_reviewables": len(rows)}})  # fmt: skip

    def reviewed(self, _call: Call, number: str) -> Reply:
        row = self.queued.get(int(number))
        if row is None or not self.may_moderate:
            return self.missing()
        found = self._side([row], "reviewable")
        return Reply({**found, "reviewable": found["reviewable"][0]})

    def _side(self, rows: list[dict[str, Any]], root: str) -> dict[str, Any]:
        """The rows and what they refer to, side by side: reviewable_serializer.rb, reviewable_score_serializer.rb."""
        scores = [self.scores[one] for row in rows for one in row["reviewable_score_ids"]]
        names = {number: who for who, number in self.people.items()}
        told = [one for one in scores if one["words"]]
        return {
            root: [{key: row[key] for key in (*_SHOWN, "status") if key in row} for row in rows],
            "users": [{"id": number, "username": who, "name": who.capitalize()} for number, who in names.items()],
            "topics": [{key: self.topics[row["topic_id"]][key] for key in ("id", "title", "slug")}
                       for row in rows if row.get("topic_id")],
            "reviewable_scores": [
                {**{key: one[key] for key in ("id", "score_type_id", "user_id", "created_at", "status")},
                 "reviewable_conversation_id": one["id"] if one["words"] else None} for one in scores
            ],
            "score_types": [{"id": kind, "title": title} for kind, title in (
                (3, "Off-Topic"), (4, "Inappropriate"), (7, "Something Else"), (8, "Spam"))],
            "reviewable_conversations": [
                {"id": one["id"], "permalink": "", "has_more": False, "conversation_post_ids": [one["id"]]}
                for one in told
            ],
            "conversation_posts": [
                {"id": one["id"], "user_id": one["user_id"], "excerpt": one["words"]} for one in told
            ],
        }  # fmt: skip

    def perform(self, call: Call, number: str, action: str) -> Reply:
        """app/controllers/reviewables_controller.rb, perform: 422 without a version, 409 for an old one, 403 for an
        action that is not offered (reviewable_flagged_post.rb, reviewable_queued_post.rb: build_actions).
        """
        row = self.queued.get(int(number))
        if row is None or not self.may_moderate:
            return self.missing()
        if "version" not in call.query:
            return Reply({"errors": ["You must specify a version."]}, 422)
        if int(call.query["version"]) != row["version"]:
            said = "Somebody else has already made changes to this item. Reload and try again."
            return Reply({"errors": [said]}, 409)
        if row["post_id"] is None or row["type"] == "ReviewableQueuedPost":
            done = self._decide_queued(row, action)
        else:
            done = self._decide_flagged(row, self.posts[row["post_id"]], action)
        if not done:
            return self.forbidden(f"Can't perform `{action}` on {row['type']}")
        row["version"] += 1
        return Reply({"reviewable_perform_result": {"success": True, "version": row["version"]}})

    def _decide_queued(self, row: dict[str, Any], action: str) -> bool:
        closed = row.get("topic_id") and self.topics[row["topic_id"]]["closed"]
        if action == ("approve_post_closed" if closed else "approve_post") and row["status"] != _APPROVED:
            who = next(name for name, one in self.people.items() if one == row["target_created_by_id"])
            if row.get("topic_id"):
                made = self.post(who, row["payload"]["raw"], row["topic_id"])  # type: ignore[attr-defined]
            else:
                topic = self.begin(row["payload"]["title"], who, row["payload"]["raw"])  # type: ignore[attr-defined]
                row["topic_id"], made = topic, self.opening(topic)  # type: ignore[attr-defined]
            row.update(status=_APPROVED, post_id=made["id"])
            return True
        if action == "reject_post" and row["status"] == _PENDING:
            row["status"] = _REJECTED
            return True
        return False

    def _decide_flagged(self, row: dict[str, Any], post: dict[str, Any], action: str) -> bool:
        if row["status"] != _PENDING:
            return False
        offered = {"delete_and_agree": _APPROVED, "delete_and_ignore": _IGNORED, "agree_and_keep": _APPROVED}
        if post["hidden"]:
            offered |= {"agree_and_keep_hidden": _APPROVED, "disagree_and_restore": _REJECTED, "disagree": _REJECTED}
        else:
            offered |= {"agree_and_hide": _APPROVED, "disagree": _REJECTED, "ignore": _IGNORED}
        if action not in offered:
            return False
        if action.startswith("delete"):
            post["deleted_at"] = post["created_at"]
            if post["post_number"] == 1:
                self.topics[post["topic_id"]]["deleted_at"] = post["created_at"]
        elif action == "agree_and_hide":
            post["hidden"] = True
        elif action.startswith("disagree"):
            post["hidden"] = False
        row["status"] = offered[action]
        return True

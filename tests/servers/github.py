"""GitHub's GraphQL interface, as far as discussions go."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from tests.servers.graphql import FailedError, Query, Run, WrongQueryError
from tests.servers.played import Call, Played, Reply

_PAGE = {"pageInfo": "PageInfo", "totalCount": ""}
_SAID = {"id": "", "body": "", "bodyText": "", "createdAt": "", "updatedAt": "", "url": "", "viewerDidAuthor": "",
         "author": "Actor", "lastEditedAt": "", "reactionGroups": "ReactionGroup", "viewerHasUpvoted": ""}  # fmt: skip
SCHEMA = {
    "Query": {"viewer": "User", "repository": "Repository", "node": "Node", "nodes": "Node", "rateLimit": "RateLimit"},
    "Mutation": {
        "addDiscussionComment": "AddDiscussionCommentPayload", "minimizeComment": "MinimizeCommentPayload",
        "unminimizeComment": "UnminimizeCommentPayload", "deleteDiscussion": "DeleteDiscussionPayload",
        "deleteDiscussionComment": "DeleteDiscussionCommentPayload", "addReaction": "AddReactionPayload",
        "removeReaction": "RemoveReactionPayload", "createDiscussion": "CreateDiscussionPayload",
        "updateDiscussion": "UpdateDiscussionPayload", "updateDiscussionComment": "UpdateDiscussionCommentPayload",
        "markDiscussionCommentAsAnswer": "MarkPayload", "unmarkDiscussionCommentAsAnswer": "MarkPayload",
        "lockLockable": "LockLockablePayload", "unlockLockable": "UnlockLockablePayload",
        "addUpvote": "UpvotePayload", "removeUpvote": "UpvotePayload",
    },
    "AddReactionPayload": {"reaction": "Reaction"},
    "RemoveReactionPayload": {"reaction": "Reaction"},
    "UpvotePayload": {"subject": "Votable"},
    "Votable": {"viewerHasUpvoted": ""},
    "Reaction": {"content": ""},
    "ReactionGroup": {"content": "", "viewerHasReacted": ""},
    "Reactable": {"reactionGroups": "ReactionGroup"},
    "AddDiscussionCommentPayload": {"comment": "DiscussionComment"},
    "UpdateDiscussionCommentPayload": {"comment": "DiscussionComment"},
    "CreateDiscussionPayload": {"discussion": "Discussion"},
    "UpdateDiscussionPayload": {"discussion": "Discussion"},
    "MarkPayload": {"discussion": "Discussion"},
    "LockLockablePayload": {"lockedRecord": "Lockable"},
    "UnlockLockablePayload": {"unlockedRecord": "Lockable"},
    "Lockable": {"locked": ""},
    "MinimizeCommentPayload": {"minimizedComment": "DiscussionComment"},
    "UnminimizeCommentPayload": {"unminimizedComment": "DiscussionComment"},
    "DeleteDiscussionPayload": {"discussion": "Discussion"},
    "DeleteDiscussionCommentPayload": {"comment": "DiscussionComment"},
    "Repository": {"id": "", "nameWithOwner": "", "hasDiscussionsEnabled": "", "isPrivate": "", "isArchived": "",
                   "viewerPermission": "", "discussions": "Discussions", "discussionCategories": "Categories"},
    "Categories": {**_PAGE, "nodes": "DiscussionCategory"},
    "DiscussionCategory": {"id": "", "name": "", "slug": "", "isAnswerable": "", "emoji": ""},
    "Discussions": {**_PAGE, "nodes": "Discussion"},
    "Discussion": {**_SAID, "title": "", "number": "", "locked": "", "closed": "", "stateReason": "",
                   "isAnswered": "", "answer": "DiscussionComment", "category": "DiscussionCategory",
                   "poll": "DiscussionPoll", "comments": "DiscussionComments"},
    "DiscussionPoll": {"question": "", "options": "PollOptions"},
    "PollOptions": {**_PAGE, "nodes": "PollOption"},
    "PollOption": {"option": ""},
    "DiscussionComments": {**_PAGE, "nodes": "DiscussionComment"},
    "DiscussionComment": {**_SAID, "isMinimized": "", "minimizedReason": "", "deletedAt": "", "isAnswer": "",
                          "replyTo": "DiscussionComment", "discussion": "Discussion", "replies": "DiscussionComments"},
    "PageInfo": {"hasNextPage": "", "endCursor": "", "hasPreviousPage": "", "startCursor": ""},
    "User": {"id": "", "login": "", "name": "", "url": ""},
}  # fmt: skip
"""Of https://docs.github.com/public/fpt/schema.docs.graphql, what is about discussions."""
KINDS = {"User": {"Actor", "Node"}, "Discussion": {"Node", "Comment", "Reactable", "Votable", "Lockable"},
         "DiscussionComment": {"Node", "Comment", "Reactable", "Votable", "Minimizable"}}  # fmt: skip
REACTIONS = ("THUMBS_UP", "THUMBS_DOWN", "LAUGH", "HOORAY", "CONFUSED", "HEART", "ROCKET", "EYES")


class BrokenOffError(Exception):
    """A query that took too long: the status of the answer."""


def fail(kind: str, said: str) -> NoReturn:
    """Answer with an error of that type."""
    raise FailedError(kind, said)


class GitHub(Played):
    """A repository with one discussion of ours.

    https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions: comments in order of time, answers
    one level deep. https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api: every
    connection needs `first` or `last` from 1 to 100; 5,000 points an hour, told in x-ratelimit-*; over them a 200 with
    an error, and x-ratelimit-remaining 0. That error is called RATE_LIMIT, whatever enums of the schema are called
    (yanyongyu/githubkit#272 has the body). Secondary limits are a 403, with Retry-After or without, or a 200 with an
    error; on mutations also an error that says "was submitted too quickly" (cli/cli#4801). An error beside data means
    that the rest was done: `beside`. Wrong tokens are a 401. What one may not see is NOT_FOUND. `minimizedReason` is
    told in small letters.

    A query that is too much for a discussion ends in one of the ways of `heavy`: a 502 after ten seconds, an error
    without a type, or RESOURCE_LIMITS_EXCEEDED beside a part of the data (the page on limits; on discussions
    renovatebot/renovate#39358). A null with an error of its own path stands for whatever one may not see: single
    sign-on tells so by `extensions` (jasperapp/jasper#187). `updatedAt` moves with a comment, and is nowhere said to
    move with a reply. Renamed repositories are found by their old names (`followRenames` of the schema).
    """

    token = "github_pat_lemon"
    private = enabled = silent = False

    def __init__(self) -> None:
        super().__init__()
        self.enabled = True
        self._numbers = itertools.count(1)
        self.points, self.secondary, self.may_moderate = 5_000, False, True
        self.discussions: dict[str, dict[str, Any]] = {}
        self.comments: dict[str, dict[str, Any]] = {}
        self.reactions: dict[str, list[str]] = {}
        self.refused: tuple[str, str] | None = None
        self.beside: tuple[str, str] | None = None
        self.called, self.number_of_it, self.archived, self.permission = "lemonade/club", "R_kgDOlemon", False, "WRITE"
        self.token_ends = ""
        self.heavy: dict[str, tuple[str, int]] = {}
        """Discussion -> how it breaks off, and how many comments at once it does not break off with."""
        self.forbidden: dict[str, dict[str, Any]] = {}
        """Discussion -> the error that stands in its place."""
        self.unlisted: set[str] = set()
        """Comments that are there, but in no list."""
        self.categories = {
            name: {"id": f"DIC_{name}", "name": name.capitalize(), "slug": name, "isAnswerable": name == "q-a"}
            for name in ("general", "q-a", "polls")
        }
        self.topic = self.begin("lemonade", "Lemonade that fizzes", "Tell us how you like it!")

    # --- members

    def now(self) -> str:
        return (datetime.now(UTC) + timedelta(seconds=self.skew)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def begin(self, who: str, title: str, text: str) -> str:
        number = next(self._numbers)
        made = f"D_kwDOlemon{number:04d}"
        self.discussions[made] = {**self._said(who, text), "__typename": "Discussion", "id": made, "title": title,
                                  "url": f"https://github.com/lemonade/club/discussions/{number}",
                                  "number": number, "locked": False, "closed": False, "stateReason": None,
                                  "poll": None, "category": self.categories["q-a"], "answer": None}  # fmt: skip
        return made

    def _said(self, who: str, text: str) -> dict[str, Any]:
        author = {"__typename": "User", "id": f"U_kg{who}", "login": who, "name": who.capitalize(),
                  "url": f"https://github.com/{who}"}  # fmt: skip
        return {"body": text, "author": author, "viewerDidAuthor": who == "lemonade",
                "createdAt": self.now(), "updatedAt": self.now()}  # fmt: skip

    def put(self, who: str, text: str, discussion: str, to: str | None = None) -> dict[str, Any]:
        number = next(self._numbers)
        made = f"DC_kwDOlemon{number:04d}"
        self.comments[made] = {
            **self._said(who, text), "__typename": "DiscussionComment", "id": made, "of": discussion, "to": to,
            "isMinimized": False, "minimizedReason": None, "deletedAt": None,
            "url": f"{self.discussions[discussion]['url']}#discussioncomment-{number}",
        }  # fmt: skip
        if to is None:
            self.discussions[discussion]["updatedAt"] = self.now()
        return self.comments[made]

    def say(self, who: str, text: str, answering: str = "") -> str:
        top = self.comments[answering]["to"] or answering if answering in self.comments else None
        of = self.comments[answering]["of"] if top else answering if answering in self.discussions else self.topic
        return str(self.put(who, text, of, top)["id"])

    def remove(self, number: str) -> None:
        """A comment that has answers stays as an empty place; another is no more."""
        if any(one["to"] == number for one in self.comments.values()):
            self.comments[number].update(deletedAt=self.now(), body="", author=None)
        else:
            self.comments.pop(number, None)

    # --- the interface

    def writes(self, call: Call) -> bool:
        asked = str((call.body or {}).get("query"))
        names = (
            "addDiscussionComment", "addReaction", "removeReaction", "createDiscussion", "updateDiscussion",
            "deleteDiscussion", "addUpvote", "removeUpvote",
        )  # fmt: skip
        return any(name in asked for name in names)

    def serve(self, call: Call) -> Reply:
        assert (call.method, call.path) == ("POST", "/graphql")
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"message": "Bad credentials", "documentation_url": "https://docs.github.com/graphql"}, 401)
        if self.secondary:
            said = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
            return Reply({"message": said}, 403, {"Retry-After": "60"})
        self.points -= 1
        reset = str(int(datetime.now(UTC).timestamp() + self.skew) + 1800)
        limits = {"x-ratelimit-limit": "5000", "x-ratelimit-remaining": str(max(0, self.points)),
                  "x-ratelimit-reset": reset, "x-ratelimit-resource": "graphql"}  # fmt: skip
        if self.points < 0:
            said = "API rate limit already exceeded for user ID 4711."
            return Reply(
                {"errors": [{"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": said}]}, 200, limits
            )
        if self.token_ends:
            limits["github-authentication-token-expiration"] = self.token_ends
        try:
            run = Run(Query(call.body["query"]), SCHEMA, KINDS, call.body.get("variables") or {})
            found = run.answer(self.resolve)
        except WrongQueryError as why:
            raise AssertionError(str(why)) from why
        except BrokenOffError as why:
            if why.args[0] == 200:
                said = "Something went wrong while executing your query. This may be the result of a timeout."
                return Reply({"data": None, "errors": [{"message": said}]}, 200, limits)
            return Reply(b"<html><head><title>502 Bad Gateway</title></head>", 502, {"Content-Type": "text/html"})
        errors = [{"type": kind, "path": path, "message": said} for path, kind, said in run.failures]
        told = {str(more["message"]): more for more in self.forbidden.values()}
        errors = [{**wrong, **told.get(str(wrong["message"]), {})} for wrong in errors]
        if self.beside is not None and self.writes(call):
            kind, said = self.beside
            errors.append({"type": kind, "path": ["addDiscussionComment", "comment", "author"], "message": said})
        return Reply({"data": found, **({"errors": errors} if errors else {})}, 200, limits)

    def resolve(self, kind: str, thing: Any, name: str, arguments: dict[str, Any]) -> Any:
        if kind in ("Query", "Mutation"):
            return getattr(self, f"_{name}")(arguments)
        comments = self.comments.values()
        special: dict[tuple[str, str], Callable[[], Any]] = {
            ("Repository", "discussions"): lambda: self._discussions(arguments),
            ("Repository", "discussionCategories"): lambda: self._page([*self.categories.values()], arguments),
            ("DiscussionPoll", "options"): lambda: self._page(thing["options"], arguments),
            ("Discussion", "comments"): lambda: self._under(thing, arguments),
            ("DiscussionComment", "replies"): lambda: self._page(
                [one for one in comments if one["to"] == thing["id"] and one["id"] not in self.unlisted], arguments
            ),
            ("Discussion", "answer"): lambda: self.comments.get(thing["answer"]),
            ("DiscussionComment", "isAnswer"): lambda: self.discussions[thing["of"]]["answer"] == thing["id"],
            ("Discussion", "viewerHasUpvoted"): lambda: "upvote" in self.reactions.get(thing["id"], ()),
            ("DiscussionComment", "viewerHasUpvoted"): lambda: "upvote" in self.reactions.get(thing["id"], ()),
            ("Votable", "viewerHasUpvoted"): lambda: "upvote" in self.reactions.get(thing["id"], ()),
            ("Discussion", "reactionGroups"): lambda: self._groups(thing["id"]),
            ("DiscussionComment", "reactionGroups"): lambda: self._groups(thing["id"]),
            ("DiscussionComment", "replyTo"): lambda: self.comments.get(thing["to"]),
            ("DiscussionComment", "discussion"): lambda: self.discussions[thing["of"]],
        }
        if (kind, name) in special:
            return special[kind, name]()
        return thing[name]

    def _under(self, thing: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
        """A page of a discussion's comments, or how it breaks off."""
        how, most = self.heavy.get(thing["id"], ("", 100))
        if arguments.get("first", 0) > most:
            if how == "cut":
                fail("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.")
            raise BrokenOffError(502 if how == "502" else 200)
        rows = [one for one in self.comments.values() if one["of"] == thing["id"] and not one["to"]]
        return self._page([one for one in rows if one["id"] not in self.unlisted], arguments)

    def _groups(self, number: str) -> list[dict[str, Any]]:
        ours = self.reactions.get(number, [])
        return [{"content": content, "viewerHasReacted": content in ours} for content in REACTIONS]

    def _addReaction(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        asked = arguments["input"]
        self._known(asked["subjectId"])
        assert asked["content"] in REACTIONS
        there = self.reactions.setdefault(asked["subjectId"], [])
        there += [] if asked["content"] in there else [asked["content"]]
        return {"reaction": {"content": asked["content"]}}

    def _removeReaction(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        asked = arguments["input"]
        self._known(asked["subjectId"])
        if asked["content"] not in self.reactions.get(asked["subjectId"], ()):
            fail("UNPROCESSABLE", "Could not find the reaction to delete.")
        self.reactions[asked["subjectId"]].remove(asked["content"])
        return {"reaction": {"content": asked["content"]}}

    def _viewer(self, _arguments: dict[str, Any]) -> dict[str, Any]:
        return {"login": "lemonade", "id": "U_kglemonade"}

    def _repository(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if f"{arguments['owner']}/{arguments['name']}" not in ("lemonade/club", self.called):
            said = f"Could not resolve to a Repository with the name '{arguments['owner']}/{arguments['name']}'."
            fail("NOT_FOUND", said)
        return {"nameWithOwner": self.called, "hasDiscussionsEnabled": self.enabled, "isPrivate": self.private,
                "id": self.number_of_it, "isArchived": self.archived, "viewerPermission": self.permission}  # fmt: skip

    def _discussions(self, arguments: dict[str, Any]) -> dict[str, Any]:
        assert arguments["orderBy"]["direction"] == "DESC"
        key = {"UPDATED_AT": "updatedAt", "CREATED_AT": "createdAt"}[arguments["orderBy"]["field"]]
        of = arguments.get("categoryId")
        rows = [one for one in self.discussions.values() if of in (None, one["category"]["id"])]
        return self._page(sorted(rows, key=lambda one: str(one[key]), reverse=True), arguments)

    def _node(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._known(arguments["id"])

    def _nodes(self, arguments: dict[str, Any]) -> list[Any]:
        found: list[Any] = []
        assert len(arguments["ids"]) <= 100
        for number in arguments["ids"]:
            try:
                found.append(self._known(number))
            except FailedError as why:
                found.append(why)
        return found

    def _known(self, number: str) -> dict[str, Any]:
        if number in self.forbidden:
            fail("FORBIDDEN", str(self.forbidden[number]["message"]))
        found = self.discussions.get(number) or self.comments.get(number)
        if found is None:
            fail("NOT_FOUND", f"Could not resolve to a node with the global id of '{number}'")
        return found

    @staticmethod
    def _page(rows: list[dict[str, Any]], arguments: dict[str, Any]) -> dict[str, Any]:
        most = arguments.get("first") or arguments.get("last")
        if most is None:  # allowed for the count alone
            return {"totalCount": len(rows)}
        assert 1 <= most <= 100
        places = [one["id"] for one in rows]
        for told in filter(None, (arguments.get("after"), arguments.get("before"))):
            if str(told).removeprefix("Y3") not in places:
                fail("INVALID_CURSOR_ARGUMENTS", f"`{told}` does not appear to be a valid cursor.")
        low = places.index(arguments["after"].removeprefix("Y3")) + 1 if arguments.get("after") else 0
        high = places.index(arguments["before"].removeprefix("Y3")) if arguments.get("before") else len(rows)
        low, high = (low, min(high, low + most)) if arguments.get("first") else (max(low, high - most), high)
        shown = rows[low:high]
        turned = {"hasNextPage": high < len(rows), "hasPreviousPage": low > 0,
                  "endCursor": f"Y3{shown[-1]['id']}" if shown else None,
                  "startCursor": f"Y3{shown[0]['id']}" if shown else None}  # fmt: skip
        return {"nodes": shown, "pageInfo": turned, "totalCount": len(rows)}

    def _addDiscussionComment(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        asked = arguments["input"]
        if self.refused is not None:
            fail(*self.refused)
        self._known(asked["discussionId"])
        if len(asked["body"]) > 65_536:
            fail("UNPROCESSABLE", "Body is too long (maximum is 65536 characters)")
        if not asked["body"].strip():
            fail("UNPROCESSABLE", "Body cannot be blank")
        to = asked.get("replyToId")
        if to is not None and self._known(to)["to"]:
            fail("UNPROCESSABLE", "Parent comment is already in a thread, cannot reply to it")
        return {"comment": self.put("lemonade", asked["body"], asked["discussionId"], to)}

    def _moderating(self, number: str) -> dict[str, Any]:
        if not self.may_moderate:
            fail("FORBIDDEN", "Resource not accessible by personal access token")
        return self._known(number)

    def _ours_or_moderating(self, number: str) -> dict[str, Any]:
        found = self._known(number)
        return found if found["viewerDidAuthor"] else self._moderating(number)

    def _minimizeComment(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        why = arguments["input"]["classifier"]
        assert why in ("ABUSE", "DUPLICATE", "OFF_TOPIC", "OUTDATED", "RESOLVED", "SPAM")
        comment = self._moderating(arguments["input"]["subjectId"])
        comment.update(isMinimized=True, minimizedReason=why.lower().replace("_", "-"))
        return {"minimizedComment": comment}

    def _unminimizeComment(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        comment = self._moderating(arguments["input"]["subjectId"])
        comment.update(isMinimized=False, minimizedReason=None)
        return {"unminimizedComment": comment}

    def _createDiscussion(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        asked = arguments["input"]
        category = next((one for one in self.categories.values() if one["id"] == asked["categoryId"]), None)
        if asked["repositoryId"] != self.number_of_it or category is None:
            fail("NOT_FOUND", f"Could not resolve to a node with the global id of '{asked['categoryId']}'")
        if not asked["title"].strip():
            fail("UNPROCESSABLE", "Title can't be blank")
        made = self.begin("lemonade", asked["title"], asked["body"])
        self.discussions[made]["category"] = category
        return {"discussion": self.discussions[made]}

    def _update(self, number: str, body: str) -> dict[str, Any]:
        found = self._known(number)
        if not found["viewerDidAuthor"] and not self.may_moderate:
            fail("FORBIDDEN", "Resource not accessible by personal access token")
        found.update(body=body, updatedAt=self.now(), lastEditedAt=self.now())
        return found

    def _updateDiscussion(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"discussion": self._update(arguments["input"]["discussionId"], arguments["input"]["body"])}

    def _updateDiscussionComment(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"comment": self._update(arguments["input"]["commentId"], arguments["input"]["body"])}

    def _markDiscussionCommentAsAnswer(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        comment = self._moderating(arguments["input"]["id"])
        about = self.discussions[comment["of"]]
        if not about["category"]["isAnswerable"] or about["answer"]:
            fail("UNPROCESSABLE", "This comment cannot be marked as the answer")
        about["answer"] = comment["id"]
        return {"discussion": about}

    def _unmarkDiscussionCommentAsAnswer(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        about = self.discussions[self._moderating(arguments["input"]["id"])["of"]]
        about["answer"] = None
        return {"discussion": about}

    def _lockLockable(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        found = self._moderating(arguments["input"]["lockableId"])
        found["locked"] = True
        return {"lockedRecord": found}

    def _unlockLockable(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        found = self._moderating(arguments["input"]["lockableId"])
        found["locked"] = False
        return {"unlockedRecord": found}

    def _addUpvote(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        found = self._known(arguments["input"]["subjectId"])
        there = self.reactions.setdefault(found["id"], [])
        there += [] if "upvote" in there else ["upvote"]
        return {"subject": found}

    def _removeUpvote(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        found = self._known(arguments["input"]["subjectId"])
        self.reactions.get(found["id"], []).remove("upvote")
        return {"subject": found}

    def _deleteDiscussionComment(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        comment = self._ours_or_moderating(arguments["input"]["id"])
        self.remove(comment["id"])
        return {"comment": comment}

    def _deleteDiscussion(self, arguments: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        discussion = self._moderating(arguments["input"]["id"])
        del self.discussions[discussion["id"]]
        self.comments = {number: one for number, one in self.comments.items() if one["of"] != discussion["id"]}
        return {"discussion": discussion}

"""A site that plays Ghost's Admin API, as far as comments go."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
import time
from datetime import UTC, datetime
from typing import Any

from tests.servers.played import Call, Played, Reply

_TAGS = re.compile(r"</?(?:p|br|a|blockquote)(?: [^>]*)?/?>")
_NAMED = {"hidden", "published", "deleted"}


class Blog(Played):
    """A site as https://docs.ghost.org/admin-api describes it, and as Ghost 6.65 was seen to answer.

    Tokens are JWTs of five minutes, by the site's clock. Lists come in pages of 100 at most, with `meta.pagination`.
    Times in a filter count as `YYYY-MM-DD HH:MM:SS` alone. Errors are `{"errors": [{"message", "context", "type",
    "code"}]}`. A reply to a reply is a 400; what was deleted is not listed, and has no words where it is asked for.
    """

    key = "6b02ae8ee08a956c32ed3faf:400cbf10ec7c7e4c79e33d1e0a8d6677ba4b8b306b55e83bb61a42f6efd2ffac"
    enabled, title = "all", "Límonaðibloggið"

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(0xE08A956C32ED3FAF)
        self.comments: dict[str, dict[str, Any]] = {}
        self.members: dict[str, dict[str, Any]] = {}
        self.staff = ["jana@lemonade.test"]
        self.post = {
            "id": self._id(), "title": "Ný límonaði", "url": f"{self.url}/ny-limonadi/", "excerpt": "Segið hvað!",
        }  # fmt: skip

    def now(self) -> int:
        return int(time.time() + self.skew)

    def _id(self, at: int | None = None) -> str:
        return f"{self.now() if at is None else at:08x}{next(self._numbers):016x}"

    # --- people

    def member(self, email: str, name: str) -> str:
        for member in self.members.values():
            if member["email"] == email:
                return str(member["id"])
        number = self._id()
        self.members[number] = {"id": number, "email": email, "name": name}
        return number

    def comment(self, member: str, html: str, parent: str | None = None, to: str | None = None, **more: Any) -> str:
        at = more.pop("at", self.now())
        number = self._id(at)
        self.comments[number] = {
            "id": number, "parent_id": parent, "in_reply_to_id": to, "status": "published", "html": html,
            "created_at": at, "updated_at": at, "edited_at": None, "member_id": member, **more,
        }  # fmt: skip
        return number

    def edit(self, number: str, **more: Any) -> None:
        self.comments[number] |= {"updated_at": self.now(), **more}

    # --- the API

    def serve(self, call: Call) -> Reply:
        path = call.path.removeprefix("/ghost/api/admin/")
        if path == call.path:
            return Reply(b"<!DOCTYPE html><title>404</title>", 404, {"Content-Type": "text/html"})
        if path == "site/":
            return Reply({"site": {"title": self.title, "url": f"{self.url}/", "version": "6.65"}})
        refused = self._authorized(call.headers.get("authorization", ""))
        if refused is not None:
            return refused
        for pattern, answer in (
            (r"GET users/", lambda _call: Reply({"users": [{"email": email} for email in self.staff]})),
            (r"GET settings/", lambda _call: Reply({"settings": [{"key": "comments_enabled", "value": self.enabled}]})),
            (r"GET members/", self._members),
            (r"GET comments/", self._listed),
            (r"POST comments/", self._add),
            (r"GET comments/(\w+)/replies/", self._replies),
            (r"GET comments/(\w+)/", self._one),
            (r"PUT comments/(\w+)/", self._moderate),
        ):
            found = re.fullmatch(pattern, f"{call.method} {path}")
            if found:
                reply: Reply = answer(call, *found.groups())
                return reply
        return _no(404, "Resource not found")

    def _authorized(self, header: str) -> Reply | None:
        try:
            head, body, mark = header.removeprefix("Ghost ").split(".")
            told, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
        except ValueError:
            return _no(400, "Invalid token", code="INVALID_JWT")
        number, _, secret = self.key.partition(":")
        if told["kid"] != number:
            return _no(401, "Unknown Admin API Key", code="UNKNOWN_ADMIN_API_KEY")
        meant = hmac.new(bytes.fromhex(secret), f"{head}.{body}".encode(), hashlib.sha256).digest()
        if told["alg"] != "HS256" or base64.urlsafe_b64decode(mark + "==") != meant:
            return _no(401, "Invalid token: invalid signature", code="INVALID_JWT")
        if claims["exp"] <= self.now() or claims["iat"] + 300 < self.now():
            return _no(401, "Invalid token: jwt expired", code="INVALID_JWT")
        return (
            None if claims["aud"] == "/admin/" else _no(401, "Invalid token: jwt audience invalid", code="INVALID_JWT")
        )

    def _members(self, call: Call) -> Reply:
        rows = [{**member, "email": member["email"]} for member in self.members.values()]
        return Reply({"members": [row for row in rows if _passes(row, call.query.get("filter", ""))]})

    def _seen(self, comment: dict[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in comment.items() if key not in ("member_id", "updated_at")}
        made = datetime.fromtimestamp(comment["created_at"], UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        html = None if comment["status"] == "deleted" else comment["html"]
        return {
            **shown,
            "created_at": made,
            "html": html,
            "post": self.post,
            "member": self.members.get(comment["member_id"]),
        }

    def _page(self, rows: list[dict[str, Any]], query: dict[str, str]) -> Reply:
        assert query.get("order", "id asc") == "id asc"
        found = sorted((row for row in rows if _passes(row, query.get("filter", ""))), key=lambda row: row["id"])
        limit = min(int(query.get("limit", 15)), 100)
        meta = {"pagination": {"page": 1, "limit": limit, "pages": -(-len(found) // limit) or 1, "total": len(found)}}
        return Reply({"comments": [self._seen(row) for row in found[:limit]], "meta": meta})

    def _listed(self, call: Call) -> Reply:
        return self._page([row for row in self.comments.values() if row["status"] != "deleted"], call.query)

    def _replies(self, call: Call, number: str) -> Reply:
        return self._page([row for row in self.comments.values() if row["parent_id"] == number], call.query)

    def _one(self, _call: Call, number: str) -> Reply:
        row = self.comments.get(number)
        return (
            Reply({"comments": [self._seen(row)]})
            if row
            else _no(404, "Resource not found", "Comment could not be found")
        )

    def _add(self, call: Call) -> Reply:
        asked = call.body["comments"][0]
        parent = self.comments.get(asked.get("parent_id", ""))
        to = self.comments.get(asked.get("in_reply_to_id", ""), {"status": "deleted"})
        if self.enabled == "off":
            return _no(405, "Method not allowed, cannot save comment.", "Comments are not enabled for this site.")
        if parent is None or asked["member_id"] not in self.members:
            return _no(404, "Resource not found error, cannot save comment.", "Comment could not be found")
        if parent["parent_id"]:
            return _no(400, "Request not understood error, cannot save comment.", "Can not reply to a reply")
        if not re.sub(r"<[^>]*>|\s", "", asked["html"]):
            return _no(422, "Validation error, cannot save comment.", "The body of a comment cannot be empty")
        assert not re.search(r"<", _TAGS.sub("", asked["html"])), "it would be taken out"
        answered = to["id"] if to["status"] != "deleted" else None
        number = self.comment(asked["member_id"], asked["html"].replace("<br>", "<br />"), parent["id"], answered)
        return Reply({"comments": [self._seen(self.comments[number])]}, 201)

    def _moderate(self, call: Call, number: str) -> Reply:
        status = call.body["comments"][0]["status"]
        if number not in self.comments or status not in _NAMED:
            return _no(404, "Resource not found error, cannot edit comment.", "Comment not found.")
        self.edit(number, status=status)
        return Reply({"comments": [self._seen(self.comments[number])]})


def _passes(row: dict[str, Any], filtered: str) -> bool:
    """As NQL understands the few filters that there are here."""
    for part in filter(None, re.split(r"\+(?=\w+:)", filtered)):
        name, _, value = part.partition(":")
        how, meant = re.fullmatch(r"(>=|<=|>|<|)(.*)", value, re.DOTALL).groups()  # type: ignore[union-attr]
        there = row[name]
        if meant.startswith("["):
            if there not in [one.replace("\\'", "'") for one in re.findall(r"'((?:[^'\\]|\\.)*)'", meant)]:
                return False
            continue
        meant = meant.strip("'")
        if name.endswith("_at"):
            there = datetime.fromtimestamp(there, UTC).strftime("%Y-%m-%d %H:%M:%S")
            if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", meant):
                return False
        if not {">=": there >= meant, "<=": there <= meant, ">": there > meant, "<": there < meant, "": there == meant}[
            how
        ]:
            return False
    return True


def _no(status: int, words: str, context: str | None = None, code: str | None = None) -> Reply:
    return Reply({"errors": [{"message": words, "context": context, "type": "Error", "code": code}]}, status)

"""A server that plays Mastodon's documented client API."""

from __future__ import annotations

import html
import itertools
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from app.base import clock
from tests.servers.played import Call, Played, Reply

DOMAIN = "lemonade.example"


_NAMES = re.compile(r"@([\w.]+(?:@[\w.]*\w)?)")


class ClientApi(Played):
    """A server of Mastodon 4.3 as https://docs.joinmastodon.org/methods/ describes it, with Jana's account on it.

    /methods/notifications, /methods/statuses (with #edit, #source, #delete), /methods/accounts#statuses,
    /methods/instance#v2, /methods/oauth, /methods/apps; pages by
    https://docs.joinmastodon.org/api/guidelines/#pagination, limits by /api/rate-limits.
    """

    token = "tok-jana"

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(110_000_000_000_000_000, 65_536)
        self.statuses: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, str] = {}
        self.notifications: list[dict[str, Any]] = []
        self.posted: dict[str, dict[str, Any]] = {}
        self.apps: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh = ""
        self.version: dict[str, int] = {"mastodon": 2}
        self.most = 500
        self.scopes = "read:accounts read:notifications read:statuses write:statuses write:favourites"
        self.only: Reply | None = None
        self.jana = self.account("jana", "1")
        self.post = self.publish(self.jana, "Ný bók! Új könyv! #books", None)

    def account(self, acct: str, number: str = "") -> dict[str, Any]:
        name, url = acct.partition("@")[0], f"https://{acct.partition('@')[2] or DOMAIN}/@{acct.partition('@')[0]}"
        return {
            "id": number or str(sum(acct.encode()) * 7919), "username": name, "acct": acct,
            "display_name": name.capitalize(), "url": url,
        }  # fmt: skip

    def publish(
        self, who: dict[str, Any], text: str, above: str | None, visibility: str = "public", spoiler: str = ""
    ) -> dict[str, Any]:
        number = str(next(self._numbers))
        parent = self.statuses.get(above or "")
        status: dict[str, Any] = {
            "id": number, "created_at": clock.iso(clock.now()), "in_reply_to_id": above if parent else None,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None, "visibility": visibility,
            "spoiler_text": spoiler, "content": _html(text), "account": who, "edited_at": None, "reblog": None,
            "favourited": False,
            "url": f"{who['url']}/{number}", "uri": f"{who['url']}/{number}", "media_attachments": [],
            "mentions": [self.account(name, "1" if name == "jana" else "") for name in _NAMES.findall(text)],
        }  # fmt: skip
        self.statuses[number], self.sources[number] = status, text
        return status

    def say(self, who: str, text: str, answering: str = "", visibility: str = "public") -> str:
        """A member from elsewhere answers our post, or that status; Mastodon's clients put the names in front."""
        above = answering or self.post["id"]
        names = {"jana": None, self.statuses[above]["account"]["acct"]: None}
        status = self.publish(
            self.account(f"{who}@citrus.example"), f"{' '.join(f'@{one}' for one in names)} {text}", above, visibility
        )
        self.notify(status)
        return str(status["id"])

    def notify(self, status: dict[str, Any], kind: str = "mention") -> None:
        number = str(next(self._numbers))
        self.notifications.append({"id": number, "type": kind, "account": status["account"], "status": status})

    def writes(self, call: Call) -> bool:
        return call.method in ("POST", "PUT", "DELETE") and call.path.startswith("/api/v1/statuses")

    def serve(self, call: Call) -> Reply:
        return self.only or self.route(call)

    def route(self, call: Call) -> Reply:
        if call.path == "/api/v1/apps":
            self.apps["id-1"] = call.body
            return Reply({"client_id": "id-1", "client_secret": "secret-1", **call.body})
        if call.path == "/oauth/token":
            return self.exchange(call.body)
        if call.path == "/api/v2/instance":
            statuses = {"max_characters": self.most, "characters_reserved_per_url": 23}
            return Reply({"domain": DOMAIN, "api_versions": self.version, "configuration": {"statuses": statuses}})
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"error": "The access token is invalid"}, 401)
        return self.let_in(call)

    def let_in(self, call: Call) -> Reply:
        if call.path == "/api/v1/notifications":
            wanted = call.every.get("types[]") or ["mention", "favourite"]
            return self.page(call, [one for one in self.notifications if one["type"] in wanted], 80)
        if call.path == "/api/v1/accounts/1/statuses":
            return self.page(call, [one for one in self.statuses.values() if one["account"] is self.jana], 40)
        if call.path == "/api/v1/statuses":
            return self.take(call) if call.method == "POST" else self.several(call.every["id[]"])
        return Reply(self.jana) if call.path.endswith("verify_credentials") else self.one(call)

    def several(self, numbers: list[str]) -> Reply:
        assert len(numbers) <= 20
        return Reply([self.statuses[one] for one in numbers if one in self.statuses])

    def one(self, call: Call) -> Reply:
        _, _, _, _, number, *more = call.path.split("/")
        if number not in self.statuses:
            return Reply({"error": "Record not found"}, 404)
        if more in (["favourite"], ["unfavourite"]):
            return self.favour(number, on=more == ["favourite"])
        if call.method == "DELETE":
            return Reply({**self.statuses.pop(number), "text": self.sources.get(number, "")})
        if call.method == "PUT":
            return self.edit(number, call.body)
        if more == ["source"]:
            warning = self.statuses[number]["spoiler_text"]
            return Reply({"id": number, "text": self.sources[number], "spoiler_text": warning})
        return Reply({"ancestors": self.above(number), "descendants": []} if more else self.statuses[number])

    def edit(self, number: str, said: dict[str, Any]) -> Reply:
        """What is not named goes: the pictures, the poll and the warning."""
        if len(said["status"]) > self.most:
            return Reply({"error": f"Validation failed: Text character limit of {self.most} exceeded"}, 422)
        status = self.statuses[number]
        kept = [one for one in status["media_attachments"] if one["id"] in said.get("media_ids", [])]
        self.sources[number] = said["status"]
        status |= {
            "content": _html(said["status"]), "edited_at": clock.iso(clock.now() + 1), "media_attachments": kept,
            "spoiler_text": said.get("spoiler_text", ""), "sensitive": said.get("sensitive", False), "poll": None,
        }  # fmt: skip
        return Reply(status)

    def favour(self, number: str, *, on: bool) -> Reply:
        """/methods/statuses#favourite and #unfavourite: the scope write:favourites, or 403; idempotent."""
        if "write:favourites" not in self.scopes:
            return Reply({"error": "This action is outside the authorized scopes"}, 403)
        self.statuses[number]["favourited"] = on
        return Reply(self.statuses[number])

    def above(self, number: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        above = self.statuses[number]["in_reply_to_id"]
        while above in self.statuses:
            found.insert(0, self.statuses[above])
            above = self.statuses[above]["in_reply_to_id"]
        return found

    def page(self, call: Call, rows: list[dict[str, Any]], most: int) -> Reply:
        """min_id: the page right after it; max_id: the one right before; the newest first in either."""
        limit = min(int(call.query.get("limit", "40")), most)
        if "min_id" in call.query:
            rows = [one for one in rows if int(one["id"]) > int(call.query["min_id"])][:limit]
        else:
            rows = [one for one in rows if int(one["id"]) < int(call.query.get("max_id", 10**30))][-limit:]
        rows = rows[::-1]
        carried = [(name, one) for name, found in call.every.items() for one in found if not name.endswith("_id")]
        there = f"https://behind-a-proxy.example{call.path}?"
        links = [("next", "max_id", rows[-1]["id"]), ("prev", "min_id", rows[0]["id"])] if rows else []
        said = ", ".join(f'<{there}{urlencode([*carried, (name, at)])}>; rel="{rel}"' for rel, name, at in links)
        return Reply(rows, headers={"Link": said} if said else {})

    def take(self, call: Call) -> Reply:
        key = call.headers["idempotency-key"]
        if key in self.posted:
            return Reply(self.posted[key])
        said = call.body
        if len(said["status"]) > self.most:
            return Reply({"error": f"Validation failed: Text character limit of {self.most} exceeded"}, 422)
        if said.get("in_reply_to_id") and said["in_reply_to_id"] not in self.statuses:
            return Reply({"error": "The post you are trying to reply to does not appear to exist."}, 404)
        self.posted[key] = self.publish(
            self.jana, said["status"], said.get("in_reply_to_id"), said["visibility"], said.get("spoiler_text", "")
        )
        return Reply(self.posted[key])

    def authorize(self, url: str, *, yes: bool = True) -> dict[str, str]:
        """What the browser brings back when the person says yes or no on the server's page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["redirect_uri"] == self.apps[asked["client_id"]]["redirect_uris"]
        assert set(asked["scope"].split()) <= set(self.apps[asked["client_id"]]["scopes"].split())
        if not yes:
            return {"error": "access_denied", "state": asked["state"]}
        self.codes["code-1"] = asked
        return {"code": "code-1", "state": asked["state"]}

    def exchange(self, body: dict[str, str]) -> Reply:
        if body["grant_type"] == "refresh_token":
            assert body["refresh_token"] == self.refresh
            self.token, self.refresh = "tok-renewed", "refresh-2"
            return Reply({"access_token": self.token, "refresh_token": self.refresh})
        asked = self.codes.pop(body["code"], None)
        challenge = urlsafe_b64encode(sha256(body["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != body["redirect_uri"]:
            said = "The provided authorization grant is invalid, expired, revoked"
            return Reply({"error": "invalid_grant", "error_description": said}, 400)
        return Reply({"access_token": self.token, "token_type": "Bearer", "scope": asked["scope"]})


def _html(text: str) -> str:
    return f"<p>{' '.join(_marked(word) for word in html.escape(text, quote=False).split(' '))}</p>"


def _marked(word: str) -> str:
    """A mention and a link as Mastodon's HTML has them."""
    if word.startswith("@"):
        name = word[1:].partition("@")[0]
        link = f'<a href="https://{DOMAIN}/@{name}" class="u-url mention">@<span>{name}</span></a>'
        return f'<span class="h-card" translate="no">{link}</span>'
    if word.startswith("#"):
        return (
            f'<a href="https://{DOMAIN}/tags/{word[1:]}" class="mention hashtag" rel="tag">#<span>{word[1:]}</span></a>'
        )
    if word.startswith("https://"):
        shown = f'<span class="invisible">https://</span><span class="">{word[8:]}</span>'
        return f'<a href="{word}" target="_blank" rel="nofollow noopener">{shown}</a>'
    return word

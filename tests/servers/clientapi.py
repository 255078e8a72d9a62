"""A server that plays Mastodon's client API, after the source of Mastodon 4.5 and its documents, opened 2026-11-30."""

from __future__ import annotations

import html
import itertools
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from app.base import clock
from tests.servers.clientsocial import NOT_FOUND, OUTSIDE, People, covers
from tests.servers.played import Call, Played, Reply

DOMAIN = "lemonade.example"


_NAMES = re.compile(r"@([\w.]+(?:@[\w.]*\w)?)")


_ADDRESS = re.compile(r"https?://\S+")
_ELSEWHERE = re.compile(r"(@[\w.]+)@[\w.]*\w")
_SCOPES = (
    ("/api/v1/notifications", "read:notifications"), ("/api/v2/notifications/policy", "read:notifications"),
    ("/api/v1/accounts/verify_credentials", "read:accounts"), ("/api/v1/accounts/1/statuses", "read:statuses"),
    ("/api/v1/statuses", "read:statuses"),
)  # fmt: skip


class ClientApi(People, Played):
    """A server of Mastodon 4.5 as https://docs.joinmastodon.org/methods/ describes it, with Jana's account on it.

    /methods/notifications, /methods/statuses (with #edit, #source, #delete), /methods/accounts#statuses,
    /methods/instance#v2, /methods/oauth, /methods/apps; pages by
    https://docs.joinmastodon.org/api/guidelines/#pagination, limits by /api/rate-limits.
    """

    token = "tok-jana"

    def __init__(self) -> None:
        People.__init__(self)
        Played.__init__(self)
        self._numbers = itertools.count(110_000_000_000_000_000, 65_536)
        self.statuses: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, str] = {}
        self.notifications: list[dict[str, Any]] = []
        self.posted: dict[str, dict[str, Any]] = {}
        self.apps: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh = ""
        self.version: dict[str, int] = {"mastodon": 7}
        self.software = "4.5.2"
        self.keyed = True
        """Whether it heeds an Idempotency-Key; GoToSocial's and Pixelfed's API does not."""
        self.most = 500
        self.scopes = (
            "read:accounts read:notifications read:statuses read:follows write:statuses write:favourites"
            " write:media write:mutes write:blocks"
        )
        self.policy = {
            "for_not_following": "accept", "for_not_followers": "accept", "for_new_accounts": "accept",
            "for_private_mentions": "filter", "for_limited_accounts": "filter",
        }  # fmt: skip  # the defaults of notification_policy.rb
        self.follows: set[str] = set()
        self.allowed, self.asked = 300, 0
        """Requests of one account within five minutes (/api/rate-limits): a test is over before they are."""
        self.only: Reply | None = None
        self.jana = self.account("jana", "1")
        self.post = self.publish(self.jana, "Ný bók! Új könyv! #books", None)

    def account(self, acct: str, number: str = "") -> dict[str, Any]:
        name, url = acct.partition("@")[0], f"https://{acct.partition('@')[2] or DOMAIN}/@{acct.partition('@')[0]}"
        made = {
            "id": number or str(sum(acct.encode()) * 7919), "username": name, "acct": acct,
            "display_name": name.capitalize(), "url": url,
        }  # fmt: skip
        return self.accounts.setdefault(made["id"], made)

    def publish(
        self, who: dict[str, Any], text: str, above: str | None, visibility: str = "public", spoiler: str = ""
    ) -> dict[str, Any]:
        number = str(next(self._numbers))
        parent = self.statuses.get(above or "")
        status: dict[str, Any] = {
            "id": number, "created_at": clock.iso(clock.now()), "in_reply_to_id": above if parent else None,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None, "visibility": visibility,
            "spoiler_text": spoiler, "content": _html(text), "account": who, "edited_at": None, "reblog": None,
            "favourited": False, "poll": None, "quote": None, "language": None,
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
        """By notify_service.rb: what the policy filters is left out of the list, what it drops is never made."""
        way = self.policy["for_private_mentions"] if self._is_from_a_stranger(status) else "accept"
        if way == "drop":
            return
        told = {"id": str(next(self._numbers)), "type": kind, "account": status["account"], "status": status}
        self.notifications.append(told | {"filtered": True} if way == "filter" else told)

    def _is_from_a_stranger(self, status: dict[str, Any]) -> bool:
        """A private mention by somebody we do not follow, and no answer to a private one of ours."""
        above = self.statuses.get(str(status.get("in_reply_to_id") or ""), {})
        ours = above.get("visibility") == "direct" and above.get("account") is self.jana
        return status.get("visibility") == "direct" and not ours and status["account"]["acct"] not in self.follows

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
            told = {"domain": DOMAIN, "version": self.software, "configuration": {"statuses": statuses}}
            return Reply(told | ({"api_versions": self.version} if self.version else {}))
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"error": "The access token is invalid"}, 401)
        return self.refused(call) or self.people(call, self.scopes, self.page) or self.let_in(call)

    def refused(self, call: Call) -> Reply | None:
        """What is beyond the limit or the token's scopes (/api/rate-limits, /api/oauth-scopes)."""
        self.asked += 1
        if self.asked > self.allowed:
            until = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": clock.iso(clock.now() + 300)}
            return Reply({"error": "Too many requests"}, 429, until)
        wanted = next((scope for path, scope in _SCOPES if call.path.startswith(path)), "")
        return OUTSIDE if call.method == "GET" and wanted and not covers(self.scopes, wanted) else None

    def let_in(self, call: Call) -> Reply:
        told: dict[str, dict[str, Any]] = {"/api/v1/apps/verify_credentials": {"name": "Rapport"}}
        if self.version:  # since 4.3
            told["/api/v1/apps/verify_credentials"] |= {"scopes": self.scopes.split()}
            told["/api/v2/notifications/policy"] = self.policy
        if call.path in told:
            return Reply(told[call.path])
        if call.path == "/api/v1/notifications":
            wanted = call.every.get("types[]") or ["mention", "favourite"]
            shown = [
                one for one in self.notifications
                if one["type"] in wanted and (not one.get("filtered") or call.query.get("include_filtered") == "true")
            ]  # fmt: skip
            return self.page(call, shown, 80)
        if call.path == "/api/v1/accounts/1/statuses":
            return self.page(call, [one for one in self.statuses.values() if one["account"] is self.jana], 40)
        if call.path == "/api/v1/statuses":
            return self.take(call) if call.method == "POST" else self.several(call.every["id[]"])
        return Reply(self.jana) if call.path.endswith("verify_credentials") else self.one(call)

    def several(self, numbers: list[str]) -> Reply:
        """Without what the account has muted or blocked: permitted_statuses_from_ids, threading_concern.rb."""
        assert len(numbers) <= 20
        hidden = self.blocked | self.blocked_by | set(self.muted)
        found = (self.statuses[one] for one in numbers if one in self.statuses)
        return Reply([one for one in found if not _is_by(one, hidden)])

    def one(self, call: Call) -> Reply:
        _, _, _, _, number, *more = call.path.split("/")
        if number not in self.statuses or _is_by(self.statuses[number], self.blocked_by):  # status_policy.rb
            return NOT_FOUND
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
        if self.is_too_long(said):
            return Reply({"error": f"Validation failed: Text character limit of {self.most} exceeded"}, 422)
        status = self.statuses[number]
        kept = [one for one in status["media_attachments"] if one["id"] in said.get("media_ids", [])]
        self.sources[number] = said["status"]
        status |= {
            "content": _html(said["status"]), "edited_at": clock.iso(clock.now() + 1), "media_attachments": kept,
            "spoiler_text": said.get("spoiler_text", ""), "sensitive": said.get("sensitive", False), "poll": None,
        }  # fmt: skip
        return Reply(status)

    def is_too_long(self, said: dict[str, Any]) -> bool:
        """By status_length_validator.rb: the warning counts, an address is 23 characters, a mention its local part."""
        text = _ELSEWHERE.sub(r"\1", _ADDRESS.sub("x" * 23, said["status"]))
        return len(said.get("spoiler_text", "") + text) > self.most

    def favour(self, number: str, *, on: bool) -> Reply:
        """/methods/statuses#favourite and #unfavourite: the scope write:favourites, or 403; idempotent."""
        if not covers(self.scopes, "write:favourites"):
            return OUTSIDE
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
        key = call.headers["idempotency-key"] if self.keyed else str(next(self._numbers))
        if key in self.posted:
            return Reply(self.posted[key])
        said = call.body
        if not covers(self.scopes, "write:statuses"):
            return OUTSIDE
        if self.is_too_long(said):
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


def _is_by(status: dict[str, Any], numbers: set[str]) -> bool:
    return isinstance(status.get("account"), dict) and status["account"].get("id") in numbers


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

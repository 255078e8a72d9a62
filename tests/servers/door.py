"""A Mastodon server's door, played: an app is registered, authorised, and a code becomes a token (RFC 6749, 7636).

`browser` is what a person's browser would do with the address: it follows the redirects and brings the answer back.
"""

from __future__ import annotations

import threading
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from app.channels.http import pkce
from tests.servers.played import Call, Played, Reply

TOKEN = "t-0-ken-of-jana"


class Door(Played):
    """Says yes unless it `refuses`; with `token_works` off its tokens have ended."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses = False
        self.token_works = True
        self.codes: dict[str, str] = {}

    def serve(self, call: Call) -> Reply:
        """The five calls of a login."""
        routes = {
            "/api/v1/apps": self._registered, "/oauth/authorize": self._authorised, "/oauth/token": self._token,
            "/api/v2/instance": self._instance, "/api/v1/accounts/verify_credentials": self._account,
        }  # fmt: skip
        route = routes.get(call.path)
        return route(call) if route is not None else Reply([])

    def _registered(self, _call: Call) -> Reply:
        return Reply({"client_id": "app-1", "client_secret": "app-secret"})

    def _instance(self, _call: Call) -> Reply:
        domain = urlsplit(self.url).netloc
        return Reply({"domain": domain, "configuration": {"statuses": {"max_characters": 500}}})

    def _account(self, call: Call) -> Reply:
        if call.headers.get("authorization") != f"Bearer {TOKEN}" or not self.token_works:
            return Reply({"error": "The access token is invalid"}, 401)
        return Reply({"id": "7", "username": "jana", "acct": "jana"})

    def _authorised(self, call: Call) -> Reply:
        assert call.query["code_challenge_method"] == "S256"
        back = {"state": call.query["state"]}
        if self.refuses:
            back |= {"error": "access_denied"}
        else:
            self.codes["c0de"] = call.query["code_challenge"]
            back |= {"code": "c0de"}
        return Reply(b"", 302, {"Location": f"{call.query['redirect_uri']}?{urlencode(back)}"})

    def _token(self, call: Call) -> Reply:
        asked = call.body or {}
        if pkce.challenge(asked["code_verifier"]) != self.codes.get(asked["code"]):
            return Reply({"error": "invalid_grant"}, 400)
        return Reply({"access_token": TOKEN, "token_type": "Bearer", "scope": "read"})


class Browser:
    """Opens addresses on a thread of its own, as a browser does; `pages` are what it showed."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.pages: list[requests.Response] = []

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        threading.Thread(target=self._follow, args=(url,), daemon=True).start()
        return True

    def _follow(self, url: str) -> None:
        self.pages.append(requests.get(url, timeout=20))

    @property
    def state(self) -> str:
        """The state in the first address."""
        return parse_qs(urlsplit(self.opened[0]).query)["state"][0]

"""An identity provider, played: a sign-in page that says yes or no, codes, access and refresh tokens.

It answers under Google's and under Microsoft's paths, as both document them (RFC 6749, 7636, 7662).
"""

from __future__ import annotations

import itertools
import time
from urllib.parse import urlencode

from app.channels.http import pkce
from tests.servers.played import Call, Played, Reply

CLIENT, SECRET = "rapport-test-client", "desktop-secret"


class Identity(Played):
    """Whoever opens its page is `who` and allows everything, unless it `refuses` (the error that comes back)."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.begin()

    def begin(self) -> None:
        """As it is at first."""
        self.who, self.refuses, self.words = "jana@lemonade.test", "", ""
        self.forged: dict[str, str] = {}
        """What the redirect carries instead of the right words."""
        self.lasts: object = 3600
        self.rotates = False
        self.scope: str | None = None
        """The scopes that a token answer names; None: those that were asked for."""
        self.broken: Reply | None = None
        """What the token endpoint answers, whatever is asked."""
        self.codes: dict[str, dict[str, str]] = {}
        self.refreshing: dict[str, str] = {}
        self.tokens: dict[str, tuple[str, float]] = {}
        self.given = 0
        self.calls.clear()

    def serve(self, call: Call) -> Reply:
        """The page, the token endpoint, and what a mail server asks about a token."""
        routes = {
            "/o/oauth2/v2/auth": self._page, "/oauth2/v2.0/authorize": self._page,
            "/token": self._token, "/oauth2/v2.0/token": self._token, "/tokeninfo": self._about,
        }  # fmt: skip
        route = routes.get(call.path)
        return route(call) if route else Reply(b"<!DOCTYPE html><title>Not found</title>", 404)

    def _page(self, call: Call) -> Reply:
        assert call.query["code_challenge_method"] == "S256"
        assert call.query["response_type"] == "code"
        back = {"state": call.query["state"]}
        if self.refuses:
            back |= {"error": self.refuses, "error_description": self.words}
        else:
            code = f"c0de-{next(self._numbers)}"
            self.codes[code] = {**call.query, "who": self.who}
            back |= {"code": code}
        sent = {name: value for name, value in {**back, **self.forged}.items() if value}
        return Reply(b"", 302, {"Location": f"{call.query['redirect_uri']}/?{urlencode(sent)}".replace("//?", "/?")})

    def _token(self, call: Call) -> Reply:
        if self.broken is not None:
            return self.broken
        asked = call.body or {}
        if asked.get("client_id") != CLIENT:
            return Reply({"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401)
        if asked.get("grant_type") == "refresh_token":
            who = self.refreshing.get(asked.get("refresh_token", ""))
            if who is None:
                return Reply({"error": "invalid_grant", "error_description": "Token has been revoked."}, 400)
            return Reply(self._issue(who, asked.get("scope", ""), asked["refresh_token"]))
        begun = self.codes.pop(asked.get("code", ""), None)
        same = begun is not None and begun["redirect_uri"] == asked.get("redirect_uri")
        if not same or pkce.challenge(asked.get("code_verifier", "")) != (begun or {}).get("code_challenge"):
            return Reply({"error": "invalid_grant", "error_description": "Malformed auth code."}, 400)
        assert begun is not None
        return Reply(self._issue(begun["who"], begun["scope"], ""))

    def _issue(self, who: str, scope: str, refresh: str) -> dict[str, object]:
        self.given += 1
        token = f"access-{next(self._numbers)}"
        self.tokens[token] = (who, time.monotonic() + float(str(self.lasts)))
        answer: dict[str, object] = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
        granted = scope.replace(" offline_access", "") if self.scope is None else self.scope
        answer |= {"scope": granted} if granted else {}
        if not refresh or self.rotates:
            made = f"refresh-{next(self._numbers)}"
            self.refreshing[made] = who
            answer["refresh_token"] = made
        return answer

    def _about(self, call: Call) -> Reply:
        """What a mail server is told of a token: whose it is, as long as it lives."""
        who, until = self.tokens.get(call.query.get("access_token", ""), ("", 0.0))
        if not who or until < time.monotonic():
            return Reply({"error": "invalid_token"}, 401)
        return Reply({"email": who, "aud": CLIENT, "expires_in": int(until - time.monotonic())})

    def withdraw(self) -> None:
        """The person takes the permission back: no token works any more."""
        self.refreshing.clear()
        self.tokens.clear()

    def end_tokens(self) -> None:
        """The access tokens end before their time; refreshing works."""
        self.tokens.clear()

"""The OAuth 2.0 authorization code grant with PKCE (RFC 6749, 4.1; RFC 7636).

`app.channels.signin` opens the browser and receives the redirect.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from app.base.words import N_, tr
from app.channels.base import AuthNeeded
from app.channels.http import pkce

_OTHER_LOGIN = N_("The browser came back from a different sign-in. Start again with “Sign in”.")


class AuthorizationCode:
    """A started login: `url` is the page to open. The returned code is useless without the verifier kept here."""

    def __init__(self, page: str, client: Mapping[str, str], redirect: str, scope: str, **more: str) -> None:
        """`page` is the authorization endpoint, `client` has `client_id` and `client_secret`; `more` are parameters."""
        self._client, self._redirect = client, redirect
        self._state, self._verifier = pkce.state(), pkce.verifier()
        asked = {
            "response_type": "code", "client_id": client["client_id"], "redirect_uri": redirect, "scope": scope,
            "state": self._state, "code_challenge": pkce.challenge(self._verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        self.url = f"{page}?{urlencode({**asked, **more})}"

    def form(self, answer: Mapping[str, str], refused: str, *, forgetful: bool = False) -> dict[str, str]:
        """Return the form to post to the token endpoint, for the redirect's query `answer`.

        Raises AuthNeeded if that belongs to another login, or (with the sentence `refused`) has no code. A `forgetful`
        server may drop the state: there PKCE alone proves that the code is ours (RFC 9700, 2.1.1).
        """
        state = answer.get("state", self._state if forgetful else "")
        if not hmac.compare_digest(state.encode(), self._state.encode()):
            raise AuthNeeded(tr(_OTHER_LOGIN))
        if answer.get("error") or not answer.get("code"):
            raise AuthNeeded(refused)
        return {
            **self._client,
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": self._redirect,
            "code_verifier": self._verifier,
        }

"""A login by the system's browser, as OAuth 2.0's authorization code with PKCE (RFC 6749, 4.1; RFC 7636).

It goes on in `app.channels.signin`, which opens the browser and waits for it to come back.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from app.base.words import N_, tr
from app.channels.base import AuthNeeded
from app.channels.http import pkce

_ANOTHER = N_("The browser came back from a different sign-in. Start again with “Sign in”.")


class AuthorizationCode:
    """One login that has begun: `url` is to be opened. What comes back is worth nothing without what is kept here."""

    def __init__(self, page: str, client: Mapping[str, str], redirect: str, scope: str, **more: str) -> None:
        """`page` asks the person; `client` is `client_id` and `client_secret`; our listener waits at `redirect`."""
        self._client, self._redirect = client, redirect
        self._state, self._verifier = pkce.state(), pkce.verifier()
        asked = {
            "response_type": "code", "client_id": client["client_id"], "redirect_uri": redirect, "scope": scope,
            "state": self._state, "code_challenge": pkce.challenge(self._verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        self.url = f"{page}?{urlencode({**asked, **more})}"

    def form(self, answer: Mapping[str, str], refused: str, *, forgetful: bool = False) -> dict[str, str]:
        """What to post for the tokens, for what the browser came back with.

        AuthNeeded where that belongs to another login, or has no code: then with the sentence `refused`. A `forgetful`
        server may give no state back: there PKCE alone proves that the code is ours (RFC 9700, 2.1.1).
        """
        state = answer.get("state", self._state if forgetful else "")
        if not hmac.compare_digest(state.encode(), self._state.encode()):
            raise AuthNeeded(tr(_ANOTHER))
        if answer.get("error") or not answer.get("code"):
            raise AuthNeeded(refused)
        return {
            **self._client, "grant_type": "authorization_code", "code": answer["code"],
            "redirect_uri": self._redirect, "code_verifier": self._verifier,
        }  # fmt: skip

"""Uploads the pictures that go with a status, before it is posted (docs.joinmastodon.org/methods/media#v2)."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.base.message import Attached
from app.base.words import N_, tr
from app.channels.base import Refused, TryLater
from app.channels.http import Response
from app.channels.http.multipart import form

_MAX_LOOKS = 20
_FORBIDDEN = 403
_NOT_ALLOWED = N_(
    "{host} doesn't let Rapport upload pictures with this login. Sign in again under Accounts, and it's asked for that."
)
_PAUSE_SECONDS = 0.5


def upload(raw: Callable[..., Response], file: Attached) -> str:
    """The id of an uploaded picture, once the server has processed it; `raw` sends a request.

    A login from before the scope write:media was asked for lacks it: that refuses the picture, and nothing else.
    One that is uploaded and never posted is deleted by the server, so a retry may upload it again. Raises Refused if it
    is not taken, TryLater if it is not processed in time: nothing has been posted then.
    """
    body, headers = form({}, {"file": file})
    answer = raw("POST", "/api/v2/media", data=body, headers=headers, scoped=True)
    if answer.status == _FORBIDDEN and "scope" in answer.error_text():
        raise Refused(tr(_NOT_ALLOWED).format(host=answer.host))
    answer.raise_for_status(writing=False)
    number = str(answer.as_dict().get("id") or "")
    if not number:
        msg = tr("{host} didn't accept the picture “{name}”.").format(host=answer.host, name=file.name)
        raise Refused(msg)
    for _ in range(_MAX_LOOKS):
        if answer.status == 200:  # noqa: PLR2004  202 and 206: it is still being processed
            return number
        time.sleep(_PAUSE_SECONDS)
        answer = raw("GET", f"/api/v1/media/{number}")
        answer.raise_for_status(writing=False)
    msg = tr("{host} is still processing the picture “{name}”.").format(host=answer.host, name=file.name)
    raise TryLater(msg)

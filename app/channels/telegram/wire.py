"""Calls of Telegram's Bot API, and what its refusals mean.

The sentences of its server are those of tdlib/telegram-bot-api (version 10.0, telegram-bot-api/Client.cpp,
`fail_query_with_error` and `check_chat_access`) and of TDLib; https://core.telegram.org/bots/api#making-requests
describes the answers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.message import Attached
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater

if TYPE_CHECKING:
    from app.channels.http import Http, Response

SERVICE = "Telegram"
_DAY_SECONDS = 86_400
_IN_A_MINUTE, _MINUTE = 20, 60.0
"""Messages to one group: https://core.telegram.org/bots/faq, "My bot is hitting limits, how do I avoid this?"."""
WEBHOOK = N_(
    "Telegram hands this bot's messages to another program (by a webhook), so none come to Rapport. Disconnect that "
    "program, or make a bot of its own for Rapport."
)
_OTHER_READER = N_(
    "Another program reads this bot, maybe a second Rapport: each message comes to only one of them. Stop the other."
)
_NO_FILES = N_("Your bot isn't allowed to send files there. An administrator can allow it.")
_TOO_LARGE = N_("The files are larger than Telegram takes from a bot. Attach smaller ones.")
_MEANINGS = (
    ("blocked by the user", N_("They have blocked your bot, so nothing that you write reaches them.")),
    ("user is deactivated", N_("Their Telegram account no longer exists.")),
    ("bot was kicked", N_("Your bot was removed from that chat. Ask an administrator there to add it again.")),
    ("bot is not a member", N_("Your bot is no longer in that chat. Ask an administrator there to add it again.")),
    ("group chat was deleted", N_("That group no longer exists.")),
    ("chat not found", N_("Your bot can't see that chat any more. Ask an administrator there to add it again.")),
    ("can't initiate conversation", N_("A bot can't write first: they have to write to it.")),
    ("user is an administrator", N_("That person is an administrator there. Only the owner can do that to them.")),
    ("can't remove chat owner", N_("That person owns the chat, so nobody can do that to them.")),
    ("rights to send photos", _NO_FILES),
    ("rights to send documents", _NO_FILES),
    ("chat_send_photos_forbidden", _NO_FILES),
    ("chat_send_docs_forbidden", _NO_FILES),
    ("chat_send_media_forbidden", _NO_FILES),
    ("entity too large", _TOO_LARGE),
    ("file is too big", _TOO_LARGE),
    ("file of size", _TOO_LARGE),
    ("caption is too long", N_("Below a file Telegram takes 1,024 characters. Shorten it.")),
    ("rights to send", N_("Your bot isn't allowed to write there. An administrator can allow it.")),
    ("chat_write_forbidden", N_("Your bot isn't allowed to write there. An administrator can allow it.")),
    ("topic_closed", N_("That topic is closed. Reopen it in Telegram first.")),
    ("not enough rights", N_("Your bot isn't allowed to do that there. Make it an administrator with that right.")),
    ("chat_admin_required", N_("Your bot isn't allowed to do that there. Make it an administrator with that right.")),
    ("administrator rights", N_("Your bot isn't allowed to do that there. Make it an administrator with that right.")),
    (
        "message can't be deleted",
        N_("Telegram lets no bot delete this message: it's older than 48 hours, or your bot isn't an administrator."),
    ),
    ("message can't be edited", N_("Telegram doesn't let your bot change this message any more.")),
    ("message to be replied not found", N_("The message that you're answering is no longer there.")),
    ("message to edit not found", N_("This message is no longer there.")),
    ("message to react not found", N_("This message is no longer there.")),
    ("reaction", N_("That reaction isn't allowed in this chat. Choose another one.")),
    (
        "for supergroup",
        N_(
            "Telegram knows this only in large groups. A group becomes one in its settings, for example when new "
            "members may read its history."
        ),
    ),
)
"""What is in a refusal in small letters, and what that means; the first that fits."""


class Rejected(Refused):
    """A refusal: `said` is Telegram's own sentence in small letters, `moved_to` the id that the chat has now, or 0."""

    def __init__(self, sentence: str, said: str, moved_to: int = 0) -> None:
        """`sentence` is shown."""
        super().__init__(sentence)
        self.said = said
        self.moved_to = moved_to


class BotApi:
    """The Bot API for one bot."""

    def __init__(self, server: str, token: str) -> None:
        """`server` is its address, `token` as @BotFather gives it."""
        self._server, self._token = server, token
        self._made: Http | None = None

    def call(self, name: str, *, writing: bool = False, **asked: object) -> Any:  # noqa: ANN401  the API's JSON
        """Call a method and return its result. Raises Rejected, or another of the four errors."""
        return self._ask(name, writing=writing, json=asked)

    def upload(self, name: str, files: Mapping[str, Attached], **asked: object) -> Any:  # noqa: ANN401  as above
        """Call a method that sends files: as a form, where what is no text is JSON ("Sending files")."""
        from app.channels.http.multipart import form  # noqa: PLC0415  the form of an account needs no network

        written = {key: one if isinstance(one, str) else json.dumps(one) for key, one in asked.items()}
        data, headers = form(written, files)
        return self._ask(name, writing=True, data=data, headers=headers)

    def _ask(self, name: str, *, writing: bool, **body: Any) -> Any:  # noqa: ANN401  as `Http.raw` takes it
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network
        from app.channels.http.shape import readable  # noqa: PLC0415  as above

        if self._made is None:
            self._made = Http(self._server, hidden=(self._token,))
        # the token is part of the URL, so error sentences contain the host only
        answer = self._made.raw("POST", f"/bot{self._token}/{name}", writing=writing, **body)
        if not answer.ok:
            self._raise_for(answer, writing=writing)
        with readable(answer.host, sending=writing):
            return answer.as_dict()["result"]

    def take_turn(self, chat_id: int) -> None:
        """Wait until the chat takes another message. Raises TryLater where that would be long."""
        from app.channels.http.pace import Limit, Pace  # noqa: PLC0415  the form needs no network

        method = f"sendMessage {self._server} {self._token.partition(':')[0]} {chat_id}"
        Pace(SERVICE, method, Limit(_IN_A_MINUTE, _MINUTE)).take()

    def _raise_for(self, answer: Response, *, writing: bool) -> None:
        """Raise the error that a response stands for; one that no Bot API gave is told as any server's."""
        from app.channels.http.parts import as_dict  # noqa: PLC0415  the form needs no network

        body = answer.as_dict()
        more, said = as_dict(body.get("parameters")), str(body.get("description") or "").lower()
        if answer.status == 401 or (answer.status == 404 and body.get("ok") is False):  # noqa: PLR2004  as it says
            msg = tr("{host} doesn't recognise this bot. Copy the token from @BotFather again.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        if answer.status == 429:  # noqa: PLR2004  "Too Many Requests"
            delay = more.get("retry_after")
            after = delay if isinstance(delay, int) and delay > 0 else answer.after(clock.now()) or 5
            msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
            raise TryLater(msg, min(after, _DAY_SECONDS), limited=True)
        if answer.status == 409:  # noqa: PLR2004  "Conflict"
            if "webhook" in said:
                raise Refused(tr(WEBHOOK))
            raise TryLater(tr(_OTHER_READER))
        if body.get("ok") is False and answer.status in (400, 403, 413):
            moved = more.get("migrate_to_chat_id")
            meant = next((tr(meaning) for sign, meaning in _MEANINGS if sign in said), "")
            if not meant:
                meant = tr("Telegram refused this: {said}.").format(said=answer.error_text() or answer.status)
            raise Rejected(meant, said, moved if isinstance(moved, int) else 0)
        answer.raise_for_status(writing=writing)

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()

"""Our words and files on Telegram: in as few messages as it takes, which are one message with us.

Methods: https://core.telegram.org/bots/api, sendMessage, sendPhoto, sendDocument, sendMediaGroup. Files of one reply go
in one request, which is taken whole or not at all (docs/decisions/0024).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.length import UTF16, length
from app.base.message import Attached
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Sent, TryLater, UnknownOutcome
from app.channels.telegram.reading import page_of
from app.channels.telegram.wire import SERVICE, BotApi, Rejected

CAPTION_CHARS = 1024
"""Of the words below files: longer ones are a message of their own."""
_PHOTOS, _PHOTO_BYTES = ("image/jpeg", "image/png"), 10_000_000
_NO_PHOTO = ("photo_invalid", "image_process_failed", "photo_save_file_invalid", "too big for a photo")
"""In small letters: what is no photo to Telegram, as one that is very long and narrow, can go as a file."""
_HALF = N_("The files are in the chat; the words may not be there: {why} Check there, then say whether they are.")

Asked = Mapping[str, object]


def send(api: BotApi, chat_id: int, text: str, files: Sequence[Attached], answered: Asked) -> Sent:
    """Send words, and files with them; `answered` are the parameters that say what it answers.

    Words that are too long to stand below files go after them, as an answer to them: files are refused for many
    reasons, and then nothing has been sent.
    """
    is_long = bool(files) and length(text, UTF16) > CAPTION_CHARS
    if chat_id < 0:
        for _ in range((len(files) or 1) + is_long):
            api.take_turn(chat_id)
    if not files:
        return _sent(chat_id, [_words(api, chat_id, text, answered)])
    made = _files(api, chat_id, "" if is_long else text, files, answered)
    if is_long:
        above: Asked = {"reply_parameters": {"message_id": made[0]["message_id"], "allow_sending_without_reply": True}}
        try:
            made.append(_words(api, chat_id, text, above))
        except (Refused, TryLater, AuthNeeded, UnknownOutcome) as why:
            raise UnknownOutcome(tr(_HALF).format(why=why)) from why
    return _sent(chat_id, made)


def _sent(chat_id: int, made: Sequence[Mapping[str, Any]]) -> Sent:
    """The message that has the words, which is the last, with the others beside it."""
    from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

    with readable(SERVICE, sending=True):
        *others, number = (int(one["message_id"]) for one in made)
        also = tuple(f"{chat_id}/{other}" for other in others)
        page = page_of(made[-1]["chat"], number)
        return Sent(f"{chat_id}/{number}", page, int(made[-1]["date"]), also=also)


def _words(api: BotApi, chat_id: int, text: str, answered: Asked) -> Mapping[str, Any]:
    made: Mapping[str, Any] = api.call("sendMessage", writing=True, chat_id=chat_id, text=text, **answered)
    return made


def _files(
    api: BotApi, chat_id: int, caption: str, files: Sequence[Attached], answered: Asked
) -> list[Mapping[str, Any]]:
    """Send files in one request: as photos if all of them can be some, else as what they are."""
    if all(map(_may_be_photo, files)):
        try:
            return _album(api, chat_id, "photo", caption, files, answered)
        except Rejected as why:
            if not any(sign in why.said for sign in _NO_PHOTO):
                raise
    return _album(api, chat_id, "document", caption, files, answered)


def _album(
    api: BotApi, chat_id: int, kind: str, caption: str, files: Sequence[Attached], answered: Asked
) -> list[Mapping[str, Any]]:
    """Send files of one kind. The words stand below the last one, so that they are below all of them."""
    from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

    below = {"caption": caption} if caption else {}
    if len(files) == 1:
        method = {"photo": "sendPhoto", "document": "sendDocument"}[kind]
        return [api.upload(method, {kind: files[0]}, chat_id=chat_id, **below, **answered)]
    named = {f"file{number}": file for number, file in enumerate(files)}
    media: list[dict[str, str]] = [{"type": kind, "media": f"attach://{name}"} for name in named]
    media[-1].update(below)
    made = api.upload("sendMediaGroup", named, chat_id=chat_id, media=media, **answered)
    with readable(SERVICE, sending=True):
        return sorted(made, key=lambda one: int(one["message_id"]))


def _may_be_photo(file: Attached) -> bool:
    return file.type in _PHOTOS and len(file.content) <= _PHOTO_BYTES

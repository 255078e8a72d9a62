"""Files on Slack: uploaded, shared below our words, found again there, and deleted.

https://docs.slack.dev/messaging/working-with-files: an uploaded file is seen by nobody until it is shared. Sharing is a
message of its own, which can carry no key of ours and comes some time after the answer, or never (docs/decisions/0024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.base.message import Attached
from app.channels.http.parts import dicts
from app.channels.slack.answers import Declined
from app.channels.slack.wire import Wire

_GONE = ("file_not_found", "file_deleted")

Row = Mapping[str, Any]


def upload(wire: Wire, file: Attached) -> str:
    """The id of an uploaded file. Raises Refused, AuthNeeded or TryLater: nobody has seen anything of it then."""
    asked = {"filename": file.name, "length": len(file.content)}
    place = wire.ask("files.getUploadURLExternal", asked, form=True)
    number, address = str(place["file_id"]), str(place["upload_url"])
    wire.put(address, file.content)
    return number


def share(wire: Wire, numbers: Sequence[str], files: Sequence[Attached], channel: str, root: str) -> None:
    """Share uploaded files in a channel, below that message ("" for none). An answer says that it was taken."""
    named = [{"id": number, "title": file.name} for number, file in zip(numbers, files, strict=True)]
    asked: dict[str, object] = {"files": named, "channel_id": channel, **({"thread_ts": root} if root else {})}
    wire.ask("files.completeUploadExternal", asked, writing=True)


def with_ids(numbers: Iterable[str]) -> Callable[[Row], bool]:
    """Whether a message shares just these files."""
    wanted = sorted(numbers)
    return lambda row: sorted(str(file.get("id")) for file in dicts(row.get("files"))) == wanted


def like(files: Iterable[Attached]) -> Callable[[Row], bool]:
    """Whether a message shares files of these names and sizes, and no others."""
    wanted = sorted((file.name, len(file.content)) for file in files)
    return lambda row: sorted((str(file.get("name")), file.get("size")) for file in dicts(row.get("files"))) == wanted


def delete(wire: Wire, row: Row | None) -> None:
    """Delete the files of a message: without it they would stay in the workspace. Those that are gone are no error."""
    for file in dicts((row or {}).get("files"), "id"):
        try:
            wire.ask("files.delete", {"file": str(file["id"])}, writing=True)
        except Declined as why:
            if why.code not in _GONE:
                raise

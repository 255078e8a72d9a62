"""What a person sees before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from app.base import clock
from app.base.message import Incoming
from app.base.text import preview
from app.base.words import tr
from app.imports import feedfile, mailbox
from app.imports.dates import SHOWN
from app.imports.mapping import MESSAGES
from app.imports.places import Place, folded_own
from app.imports.recognise import Found
from app.imports.shapes import Imported, Options, Preview
from app.imports.tables import Sheet
from app.mail.parse import parse

_FIRST = 20
_SAMPLE = 60  # mails whose size and receivers are looked at
_HEADER = ("Date", "From", "Subject", "Text")
_KINDS = {
    "mbox": "an mbox file",
    "eml": "a single mail",
    "maildir": "a Maildir folder",
    "folder": "a folder of mails",
    "csv": "a table",
}


def of_mail(found: Found, place: Place, options: Options, counted: Imported | None) -> Preview:
    """The preview of a mailbox; `counted` is the dry run's outcome where there was one."""
    raws = mailbox.raws(found, _SAMPLE)
    total = counted.new + counted.known if counted else mailbox.estimate(found, raws)
    items = [parse(raw, place.own | folded_own(options.own)) for raw in raws[:_FIRST]]
    rows = _rows(items)
    about = "" if counted else "about "
    mails = f"{about}{total:,} {'mail' if total == 1 else 'mails'}"
    sentence = tr("{name} is {it} with {mails}, for “{name2}”").format(
        name=found.path.name, it=_KINDS[found.kind], mails=mails, name2=place.name
    )
    return Preview(
        kind=found.kind,
        holds=MESSAGES,
        total=total,
        header=_HEADER,
        rows=rows,
        channel=place.name,
        sentence=f"{sentence}{_news(counted)}.",
        new=counted.new if counted else 0,
        known=counted.known if counted else 0,
        own="" if options.own or place.own else mailbox.likely_own(raws),
    )


def _rows(items: Sequence[Incoming]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{clock.local(item.at):%Y-%m-%d %H:%M}",
            item.author.name or item.author.handle,
            item.title,
            preview(item.text),
        )
        for item in items
    )


def of_feed(found: Found, place: Place, options: Options, counted: Imported | None) -> Preview:
    """The preview of a feed; `counted` is the dry run's outcome where there was one."""
    items = feedfile.first(found, place.own | folded_own(options.own), _FIRST)
    total = counted.new + counted.known if counted else 0
    holds = f" with {total:,} {'entry' if total == 1 else 'entries'}" if counted else ""
    return Preview(
        kind=found.kind,
        holds=MESSAGES,
        total=total,
        header=_HEADER,
        rows=_rows(items),
        channel=place.name,
        sentence=tr("{name} is a feed{holds}, for “{name2}”{counted}.").format(
            name=found.path.name, holds=holds, name2=place.name, counted=_news(counted)
        ),
        new=counted.new if counted else 0,
        known=counted.known if counted else 0,
    )


def of_table(sheet: Sheet, channel: str, counted: Imported | None) -> Preview:
    """The preview of a table; `counted` is the dry run's outcome where there was one."""
    table = sheet.table
    has_dates = "at" in sheet.layout.fields
    return Preview(
        kind="csv",
        holds=sheet.layout.holds,
        total=sheet.total,
        header=table.header,
        rows=tuple(row.cells for row in sheet.first),
        channel=channel,
        sentence=_sentence(sheet, channel, counted),
        new=counted.new if counted else 0,
        known=counted.known if counted else 0,
        encoding=table.encoding,
        encodings=table.previews,
        separator=table.separator,
        columns=sheet.columns,
        dates=SHOWN[sheet.dates.format] if has_dates else "",
        dates_sure=sheet.dates.sure,
        missing=sheet.missing,
    )


def _sentence(sheet: Sheet, channel: str, counted: Imported | None) -> str:
    said = tr("{name} is a table with {total:,} {holds}").format(
        name=sheet.table.path.name, total=sheet.total, holds=sheet.layout.holds
    )
    said += f", for “{channel}”" if channel else ""
    if sheet.missing:
        return tr("{said}. Choose the column for: {missing}.").format(said=said, missing=", ".join(sheet.missing))
    return f"{said}{_news(counted)}."


def _news(counted: Imported | None) -> str:
    if counted is None:
        return ""
    said = f": {counted.new:,} new, {counted.known:,} already known"
    return said + (f", {counted.rejected:,} that can't be read" if counted.rejected else "")

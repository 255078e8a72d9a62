"""Build the preview of a file that is shown before an import."""

from __future__ import annotations

from collections.abc import Sequence

from app.base import clock
from app.base.message import Incoming
from app.base.words import N_, counted, tr
from app.imports import feedfile, mailbox
from app.imports.dates import SHOWN
from app.imports.mapping import MESSAGES, in_words
from app.imports.places import Place, folded_own
from app.imports.recognise import SourceFile
from app.imports.shapes import Imported, Options, Preview
from app.imports.tables import Sheet
from app.mail.parse import parse
from app.mail.quotes import first_words

_MAX_SHOWN = 20
_SAMPLE_MAILS = 60  # mails read to estimate the count and find our address
_HEADER = (N_("Date"), N_("From"), N_("Subject"), N_("Text"))
_KINDS = {
    "mbox": N_("an mbox file"),
    "eml": N_("a single mail"),
    "maildir": N_("a Maildir folder"),
    "folder": N_("a folder of mails"),
}


def of_mail(file: SourceFile, place: Place, options: Options, outcome: Imported | None) -> Preview:
    """Return the preview of a mailbox; `outcome` is that of the dry run, if there was one."""
    raws = mailbox.raws(file, _SAMPLE_MAILS)
    total = outcome.new + outcome.known if outcome else mailbox.estimate(file, raws)
    items = [parse(raw, place.own | folded_own(options.own)) for raw in raws[:_MAX_SHOWN]]
    rows = _rows(items)
    if outcome:
        sentence = tr("{file} is {kind} with {mails}, for “{account}”: {news}.")
        mails = counted(total, "{count:,} mail", "{count:,} mails")
    else:
        sentence = tr("{file} is {kind} with {mails}, for “{account}”.")
        mails = counted(total, "about {count:,} mail", "about {count:,} mails")
    return Preview(
        kind=file.kind,
        holds=MESSAGES,
        total=total,
        header=tuple(map(tr, _HEADER)),
        rows=rows,
        channel=place.name,
        sentence=sentence.format(
            file=file.path.name,
            kind=tr(_KINDS[file.kind]),
            mails=mails,
            account=place.name,
            news=_outcome_text(outcome),
        ),
        new=outcome.new if outcome else 0,
        known=outcome.known if outcome else 0,
        own="" if options.own or place.own else mailbox.likely_own(raws),
    )


def _rows(items: Sequence[Incoming]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{clock.local(item.at):%Y-%m-%d %H:%M}",
            item.author.name or item.author.handle,
            item.title,
            first_words(item.text),
        )
        for item in items
    )


def of_feed(file: SourceFile, place: Place, options: Options, outcome: Imported | None) -> Preview:
    """Return the preview of a feed; `outcome` is that of the dry run, if there was one."""
    items = feedfile.first(file, place.own | folded_own(options.own), _MAX_SHOWN)
    total = outcome.new + outcome.known if outcome else 0
    sentence = tr("{file} is a feed, for “{account}”.")
    if outcome:
        sentence = tr("{file} is a feed with {entries}, for “{account}”: {news}.")
    return Preview(
        kind=file.kind,
        holds=MESSAGES,
        total=total,
        header=tuple(map(tr, _HEADER)),
        rows=_rows(items),
        channel=place.name,
        sentence=sentence.format(
            file=file.path.name,
            account=place.name,
            entries=counted(total, "{count:,} entry", "{count:,} entries"),
            news=_outcome_text(outcome),
        ),
        new=outcome.new if outcome else 0,
        known=outcome.known if outcome else 0,
    )


def of_table(sheet: Sheet, channel: str, outcome: Imported | None) -> Preview:
    """Return the preview of a table; `outcome` is that of the dry run, if there was one."""
    table = sheet.table
    has_dates = "at" in sheet.layout.fields
    return Preview(
        kind="csv",
        holds=sheet.layout.holds,
        total=sheet.total,
        header=table.header,
        rows=tuple(row.cells for row in sheet.first),
        channel=channel,
        sentence=_sentence(sheet, channel, outcome),
        new=outcome.new if outcome else 0,
        known=outcome.known if outcome else 0,
        encoding=table.encoding,
        encodings=table.previews,
        separator=table.separator,
        columns=sheet.columns,
        dates=tr(SHOWN[sheet.dates.format]) if has_dates else "",
        dates_sure=sheet.dates.sure,
        missing=sheet.missing,
        lacks=in_words(sheet.missing),
    )


def _sentence(sheet: Sheet, account: str, outcome: Imported | None) -> str:
    if sheet.layout.holds == MESSAGES:
        rows = counted(sheet.total, "{count:,} message", "{count:,} messages")
    else:
        rows = counted(sheet.total, "{count:,} member", "{count:,} members")
    if sheet.missing and account:
        sentence = tr("{file} is a table with {rows}, for “{account}”. Choose the column for: {missing}.")
    elif sheet.missing:
        sentence = tr("{file} is a table with {rows}. Choose the column for: {missing}.")
    elif outcome and account:
        sentence = tr("{file} is a table with {rows}, for “{account}”: {news}.")
    elif outcome:
        sentence = tr("{file} is a table with {rows}: {news}.")
    elif account:
        sentence = tr("{file} is a table with {rows}, for “{account}”.")
    else:
        sentence = tr("{file} is a table with {rows}.")
    missing = in_words(sheet.missing)
    return sentence.format(
        file=sheet.table.path.name, rows=rows, account=account, missing=missing, news=_outcome_text(outcome)
    )


def _outcome_text(outcome: Imported | None) -> str:
    """Return the outcome as a list: "3 new, 4 already known"; "" without a dry run."""
    if outcome is None:
        return ""
    new, known = (
        counted(outcome.new, "{count:,} new", "{count:,} new"),
        counted(outcome.known, "{count:,} already known", "{count:,} already known"),
    )
    if not outcome.rejected:
        return tr("{new}, {known}").format(new=new, known=known)
    rejected = counted(outcome.rejected, "{count:,} that can't be read", "{count:,} that can't be read")
    return tr("{new}, {known}, {rejected}").format(new=new, known=known, rejected=rejected)

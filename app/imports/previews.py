"""Build the preview of a file that is shown before an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.base import clock
from app.base.message import Incoming
from app.base.words import N_, counted, tr
from app.contacts.person import Person
from app.imports import feedfile, left_out, letter_labels, mailbox, marks
from app.imports.dates import SHOWN
from app.imports.mapping import FIELD_NAMES, GIFTS, MEMBERS, MESSAGES, in_words
from app.imports.notes import Notes
from app.imports.places import Place, folded_own
from app.imports.recognise import SourceFile
from app.imports.shapes import Imported, Options, Preview
from app.imports.tables import Sheet
from app.imports.told import Told
from app.mail.parse import parse
from app.mail.quotes import first_words

MAX_SHOWN = 20
_SAMPLE_MAILS = 60  # mails read to estimate the count and find our address
_HEADER = (N_("Date"), N_("From"), N_("Subject"), N_("Text"))
_KINDS = {
    "mbox": N_("an mbox file"),
    "eml": N_("a single mail"),
    "maildir": N_("a Maildir folder"),
    "folder": N_("a folder of mails"),
    "archive": N_("an archive of mails"),
    "emlx": N_("a single mail from Apple Mail"),
}
_SINGLE = ("eml", "emlx")


def of_mail(
    file: SourceFile, place: Place, options: Options, outcome: Imported | None, told: Told, *, mixed: bool
) -> Preview:
    """Return the preview of a mailbox; `outcome` is that of the dry run, if there was one.

    `told` splits notices off. `mixed`: comments are in it besides.
    """
    raws = mailbox.raws(file, _SAMPLE_MAILS)
    total = outcome.new + outcome.known if outcome else mailbox.estimate(file, raws)
    letters = [parse(raw, place.own | folded_own(options.own)) for raw in raws[:MAX_SHOWN]]
    items = [item for letter in letters for _, item in told.split(letter)][:MAX_SHOWN]
    rows = _rows(items)
    if outcome and file.kind in _SINGLE:
        sentence = tr("{file} is {kind}, for “{account}”: {news}.")
        mails = ""
    elif outcome:
        sentence = tr("{file} is {kind} with {mails}, for “{account}”: {news}.")
        mails = counted(total, "{count:,} mail", "{count:,} mails")
        if mixed:
            sentence = tr("{file} is an archive with {mails}, for “{account}”: {news}.")
            mails = counted(total, "{count:,} message", "{count:,} messages")
    else:
        sentence = tr("{file} is {kind} with {mails}, for “{account}”.")
        mails = counted(total, "about {count:,} mail", "about {count:,} mails")
    said = sentence.format(
        file=file.path.name, kind=tr(_KINDS[file.kind]), mails=mails, account=place.name, news=_outcome_text(outcome)
    )
    if not outcome:
        labels = dict.fromkeys(label for raw in raws for label in marks.of_head(raw).labels)
        said = f"{said} {letter_labels.sentence(list(labels))}" if labels else said
    return Preview(
        kind=file.kind,
        holds=MESSAGES,
        total=total,
        header=tuple(map(tr, _HEADER)),
        rows=rows,
        channel=place.name,
        sentence=_with_rest(said, outcome),
        **_counts(outcome),
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
    items = feedfile.first(file, place.own | folded_own(options.own), MAX_SHOWN)
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
        **_counts(outcome),
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
        sentence=_with_rest(_sentence(sheet, channel, outcome), outcome),
        **_counts(outcome),
        encoding=table.encoding,
        encodings=table.previews,
        separator=table.separator,
        columns=sheet.columns,
        dates=tr(SHOWN[sheet.dates.format]) if has_dates else "",
        dates_sure=sheet.dates.sure,
        asks_order="" if sheet.birthdays.sure or sheet.missing else sheet.birthdays.example,
        missing=sheet.missing,
        lacks=in_words(sheet.missing),
    )


def _sentence(sheet: Sheet, account: str, outcome: Imported | None) -> str:
    if sheet.layout.holds == MESSAGES:
        rows = counted(sheet.total, "{count:,} message", "{count:,} messages")
    elif sheet.layout.holds == GIFTS:
        rows = counted(sheet.total, "{count:,} gift", "{count:,} gifts")
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


def of_export(
    service: str, items: Sequence[Incoming], file: SourceFile, place: Place, outcome: Imported | None, notes: Notes
) -> Preview:
    """Return the preview of a service's export; `outcome` is that of the dry run, if there was one."""
    total = outcome.new + outcome.known if outcome else 0
    sentence = tr("{file} is an export from {service}, for “{account}”.")
    if outcome:
        sentence = tr("{file} is an export from {service} with {messages}, for “{account}”: {news}.")
    said = sentence.format(
        file=file.path.name,
        service=service,
        account=place.name,
        messages=counted(total, "{count:,} message", "{count:,} messages"),
        news=_outcome_text(outcome),
    )
    return Preview(
        kind=file.kind,
        holds=MESSAGES,
        total=total,
        header=tuple(map(tr, _HEADER)),
        rows=_rows(items),
        channel=place.name,
        sentence=_with_rest(said, outcome) if outcome else " ".join((said, *notes.sentences())),
        **(_counts(outcome) or {"names": notes.names, "remarks": notes.sentences()}),
    )


def of_cards(file: SourceFile, first: Sequence[Person], outcome: Imported | None) -> Preview:
    """Return the preview of vCards; `outcome` is that of the dry run, if there was one."""
    total = outcome.new + outcome.known if outcome else 0
    sentence = tr("{file} is a file of vCards.")
    if outcome:
        sentence = tr("{file} is a file of vCards with {members}: {news}.")
    members = counted(total, "{count:,} member", "{count:,} members")
    shown = ("name", "email", "phone", "company")
    return Preview(
        kind=file.kind,
        holds=MEMBERS,
        total=total,
        header=tuple(tr(FIELD_NAMES[name]) for name in shown),
        rows=tuple(tuple(person.columns.get(name, "") for name in shown) for person in first),
        channel="",
        sentence=_with_rest(
            sentence.format(file=file.path.name, members=members, news=_outcome_text(outcome)), outcome
        ),
        **_counts(outcome),
    )


def _with_rest(sentence: str, outcome: Imported | None) -> str:
    """The sentence with those on what is left out, and what else is to be known."""
    if outcome is None:
        return sentence
    return " ".join(filter(None, (sentence, left_out.sentence(outcome.left_out), *outcome.remarks)))


def _counts(outcome: Imported | None) -> dict[str, Any]:
    """The fields of a Preview that come from the dry run."""
    if outcome is None:
        return {}
    return {
        "new": outcome.new,
        "known": outcome.known,
        "left_out": outcome.left_out,
        "doubles": outcome.doubles,
        "remarks": outcome.remarks,
        "changes": outcome.changes,
        "changed": outcome.changed,
        "names": outcome.names,
        "rejected": outcome.rejected,
        "refused": outcome.refused,
    }


def _outcome_text(outcome: Imported | None) -> str:
    """Return the outcome as a list: "3 new, 4 already known"; "" without a dry run."""
    if outcome is None:
        return ""
    new, known = (
        counted(outcome.new, "{count:,} new", "{count:,} new"),
        counted(outcome.known, "{count:,} already known", "{count:,} already known"),
    )
    if outcome.doubles:
        twice = counted(outcome.doubles, "{count:,} of them twice in the file", "{count:,} of them twice in the file")
        known = f"{known}, {twice}"
    if outcome.changed:
        changed = counted(outcome.changed, "{count:,} of them to be updated", "{count:,} of them to be updated")
        known = f"{known}, {changed}"
    if not outcome.rejected:
        return tr("{new}, {known}").format(new=new, known=known)
    rejected = counted(outcome.rejected, "{count:,} that can't be read", "{count:,} that can't be read")
    return tr("{new}, {known}, {rejected}").format(new=new, known=known, rejected=rejected)

"""`post`: a post of our own, in a channel, a category or for an audience, by the voice guide and the outbox."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.approving import cools
from app.cli.arguments import Commands
from app.cli.output import Output, iso, one_line, table
from app.cli.replies import UNSENT, entry_json, in_a_sentence, moment
from app.cli.shapes import Shape, venue_json
from app.cli.templates import finding_json
from app.cli.text_files import text_of
from app.cooling import BY_CHOICE
from app.voice import Draft
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.outbox import LetterDraft

_MAX_SHOWN_CHARS = 80


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("post", post, tr("publish a post of yours, or list where an account can post"))
    made.add_argument("account", metavar=tr("ACCOUNT"), help=tr("the account's name"))
    made.add_argument("text", metavar=tr("TEXT"), nargs="*", help=tr("the text; without it, --text-file"))
    made.add_argument(
        "--in", dest="venue", default="", metavar=tr("VENUE"),
        help=tr("the channel, category or audience, by its name or key; needed where there are several"),
    )  # fmt: skip
    made.add_argument("--title", default="", metavar=tr("T"), help=tr("the title, where posts have one"))
    made.add_argument("--text-file", metavar=tr("F"), help=tr("a file with the text; - reads standard input"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("the language of the text"))
    made.add_argument("--attach", action="append", default=[], metavar=tr("FILE"), help=tr("a file that goes along"))
    made.add_argument("--thread", action="store_true", help=tr("send a text that's too long for the channel in parts"))
    made.add_argument("--override", default="", metavar=tr("REASON"), help=tr("the reason for sending anyway"))
    soon = made.add_mutually_exclusive_group()
    soon.add_argument("--now", action="store_true", help=tr("send right away; otherwise there is time for `undo`"))
    soon.add_argument("--at", metavar=tr("WHEN"), help=tr("send later: tomorrow, mon 9, next block, 2026-12-24 09:00"))
    soon.add_argument(
        "--cool-off", action="store_true", help=tr("hold it for 20 minutes; an angry text is held so by itself")
    )
    soon.add_argument("--dry-run", action="store_true", help=tr("say where it would go, without sending anything"))
    soon.add_argument("--list", action="store_true", help=tr("list where the account can post; `account check` asks"))


def post(bench: Workbench, asked: Namespace) -> Output:
    """Publish a post; exit status 1 if a part of it is failed or undecided then."""
    account = bench.accounts.named(asked.account)
    begun = bench.letters.new_post(account.id)._replace(language=asked.language, subject=asked.title)
    if asked.list:
        return _venues(bench, account.id)
    text = _text(asked)
    draft = _aimed(bench, begun, account.id, asked.venue)
    goes = bench.letters.destination(draft)
    if goes.problem:
        raise UserError(goes.problem)
    if asked.title.strip() and not goes.titles:
        msg = tr("Posts on “{account}” have no title. Leave out --title, or write it into the text.")
        raise UserError(msg.format(account=account.name))
    if asked.dry_run:
        return _would(bench, draft, text, asked)
    return _sent(bench, draft, text, asked)


def _text(asked: Namespace) -> str:
    """The words: those given, or a file's. Raises UserError for neither, and for both."""
    words = " ".join(asked.text)
    if bool(words.strip()) == bool(asked.text_file):
        raise UserError(tr("Give the text of the post, or a file with it: --text-file. --list shows where it can go."))
    return text_of(asked.text_file) if asked.text_file else words


def _venues(bench: Workbench, account_id: int) -> Output:
    known = bench.letters.venues(account_id)
    if not known:
        bench.letters.venue(account_id, "")  # raises: the account has to be checked first
    shapes: list[Shape] = [{"key": venue.key, "name": venue.name} for venue in known]
    return Output(shapes, table([(venue.key, venue.name) for venue in known]))


def _aimed(bench: Workbench, draft: LetterDraft, account_id: int, typed: str) -> LetterDraft:
    """The draft, in the venue that was named. None is ever taken from the last post: only the window shows that one."""
    known = bench.letters.venues(account_id)
    if typed.strip() or len(known) != 1:
        if not typed.strip() and known:
            names = ", ".join(venue.name for venue in known)
            raise UserError(tr("Say where it's posted: --in. Choose from: {names}.").format(names=one_line(names, 200)))
        return draft._replace(receivers=(bench.letters.venue(account_id, typed).box,))
    return draft._replace(receivers=(known[0].box,))


def _would(bench: Workbench, draft: LetterDraft, text: str, asked: Namespace) -> Output:
    """What would be sent, and where; nothing is changed."""
    from app.outbox.files import digests  # noqa: PLC0415  only needed with posts

    room = bench.letters.room(draft)
    parts = room.parts(text.strip()) if room is not None and asked.thread else [text.strip()]
    if room is not None:
        room.refuse(parts)
    words = Draft(text, asked.language, files=digests(asked.attach))
    notes = [finding_json(finding) for finding in bench.voice.look(bench.letters.read_by(words, draft))]
    goes = bench.letters.destination(draft)
    shape: Shape = {
        "dry_run": True, "account": asked.account, "venue": venue_json(draft.receivers[0]), "goes": goes.sentence,
        "parts": parts, "title": asked.title or None, "findings": notes,
    }  # fmt: skip
    sentence = counted(
        len(parts), "Nothing was sent. It would be {count} post: “{words}”",
        "Nothing was sent. It would be {count} posts: “{words}”", words=one_line(text, _MAX_SHOWN_CHARS),
    )  # fmt: skip
    return Output(shape, [goes.sentence, sentence])


def _sent(bench: Workbench, draft: LetterDraft, text: str, asked: Namespace) -> Output:
    from app.outbox import of_letter  # noqa: PLC0415  only needed with posts
    from app.outbox.files import digests  # noqa: PLC0415  as above

    words = Draft(text, draft.language, files=digests(asked.attach))
    cleared = bench.voice.clear(bench.letters.read_by(words, draft), reason=asked.override)
    at = BY_CHOICE if asked.cool_off else None if asked.at is None else moment(bench, asked.at)
    kept = bench.letters.keep(draft._replace(text=text))
    goes = bench.letters.destination(kept)
    try:
        for path in asked.attach:
            bench.files.add(of_letter(kept.id), Path(path), goes.kind)
        hold = 0 if asked.now else bench.settings.number("hold_seconds")
        numbers = bench.cooling.letter(cleared, kept, hold_seconds=hold, at=at, thread=asked.thread)
    except BaseException:
        bench.letters.drop(kept.id)
        raise
    if asked.now and kept.account_id is not None:
        bench.sync.send(kept.account_id)
    entries = [bench.outbox.get(number) for number in numbers]
    notes = [finding_json(finding) for finding in bench.voice.look(cleared.draft)]
    shape: Shape = {
        **entry_json(bench, entries[0]), "goes": goes.sentence, "findings": notes,
        "parts": [entry_json(bench, entry) for entry in entries],
    }  # fmt: skip
    shape["cools_until"] = iso(entries[0].held_until) if entries[0].cools else None
    lines = [goes.sentence, *(in_a_sentence(entry) for entry in entries), *cools(entries[0])]
    if goes.by_hand:
        number = ids.display(ids.OUTBOX, entries[0].id)
        lines.append(
            tr("`outbox post {id}` gives the words and the page; then `outbox confirm {id}`.").format(id=number)
        )
    return Output(shape, lines, 1 if any(entry.state in UNSENT for entry in entries) else 0)

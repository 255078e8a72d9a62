"""Writing templates, their texts and what these said before, within an open transaction."""

from __future__ import annotations

import re

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import counted, tr
from app.channels.registry import known
from app.store.sqlite import Connection, IntegrityError
from app.templates import blanks
from app.templates.picking import SHORT_CHARS
from app.templates.rows import SHORT, Template, Text
from app.templates.terms import FAMILIAR, FORMAL

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MAX_FOLDER_CHARS = 100


def insert(conn: Connection, template: Template, at: int | None = None) -> int:
    """Add a template with its texts, created now or at `at` (Unix seconds); returns its id, raises UserError."""
    now = clock.now() if at is None else at
    try:
        made = conn.execute(
            "INSERT INTO template (key, name, use, folder, created_at) VALUES (?, ?, ?, ?, ?)",
            (template.key, template.name, template.use, checked_folder(template.folder), now),
        )
    except IntegrityError as why:
        raise key_taken(template.key) from why
    number = int(made.lastrowid or 0)
    for text in template.texts:
        put(conn, number, text, now)
    return number


def put(conn: Connection, number: int, text: Text, now: int) -> None:
    """Add or replace a text; what stood there is kept as an earlier version. Raises UserError if it is invalid."""
    checked(text)
    variant = text.variant.strip() or "A"
    keep(conn, number, text.language, variant, now, instead=text)
    conn.execute(
        "INSERT INTO template_text (template_id, language, variant, body, address, channel, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (template_id, language, variant) DO UPDATE SET"
        " body = excluded.body, address = excluded.address, channel = excluded.channel,"
        " updated_at = excluded.updated_at",
        (number, text.language, variant, text.body, text.address, text.channel, now),
    )


def keep(conn: Connection, number: int, language: str, variant: str, now: int, instead: Text | None = None) -> None:
    """Keep what a text says as an earlier version, unless `instead` says the same."""
    conn.execute(
        "INSERT INTO template_version (template_id, language, variant, body, address, channel, until)"
        " SELECT template_id, language, variant, body, address, channel, ? FROM template_text"
        " WHERE template_id = ? AND language = ? AND variant = ? AND body IS NOT ?",
        (now, number, language, variant, instead.body if instead is not None else None),
    )


def checked(text: Text) -> None:
    """Raise UserError, in a sentence, for a text that cannot be used."""
    for problem in blanks.problems(text.body):
        raise UserError(problem)
    if not _LANGUAGE.fullmatch(text.language):
        msg = tr("“{language}” isn't a language code. Write is, hu, cs, el, en or another two-letter code.").format(
            language=text.language
        )
        raise UserError(msg)
    if text.address not in ("", FAMILIAR, FORMAL):
        msg = tr("“{value}” isn't a form of address. Choose from: familiar, formal.").format(value=text.address[:40])
        raise UserError(msg)
    if text.channel not in ("", SHORT):
        _check_channel(text.channel)
    length = len(blanks.bare(text.body))
    if text.channel == SHORT and length > SHORT_CHARS:
        msg = counted(
            length,
            "A short text has at most {most} characters; this one has {count}.",
            "A short text has at most {most} characters; this one has {count}.",
            most=SHORT_CHARS,
        )
        raise UserError(msg)


def _check_channel(kind: str) -> None:
    kinds = [channel.kind for channel in known()]
    if kind not in kinds:
        msg = tr("“{value}” isn't a channel. Write short, or one of: {kinds}.").format(
            value=kind[:40], kinds=", ".join(kinds)
        )
        raise UserError(msg)


def checked_folder(folder: str) -> str:
    """A folder's name as it is kept, those within it after slashes; raises UserError for one that is too long."""
    kept = "/".join(filter(None, (part.strip() for part in " ".join(folder.split()).split("/"))))
    if len(kept) > _MAX_FOLDER_CHARS:
        msg = tr("A folder's name has at most {most} characters.").format(most=_MAX_FOLDER_CHARS)
        raise UserError(msg)
    return kept


def normalized_key(key: str) -> str:
    """Normalize a key, as it is typed after a slash: folded letters and digits separated by dashes."""
    bare = re.sub(r"[\W_]+", "-", fold(key)).strip("-")
    if not bare:
        msg = tr("A template needs a shortcut of letters or digits.")
        raise UserError(msg)
    return bare


def checked_name(name: str) -> str:
    """A template's name; raises UserError without one."""
    if not name.strip():
        msg = tr("A template needs a name.")
        raise UserError(msg)
    return name.strip()


def key_taken(key: str) -> UserError:
    """The error for a key that another template has."""
    return UserError(
        tr("There's already a template with the shortcut “{key}”. Choose another.").format(key=normalized_key(key))
    )


def require_row(rowcount: int) -> None:
    """Raise NotFoundError if nothing was changed."""
    if not rowcount:
        msg = tr("That template no longer exists.")
        raise NotFoundError(msg)

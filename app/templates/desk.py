"""The desk of templates: storing, finding, choosing the text for a member, and recording its use."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.channels.registry import channel
from app.inbox.names import question_about
from app.inbox.receivers import receiver
from app.stacks import DAYS, same_asked
from app.store.changes import Changes
from app.store.merged import current_member
from app.store.sqlite import Connection, IntegrityError, Row
from app.store.store import Store
from app.templates import blanks, finding, keeping
from app.templates.finding import Entry, entry
from app.templates.likely import likely_language
from app.templates.picking import Place, best, lacking
from app.templates.rows import Pick, Template, Text, Version
from app.templates.said import form_with
from app.templates.values import values, values_for

if TYPE_CHECKING:
    from pathlib import Path

    from app.templates.beside import Carrier
    from app.templates.files import Taken
    from app.templates.noticing import Noticing
    from app.templates.stale import Wear
    from app.templates.unfinished import Unfinished
    from app.voice import Draft, Finding

_LIST = """
SELECT t.id, t.key, t.name, t.use, t.archived,
  (SELECT count(*) FROM template_use u WHERE u.template_id = t.id) AS uses,
  (SELECT max(at) FROM template_use u WHERE u.template_id = t.id) AS used_at, t.folder
FROM template t
"""
_LAST_SENT = """
SELECT language, variant, max(at) FROM template_use
WHERE template_id = ? AND member_id IN (SELECT id FROM member WHERE id = ?2 OR merged_into = ?2)
GROUP BY language, variant
"""
_LATELY = """
SELECT id, language, variant, conversation_id FROM (SELECT * FROM template_use
  WHERE template_id = ? AND at > ? AND conversation_id IS NOT NULL ORDER BY at DESC, id DESC LIMIT 200) ORDER BY id
"""
_DAY_SECONDS = 86_400
_TEXTS = "SELECT language, variant, body, id, address, channel FROM template_text"
_PLACE = """
SELECT a.kind, a.facts ->> '$.limit' FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""


def choose_language(offered: Collection[str], member: str, conversation: str) -> str | None:
    """Return the language to reply in: the member's, else the conversation's; None: ask the person.

    If neither is known, the only language offered.
    """
    for wanted in (member, conversation):
        if wanted in offered:
            return wanted
    return next(iter(offered)) if len(offered) == 1 and not (member or conversation) else None


def note_use(
    conn: Connection,
    template_id: int,
    language: str,
    variant: str,
    member_id: int | None,
    conversation_id: int | None,
    at: int | None = None,
) -> None:
    """Record in the open transaction that a template was sent to somebody, now or at `at` (Unix seconds)."""
    member_id = None if member_id is None else current_member(conn, member_id)
    conn.execute(
        "INSERT INTO template_use (template_id, language, variant, member_id, conversation_id, at)"
        " SELECT id, ?, ?, ?, ?, ? FROM template WHERE id = ?",
        (language, variant, member_id, conversation_id, clock.now() if at is None else at, template_id),
    )


def note_sent(conn: Connection, draft: Draft, member_id: int | None, conversation_id: int | None) -> None:
    """Record in the open transaction that a draft was sent, where it was begun from a template: and how much of it."""
    if draft.template_id is None:
        return
    note_use(conn, draft.template_id, draft.language, draft.variant, member_id, conversation_id)
    row = conn.execute(
        "SELECT body FROM template_text WHERE template_id = ? AND language = ? ORDER BY variant <> ? LIMIT 1",
        (draft.template_id, draft.language, draft.variant),
    ).fetchone()
    if row is not None:
        from app.templates.stale import edited  # noqa: PLC0415  loaded once a template is sent

        conn.execute(
            "UPDATE template_use SET edited = ? WHERE id = (SELECT max(id) FROM template_use WHERE template_id = ?)",
            (edited(row["body"], draft.text), draft.template_id),
        )


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the template uses of member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids.
    """
    conn.execute(
        "UPDATE template_use SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )


def read(source: str) -> tuple[Template, ...]:
    """Parse templates from TOML (the starters, the demo); raises UserError if it is invalid."""
    try:
        return tuple(
            Template(
                0,
                table["key"],
                table["name"],
                table.get("use", ""),
                tuple(
                    Text(t["language"], t.get("variant", "A"), t["body"], 0, t.get("address", ""), t.get("channel", ""))
                    for t in table.get("text", ())
                ),
                folder=table.get("folder", ""),
            )
            for table in tomllib.loads(source)["template"]
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        msg = tr("Rapport can't read these templates: {why}.").format(why=why)
        raise UserError(msg) from why


class Templates:
    """The tables template, template_text and template_use."""

    def __init__(self, store: Store, carrier: Callable[[], Carrier] | None = None) -> None:
        """The search index is cached until a template changes; `carrier` keeps the files that go with templates."""
        self._store, self._carrier = store, carrier
        self._entries: tuple[Entry, ...] | None = None
        store.listen(self._changed)

    def likely_language(self) -> str:
        """The code of the language that a new template is most likely in; "" where nothing tells."""
        return likely_language(self._store.read)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("template", "template_text"):
            self._entries = None

    def all(self, *, archived: bool = False) -> list[Template]:
        """Return every template that is not archived (or every archived one), by name."""
        rows = self._store.read.execute(f"{_LIST} WHERE t.archived = ?", (archived,)).fetchall()
        texts: dict[int, list[Text]] = {}
        for number, *rest in self._store.read.execute(
            "SELECT template_id, language, variant, body, id, address, channel FROM template_text"
            " ORDER BY language, variant"
        ):
            texts.setdefault(number, []).append(Text(*rest))
        templates = [_template(row, texts.get(row["id"], ())) for row in rows]
        return sorted(templates, key=lambda template: fold(template.name))

    def get(self, key: int | str) -> Template:
        """Return the template with this id or key; raises NotFoundError."""
        column = "id" if isinstance(key, int) else "key"
        row = self._store.read.execute(f"{_LIST} WHERE t.{column} = ?", (key,)).fetchone()
        if row is None:
            keys = ", ".join(sorted(template.key for template in self.all()))
            msg = tr("There's no template “{key}”. Templates: {keys}.").format(key=key, keys=keys)
            if not keys:
                msg = tr("There are no templates yet, so there's no “{key}”.").format(key=key)
            raise NotFoundError(msg)
        texts = self._store.read.execute(f"{_TEXTS} WHERE template_id = ? ORDER BY language, variant", (row["id"],))
        return _template(row, [Text(*text) for text in texts])

    def find(self, typed: str, most: int = finding.MOST, spoken: Collection[str] = ()) -> list[int]:
        """Return the ids of templates that match the typed letters, best match first.

        Of equal matches those come first that have a text in one of the languages (codes) that are `spoken`.
        """
        if self._entries is None:
            self._entries = tuple(
                entry(
                    template.id,
                    template.name,
                    template.key,
                    (template.folder, *(blanks.bare(text.body) for text in template.texts)),
                    template.languages,
                )
                for template in self.all()
            )
        return finding.find(typed, self._entries, most, spoken)

    # --- choosing for a conversation

    def spoken(self, conversation_id: int, answers: int | None = None) -> list[str]:
        """Return the codes of the languages that a reply may be in: the receiver's and the conversation's, if known."""
        _member, spoken, talk, _called = self._receiver_of(conversation_id, answers)
        return [code for code in (spoken, talk) if code]

    def spoken_by(self, member_id: int | None) -> list[str]:
        """Return the code of the language that a member speaks; [] if that is unknown, or the member (None) is."""
        row = self._store.read.execute("SELECT language FROM member WHERE id = ?", (member_id,)).fetchone()
        return [row["language"]] if row is not None and row["language"] else []

    def pick(
        self,
        key: int | str,
        conversation_id: int,
        language: str = "",
        answers: int | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Pick | None:
        """Choose the text for a reply: in the receiver's language, and the variant that they got longest ago or never.

        Of these, the one that nobody got lately who asked much the same, else longest ago: variants take turns there.

        `answers` is the id of the message replied to, if it was chosen (see `app.inbox.receivers`). With `language` ""
        it is chosen automatically; returns None if that is impossible: then offer `Template.languages`. `more` are
        values of blanks that only the caller knows. Raises NotFoundError if the template has no text in the given
        language.
        """
        template = self.get(key)
        member, spoken, talk, called = self._receiver_of(conversation_id, answers)
        chosen = language or choose_language(template.languages, spoken, talk)
        if chosen is None:
            return None
        offered = template.in_language(chosen)
        if not offered:
            languages = ", ".join(template.languages) or tr("none")
            msg = tr("“{name}” has no text in “{language}” yet. Available: {languages}.").format(
                name=template.name, language=chosen, languages=languages
            )
            raise NotFoundError(msg)
        form, place = self.form(member), self.place(conversation_id)
        had = self._last_sent(template.id, member)
        near = self._last_in_stack(template.id, conversation_id) if len(offered) > 1 else {}
        text = best(offered, form, place, had, near)
        known = values(self._store.read, conversation_id, chosen, member, called, text.form or form)
        filled = blanks.fill(text.body, {**known, **self._facts_in(text), **(more or {})})
        return Pick(template, text, filled, had.get((text.language, text.variant)), lacking(text, form, place))

    def pick_for_member(
        self, key: int | str, member_id: int | None, language: str = "", more: Mapping[str, str] | None = None
    ) -> Pick | None:
        """Choose the text for a new message to a member, None for somebody unknown, as `pick` does for a reply."""
        template = self.get(key)
        chosen = language or choose_language(template.languages, "".join(self.spoken_by(member_id)), "")
        if chosen is None or not template.in_language(chosen):
            return None
        had, form = self._last_sent(template.id, member_id), self.form(member_id)
        text = best(template.in_language(chosen), form, Place(), had)
        known = {**values_for(self._store.read, chosen, member_id, text.form or form), **self._facts_in(text)}
        filled = blanks.fill(text.body, {**known, **(more or {})})
        return Pick(template, text, filled, had.get((text.language, text.variant)), lacking(text, form, Place()))

    def form(self, member_id: int | None) -> str:
        """On which terms we are with a member, as `app.templates.said.form_with` tells; "" if nothing does."""
        return form_with(self._store.read, member_id)[0]

    def place(self, conversation_id: int) -> Place:
        """Where a reply in a conversation goes: its channel, and how many characters that allows."""
        row = self._store.read.execute(_PLACE, (conversation_id,)).fetchone()
        if row is None:
            return Place()
        kind, reported = row
        return Place(kind, int(reported) if str(reported or "").isdecimal() else channel(kind).can.limit)

    @cached_property
    def noticing(self) -> Noticing:
        """What is worth a second look in a draft, and what we replied before."""
        from app.templates.noticing import Noticing  # noqa: PLC0415  loaded once something is written

        return Noticing(self._store)

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What is worth a second look in a draft to a member: see `app.templates.noticing`."""
        return self.noticing.findings(draft)

    def _facts_in(self, text: Text) -> dict[str, str]:
        """What the facts say that a text names, by blank."""
        if blanks.FACT not in text.body:
            return {}
        from app.facts import Facts  # noqa: PLC0415  most templates name none

        return Facts.by_blank(self._store.read, text.language)

    def wear(self) -> dict[int, Wear]:
        """How each template that is not archived is used, by its id, and why one of them is stale."""
        from app.templates import stale  # noqa: PLC0415  only the page and the shell need it

        return {one.template_id: one for one in stale.wear(self._store.read)}

    def available(self, number: int, language: str) -> str:
        """Return this language if the template has a text in it, else "": then it is chosen automatically."""
        return language if language in self.get(number).languages else ""

    def _receiver_of(self, conversation_id: int, answers: int | None) -> tuple[int | None, str, str, str]:
        """The member, the languages that they and the conversation speak, and a name of theirs that is in question."""
        to = receiver(self._store.read, conversation_id, answers)
        asked = question_about(self._store.read, to.message_id) if to else None
        row = self._store.read.execute(
            """SELECT coalesce(?2, i.member_id) AS whom,
              (SELECT language FROM member WHERE id = coalesce(?2, i.member_id)) AS spoken, c.language AS talk
            FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id WHERE c.id = ?1""",
            (conversation_id, to.member_id if to else None),
        ).fetchone()
        called = asked.name if asked else ""
        return (None, "", "", "") if row is None else (row["whom"], row["spoken"] or "", row["talk"], called)

    def _last_sent(self, template_id: int, member: int | None) -> dict[tuple[str, str], int]:
        """Return when (Unix seconds) this member, or one merged into them, last got each text."""
        if member is None:
            return {}
        rows = self._store.read.execute(_LAST_SENT, (template_id, member))
        return {(language, variant): int(at) for language, variant, at in rows}

    def _last_in_stack(self, template_id: int, conversation_id: int) -> dict[tuple[str, str], int]:
        """Return the last use (its id) of each text within days, in conversations that ask much the same as this."""
        conn = self._store.read
        since = clock.now() - DAYS * _DAY_SECONDS
        uses = conn.execute(_LATELY, (template_id, since)).fetchall()
        near = same_asked(conn, conversation_id, [row["conversation_id"] for row in uses]) if uses else set[int]()
        return {(row["language"], row["variant"]): row["id"] for row in uses if row["conversation_id"] in near}

    # --- keeping

    def add(self, key: str, name: str, use: str = "", texts: Iterable[Text] = (), folder: str = "") -> int:
        """Add a template and return its id; raises UserError without a valid text, or if the key is taken."""
        texts = [text for text in texts if text.body.strip()]
        if not texts:
            msg = tr("Write the reply first: a template needs a text.")
            raise UserError(msg)
        with self._store.write(tr("New template: {name}").format(name=name)) as conn:
            made = Template(
                0,
                keeping.normalized_key(key or name),
                keeping.checked_name(name),
                use.strip(),
                tuple(texts),
                folder=folder,
            )
            return keeping.insert(conn, made)

    def bring_in(self, templates: Iterable[Template], *, at: int | None = None) -> int:
        """Add the templates whose key is not taken, created now or at `at` (Unix seconds); returns how many."""
        with self._store.write(tr("Imported templates")) as conn:
            taken = {key for (key,) in conn.execute("SELECT key FROM template")}
            fresh = [template for template in templates if template.key not in taken]
            for template in fresh:
                keeping.insert(conn, template, at)
        return len(fresh)

    def import_from(self, path: Path) -> Taken:
        """Take the templates of a Markdown file, a folder of them or a CSV file; those of the same key are changed.

        One undoable action. Raises UserError for what cannot be used; then nothing is taken.
        """
        from app.templates import files  # noqa: PLC0415  loaded at first use

        found = files.read(path)
        known = {one.key: one for archived in (False, True) for one in self.all(archived=archived)}
        with self._store.write(tr("Imported templates")) as conn:
            return files.take(conn, found, known, self._carrier)

    def export_to(self, path: Path, *, replace: bool = False) -> int:
        """Write the templates to a folder of Markdown files or a CSV file; see `app.templates.files.write`."""
        from app.templates import files  # noqa: PLC0415  loaded at first use

        return files.write(self.all(), path, replace=replace, carrier=self._carrier)

    def unfinished(self) -> list[Unfinished]:
        """Return the unsaved edits kept when the window was closed."""
        from app.templates import unfinished  # noqa: PLC0415  only the templates page needs it

        return unfinished.load(self._store)

    def keep_unfinished(self, all_of_them: Iterable[Unfinished]) -> None:
        """Keep unsaved edits, replacing those kept before."""
        from app.templates import unfinished  # noqa: PLC0415  as above

        unfinished.save(self._store, all_of_them)

    def change(self, number: int, *, key: str, name: str, use: str, folder: str | None = None) -> None:
        """Change a template's key, name and use; raises UserError if the key is taken, NotFoundError.

        With `folder` it is put there too ("" for none), else it stays where it is.
        """
        with self._store.write(tr("Changed template: {name}").format(name=name)) as conn:
            try:
                done = conn.execute(
                    "UPDATE template SET key = ?, name = ?, use = ?, folder = coalesce(?, folder) WHERE id = ?",
                    (
                        keeping.normalized_key(key),
                        keeping.checked_name(name),
                        use.strip(),
                        None if folder is None else keeping.checked_folder(folder),
                        number,
                    ),
                )
            except IntegrityError as why:
                raise keeping.key_taken(key) from why
            keeping.require_row(done.rowcount)

    def put_text(
        self,
        number: int,
        language: str,
        variant: str,
        body: str,
        address: str | None = None,
        channel: str | None = None,
    ) -> None:
        """Add or replace the text in that language and variant; raises UserError if it is invalid.

        `address` and `channel` say whom and where it is for, as in `Text`; None leaves them as they are.
        """
        template = self.get(number)
        before = next((one for one in template.texts if (one.language, one.variant) == (language, variant)), None)
        if address is None:
            address = before.address if before is not None else ""
        if channel is None:
            channel = before.channel if before is not None else ""
        with self._store.write(
            tr("Saved template text: {name}, {language} {variant}").format(
                name=template.name, language=language, variant=variant
            )
        ) as conn:
            keeping.put(conn, number, Text(language, variant, body, 0, address, channel), clock.now())

    def versions(self, number: int) -> list[Version]:
        """What the texts of a template said before, the latest first."""
        rows = self._store.read.execute(
            "SELECT id, language, variant, body, address, channel, until FROM template_version"
            " WHERE template_id = ? ORDER BY until DESC, id DESC",
            (number,),
        )
        return [Version(*row) for row in rows]

    def restore(self, number: int, version: int) -> Version:
        """Make an earlier version the text again, and return it; what stood there is kept. Raises NotFoundError."""
        found = next((one for one in self.versions(number) if one.id == version), None)
        if found is None:
            msg = tr("This template has no earlier version {number}.").format(number=version)
            raise NotFoundError(msg)
        self.put_text(number, found.language, found.variant, found.body, found.address, found.channel)
        return found

    def drop_text(self, number: int, language: str, variant: str) -> None:
        """Remove the text in that language and variant."""
        template = self.get(number)
        with self._store.write(
            tr("Removed template text: {name}, {language} {variant}").format(
                name=template.name, language=language, variant=variant
            )
        ) as conn:
            keeping.keep(conn, number, language, variant, clock.now())
            done = conn.execute(
                "DELETE FROM template_text WHERE template_id = ? AND language = ? AND variant = ?",
                (number, language, variant),
            )
            keeping.require_row(done.rowcount)

    def archive(self, number: int, *, archived: bool = True) -> None:
        """Archive a template, or restore it; its uses stay."""
        template = self.get(number)
        title = tr("Archived template: {name}") if archived else tr("Brought back template: {name}")
        with self._store.write(title.format(name=template.name)) as conn:
            conn.execute("UPDATE template SET archived = ? WHERE id = ?", (archived, number))


def _template(row: Row, texts: Iterable[Text]) -> Template:
    number, key, name, use, archived, uses, used_at, folder = row
    return Template(number, key, name, use, tuple(texts), bool(archived), uses, used_at, folder)


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the template uses of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved: then nothing here goes with them.
    """
    if messages is None:
        conn.execute("UPDATE template_use SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))

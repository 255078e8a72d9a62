"""Whom a give-away's entrants hear from: drafts to winners and to the others, one a person. Nothing is sent by itself.

Each give-away has templates of its own, made from ours when it first needs them. By these it is known who was told:
sending notes which template went to whom, and undoing that takes the note away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from app.accounts import channel
from app.base import resources
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.text import fold
from app.base.words import N_, counted, tr
from app.gifts.asking_address import winners_key
from app.giveaways import told
from app.giveaways.desk import Giveaways
from app.giveaways.rows import Entry, Giveaway
from app.giveaways.saying import is_drawn, not_closed
from app.inbox import drafts
from app.inbox.addressing import TO
from app.inbox.drafts import Draft
from app.outbox import templated
from app.outbox.desk import Outbox
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import aimed
from app.outbox.reach import Reach
from app.store.sqlite import Connection
from app.templates import Template, read

WINNERS, OTHERS, EVERYBODY = "winners", "others", "everybody"
WHOM_NAMES = {WINNERS: N_("The winners"), OTHERS: N_("The others"), EVERYBODY: N_("Everybody who took part")}
MOST = 50
"""Drafts that are begun at once: as many as one looks through."""
_ENGLISH = "en"
_PARTS = {WINNERS: "winners", OTHERS: "others", EVERYBODY: "off"}
_POSTS = {OTHERS: "post", EVERYBODY: "off-post"}
TOLD, WAITING, DRAFTED, TO_TELL = "told", "waiting", "drafted", "to_tell"
STANDING_NAMES = {
    TOLD: N_("Told"), WAITING: N_("In the outbox"), DRAFTED: N_("A draft is ready"), TO_TELL: N_("To be told"),
}  # fmt: skip
_BY_POST = {TOLD: N_("One post has told everybody."), WAITING: N_("The post that tells everybody is in the outbox.")}


class Desks(templated.Desks, Protocol):
    """The desks that this one joins: those of whoever writes by a template, and two more."""

    @property
    def outbox(self) -> Outbox:
        """Replies."""
        ...

    @property
    def giveaways(self) -> Giveaways:
        """Give-aways."""
        ...


class Notice(NamedTuple):
    """Somebody who is to be told, by their entry; `standing` is one of STANDING_NAMES."""

    entry: Entry
    standing: str

    @property
    def id(self) -> int:
        """The entry's."""
        return self.entry.id


class Telling(NamedTuple):
    """How far the telling is: everybody in the order of their entries.

    `by_post` is how one post stands that tells them all: TOLD, WAITING, or "" for none.
    """

    notices: tuple[Notice, ...]
    by_post: str = ""

    @property
    def post_words(self) -> str:
        """A sentence about that post; "" for none."""
        return tr(_BY_POST[self.by_post]) if self.by_post else ""

    def count(self, standing: str) -> int:
        """How many stand so."""
        return sum(one.standing == standing for one in self.notices)


class Missing(NamedTuple):
    """Somebody to whom there is no draft, and why."""

    entry_id: int
    name: str
    why: str


class Begun(NamedTuple):
    """The numbers of the drafts as the list of drafts has them, and to whom there is none."""

    drafts: tuple[int, ...]
    missing: tuple[Missing, ...]


class Notices:
    """Drafts to the entrants of give-aways; each batch is one undoable action."""

    def __init__(self, desks: Desks) -> None:
        """Nothing is read before it is asked for."""
        self._desks, self._store = desks, desks.store

    def whom(self, number: int) -> tuple[str, ...]:
        """Who can be told as the give-away stands: winners and others after the draw, everybody if it's called off."""
        one = self._desks.giveaways.get(number)
        if one.called_off_at is not None:
            return (EVERYBODY,)
        return (WINNERS, OTHERS) if one.drawn_at is not None else ()

    def telling(self, number: int, whom: str) -> Telling:
        """Who of these is told, has a draft, and is still to be told. Raises UserError if they can't be told yet."""
        people = self._people(number, whom)
        known = told.read(self._store.read, self._numbers(_key(number, _PARTS[whom])))
        by_post = told.by_post(self._store.read, self._numbers(_key(number, _POSTS[whom]))) if whom in _POSTS else ""
        return Telling(tuple(Notice(one, known.standing(one)) for one in people), by_post)

    def template(self, number: int, whom: str) -> Template:
        """The give-away's own template for these; made from ours if it has none yet."""
        return self._own(self._desks.giveaways.get(number), _PARTS[whom])

    def begin(self, number: int, whom: str, most: int = MOST) -> Begun:
        """Begin a draft to each of the next `most` who are to be told, where and as each is best reached; one action.

        Raises UserError if nobody is to be told, or before the winners' gifts are made.
        """
        one = self._desks.giveaways.get(number)
        telling = self.telling(number, whom)
        if telling.by_post:
            raise UserError(telling.post_words)
        waiting = [notice.entry for notice in telling.notices if notice.standing == TO_TELL]
        if not waiting:
            raise UserError(_nobody_left(telling))
        if whom == WINNERS and any(entry.gift_id is None for entry in waiting):
            raise UserError(tr("Make the winners' gifts first, so that the addresses that come in find them."))
        title = tr("Drafts to entrants of “{name}”").format(name=one.name)
        template = self._own(one, _PARTS[whom])
        ready, missing = dict[object, Draft | LetterDraft](), list[Missing]()
        for entry in waiting:
            if len(ready) == most:
                break
            try:
                place, draft = self._begin(one, template, entry)
            except UserError as why:
                missing.append(Missing(entry.id, entry.name, str(why)))
                continue
            if place in ready:
                missing.append(Missing(entry.id, entry.name, _taken()))
            ready.setdefault(place, draft)
        if not ready:
            raise UserError(_nobody_reached(missing))
        with self._store.write(title) as conn:
            numbers = [self._save(conn, draft) for draft in ready.values()]
        return Begun(tuple(numbers), tuple(missing))

    def post(self, number: int, whom: str = "") -> LetterDraft:
        """A draft of one post that tells everybody at once, in place of a message to each; one action.

        Raises UserError if it can't be told yet, or no account can publish a post.
        """
        one = self._desks.giveaways.get(number)
        aim = whom or (EVERYBODY if one.called_off_at is not None else OTHERS)
        if aim not in _POSTS:
            raise UserError(tr("Winners are told one by one: a post can't ask for their addresses."))
        self._people(number, aim)
        return self._post(one, _POSTS[aim], _values(one), tr("Post to the entrants of “{name}”"))

    def post_hash(self, number: int) -> LetterDraft:
        """A draft of the post that publishes the hash of the list, to be sent before the seed is known; one action.

        Raises UserError before it is closed, and once it is drawn.
        """
        one = self._desks.giveaways.get(number)
        if one.drawn_at is not None:
            raise UserError(is_drawn(one))
        if one.closed_at is None:
            raise UserError(not_closed(one))
        entries = str(self._desks.giveaways.counts(number).entries)
        seed = one.seed_promise or tr("a public value that nobody knows yet")
        more = {**_values(one), "entries": entries, "hash": one.list_sha256, "seed": seed}
        return self._post(one, "hash", more, tr("Post with the hash of “{name}”"))

    def _post(self, one: Giveaway, part: str, more: Mapping[str, str], title: str) -> LetterDraft:
        draft = self._desks.letters.new_post()
        template = self._own(one, part)
        there = [known for known in self._desks.letters.drafts() if known.template_id == template.id]
        if there:
            return there[0]
        picked = self._desks.templates.pick_for_member(template.id, None, "", more)
        picked = picked or self._desks.templates.pick_for_member(template.id, None, _ENGLISH, more)
        if picked is None:
            raise UserError(_no_text(template))
        words, language = picked.filled.text, picked.text.language
        with self._store.write(title.format(name=one.name)):
            return self._desks.letters.save(
                draft._replace(text=words, language=language, template_id=template.id, subject=one.name)
            )

    # --- within

    def _people(self, number: int, whom: str) -> list[Entry]:
        """One entry for each person of these. Raises UserError if they can't be told yet."""
        one, desk = self._desks.giveaways.get(number), self._desks.giveaways
        if whom not in self.whom(number):
            if one.called_off_at is not None:
                msg = tr("“{name}” was called off: everybody who took part is told, without winners and others.")
            elif whom == EVERYBODY:
                msg = tr("“{name}” isn't called off. After the draw, tell the winners and the others.")
            else:
                msg = tr("“{name}” isn't drawn yet, so there's nothing to tell.")
            raise UserError(msg.format(name=one.name))
        if whom == WINNERS:
            return _each_once([entry for entry in desk.winners(number) if not entry.struck])
        if whom == OTHERS:
            won = {_person(entry) for entry in desk.winners(number)}
            return [entry for entry in _each_once(desk.others(number)) if _person(entry) not in won]
        return _each_once([entry for entry in desk.entries(number) if not entry.struck])

    def _begin(self, one: Giveaway, template: Template, entry: Entry) -> tuple[object, Draft | LetterDraft]:
        """The draft to one entrant, not kept yet, and its place, which has room for one. Raises UserError."""
        self._refuse_unwilling(entry)
        talk, public = self._where(entry)
        way = None if talk is not None and not public else self._way(entry)
        if talk is not None and way is None:
            return talk, self._reply(one, template, entry, talk)
        if way is None:
            raise UserError(tr("There's no way to write to them here."))
        return way.address.lower(), self._letter(one, template, entry, way)

    def _save(self, conn: Connection, draft: Draft | LetterDraft) -> int:
        """Keep a draft; returns its number in the list of all drafts."""
        if isinstance(draft, LetterDraft):
            return -self._desks.letters.save(draft).id
        drafts.save(conn, draft)
        return draft.conversation_id

    def _refuse_unwilling(self, entry: Entry) -> None:
        row = self._store.read.execute("SELECT do_not_contact FROM member WHERE id = ?", (entry.member_id,)).fetchone()
        if row is not None and row["do_not_contact"]:
            raise UserError(tr("They asked not to be contacted."))
        if row is None and not entry.contact:
            raise UserError(tr("Nothing is known of them but a name."))

    def _where(self, entry: Entry) -> tuple[int | None, bool]:
        """The conversation in which somebody entered, None for none that is there; and whether others can read it."""
        row = self._store.read.execute(
            "SELECT c.id, c.public FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.id = ? AND m.gone_at IS NULL",
            (entry.message_id,),
        ).fetchone()
        return (None, False) if row is None else (int(row["id"]), bool(row["public"]))

    def _way(self, entry: Entry) -> Reach | None:
        """The private way to somebody: where they entered, else any if they left no comment to reply to."""
        kinds = self._kinds(entry)
        ways = [] if entry.member_id is None else self._desks.letters.reaches(entry.member_id)
        there = [way for way in ways if way.kind in kinds]
        if there or entry.message_id is not None:
            return next(iter(there), None)
        mail = next((one for one in self._desks.letters.accounts() if channel(one.kind).by_address), None)
        if "@" in entry.contact.lstrip("@") and mail is not None:
            same = [way for way in ways if address_key(way.address) == address_key(entry.contact)]
            fresh = Reach(mail.id, mail.name, mail.kind, entry.name, entry.contact, None, entry.member_id)
            return next(iter(same), fresh)
        return next(iter(ways), None)

    def _kinds(self, entry: Entry) -> set[str]:
        """The kinds of channel on which somebody entered, by the message or by the channel's name."""
        row = self._store.read.execute(
            "SELECT a.kind FROM message m JOIN account a ON a.id = m.account_id WHERE m.id = ?", (entry.message_id,)
        ).fetchone()
        if row is not None:
            return {str(row["kind"])}
        named = fold(entry.channel)
        every = self._store.read.execute("SELECT kind, name FROM account").fetchall()
        return {kind for kind, name in every if named and named in (fold(name), fold(kind), fold(channel(kind).title))}

    def _reply(self, one: Giveaway, template: Template, entry: Entry, talk: int) -> Draft:
        there = drafts.get(self._store.read, talk)
        if there is not None and there.text.strip():
            raise UserError(_taken())
        why = self._desks.outbox.why_not_sendable(talk, entry.message_id)
        if why is not None:
            raise why
        more, desk = _values(one), self._desks.templates
        picked = desk.pick(template.id, talk, "", entry.message_id, more)
        picked = picked or (
            desk.pick(template.id, talk, _ENGLISH, entry.message_id, more) if _ENGLISH in template.languages else None
        )
        if picked is None:
            raise UserError(_no_text(template))
        return Draft(talk, picked.filled.text, picked.text.language, entry.message_id, template.id)

    def _letter(self, one: Giveaway, template: Template, entry: Entry, way: Reach) -> LetterDraft:
        address = way.address.lower()
        for known in self._desks.letters.drafts():
            same = known.member_id is not None and known.member_id == entry.member_id
            if known.text.strip() and (same or any(box.address.lower() == address for box in known.receivers)):
                raise UserError(tr("A message to them is being written already. Send or discard it first."))
        desk, more = self._desks.templates, _values(one)
        picked = desk.pick_for_member(template.id, entry.member_id, "", more)
        picked = picked or desk.pick_for_member(template.id, entry.member_id, _ENGLISH, more)
        if picked is None:
            raise UserError(_no_text(template))
        draft = LetterDraft(
            text=picked.filled.text, language=picked.text.language, template_id=template.id, subject=one.name
        )
        receivers = (Addressee(TO, way.name or entry.name, way.address),)
        return aimed(draft, way)._replace(receivers=receivers, member_id=entry.member_id)

    def _own(self, one: Giveaway, part: str) -> Template:
        key = _key(one.id, part)
        if not self._numbers(key):
            ours = read(resources.ROOT.joinpath("starter", "giveaway.toml").read_text("utf-8"))
            (model,) = (template for template in ours if template.key == f"giveaway-{part}")
            name = tr("{giveaway}: {whom}").format(giveaway=one.name, whom=model.name)
            with self._store.write():
                self._desks.templates.bring_in([replace(model, key=key, name=name)])
        return self._desks.templates.get(key)

    def _numbers(self, key: str) -> list[int]:
        """The id of the template with this key; [] before it is made."""
        return [row["id"] for row in self._store.read.execute("SELECT id FROM template WHERE key = ?", (key,))]


def _taken() -> str:
    return tr("There's a draft in their conversation already. Send or discard it first.")


def _key(number: int, part: str) -> str:
    return winners_key(number) if part == "winners" else f"giveaway-{number}-{part}"


def _values(one: Giveaway) -> Mapping[str, str]:
    return {"giveaway": one.name, "prize": one.prize or one.name}


def _person(entry: Entry) -> tuple[str, str]:
    """Who somebody is, to be told once."""
    return ("", str(entry.member_id)) if entry.member_id is not None else (entry.channel, entry.contact or entry.name)


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    return list({_person(entry): entry for entry in reversed(list(entries))}.values())[::-1]


def _no_text(template: Template) -> str:
    return tr("The template “{name}” has no text. Write one first.").format(name=template.name)


def _nobody_left(telling: Telling) -> str:
    if not telling.notices:
        return tr("There's nobody to tell.")
    if telling.count(DRAFTED):
        return tr("Drafts to all who are left are ready: send them, or discard them.")
    if telling.count(WAITING):
        return tr("What tells those who are left is in the outbox.")
    return tr("Everybody has been told.")


def _nobody_reached(missing: Sequence[Missing]) -> str:
    _, name, why = missing[0]
    words = counted(
        len(missing), "Nobody can be written to ({count} person).", "Nobody can be written to ({count} people)."
    )
    return tr("{sentence} The first, {name}: {reason}").format(sentence=words, name=name, reason=why)

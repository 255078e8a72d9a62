"""New messages that answer nobody: letters, forwarded ones, matters moved to private, and posts of our own.

A letter that is being written is a row of `letter_draft`: it has no conversation yet. Submitting it makes one for each
letter, which stays empty until its first message is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from app import introductions
from app.accounts import channel
from app.accounts.notes import who_speaks
from app.accounts.senders import below, marked, senders, signature
from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee, Attached
from app.base.words import counted, tr
from app.gifts import asking_address
from app.inbox import addressing, drafts, links
from app.inbox.addressing import TO
from app.mail.forwarding import block, forwarded_subject
from app.outbox import beginning, files, fitting, keeping, letter_drafts, posts, reach, readers, venues
from app.outbox.beginning import Beginning
from app.outbox.composing import refuse_mentions
from app.outbox.desk import Outbox
from app.outbox.destination import Destination
from app.outbox.entry import FORWARD, NEW
from app.outbox.files import of_letter
from app.outbox.from_template import note_sent
from app.outbox.letter_drafts import PRIVATE, LetterDraft
from app.outbox.promised import note_promised_new
from app.outbox.reach import Reach
from app.outbox.venues import Venue
from app.store.sqlite import Connection
from app.store.store import Store
from app.voice import Cleared, Draft
from app.works import asked_with

FORWARDED = "forward"
"""Why a conversation is linked to the one whose message was forwarded in it (conversation_link.why)."""


_EMPTY = LetterDraft()


class Letters:
    """Messages that are being written without a conversation, and their sending. Thread-safe."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        """`outbox` takes what is submitted."""
        self._store, self._outbox = store, outbox

    # --- being written

    def drafts(self) -> list[LetterDraft]:
        """All that are being written, the latest first."""
        return letter_drafts.every(self._store.read)

    def get(self, number: int) -> LetterDraft:
        """The draft with this id. Raises NotFoundError if there is none, such as after it was sent.

        One that waited for a way to its member goes by it as soon as there is one.
        """
        draft = letter_drafts.get(self._store.read, number)
        if draft.receivers or draft.member_id is None:
            return draft
        ways = self.reaches(draft.member_id)
        return aimed(draft, ways[0]) if ways else draft

    def save(self, draft: LetterDraft, begun: LetterDraft = _EMPTY, seen: LetterDraft | None = None) -> LetterDraft:
        """Keep a draft as it is now; returns it with its id. Not an action. A blank one is deleted (id 0).

        `begun` is what it was when it was begun, see `is_blank`; `seen` what its writer knew to be in the file: has
        somebody else written on it since, it is kept as a draft of its own, with another id. One that is not there any
        more, and to which nothing was added, stays away (id 0).
        """
        blank = self.is_blank(draft, begun)
        there = keeping.stored(self._store.read, draft.id)
        if not blank and there is not None and keeping.same(there, draft):  # an undo of what began it finds it so
            return draft
        if draft.id and there is None and seen is not None and keeping.same(seen, draft):
            return draft._replace(id=0)
        with self._store.write() as conn:
            if blank and not keeping.has_files(conn, draft):
                if not keeping.is_unseen(conn, draft, seen):
                    files.drop(conn, of_letter(draft.id))
                    letter_drafts.delete(conn, draft.id)
                return draft._replace(id=0)
            return keeping.save(conn, draft, seen)

    def is_blank(self, draft: LetterDraft, begun: LetterDraft = _EMPTY) -> bool:
        """Whether the person has written and chosen nothing in it, apart from its files; see `app.outbox.keeping`."""
        return keeping.is_blank(self._store.read, draft, begun)

    def changed(self, seen: LetterDraft) -> LetterDraft | None:
        """The draft as it is in the file, if it has other words than were `seen` there; None else, or if it is gone."""
        there = keeping.stored(self._store.read, seen.id)
        return None if there is None or (there.text, there.subject) == (seen.text, seen.subject) else there

    def keep(self, draft: LetterDraft, seen: LetterDraft | None = None) -> LetterDraft:
        """As `save`, but one with nothing in it is kept too: a file is about to be attached to it."""
        with self._store.write() as conn:
            return keeping.save(conn, draft, seen)

    def drop(self, number: int) -> None:
        """Take away a draft with its files, leaving nothing to undo; nothing happens if it is not there any more."""
        with self._store.write() as conn:
            files.drop(conn, of_letter(number))
            letter_drafts.delete(conn, number)

    def delete(self, number: int) -> None:
        """Discard a draft with its files; one undoable action."""
        draft = self.get(number)
        title = draft.subject or addressing.in_words(draft.receivers) or tr("new message")
        with self._store.write(tr("Discarded draft: {title}").format(title=title)) as conn:
            files.drop(conn, of_letter(number))
            letter_drafts.delete(conn, number)

    def new(self) -> LetterDraft:
        """A new draft, not saved: by e-mail where that can be sent; a post where only that is possible.

        Raises UserError if nothing can be begun here.
        """
        accounts = self.accounts()
        mail = [account for account in accounts if channel(account.kind).by_address]
        if not accounts and self.posting_accounts():
            return self.new_post()
        if not accounts:
            raise UserError(tr("No account here can begin a conversation. Connect an e-mail account first."))
        return LetterDraft(account_id=(mail or accounts)[0].id)

    def to_member(self, member_id: int, linked_id: int | None = None) -> LetterDraft:
        """A draft to a member on the likeliest channel, not saved yet; the one begun to them before, if there is one.

        Without a way to write to them it has no receiver, and `destination` says so.
        """
        for known in self.drafts():
            if known.member_id == member_id and known.forwards_id is None and linked_id in (None, known.linked_id):
                return known
        draft = LetterDraft(member_id=member_id, linked_id=linked_id, language=self.language_of(member_id))
        ways = self.reaches(member_id)
        return aimed(draft, ways[0]) if ways else draft._replace(account_id=self.new().account_id)

    def language_of(self, member_id: int) -> str:
        """The language that a member reads; "" if it is not known."""
        row = self._store.read.execute("SELECT language FROM member WHERE id = ?", (member_id,)).fetchone()
        return str(row["language"]) if row is not None else ""

    def reaches(self, member_id: int) -> list[Reach]:
        """The ways to write to a member in private, the likeliest first."""
        return reach.reaches(self._store.read, member_id)

    def latest_private(self, member_id: int) -> int | None:
        """The latest private conversation with a member that can be replied to; None if there is none."""
        rows = self._store.read.execute(
            "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id"
            " WHERE i.member_id = ? AND c.public = 0 AND c.messages > 0 ORDER BY c.last_at DESC, c.id DESC LIMIT 1",
            (member_id,),
        )
        return next((int(row["id"]) for row in rows if self._outbox.why_not_sendable(row["id"]) is None), None)

    def find(self, whom: str, account_id: int | None = None) -> Reach:
        """The way to somebody named by an address, a handle, a name or P-...; see `app.outbox.reach`."""
        return reach.find(self._store.read, whom, account_id)

    def accounts(self) -> list[reach.Account]:
        """The accounts through which a private conversation can be begun."""
        return reach.accounts(self._store.read)

    # --- posts of our own

    def posting_accounts(self) -> list[reach.Account]:
        """The accounts on which a post of ours can be published."""
        return posts.accounts(self._store.read)

    def venues(self, account_id: int) -> list[Venue]:
        """Where posts can go on an account, as it was last checked."""
        return venues.venues(self._store.read, account_id)

    def venue(self, account_id: int, typed: str) -> Venue:
        """The venue that the typed words mean. Raises UserError if none or several have this name."""
        return venues.find(self._store.read, account_id, typed)

    def venue_word(self, account_id: int) -> str:
        """What a venue is called on an account: "Channel", "Category", "Audience"."""
        return venues.word(self._store.read, account_id)

    def venues_are_asked(self, account_id: int) -> bool:
        """Whether a check of the account brings its venues, so that a new one can be fetched."""
        return venues.are_asked(self._store.read, account_id)

    def room(self, draft: LetterDraft) -> fitting.Room | None:
        """How long it may be; None while no account is chosen."""
        return None if draft.account_id is None else posts.room(self._store.read, draft)

    def new_post(self, account_id: int | None = None) -> LetterDraft:
        """A new post, not saved, where the last one went. Raises UserError if nothing can be posted (there)."""
        return posts.begun(self._store.read, account_id)

    def as_post(self, draft: LetterDraft, account_id: int | None = None) -> LetterDraft:
        """The draft as a post, because the person says so; its words and title stay, its receivers go.

        Words that were meant for somebody have no venue yet. Raises UserError for a draft that must stay private, or if
        nothing can be posted (there).
        """
        why = posts.why_not_a_post(draft)
        if why:
            raise UserError(why)
        return posts.on_account(self._store.read, draft, self.new_post(account_id).account_id or 0)

    def as_message(self, draft: LetterDraft) -> LetterDraft:
        """A post that is being written as a message to somebody, who is to be chosen.

        Raises UserError if no message can be begun here.
        """
        if not self.accounts():
            raise UserError(tr("No account here can begin a conversation. Connect an e-mail account first."))
        return draft._replace(account_id=self.new().account_id, receivers=())

    def forward_of(self, message_id: int) -> LetterDraft:
        """A saved draft that forwards this message: with its subject, and its files attached.

        Raises NotFoundError if there is no such message, UserError for one that could not be read, or where no account
        sends e-mail.
        """
        conn = self._store.read
        original = beginning.original(conn, message_id)
        mail = next((account for account in self.accounts() if channel(account.kind).by_address), None)
        if mail is None:
            raise UserError(tr("Forwarding needs an e-mail account. Connect one first."))
        row = conn.execute("SELECT account_id, language FROM message WHERE id = ?", (message_id,)).fetchone()
        own = next((account for account in self.accounts() if account.id == row["account_id"]), None)
        through = own if own is not None and channel(own.kind).by_address else mail
        draft = LetterDraft(
            account_id=through.id, subject=forwarded_subject(original.subject), forwards_id=message_id,
            language=row["language"], together=True,
        )  # fmt: skip
        with self._store.write() as writer:
            saved = letter_drafts.save(writer, draft)
            for name, kind, content in writer.execute(
                "SELECT a.name, a.type, b.bytes FROM attachment a JOIN attachment_bytes b ON b.sha256 = a.sha256"
                " WHERE a.message_id = ? ORDER BY a.id",
                (message_id,),
            ).fetchall():
                files.insert(writer, of_letter(saved.id), Attached(name, kind or files.type_of(name), content))
            return saved

    def ending(self, draft: LetterDraft) -> str:
        """All that would follow the words: the signature, and the letter that is forwarded; "" for nothing."""
        if posts.is_post(draft):
            return ""
        account = next((one for one in self.accounts() if one.id == draft.account_id), None)
        return self._ending(draft, by_mail=account is None or channel(account.kind).by_address)

    def original(self, draft: LetterDraft) -> str:
        """The letter inside a forward, as it is going to be sent; "" for any other draft."""
        if draft.forwards_id is None:
            return ""
        return block(beginning.original(self._store.read, draft.forwards_id), draft.language)

    def destination(self, draft: LetterDraft) -> Destination:
        """Where it goes, in a sentence: to whom, how many letters, from which address, and that it is private.

        Of a post: where it is published, and who sees it.
        """
        conn = self._store.read
        if posts.is_post(draft):
            return posts.destination(conn, draft)
        account = next((one for one in self.accounts() if one.id == draft.account_id), None)
        if not draft.receivers:
            sentence = tr("Choose who it goes to.")
            if draft.member_id is not None and not reach.reaches(conn, draft.member_id):
                sentence = reach.no_way(_name_of(conn, draft.member_id))
            kind = account.kind if account else ""
            of = channel(kind) if kind else None
            return Destination(
                sentence, 0, kind, sentence, titles=of is None or of.can.titles, by_mail=of is None or of.by_address
            )
        if account is None:
            msg = tr("Choose the account that it's sent from.")
            return Destination(msg, 0, problem=msg)
        of = channel(account.kind)
        try:
            _refuse_sender(conn, draft, account)
            letters = beginning.letters(account.kind, draft.receivers, together=draft.together)
        except UserError as why:
            return Destination(str(why), 0, account.kind, str(why), of.can.titles, of.by_address)
        sentence = _where(conn, _spoken(conn, draft), account, letters)
        return Destination(sentence, len(letters), account.kind, "", of.can.titles, of.by_address)

    def read_by(self, words: Draft, draft: LetterDraft) -> Draft:
        """The words with who is going to read them and what goes along, for the check before sending."""
        return readers.letter(self._store.read, words, draft)

    # --- sending

    def submit(
        self,
        cleared: Cleared,
        draft: LetterDraft,
        *,
        hold_seconds: int = 10,
        at: int | None = None,
        thread: bool = False,
    ) -> list[int]:
        """Queue it for sending; returns the ids in the outbox, one for each letter. One undoable action.

        It is held for `hold_seconds`, or until `at` (Unix seconds). With `thread` a post that is too long is published
        in parts, each answering the previous one; then the ids are those of its parts. Raises UserError if it has no
        receiver or cannot be sent there, if its files are too large, or the same letter is already on its way.
        """
        goes = self._beginning(cleared, draft, at, hold_seconds, thread=thread)
        saved = self._saved(cleared, draft)
        names = addressing.blind_apart(draft.receivers)
        title = tr("Forwarded to {name}") if draft.forwards_id else tr("New message to {name}")
        title = tr("New post: {name}") if goes.post else title
        with self._store.write(title.format(name=names), durable=True) as conn:
            attached = files.attached(conn, of_letter(saved.id))
            files.refuse_unsendable(attached, goes.kind)
            made = [goes.insert(conn, boxes) for boxes in goes.letters]
            files.hand_out(conn, of_letter(saved.id), [begun.outbox_id for begun in made])
            parts = goes.go_on(conn, made[0]) if goes.post else []
            for begun in made:
                if (conversation := begun.conversation_id) and draft.linked_id is not None:
                    links.insert(conn, draft.linked_id, conversation, PRIVATE)
                elif draft.forwards_id is not None:
                    links.insert(conn, _conversation_of(conn, draft.forwards_id), conversation, FORWARDED)
                note_promised_new(conn, begun.outbox_id, conversation, begun.member_id, saved, goes.until)
                used = cleared.draft
                note_sent(conn, used, begun.member_id, conversation)
                if used.template_id is not None:
                    asked_with(conn, begun.outbox_id, used.template_id, used.text, begun.member_id, goes.until)
                    asking_address.asked_with(conn, begun.outbox_id, used.template_id, begun.member_id, goes.until)
            introductions.submitted(conn, saved.id, made[0].outbox_id, clock.now())
            letter_drafts.delete(conn, saved.id)
            return [*(begun.outbox_id for begun in made), *parts]

    def _saved(self, cleared: Cleared, draft: LetterDraft) -> LetterDraft:
        """Save the draft exactly as it is submitted, so that an undo restores that."""
        written = cleared.draft
        with self._store.write() as conn:
            return letter_drafts.save(
                conn,
                draft._replace(text=written.text, language=written.language, template_id=written.template_id),
            )

    def _beginning(
        self, cleared: Cleared, draft: LetterDraft, at: int | None, hold_seconds: int, *, thread: bool
    ) -> Beginning:
        """All that the letters of a draft have in common. Raises UserError as `submit`."""
        conn, now, text = self._store.read, clock.now(), cleared.draft.text
        goes = self.destination(draft)
        if goes.problem or draft.account_id is None:
            raise UserError(goes.problem)
        if at is not None and at <= now:
            msg = tr("That time has passed. Choose a later one, or send it now.")
            raise UserError(msg)
        of, language = channel(goes.kind), cleared.draft.language
        ending = self._ending(draft._replace(language=language), by_mail=of.by_address)
        room = posts.room(conn, draft)
        texts = room.parts(text) if thread else [text]
        room.refuse(texts)
        for box in () if goes.post else draft.receivers:
            refuse_mentions(text, beginning.as_receiver(box), goes.kind)
        boxes = posts.settled(conn, draft).receivers
        letters = (boxes,) if goes.post else beginning.letters(goes.kind, boxes, together=draft.together)
        until = now + hold_seconds if at is None else at
        return Beginning(
            cleared, draft.account_id, goes.kind, letters, now, until, at is not None, draft.subject, ending,
            _spoken(conn, draft).sender, FORWARD if draft.forwards_id else NEW, draft.forwards_id, tuple(texts),
            goes.titles, goes.post,
        )  # fmt: skip

    def _ending(self, draft: LetterDraft, *, by_mail: bool) -> str:
        """What follows the words: the signature, and the letter that is forwarded."""
        signed = ""
        if by_mail and draft.account_id is not None:
            sender = _spoken(self._store.read, draft).sender
            signed = marked(signature(self._store.read, draft.account_id, sender, draft.language))
        return below([signed, self.original(draft)])

    # --- to private

    def move_to_private(
        self, cleared: Cleared, conversation_id: int, *, answers: int | None = None, hold_seconds: int = 10
    ) -> tuple[int, LetterDraft]:
        """Post the offer in a public conversation, and begin a private draft to the same person; one undoable action.

        Returns the id of the offer in the outbox, and the draft, which is linked to the conversation. Raises UserError
        if the conversation is not public, or the offer cannot be sent.
        """
        conn = self._store.read
        row = conn.execute(
            "SELECT c.public, c.title, d.text FROM conversation c LEFT JOIN draft d ON d.conversation_id = c.id"
            " WHERE c.id = ?",
            (conversation_id,),
        ).fetchone()
        if row is None:
            msg = tr("There's no conversation {id}.").format(id=ids.display("C", conversation_id))
            raise NotFoundError(msg)
        if not row["public"]:
            raise UserError(tr("This conversation is private already."))
        member = self.whose(conversation_id, answers)
        if member is None:
            raise UserError(tr("Nobody but you has written here, so there's nobody to reply to."))
        writing = drafts.get(conn, conversation_id)
        begun = self.to_member(member, conversation_id)
        title = tr("Moved to private: {name}").format(name=_name_of(conn, member))
        with self._store.write(title, durable=True) as writer:
            number = self._outbox.submit(cleared, conversation_id, answers=answers, hold_seconds=hold_seconds)
            if writing is not None and writing.text.strip() not in ("", cleared.draft.text.strip()):
                drafts.save(writer, writing)
            saved = letter_drafts.save(
                writer, begun._replace(linked_id=conversation_id, subject=begun.subject or row["title"])
            )
        return number, saved

    def whose(self, conversation_id: int, answers: int | None = None) -> int | None:
        """The member whom a reply in that conversation goes to; None if nobody whom we know."""
        from app.inbox.receivers import receiver  # noqa: PLC0415  only for this

        to = receiver(self._store.read, conversation_id, answers)
        return to.member_id if to is not None else None

    def first_member(self, draft: LetterDraft) -> int | None:
        """The member whom a message goes to first; None for a post, for nobody whom we know, and for one of several."""
        account = next((one for one in self.accounts() if one.id == draft.account_id), None)
        if account is None or posts.is_post(draft) or not draft.receivers:
            return None
        with suppress(UserError):
            return reach.identity_at(self._store.read, account.kind, draft.receivers[0].address).member_id
        return None

    def waiting_for(self, conversation_id: int) -> LetterDraft | None:
        """The private draft that is linked to this public conversation; None if there is none."""
        return next((draft for draft in self.drafts() if draft.linked_id == conversation_id), None)


def aimed(draft: LetterDraft, way: Reach) -> LetterDraft:
    """The draft, going to somebody by this way."""
    box = Addressee(TO, way.name, way.address)
    sender = draft.sender if draft.account_id == way.account_id else ""
    return draft._replace(account_id=way.account_id, receivers=(box,), sender=sender, member_id=way.member_id)


def _spoken(conn: Connection, draft: LetterDraft) -> LetterDraft:
    """The draft as it is sent: from the address that speaks for the account, where the person chose no other."""
    if draft.sender or draft.account_id is None:
        return draft
    return draft._replace(sender=who_speaks(conn, draft.account_id))


def _refuse_sender(conn: Connection, draft: LetterDraft, account: reach.Account) -> None:
    """Raise UserError if the draft is to come from an address that the account has not."""
    known = [sender.address for sender in senders(conn, account.id)]
    if draft.sender and draft.sender.lower() not in {address.lower() for address in known}:
        msg = tr("{address} isn't an address of this account. It can send as: {addresses}.").format(
            address=draft.sender, addresses=", ".join(known)
        )
        raise UserError(msg)


def _where(
    conn: Connection, draft: LetterDraft, account: reach.Account, letters: Sequence[tuple[Addressee, ...]]
) -> str:
    """The sentence of `destination`."""
    names, title = addressing.in_words(draft.receivers, most=addressing.MAX_IN_HEAD), tr(channel(account.kind).title)
    if not channel(account.kind).by_address:
        return tr("Private message to {names} on {channel}, from {account}.").format(
            names=names, channel=title, account=account.name
        )
    own = [sender for sender in senders(conn, account.id) if draft.sender.lower() in ("", sender.address.lower())]
    where = own[0].address if own else account.name
    if len(letters) > 1:
        return counted(
            len(letters),
            "{count} e-mail to {names}, from {sender}. Each gets their own and doesn't see the others.",
            "{count} e-mails to {names}, from {sender}. Each gets their own and doesn't see the others.",
            names=names,
            sender=where,
        )
    sentence = tr("{place}, from {sender}.")
    blind = sum(box.role == addressing.BCC for box in draft.receivers)
    if len(draft.receivers) - blind > 1:
        sentence = tr("{place}, from {sender}. Everyone sees who else got it.")
        if blind:
            sentence = tr("{place}, from {sender}. Everyone sees who else got it, but not who gets a blind copy.")
    return sentence.format(place=addressing.head(letters[0]), sender=where)


def _conversation_of(conn: Connection, message_id: int) -> int:
    row = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
    return int(row["conversation_id"])


def _name_of(conn: Connection, member_id: int) -> str:
    row = conn.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
    return str(row["name"]) if row is not None else ""

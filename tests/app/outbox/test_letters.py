"""New and forwarded letters: what the draft says is what the server is handed, once, and answers find it."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from app.accounts import Accounts
from app.accounts.senders import put_signature
from app.attachments import Attachments
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee, Attached, Author, Incoming
from app.channels.email.session import EmailSession
from app.inbox import Inbox
from app.inbox.links import links
from app.intake import Intake
from app.outbox import LetterDraft, Letters, Outbox, OutgoingFiles, meet, of_letter, of_outbox
from app.store.store import Store
from app.voice import Draft, clear
from tests.app.channels.contract import pulled
from tests.app.saying import differences, is_consistent, rows
from tests.servers.mail import DOMAIN, PASSWORD, Fault, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")
_COUNT = iter(range(1000))


@dataclass(slots=True)
class Desk:
    """A mailbox of ours, of this test alone, with the desks that send from it."""

    store: Store
    outbox: Outbox
    letters: Letters
    files: OutgoingFiles
    intake: Intake
    session: EmailSession
    post: MailServer
    name: str
    cursor: dict[str, str]

    def draft(self, *to: str, subject: str = "Hæ", **more: Any) -> LetterDraft:
        boxes = tuple(Addressee("to", who.capitalize(), self.at(who)) for who in to)
        return LetterDraft(account_id=1, receivers=boxes, subject=subject)._replace(**more)

    def at(self, who: str) -> str:
        return f"{self.name}.{who}@{DOMAIN}"

    def submit(self, draft: LetterDraft, text: str = "Góðan dag, þetta er nýtt.", hold: int = 0) -> list[int]:
        return self.letters.submit(clear(Draft(text, "is"), (), wordless=True), draft, hold_seconds=hold)

    def deliver(self, *numbers: int) -> list[str]:
        return [self.outbox.deliver(number, self.session).state for number in numbers]

    def got(self, who: str) -> list[EmailMessage]:
        mails = self.post.mails(f"{self.name}.{who}")
        return [email.message_from_bytes(mail, policy=email.policy.default) for mail in mails]

    def pull(self) -> None:
        self.intake.take(1, pulled(self.session, self.cursor))

    def one(self, sql: str, *values: object) -> object:
        return self.store.read.execute(sql, values).fetchone()[0]

    def undo(self) -> None:
        self.store.undo_action(int(str(self.one("SELECT max(id) FROM action WHERE undone_at IS NULL"))))


@pytest.fixture
def desk(store: Store, post: MailServer) -> Iterator[Desk]:
    name = f"letters{next(_COUNT)}"
    session = EmailSession(post.fields(name), {"password": PASSWORD}, timeout=5)
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, fields, created_at) VALUES (1, 'email', 'Mail', ?, ?, 0)",
            ("\n".join(session.own), f'{{"address": "{name}@{DOMAIN}", "name": "Jana"}}'),
        )
    outbox = Outbox(store, settle=0)
    made = Desk(
        store, outbox, Letters(store, outbox), OutgoingFiles(store), Intake(store, met=meet), session, post, name, {}
    )
    yield made
    post.fail(None)
    outbox.close()
    session.close()


def said(desk: Desk, number: str, text: str, who: str = "eva", *, refs: tuple[str, ...] = (), **more: Any) -> Incoming:
    at = desk.at(who)
    made = Incoming(number, clock.now(), text, Author(at, at, who.capitalize()), refs=refs, public=False, letter=number)
    return made._replace(parent=refs[-1] if refs else "", to=(f"{desk.name}@{DOMAIN}",), **more)


def test_each_gets_a_letter_of_their_own_and_a_conversation(desk: Desk) -> None:
    draft = desk.draft("anna", "bela")
    goes = desk.letters.destination(draft)
    assert (goes.letters, goes.problem) == (2, "")
    assert "doesn't see the others" in goes.sentence
    numbers = desk.submit(draft)
    assert desk.deliver(*numbers) == ["sent", "sent"]
    assert desk.post.envelopes(f"{desk.name}@{DOMAIN}") == [[desk.at("anna")], [desk.at("bela")]]
    (letter,) = desk.got("anna")
    assert (letter["Subject"], letter["In-Reply-To"], letter["References"], letter["Cc"]) == ("Hæ", None, None, None)
    assert str(letter["To"]) == f"Anna <{desk.at('anna')}>"
    entries = [desk.outbox.get(number) for number in numbers]
    assert len({entry.conversation_id for entry in entries}) == 2
    talks = [Inbox(desk.store).row(entry.conversation_id) for entry in entries]
    assert [(row.state, row.title, row.messages, row.public) for row in talks] == [("waiting", "Hæ", 1, False)] * 2
    is_consistent(desk.store)


def test_together_it_is_one_letter_and_blind_copies_are_in_no_line(desk: Desk) -> None:
    draft = desk.draft("anna", "bela", together=True)
    blind = Addressee("bcc", "", desk.at("boss"))
    draft = draft._replace(receivers=(*draft.receivers, blind))
    assert desk.letters.destination(draft._replace(receivers=draft.receivers[:2])).sentence.endswith("who else got it.")
    assert desk.letters.destination(draft).sentence.endswith("who else got it, but not who gets a blind copy.")
    (number,) = desk.submit(draft)
    assert desk.outbox.get(number).to_whom.endswith(f"; blind copy to {desk.at('boss')}")
    desk.deliver(number)
    assert desk.post.envelopes(f"{desk.name}@{DOMAIN}") == [[desk.at("anna"), desk.at("bela"), desk.at("boss")]]
    (raw,) = desk.post.mails(f"{desk.name}.boss")
    assert desk.at("boss").encode() not in raw.partition(b"\r\n\r\n")[0].replace(b"Delivered-To", b"")
    assert desk.at("bela").encode() in raw


def test_before_it_is_sent_there_is_nothing_in_the_inbox_and_undo_brings_the_words_back(desk: Desk) -> None:
    draft = desk.letters.save(desk.draft("anna", "bela")._replace(text="x"))
    desk.files.add_content(of_letter(draft.id), Attached("a.txt", "text/plain", b"abc"), "email")
    before = rows(desk.store, ("outbox", "conversation", "outgoing_file", "conversation_link"))
    numbers = desk.submit(draft, "Words", hold=60)
    assert Inbox(desk.store).counts()["waiting"] == 0
    assert desk.letters.drafts() == []
    assert [[file.name for file in desk.outbox.files(number)] for number in numbers] == [["a.txt"], ["a.txt"]]
    desk.undo()
    (back,) = desk.letters.drafts()
    assert (back.text, back.receivers, back.id) == ("Words", draft.receivers, draft.id)
    assert [file.name for file in desk.files.attached(of_letter(back.id))] == ["a.txt"]
    assert differences(before, rows(desk.store, tuple(set(before) - {"tally"}))) == {}
    desk.store.redo_last()
    assert len(desk.outbox.entries()) == 2
    assert desk.letters.drafts() == []
    is_consistent(desk.store)


def test_a_second_press_is_refused(desk: Desk) -> None:
    desk.submit(desk.draft("anna"), hold=60)
    with pytest.raises(UserError, match="already on its way"):
        desk.submit(desk.draft("anna"), hold=60)
    desk.submit(desk.draft("bela"), hold=60)  # the same words to somebody else are another letter
    assert len(desk.outbox.entries()) == 2


def test_an_answer_arrives_in_its_conversation(desk: Desk) -> None:
    (number,) = desk.submit(desk.draft("anna"))
    desk.deliver(number)
    entry = desk.outbox.get(number)
    desk.intake.take(1, [said(desk, "a1", "Takk! Hvar?", "anna", refs=(str(entry.remote_id),))])
    opened = Inbox(desk.store).open(entry.conversation_id)
    assert [line.text for line in opened.lines] == ["Góðan dag, þetta er nýtt.", "Takk! Hvar?"]
    assert (opened.row.state, opened.row.member) == ("needs_me", "Anna")
    desk.pull()  # and our own copy from the folder of sent mail is not a second message
    assert desk.one("SELECT count(*) FROM message") == 2
    is_consistent(desk.store)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_copy_that_is_pulled_meets_the_letter_whose_sending_broke(desk: Desk, *, keeps: bool) -> None:
    draft = desk.letters.keep(desk.draft("anna"))
    desk.files.add_content(of_letter(draft.id), Attached("a.txt", "text/plain", b"abc"), "email")
    (number,) = desk.submit(draft)
    desk.post.fail(Fault("after", keep=keeps))
    assert desk.deliver(number) == ["undecided"]
    desk.post.fail(None)
    assert Inbox(desk.store).counts()["waiting"] == 0
    if not keeps:
        return
    (mail,) = desk.post.mails(f"{desk.name}.anna")
    desk.post.deliver(desk.name, mail, "Sent")  # as another program, or the provider, files it
    desk.pull()
    entry = desk.outbox.get(number)
    assert entry.state == "sent"
    assert desk.one("SELECT count(*) FROM conversation") == 1
    assert desk.one("SELECT conversation_id FROM message") == entry.conversation_id
    assert [file.name for file in desk.outbox.files(number)] == ["a.txt"]
    assert desk.one("SELECT count(*) FROM outgoing_file") == 0
    assert desk.one("SELECT count(*) FROM outgoing_bytes") == 0
    is_consistent(desk.store)


def test_files_go_along_and_are_kept_as_attachments(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "Þetta er mynd — ελληνικά.png"
    picture.write_bytes(b"\x89PNG" + bytes(range(256)) * 300)
    draft = desk.letters.keep(desk.draft("anna", "bela"))
    added = desk.files.add(of_letter(draft.id), picture, "email")
    assert (added.type, added.size) == ("image/png", 76804)
    content = picture.read_bytes()
    picture.unlink()  # it was read when it was added
    numbers = desk.submit(draft)
    desk.deliver(*numbers)
    for who in ("anna", "bela"):
        (letter,) = desk.got(who)
        (part,) = letter.iter_attachments()
        assert (part.get_filename(), part.get_content_type()) == (picture.name, "image/png")
        assert part.get_payload(decode=True) == content
        body = letter.get_body(("plain",))
        assert body is not None
        assert body.get_content().strip() == "Góðan dag, þetta er nýtt."
    talk = desk.outbox.get(numbers[1]).conversation_id
    (line,) = Inbox(desk.store).open(talk).lines
    (file,) = line.files
    kept = Attachments(desk.store, lambda: Accounts(desk.store))
    assert (file.name, kept.content(file.id)) == (picture.name, content)
    assert [desk.one(f"SELECT count(*) FROM {table}") for table in ("outgoing_file", "outgoing_bytes")] == [0, 0]
    assert desk.one("SELECT count(*) FROM attachment_bytes") == 1


def test_a_server_that_takes_less_says_so(desk: Desk) -> None:
    draft = desk.letters.keep(desk.draft("anna"))
    desk.files.add_content(of_letter(draft.id), Attached("a.bin", "application/octet-stream", b"x" * 9000), "email")
    (number,) = desk.submit(draft)
    desk.post.fail(Fault("mail", "552 5.3.4 Message size exceeds fixed maximum message size"))
    assert desk.deliver(number) == ["failed"]
    entry = desk.outbox.get(number)
    assert "too large" in entry.error
    assert "Take out or shrink a file" in entry.error
    assert [file.name for file in desk.outbox.files(number)] == ["a.bin"]
    desk.post.fail(None)
    desk.outbox.retry(number)
    assert desk.deliver(number) == ["sent"]
    assert len(desk.got("anna")) == 1


def test_what_is_discarded_is_a_draft_again_with_its_files(desk: Desk) -> None:
    draft = desk.letters.keep(desk.draft("anna", "bela", together=True))
    desk.files.add_content(of_letter(draft.id), Attached("a.txt", "text/plain", b"abc"), "email")
    (number,) = desk.submit(draft, "Words", hold=60)
    assert desk.outbox.discard(number)
    (back,) = desk.letters.drafts()
    assert (back.text, back.subject, back.receivers, back.together) == ("Words", "Hæ", draft.receivers, True)
    assert [file.name for file in desk.files.attached(of_letter(back.id))] == ["a.txt"]
    assert desk.files.attached(of_outbox(number)) == ()


def test_a_letter_is_forwarded_whole_with_its_files(desk: Desk) -> None:
    desk.intake.take(
        1,
        [
            said(
                desk, "m1", "Halló!\n\nFlaskan er brotin.\n> fyrra bréf", title="Brotin flaska",
                attached=(Attached("mynd.jpg", "image/jpeg", b"JPEG"),), language="is",
                named=(Addressee("to", "Desk", f"{desk.name}@{DOMAIN}"), Addressee("cc", "Óli", desk.at("oli"))),
            )
        ],
    )  # fmt: skip
    with desk.store.write() as conn:
        put_signature(conn, 1, "", "", "Jana\nLemonade")
    message = int(str(desk.one("SELECT id FROM message")))
    draft = desk.letters.forward_of(message)
    assert (draft.subject, draft.language) == ("Fwd: Brotin flaska", "is")
    assert [file.name for file in desk.files.attached(of_letter(draft.id))] == ["mynd.jpg"]
    (number,) = desk.submit(draft._replace(receivers=(Addressee("to", "", desk.at("boss")),)), "Sjáðu þetta.")
    desk.deliver(number)
    (letter,) = desk.got("boss")
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert text.startswith(
        "Sjáðu þetta.\n\n-- \nJana\nLemonade\n\n---------- Áframsendur póstur ----------\nFrá: Eva <"
    )
    assert f"Til: Desk <{desk.name}@{DOMAIN}>\nAfrit: Óli <{desk.at('oli')}>\n\nHalló!" in text
    assert text.rstrip().endswith("Halló!\n\nFlaskan er brotin.\n> fyrra bréf")
    assert (letter["Subject"], letter["In-Reply-To"]) == ("Fwd: Brotin flaska", None)
    assert [part.get_filename() for part in letter.iter_attachments()] == ["mynd.jpg"]
    talk = desk.outbox.get(number).conversation_id
    first = int(str(desk.one("SELECT conversation_id FROM message WHERE id = ?", message)))
    assert [(link.conversation_id, link.why) for link in links(desk.store.read, talk)] == [(first, "forward")]
    assert Inbox(desk.store).row(first).state == "needs_me"  # forwarding is no answer
    assert desk.one("SELECT count(*) FROM attachment_bytes") == 1
    is_consistent(desk.store)


def test_our_own_letter_is_forwarded_under_the_name_it_was_sent_by(desk: Desk) -> None:
    with desk.store.write() as conn:
        fields = f'{{"address": "{desk.name}@{DOMAIN}", "aliases": "Shop <shop@{DOMAIN}>", "name": "Jana"}}'
        conn.execute("UPDATE account SET fields = ?", (fields,))
    for sender, line in (("", f"From: Jana <{desk.name}@{DOMAIN}>"), (f"shop@{DOMAIN}", f"From: Shop <shop@{DOMAIN}>")):
        (number,) = desk.submit(desk.draft("anna", sender=sender), f"Words by {line}")
        desk.deliver(number)
        message = int(str(desk.one("SELECT message_id FROM outbox WHERE id = ?", number)))
        forward = desk.letters.forward_of(message)._replace(language="en")
        assert desk.letters.original(forward).splitlines()[1] == line


def test_a_forward_needs_no_words(desk: Desk) -> None:
    desk.intake.take(1, [said(desk, "m1", "Hello", title="Subject")])
    draft = desk.letters.forward_of(int(str(desk.one("SELECT id FROM message"))))
    (number,) = desk.submit(draft._replace(receivers=(Addressee("to", "", desk.at("boss")),)), "")
    assert desk.deliver(number) == ["sent"]
    assert desk.outbox.get(number).full_text.startswith("----------")
    with pytest.raises(UserError, match="Write something first"):
        clear(Draft("  "), ())


def test_another_message_goes_to_the_same_people(desk: Desk) -> None:
    (number,) = desk.submit(desk.draft("anna", "bela", together=True))
    desk.deliver(number)
    talk = desk.outbox.get(number).conversation_id
    again = desk.outbox.submit(clear(Draft("Did you get it?", "en"), ()), talk, hold_seconds=0)
    desk.deliver(again)
    assert desk.post.envelopes(f"{desk.name}@{DOMAIN}")[-1] == [desk.at("anna"), desk.at("bela")]
    assert desk.got("anna")[-1]["In-Reply-To"] == f"<{desk.outbox.get(number).remote_id}>"


def test_a_reply_takes_its_files_along(desk: Desk) -> None:
    from app.outbox import of_reply  # noqa: PLC0415

    desk.intake.take(1, [said(desk, "m1", "Hello", title="Subject")])
    talk = int(str(desk.one("SELECT id FROM conversation")))
    desk.files.add_content(of_reply(talk), Attached("a.txt", "text/plain", b"abc"), "email")
    number = desk.outbox.submit(clear(Draft("See it", "en"), ()), talk, hold_seconds=60)
    assert desk.files.attached(of_reply(talk)) == ()
    desk.undo()
    assert [file.name for file in desk.files.attached(of_reply(talk))] == ["a.txt"]
    number = desk.outbox.submit(clear(Draft("See it", "en"), ()), talk, hold_seconds=0)
    desk.deliver(number)
    (letter,) = desk.got("eva")
    assert [part.get_content().strip() for part in letter.iter_attachments()] == ["abc"]
    desk.pull()
    assert desk.one("SELECT count(*) FROM message WHERE out") == 1
    assert desk.one("SELECT count(*) FROM attachment") == 1


def test_what_is_blank_is_not_kept(desk: Desk) -> None:
    assert desk.letters.save(LetterDraft()).id == 0
    kept = desk.letters.save(LetterDraft(text="Hi"))
    assert desk.letters.get(kept.id).text == "Hi"
    assert desk.letters.save(kept._replace(text=" ")).id == 0
    with pytest.raises(NotFoundError):
        desk.letters.get(kept.id)
    to_member = LetterDraft(member_id=1, account_id=1, receivers=(Addressee("to", "", "a@b.is"),))
    blank = desk.letters.is_blank
    assert blank(to_member, to_member)  # begun for them, and nothing chosen
    assert not blank(to_member)
    assert not blank(desk.draft("bela"), to_member)
    assert not blank(LetterDraft(subject="Hæ"))
    assert not blank(LetterDraft(linked_id=1))


def test_a_forward_is_kept_once_something_is_chosen_in_it(desk: Desk) -> None:
    file = Attached("a.txt", "text/plain", b"abc")
    desk.intake.take(1, [said(desk, "m1", "Hello", title="Bottle", attached=(file,))])
    message = int(str(desk.one("SELECT id FROM message")))
    assert desk.letters.save(desk.letters.forward_of(message)).id == 0
    for chosen in ({"receivers": desk.draft("anna").receivers}, {"subject": "Look at this"}, {"text": "Hi"}):
        kept = desk.letters.save(desk.letters.forward_of(message)._replace(**chosen))
        assert desk.letters.get(kept.id) == kept
    begun = desk.letters.forward_of(message)
    desk.files.add_content(of_letter(begun.id), Attached("b.txt", "text/plain", b"b"))
    assert desk.letters.save(begun).id == begun.id


def test_a_discarded_draft_comes_back_with_its_files(desk: Desk) -> None:
    kept = desk.letters.save(desk.draft("anna")._replace(text="Hi"))
    desk.files.add_content(of_letter(kept.id), Attached("a.txt", "text/plain", b"abc"))
    desk.letters.delete(kept.id)
    assert desk.letters.drafts() == []
    desk.undo()
    assert desk.letters.get(kept.id).text == "Hi"
    submitted = desk.submit(desk.letters.get(kept.id))
    assert [file.name for file in desk.outbox.files(submitted[0])] == ["a.txt"]


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (LetterDraft(account_id=1), "Choose who it goes to"),
        (LetterDraft(receivers=(Addressee("to", "", "a@b.is"),)), "Choose the account"),
        (LetterDraft(account_id=1, receivers=(Addressee("to", "", "anna"),)), "isn't an e-mail address"),
        (LetterDraft(account_id=1, receivers=(Addressee("cc", "", "a@b.is"),)), "only copies"),
    ],
)
def test_why_it_cannot_be_sent(desk: Desk, draft: LetterDraft, why: str) -> None:
    assert why in desk.letters.destination(draft).problem
    with pytest.raises(UserError, match=why):
        desk.submit(draft)
    assert desk.outbox.entries() == []


def test_a_public_matter_goes_on_in_private_and_both_show_it(desk: Desk) -> None:
    with desk.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, mode, created_at) VALUES (2, 'wordpress', 'Blog', 'demo', 0)"
        )
    desk.intake.take(1, [said(desk, "m1", "Hello", title="An older matter")])
    eva = int(str(desk.one("SELECT member_id FROM identity")))
    complaint = Incoming("c1", clock.now(), "It broke!", Author("eva-blog", "eva", "Eva"), thread="t", title="Broken")
    desk.intake.take(2, [complaint])
    blog = int(str(desk.one("SELECT id FROM conversation WHERE account_id = 2")))
    with desk.store.write() as conn:
        conn.execute("UPDATE identity SET member_id = ? WHERE key = 'eva-blog'", (eva,))
    offer = clear(Draft("Let's go on in private.", "en"), ())
    number, draft = desk.letters.move_to_private(offer, blog, hold_seconds=60)
    assert (draft.linked_id, draft.account_id, [box.address for box in draft.receivers]) == (blog, 1, [desk.at("eva")])
    assert desk.outbox.get(number).public
    assert desk.letters.waiting_for(blog) == draft
    desk.undo()
    assert (desk.letters.drafts(), desk.outbox.entries()) == ([], [])
    number, draft = desk.letters.move_to_private(offer, blog, hold_seconds=60)
    (sent,) = desk.submit(draft, "So what happened?")
    desk.deliver(sent)
    private = desk.outbox.get(sent).conversation_id
    for here, there in ((blog, private), (private, blog)):
        assert [(link.conversation_id, link.why) for link in links(desk.store.read, here)] == [(there, "private")]
    with pytest.raises(UserError, match="private already"):
        desk.letters.move_to_private(offer, private)


def test_without_a_way_to_them_the_private_draft_waits(desk: Desk) -> None:
    with desk.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, mode, created_at) VALUES (2, 'wordpress', 'Blog', 'demo', 0)"
        )
    desk.intake.take(2, [Incoming("c1", clock.now(), "It broke!", Author("eva-blog", "eva", "Eva"), thread="t")])
    blog = int(str(desk.one("SELECT id FROM conversation WHERE account_id = 2")))
    _, draft = desk.letters.move_to_private(clear(Draft("In private, please.", "en"), ()), blog)
    assert draft.receivers == ()
    assert "no way to write to Eva in private yet" in desk.letters.destination(draft).problem
    desk.intake.take(1, [said(desk, "m1", "Here I am")])
    with desk.store.write() as conn:
        conn.execute("UPDATE identity SET member_id = (SELECT member_id FROM identity WHERE key = 'eva-blog')")
    found = desk.letters.get(draft.id)
    assert [box.address for box in found.receivers] == [desk.at("eva")]
    assert desk.letters.destination(found).problem == ""


def test_words_of_another_program_are_not_written_over(desk: Desk) -> None:
    begun = desk.letters.save(desk.draft("anna")._replace(text="Hi Anna", subject="Bottles"))
    desk.files.add_content(of_letter(begun.id), Attached("a.txt", "text/plain", b"abc"))
    theirs = desk.letters.save(begun._replace(text="Dear Anna, six are ready."))
    assert theirs.id == begun.id  # who asks for nothing has seen all
    mine = desk.letters.save(begun._replace(text="Hi Anna, how many?"), seen=begun)
    assert mine.id not in (0, begun.id)
    texts = {draft.id: draft.text for draft in desk.letters.drafts()}
    assert texts == {begun.id: "Dear Anna, six are ready.", mine.id: "Hi Anna, how many?"}
    assert [file.name for file in desk.files.attached(of_letter(mine.id))] == ["a.txt"]
    assert desk.letters.save(mine._replace(text="Hi Anna, how many then?"), seen=mine).id == mine.id
    assert desk.letters.changed(begun) is not None
    assert desk.letters.changed(theirs) is None
    whole = desk.letters.save(theirs._replace(text="Dear Anna, six are ready. And more."), seen=begun)
    assert whole.id == begun.id  # their words are all in it


def test_an_emptied_letter_takes_no_words_away_that_were_not_seen(desk: Desk) -> None:
    begun = desk.letters.save(LetterDraft(text="Hi"))
    desk.letters.save(begun._replace(text="Hi, from the shell"))
    assert desk.letters.save(begun._replace(text=""), seen=begun).id == 0
    assert [draft.text for draft in desk.letters.drafts()] == ["Hi, from the shell"]


def test_a_letter_that_went_meanwhile_comes_back_only_with_new_words(desk: Desk) -> None:
    begun = desk.letters.save(LetterDraft(text="Hi"))
    desk.letters.drop(begun.id)
    assert desk.letters.save(begun, seen=begun).id == 0
    assert desk.letters.drafts() == []
    desk.letters.save(begun._replace(text="Hi there"), seen=begun)
    assert [draft.text for draft in desk.letters.drafts()] == ["Hi there"]

"""The list of drafts: all that was begun and is not sent, with where it goes, and a count equal to it."""

from __future__ import annotations

from app.base.message import Addressee, Attached
from app.base.paths import Profile
from app.outbox import LetterDraft
from app.outbox.files import of_letter, of_reply
from app.outbox.unfinished import MESSAGE, REPLY
from app.workbench import Workbench
from tests.app.saying import NOW, account, said


def test_replies_and_new_messages_are_listed_with_where_they_go(profile: Profile) -> None:
    bench = Workbench(profile)
    blog = account(bench.store, name="Blog")
    mail = account(bench.store, "email", "Post", "me@example.com")
    bench.intake.take(blog, [said("1", NOW, who="eleni", name="Ελένη", thread="t", title="My box"),
                             said("2", NOW + 1, who="bela", name="Béla", thread="t")])  # fmt: skip
    assert bench.unsent.every() == []
    first = bench.inbox.open(1).speakers[-1]
    bench.inbox.keep_draft(1, "Dear Eleni", "en", first.message_id)
    draft = LetterDraft(account_id=mail, receivers=(Addressee("to", "Anna", "anna@example.com"),), subject="Lemons",
                        text="Are there any?")  # fmt: skip
    bench.letters.save(draft)
    found = {draft.kind: draft for draft in bench.unsent.every()}
    reply, message = found[REPLY], found[MESSAGE]
    assert (reply.id, reply.to, reply.title, reply.text) == (1, first.name, "My box", "Dear Eleni")
    assert reply.where == "Blog, public"
    assert (message.to, message.title, message.where) == ("Anna", "Lemons", "Post, private")
    assert bench.unsent.count() == 2
    assert bench.inbox.row(1).draft == "Dear Eleni"
    bench.inbox.done([1])  # closing it loses nothing
    assert [draft.state for draft in bench.unsent.every() if draft.kind == REPLY] == ["done"]
    for unsent in bench.unsent.every():
        bench.unsent.discard(unsent)
    assert bench.unsent.every() == []
    bench.actions.undo()
    bench.actions.undo()
    assert {draft.text for draft in bench.unsent.every()} == {"Dear Eleni", "Are there any?"}
    bench.close()


def test_undo_brings_a_discarded_draft_back_with_the_content_of_its_files(profile: Profile) -> None:
    bench = Workbench(profile)
    mail = account(bench.store, "email", "Post", "me@example.com")
    bench.intake.take(mail, [said("1", NOW, who="eleni@example.com", title="My box")])
    bench.inbox.keep_draft(1, "Dear Eleni", "en", bench.inbox.open(1).speakers[0].message_id)
    letter = bench.letters.save(LetterDraft(account_id=mail, text="Are there any?"))
    for whose, content in ((of_reply(1), b"a lemon"), (of_letter(letter.id), b"another")):
        bench.files.add_content(whose, Attached("lemon.txt", "text/plain", content))
    kept = [tuple(row) for row in bench.store.read.execute("SELECT * FROM outgoing_bytes ORDER BY sha256")]
    for unsent in bench.unsent.every():
        bench.unsent.discard(unsent)
    bench.actions.undo()
    bench.actions.undo()
    bench.letters.delete(letter.id)
    bench.actions.undo()
    assert [tuple(row) for row in bench.store.read.execute("SELECT * FROM outgoing_bytes ORDER BY sha256")] == kept
    assert len(kept) == 2
    bench.close()

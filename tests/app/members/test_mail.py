"""Members' addresses, found by the first letters of name or address while a receiver is typed."""

from __future__ import annotations

from app.intake import Intake
from app.members import Mailbox, Members
from app.store.store import Store
from tests.app.saying import NOW, account, said


def test_addresses_are_found_by_name_and_by_themselves(store: Store) -> None:
    post, blog = account(store, "email", "Post"), account(store)
    Intake(store).take(post, [
        said("1", NOW, "Hi", "eleni@example.org", name="Ελένη Παπαδοπούλου"),
        said("2", NOW, "Hi", "bela@example.hu", name="Kővári Béla"),
    ])  # fmt: skip
    Intake(store).take(blog, [said("3", NOW, "Hi", "eleni@mastodon.example", name="Eleni K")])
    members = Members(store)
    members.add("Zoë Bell", email="zoe@example.org", note="A friend of Béla")
    eleni = Mailbox("Ελένη Παπαδοπούλου", "eleni@example.org", 1)
    assert members.mailboxes("ελε") == [eleni]
    assert members.mailboxes("παπα ελε") == [eleni]
    assert members.mailboxes("eleni@exa") == [eleni]
    assert [box.address for box in members.mailboxes("bela")] == ["bela@example.hu"]  # not whose note names him
    assert [box.address for box in members.mailboxes("zoe")] == ["zoe@example.org"]
    assert members.mailboxes("example", limit=2) != []
    assert len(members.mailboxes("example", limit=2)) == 2
    assert members.mailboxes("") == members.mailboxes("nobody") == []

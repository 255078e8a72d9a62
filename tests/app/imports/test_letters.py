"""A mailbox in which mails share an id: what a preview promises comes in, and nothing of it twice."""

from __future__ import annotations

from app.imports.desk import Imports
from app.imports.shapes import Options
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, mail, mbox

MINE = Options(own=(OWN,))
DRY = Options(own=(OWN,), dry_run=True)


def test_a_form_that_gives_one_id_to_all_loses_no_order(imports: Imports, store: Store, write: Write) -> None:
    """A shop's form whose mails had one Message-ID, and a program that wrote `null` for it."""
    orders = [mail(1, f"{who}: {what}", sender="form@example.is") for who, what in [("Ada", "one"), ("Bea", "two")]]
    orders.append(mail(1, "Ada: one", sender="other@example.is"))
    nulls = [mail(1, text).replace(b"<1@example.is>", b"null") for text in ("three", "four")]
    path = write("a.mbox", mbox(*orders, *nulls, orders[0]))
    assert (imports.preview(path, MINE).new, imports.preview(path, MINE).known) == (5, 1)
    assert imports.run(path, DRY).new == 5
    done = imports.run(path, MINE)
    assert (done.new, done.known) == (5, 1)
    again = imports.run(write("b.mbox", mbox(*nulls, *reversed(orders))), MINE)
    assert (again.new, again.known) == (0, 5)
    assert imports.preview(path, MINE).known == 6
    assert {row[0] for row in store.read.execute("SELECT text FROM message")} == {
        "Ada: one", "Bea: two", "three", "four",
    }  # fmt: skip

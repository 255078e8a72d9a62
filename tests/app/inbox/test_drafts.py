"""Drafts: a newer one takes the place of the older, but what is given back never does."""

from __future__ import annotations

from app.inbox import Inbox, drafts
from app.inbox.drafts import Draft
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, said


def test_kept_put_back_forgotten(store: Store) -> None:
    Intake(store).take(account(store), [said("1", NOW, thread="t")])
    inbox = Inbox(store)
    with store.write() as conn:
        drafts.put_back(conn, Draft(1, "first", "en"))
        drafts.put_back(conn, Draft(1, "given back"))
        assert inbox.open(1).draft == ""  # not before the commit
    assert inbox.open(1).draft == "first"
    with store.write() as conn:
        drafts.save(conn, Draft(1, "newer"))
    assert inbox.open(1).draft == "newer"
    with store.write() as conn:
        drafts.delete(conn, 1)
    assert inbox.open(1).draft == ""

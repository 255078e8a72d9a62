"""A message of ours that is several at its channel is one with us, whatever comes in of it."""

from __future__ import annotations

from app.intake import Intake, pieces
from app.store.store import Store
from tests.app.saying import NOW, account, said


def texts(store: Store) -> list[str]:
    return [row[0] for row in store.read.execute("SELECT text FROM message ORDER BY at, id")]


def test_pieces_come_in_no_more_and_what_answers_one_joins_the_conversation(store: Store) -> None:
    number, intake = account(store, "discord"), Intake(store)
    intake.take(number, [said("1", NOW, "Show us!"), said("2", NOW + 1, "Here!", "us", refs=["1"])])
    words = store.read.execute("SELECT id FROM message WHERE remote_id = '2'").fetchone()[0]
    with store.write() as conn:
        assert pieces.note(conn, words, ()) == []
        assert pieces.note(conn, words, ("3", "4")) == []
    assert pieces.of(store.read, words) == ("3", "4")
    came = [
        said("3", NOW + 2, "[a.png]", "us"), said("4", NOW + 2, "[b.png]", "anna"), said("5", NOW + 2, "[c.png]", "us"),
        said("6", NOW + 3, "Lovely", refs=["3"]),
    ]  # fmt: skip
    for _ in range(2):
        intake.take(number, came)
        assert texts(store) == ["Show us!", "Here!", "[b.png]", "[c.png]", "Lovely"], "only ours, and only pieces"
    where = dict(store.read.execute("SELECT remote_id, conversation_id FROM message").fetchall())
    assert where["6"] == where["2"] == where["1"] != where["5"]


def test_what_came_in_before_is_told_and_what_only_answers_an_unknown_message_is_no_piece(store: Store) -> None:
    number, intake = account(store, "discord"), Intake(store)
    intake.take(number, [said("9", NOW, "About something", refs=["3"]), said("2", NOW + 1, "Here!", "us")])
    intake.take(number, [said("3", NOW + 2, "[a.png]", "us")])
    assert "[a.png]" in texts(store)
    words, file = (
        store.read.execute("SELECT id FROM message WHERE remote_id = ?", (one,)).fetchone()[0] for one in ("2", "3")
    )
    with store.write() as conn:
        assert pieces.note(conn, words, ("3",)) == [file]

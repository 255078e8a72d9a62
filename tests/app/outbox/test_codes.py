"""A voucher's code goes to its member alone, once its words leave; what can't be filled in is not sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.base import clock, codes
from app.base.errors import UserError
from app.base.message import Incoming
from app.gifts import Gifts
from app.gifts.vouchers import Vouchers
from app.intake import Intake
from app.outbox import FAILED, SENT
from tests.app.outbox.conftest import ANNA, Place
from tests.channels.fake import taken
from tests.servers.memory_keyring import MemoryKeyring, install

CODE, OTHER = "LEMON-9x7Q-1234-ABCD", "LEMON-1111-2222-WXYZ"
BLANK = codes.blank(1)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    return install(monkeypatch)


@pytest.fixture
def vouchers(place: Place, ring: MemoryKeyring, tmp_path: Path) -> Vouchers:
    """Anna's gift has the first of two vouchers; the conversation is private."""
    assert ring.kept == {}
    gifts, desk = Gifts(place.store), Vouchers(place.store)
    item = gifts.items.add("Voucher", kind="voucher", worth=1_000)
    path = tmp_path / "codes.txt"
    path.write_text(f"{CODE}\n{OTHER}\n", "utf-8")
    desk.add(item, path)
    with place.store.write() as conn:
        conn.execute("UPDATE conversation SET public = 0")
        conn.execute("INSERT INTO member (id, name, created_at) VALUES (50, 'Ida', 0)")
    gift = gifts.log(place.one("SELECT member_id FROM identity"), "Voucher", "Broken", "10 EUR", item_id=item)
    desk.assign(gift)
    return desk


def words(place: Place) -> list[str]:
    return [one["text"] for one in taken(place.log)]


def test_the_code_goes_out_and_the_blank_stays(place: Place, vouchers: Vouchers) -> None:
    number = place.submit(f"For you: {BLANK}")
    assert vouchers.shown_before(1) == []
    assert place.outbox.deliver(number, place.session).state == SENT
    assert words(place) == [f"For you: {CODE}"]
    assert place.one("SELECT text FROM outbox") == f"For you: {BLANK}"
    assert place.one("SELECT text FROM message WHERE out = 1") == f"For you: {BLANK}"
    assert [how for _at, how in vouchers.shown_before(1)] == ["reply"]
    assert place.one("SELECT count(*) FROM action_step WHERE instr(coalesce(before, '') || after, ?)", CODE) == 0


def test_without_its_code_nothing_is_sent_and_nothing_lost(
    place: Place, vouchers: Vouchers, ring: MemoryKeyring
) -> None:
    assert vouchers.get(1).gift_id
    number = place.submit(f"For you: {BLANK}")
    kept, ring.kept = ring.kept, {}
    stopped = place.outbox.deliver(number, place.session)
    assert (stopped.state, words(place), place.state()) == (FAILED, [], "needs_me")
    assert stopped.error.startswith("This computer's keyring doesn't have the code of V-1")
    ring.kept = kept
    place.outbox.retry(number)
    assert place.outbox.deliver(number, place.session).state == SENT


def test_a_code_goes_to_nobody_else(place: Place, vouchers: Vouchers) -> None:
    number = place.submit(f"For you: {BLANK}")
    with place.store.write() as conn:
        conn.execute("UPDATE gift SET member_id = 50")
    stopped = place.outbox.deliver(number, place.session)
    assert (stopped.state, stopped.error, words(place)) == (
        FAILED, "V-1 is for Ida, and this goes to somebody else.", [],
    )  # fmt: skip
    with pytest.raises(UserError, match="V-1 is for Ida"):
        place.submit(f"And again: {BLANK}")
    assert vouchers.shown_before(1) == []


def test_a_code_that_went_out_is_given_to_no_other_gift(place: Place, vouchers: Vouchers) -> None:
    place.outbox.deliver(place.submit(BLANK), place.session)
    gift = Gifts(place.store).log(50, "Voucher", "Too", "10 EUR", item_id=1)
    with place.store.write() as conn:
        conn.execute("UPDATE voucher SET gift_id = NULL WHERE id = 1")  # as an undo leaves it
    with pytest.raises(UserError, match="was sent already"):
        vouchers.assign(gift, 1)
    assert vouchers.assign(gift).id == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE conversation SET public = 1", "goes to one person, in private"),
        ("UPDATE voucher SET void_at = 1 WHERE id = 1", "V-1 is void"),
        ("UPDATE voucher SET gift_id = NULL WHERE id = 1", "is no gift's"),
        ("DELETE FROM voucher WHERE id = 1", "no voucher V-1"),
    ],
)
def test_what_keeps_a_code_back_is_said_before_it_is_queued(
    place: Place, vouchers: Vouchers, change: str, said: str
) -> None:
    assert vouchers.get(1).gift_id
    with place.store.write() as conn:
        conn.execute(change)
    with pytest.raises(UserError, match=said):
        place.submit(f"For you: {BLANK}")
    assert place.outbox.entries() == []


def test_the_guide_takes_the_blank_of_a_code_for_filled_in(place: Place, vouchers: Vouchers) -> None:
    assert vouchers.get(1).gift_id
    assert place.cleared(f"For you: {BLANK}").draft.text
    with pytest.raises(UserError, match="isn't filled in"):
        place.cleared("For you: {{voucher:soon}}")


def test_what_comes_in_holds_no_code_that_went_out(place: Place, vouchers: Vouchers) -> None:
    place.outbox.deliver(place.submit(BLANK), place.session)
    intake = Intake(place.store, hide=vouchers.hide)
    quoted = f"Thanks! It is {CODE}, and I wrote XLEMON-9x7Q-1234-ABCD. {OTHER}"
    item = Incoming("m9", clock.now(), quoted, ANNA, thread="t1", source=quoted.encode(), flaws=("cut",))
    intake.take(1, [item])
    text = place.one("SELECT text FROM message WHERE remote_id = 'm9'")
    assert text == f"Thanks! It is {BLANK}, and I wrote XLEMON-9x7Q-1234-ABCD. {OTHER}"  # the other was never sent
    assert place.one("SELECT count(*) FROM raw") == 0


def test_before_any_code_went_out_nothing_is_looked_at(vouchers: Vouchers) -> None:
    items: Sequence[Incoming] = [Incoming("m", 1, CODE, ANNA)]
    assert vouchers.hide(items) is items

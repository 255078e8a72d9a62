"""Who is proposed as a teammate: colleagues by address, with true counts; no stranger, no shared box, nobody twice."""

from __future__ import annotations

import json

import pytest

from app.base.message import Addressee, Author, Incoming
from app.first_week import words
from app.first_week.colleagues import Colleague, colleagues
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import NOW, account

OWN = "marta@sitrona.example"


@pytest.fixture
def mail(bench: Workbench) -> int:
    return account(bench.store, "email", "Mail", OWN, mode="live")


def _sent(at: int, to: str, *more: Addressee, subject: str = "Parcel", forwarded: bool = False) -> Incoming:
    named = (Addressee("to", *_box(to)), *more)
    return Incoming(
        f"s{at}@x", NOW + at, "Hello, it left us today.", Author(OWN, OWN, "Marta"), out=True, title=subject,
        public=False, named=named, to=tuple(whom.address for whom in named), letter=f"s{at}", language="en",
        forwarded=forwarded,
    )  # fmt: skip


def _came(at: int, who: str, language: str = "en") -> Incoming:
    name, address = _box(who)
    return Incoming(
        f"r{at}@x", NOW + at, "Hello, where is it?", Author(address, address, name), title=f"Ask {at}", public=False,
        letter=f"r{at}", to=(OWN,), language=language,
    )  # fmt: skip


def _box(whom: str) -> tuple[str, str]:
    name, _, address = whom.rstrip(">").rpartition("<")
    return name.strip(), address


def _copy(whom: str) -> Addressee:
    return Addressee("cc", *_box(whom))


def _found(bench: Workbench) -> dict[str, Colleague]:
    return {one.address: one for one in colleagues(bench.store.read)}


def test_those_of_our_own_domain_in_copy_and_their_counts(bench: Workbench, mail: int) -> None:
    bench.intake.take(mail, [
        _sent(1, "Tom <tom@mail.example>", _copy("Jón Arnarson <jon@sitrona.example>")),
        _sent(2, "Eva <eva@mail.example>", _copy("Jón Arnarson <Jon@Sitrona.example>")),
        _sent(3, "Jón Arnarson <jon@sitrona.example>"),
        _came(4, "Jón Arnarson <jon@sitrona.example>", "is"),
        _came(5, "Jón Arnarson <jon@sitrona.example>", "is"),
    ])  # fmt: skip
    (one,) = _found(bench).values()
    assert tuple(one) == ("Jón Arnarson", "jon@sitrona.example", ("is",), True, 2, 1, 2, 0)
    assert words.why(one) == (
        "your own domain, wrote you 2 letters, in copy of 2 letters of yours, got 1 letter from you"
    )


def test_strangers_are_proposed_only_for_copies_or_forwards(bench: Workbench, mail: int) -> None:
    depot = _copy("Alex <alex@depot.example>")
    bench.intake.take(mail, [
        *(_sent(at, f"Tom <tom{at}@mail.example>", depot) for at in range(3)),
        *(_sent(10 + at, "Petra <petra@print.example>", subject=f"Fwd: {at}", forwarded=True) for at in range(2)),
        *(_sent(20 + at, "Eva <eva@mail.example>") for at in range(9)),
        *(_came(40 + at, "Ivo <ivo@mail.example>") for at in range(9)),
    ])  # fmt: skip
    found = _found(bench)
    assert set(found) == {"alex@depot.example", "petra@print.example"}
    assert (found["alex@depot.example"].copies, found["petra@print.example"].forwards) == (3, 2)


def test_a_language_is_guessed_from_their_letters_never_from_copies(bench: Workbench, mail: int) -> None:
    jon = _copy("Jón <jon@sitrona.example>")
    bench.intake.take(mail, [_sent(at, f"Tom <tom{at}@mail.example>", jon) for at in range(3)])
    assert _found(bench)["jon@sitrona.example"].languages == ()


def test_no_shared_box_no_address_of_ours_and_nobody_known(bench: Workbench, mail: int) -> None:
    more = [_copy(f"X <{box}@sitrona.example>") for box in ("info", "no-reply", "shop", "marta", "jon", "eva")]
    bench.intake.take(mail, [_sent(at, f"Tom <tom{at}@mail.example>", *more) for at in range(4)])
    bench.teammates.add("Jón", email="Jon@sitrona.example")
    bench.teammates.archive(bench.teammates.add("Eva left", email="eva@sitrona.example"))
    assert _found(bench) == {}


def test_who_shares_a_public_domain_with_us_is_no_colleague(bench: Workbench) -> None:
    mail = account(bench.store, "email", "Mail", "sitrona@gmail.com", mode="live")
    bench.intake.take(mail, [_came(at, "Tom <tom@gmail.com>") for at in range(5)])
    assert _found(bench) == {}


def test_a_name_that_is_nowhere_is_made_of_the_address(bench: Workbench, mail: int) -> None:
    bench.intake.take(mail, [_sent(at, f"Tom <tom{at}@mail.example>", _copy("<jan.novak@sitrona.example>"))
                             for at in range(2)])  # fmt: skip
    assert _found(bench)["jan.novak@sitrona.example"].name == "Jan Novak"


def test_two_of_one_name_are_told_apart(bench: Workbench, mail: int) -> None:
    both = [_copy(f"Jan Novák <{box}@sitrona.example>") for box in ("jan", "novak")]
    bench.intake.take(mail, [_sent(at, f"Tom <tom{at}@mail.example>", *both) for at in range(2)])
    assert [one.name for one in colleagues(bench.store.read)] == ["Jan Novák", "Jan Novák (novak@sitrona.example)"]


def test_without_a_mailbox_there_is_nobody(store: Store) -> None:
    account(store)
    assert colleagues(store.read) == []


def test_counts_are_those_of_sql(bench: Workbench, mail: int) -> None:
    jon = _copy("Jón <jon@sitrona.example>")
    bench.intake.take(mail, [_sent(at, f"Tom <tom{at}@mail.example>", *([jon] if at % 2 else [])) for at in range(9)])
    rows = bench.store.read.execute("SELECT envelope FROM message WHERE out = 1").fetchall()
    by_hand = sum("jon@sitrona.example" in json.dumps(json.loads(row["envelope"]).get("cc", [])) for row in rows)
    assert _found(bench)["jon@sitrona.example"].copies == by_hand == 4

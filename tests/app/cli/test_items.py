"""`item` and `voucher`, on the demo community."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.shell import Shell
from tests.servers.memory_keyring import install

CODE = "LEMON-9x7Q-1234-ABCD"


def test_an_item_goes_from_new_to_no_longer_offered(demo: Shell) -> None:
    made = demo.told("item", "add", "Wool shirt", "--cost", "12.50 EUR", "--sizes", "S,M", "--supplier", "Ada",
                     "--lead-days", "14", "--customs", "Cotton shirt", "--reorder-at", "2")  # fmt: skip
    assert made["id"].startswith("I-")
    assert (made["cost"], made["sizes"], made["on_hand"], made["kind"]) == (
        {"amount": "12.50", "currency": "EUR"}, ["S", "M"], None, "swag",
    )  # fmt: skip
    counted = demo.told("item", "count", "wool shirt", "5", "--size", "M")
    assert (counted["difference"], counted["on_hand"], counted["by_size"], counted["low"]) == (
        5, 5, {"S": 0, "M": 5}, False,
    )  # fmt: skip
    assert demo.told("item", "receive", made["id"], "2", "--size", "S")["on_hand"] == 7
    lost = demo.told("item", "lose", made["id"], "5", "--size", "M", "--note", "wet")
    assert (lost["on_hand"], lost["low"]) == (2, True)
    assert made["id"] in [one["id"] for one in demo.told("item", "list", "--low")]
    assert demo.told("item", "edit", made["id"], "--name", "Sun shirt", "--cost", "11")["cost"]["amount"] == "11.00"
    assert demo.told("show", made["id"])["name"] == "Sun shirt"
    assert demo.told("item", "retire", made["id"])["retired_at"] is not None
    assert made["id"] not in [one["id"] for one in demo.told("item", "list")]
    assert made["id"] in [one["id"] for one in demo.told("item", "list", "--all")]
    assert demo.told("item", "retire", made["id"], "--back")["retired_at"] is None


def test_a_box_is_made_of_items_and_a_gift_of_it_takes_them(demo: Shell) -> None:
    part = demo.told("item", "add", "Tea towel")["id"]
    box = demo.told("item", "add", "Tea box", "--kind", "box", "--cost", "20 EUR")["id"]
    demo.told("item", "count", part, "1")
    filled = demo.told("item", "box", box, f"{part}=2")
    assert filled["made_of"] == [{"item": part, "name": "Tea towel", "qty": 2}]
    member = demo.told("gift", "list")[0]["member"]["id"]
    gift = demo.told("gift", "log", member, box, "--why", "Helped")
    assert (gift["item"], gift["item_id"], gift["worth"]["amount"]) == ("Tea box", box, "20.00")
    refused = demo.run("gift", "set", gift["id"], "shipped")
    assert refused.status == 1
    assert "1 × Tea towel. Ship it anyway? Say so with --anyway." in refused.err
    assert demo.told("gift", "set", gift["id"], "shipped", "--anyway")["state"] == "shipped"
    assert demo.told("item", "show", part)["on_hand"] == 0
    said = demo.run("gift", "log", member, "Tea towel", "--worth", "3", "--why", "Helped", "--state", "shipped")
    assert "The books say there are none left. Ship it anyway?" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [(("item", "show", "I-999"), "no item I-999"), (("item", "show", "Moon"), "no item “Moon”"),
     (("item", "count", "Lemon tote", "many"), "isn't a number of pieces"),
     (("item", "count", "Lemon tote", "9" * 30), "too many"),
     (("item", "edit", "Lemon tote"), "Say what to change"), (("item", "add", "lemon TOTE"), "already"),
     (("item", "box", "Delight box", "Moon=1"), "no item “Moon”"), (("item", "lose", "Lemon tote", "999"), "Only "),
     (("item", "box", "Delight box", "Lemon tote=x"), "isn't a part"), (("voucher", "reveal", "V-99"), "no voucher"),
     (("voucher", "add", "Lemon tote", "nowhere.txt"), "isn't a voucher")],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(demo: Shell, words: tuple[str, ...], said: str) -> None:
    done = demo.run(*words)
    assert done.status == 1
    assert said in done.err
    assert "Traceback" not in done.err


def test_codes_come_from_a_file_are_given_and_shown_knowingly(
    demo: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    item = demo.told("item", "add", "Bakery voucher", "--kind", "voucher", "--cost", "10 EUR")["id"]
    path = tmp_path / "codes.txt"
    path.write_text(f"{CODE}\n{CODE}\n", encoding="utf-8")
    added = demo.told("voucher", "add", item, path)
    assert (len(added["added"]), added["left_out"]) == (1, ["Line 2: the same code as in line 1."])
    member = demo.told("gift", "list")[0]["member"]["id"]
    gift = demo.told("gift", "log", member, item, "--why", "Helped", "--state", "approved")["id"]
    given = demo.told("voucher", "give", gift)
    assert (given["gift"], given["ending"]) == (gift, "ABCD")
    assert CODE not in demo.run("voucher", "list").out
    assert demo.told("voucher", "reveal", given["id"])["code"] == CODE
    again = demo.run("voucher", "reveal", given["id"])
    assert again.status == 1
    assert "in the shell. Show it again? Say so with --again." in again.err
    assert CODE not in again.err
    assert demo.told("voucher", "reveal", given["id"], "--again")["code"] == CODE
    assert demo.told("voucher", "void", given["id"])["warning"] == "This voucher is void."

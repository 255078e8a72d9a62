"""`gift ask`, `gift address` and `gift erase-address`, on the demo community."""

from __future__ import annotations

import json

from tests.app.cli.shell import Shell

STREET = "Zyxwvostraße 1247"


def test_an_address_is_shown_taken_and_erased(demo: Shell) -> None:
    talk = demo.told("list", "--limit", "1")[0]["id"]
    lines = demo.told("show", talk)["lines"]
    message = next(line["id"] for line in lines if line.get("direction") == "in")
    made = demo.told("gift", "log", talk, "Box", "--worth", "15", "--state", "approved")
    assert demo.told("gift", "address", made["id"])["address"]["address_1"] == ""
    refused = demo.run("gift", "address", made["id"], "--from", message)
    assert (refused.status, "no address" in refused.err) == (1, True)
    put = demo.told("gift", "address", made["id"], "--set", f"address_1={STREET}", "--set", "city=Hof")
    assert (put["state"], put["address"]["address_1"], put["erase_on"]) == ("address-in", STREET, None)
    late = demo.told("gift", "address", made["id"], "--erase-on", "2099-01-31")
    assert late["erase_on"] == "2099-01-31"
    assert demo.run("gift", "address", made["id"], "--erase-on", "2020-01-31").status == 1
    assert demo.told("gift", "address", made["id"], "--erase-on", "")["erase_on"] is None
    demo.told("gift", "set", made["id"], "arrived")
    assert demo.told("gift", "address", made["id"])["erase_on"] is not None
    before = demo.told("gift", "erase-address", made["id"], "--dry-run")
    assert (before["erased"], "can't be undone" in before["said"][0]) == (False, True)
    erased = demo.told("gift", "erase-address", made["id"])
    assert (erased["erased"], erased["is_left"], erased["backups"]) == (True, False, [])
    shown = demo.told("gift", "address", made["id"])
    assert (shown["address"]["address_1"], shown["erased_at"] is not None) == ("", True)
    again = demo.run("gift", "erase-address", made["id"])
    assert (again.status, "was erased on" in again.err) == (1, True)
    assert STREET not in json.dumps(demo.told("gift", "list", "--state", "all"), ensure_ascii=False)


def test_the_question_is_begun_as_a_draft(demo: Shell) -> None:
    gifts = demo.told("gift", "list", "--state", "approved")
    talk = demo.told("list", "--limit", "1")[0]["id"]
    made = demo.told("gift", "log", talk, "Box", "--worth", "15", "--state", "approved")
    asked = demo.told("gift", "ask", made["id"])
    assert (asked["gift"], asked["conversation"]) == (made["id"], talk)
    assert len(demo.told("gift", "list", "--state", "approved")) == len(gifts) + 1
    assert demo.run("gift", "ask", made["id"]).status == 0
    assert demo.run("gift", "address", made["id"], "--dry-run").status == 1
    assert demo.run("gift", "address", made["id"], "--set", "street=x").status == 1

"""`gift budget|rate|again|offer|choose`, and what a shell has to agree to."""

from __future__ import annotations

from tests.app.cli.shell import Shell

OVER = ("--over-budget",)


def log(demo: Shell, *more: str, status: int = 0) -> dict[str, object]:
    """A gift for a member of the demo."""
    (member,) = demo.told("member", "list", "--limit", "1")
    told = demo.told("gift", "log", member["id"], "Mug", "--why", "Kind", *more, status=status)
    assert isinstance(told, dict)
    return told


def test_a_budget_for_an_occasion_and_a_rate(demo: Shell) -> None:
    made = demo.told("gift", "budget", "50 EUR", "--occasion", "birthday")
    assert [(one["occasion"], one["budget"]["amount"]) for one in made] == [("birthday", "50.00")]
    demo.told("gift", "rate", "ISK", "EUR", "0,0068", "--day", "2020-02-01")
    rates = demo.told("gift", "rate")
    assert {"currency": "ISK", "into": "EUR", "from_day": "2020-02-01", "rate": "0.0068"} in rates
    assert "1 ISK is 0.0068 EUR" in demo.run("gift", "rate").out
    assert "isn't a rate" in demo.told("gift", "rate", "ISK", "EUR", "dear", status=1)["error"]
    assert "Give both currencies" in demo.told("gift", "rate", "ISK", status=1)["error"]
    assert "nobody can tell" in str(log(demo, "--worth", "90 KWD", "--state", "shipped", status=1)["error"])
    log(demo, "--worth", "90 KWD", "--state", "shipped", *OVER)
    assert "no rate from KWD to EUR, so 1 gift in KWD is counted apart." in demo.run("gift", "budget").out


def test_over_the_budget_nothing_is_written_without_the_option(demo: Shell) -> None:
    before = demo.told("gift", "list", "--state", "all")
    refused = str(log(demo, "--worth", "9000", "--state", "approved", status=1)["error"])
    assert refused.endswith("Nothing was changed. To do it all the same, add --over-budget.")
    assert demo.told("gift", "list", "--state", "all") == before
    number = str(log(demo, "--worth", "9000")["id"])
    for words in (("approved",), ("approved", "--set", "size=M")):
        assert "--over-budget" in demo.told("gift", "set", number, *words, status=1)["error"]
        assert demo.told("show", number)["size"] == ""
    done = demo.told("gift", "set", number, "approved", "--set", "size=M", *OVER)
    assert (done["state"], done["size"]) == ("approved", "M")
    assert "over the" in done["warning"]


def test_a_gift_to_its_other_ends(demo: Shell) -> None:
    number = str(log(demo, "--worth", "1", "--state", "approved", *OVER)["id"])
    assert "which charity" in demo.told("gift", "set", number, "charity", status=1)["error"]
    assert demo.told("gift", "set", number, "charity", "--charity", "Street dogs")["charity"] == "Street dogs"
    refused = demo.told("gift", "set", number, "approved", *OVER, status=1)["error"]
    assert "this takes it up again" in refused
    assert refused.endswith("add --back.")
    demo.told("gift", "set", number, "shipped", "--back", *OVER)
    demo.told("gift", "set", number, "lost")
    again = demo.told("gift", "again", number, *OVER)
    assert again["again_of"] == number
    assert demo.told("show", again["id"])["again_of"] == number
    assert "being sent again already" in demo.told("gift", "again", number, status=1)["error"]


def test_a_member_chooses_in_the_shell(demo: Shell) -> None:
    number = str(log(demo, "--worth", "1")["id"])
    offered = demo.told("gift", "offer", number, "swag box", "Recipe book")
    assert [one["item"] for one in offered["choices"]] == ["Swag box", "Recipe book"]
    assert demo.told("gift", "choose", number, "recipe BOOK", *OVER)["item"] == "Recipe book"
    assert "was not offered" in demo.told("gift", "choose", number, "Lemon tote", status=1)["error"]
    assert "There's no item" in demo.told("gift", "offer", number, "Recipe book", "Yacht", status=1)["error"]


def test_a_smaller_budget_asks_and_a_rate_is_removed(demo: Shell) -> None:
    refused = demo.told("gift", "budget", "1 EUR", status=1)["error"]
    assert "This leaves the" in refused
    assert refused.endswith("Nothing was changed. To do it all the same, add --over-budget.")
    made = demo.told("gift", "budget", "1 EUR", *OVER)
    assert made[0]["budget"]["amount"] == "1.00"
    demo.told("gift", "rate", "ISK", "EUR", "0,0068", "--day", "2020-02-01")
    assert "Say which rate" in demo.told("gift", "rate", "ISK", "--remove", status=1)["error"]
    left = demo.told("gift", "rate", "ISK", "EUR", "--day", "2020-02-01", "--remove", *OVER)
    assert "2020-02-01" not in {one["from_day"] for one in left}
    assert (
        "no rate from ISK"
        in demo.told("gift", "rate", "ISK", "EUR", "--day", "2020-02-01", "--remove", status=1)["error"]
    )
    assert "isn't a" in demo.told("gift", "rate", "ISK", "EUR", "1", "--day", "sometime", status=1)["error"]


def test_what_nobody_answered_lapses_in_a_shell_too(demo: Shell) -> None:
    number = str(log(demo, "--worth", "5", "--state", "asked", *OVER)["id"])
    demo.told("gift", "set", number, "--set", "lapses_on=2020-01-01")
    assert number not in {one["id"] for one in demo.told("gift", "list")}
    assert demo.told("show", number)["state"] == "lapsed"
    taken = demo.told("undo")
    assert "Lapsed" not in str(taken)
    assert demo.told("show", number)["state"] == "lapsed"


def test_who_is_put_off_is_named_with_spaces(demo: Shell) -> None:
    (member,) = demo.told("member", "list", "--limit", "1")
    told = demo.told("gift", "pass", *member["name"].split())
    assert told["member"]["id"] == member["id"]

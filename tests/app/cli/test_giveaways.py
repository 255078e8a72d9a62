"""`giveaway`: from new to the proof, on the demo community."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.cli.shell import Shell

NAME = "Mugs"
ENTRIES = """name,email,handle,channel
Ana Berg,ana.berg@x.example,,E-mail
Ana,ANA.BERG@x.example,,Instagram
Bo,,@bo.b,Mastodon
Cy Dale,cy@x.example,,E-mail
Žofie Dvořáková,zofie@post.example,,E-mail
zofie.vari,,zofie.vari,Instagram
"""


def test_contest_goes_from_new_to_its_proof(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ENTRIES, "utf-8")
    made = demo.told("giveaway", "new", NAME, "--prizes", "2", "--closes", "2099-12-24", "--seed-from", "Lottery")
    assert (made["name"], made["prizes"], made["state"], made["seed_from"]) == (NAME, 2, "open", "Lottery")
    entered = demo.told("giveaway", "enter", NAME, tmp_path / "in.csv")
    assert (entered["new"], entered["entries"], entered["struck"]) == (6, 4, 2)
    assert demo.told("giveaway", "enter", NAME, tmp_path / "in.csv")["known"] == 6
    shown = demo.told("giveaway", "show", NAME, "--struck")["entrants"]
    assert [(one["name"], one["struck"]) for one in shown] == [("Ana", "double"), ("zofie.vari", "double")]
    bo = next(one for one in demo.told("giveaway", "show", NAME)["entrants"] if one["name"] == "Bo")
    (out,) = demo.told("giveaway", "strike", NAME, str(bo["entry"]), "--why", "A shop")
    assert (out["struck"], out["why"]) == ("hand", "A shop")
    (kept,) = demo.told("giveaway", "keep", NAME, str(bo["entry"]))
    assert (kept["struck"], kept["kept_by_hand"]) == (None, True)
    shown_all = demo.told("giveaway", "show", NAME)["entrants"]
    closed = demo.told("giveaway", "close", NAME)
    assert closed == {"name": NAME, "entries": 4, "struck": 2, "hash": closed["hash"]}
    drawn = demo.told("giveaway", "draw", NAME, "--seed", "4 8 15")
    assert (drawn["seed"], drawn["hash"], len(drawn["winners"])) == ("4 8 15", closed["hash"], 2)
    assert demo.told("giveaway", "draw", NAME, "--seed", "4 8 15")["winners"] == drawn["winners"]
    proof = demo.told("giveaway", "proof", NAME, tmp_path / "proof")
    assert proof["files"] == [str(tmp_path / "proof" / name) for name in ("list.txt", "draw.py", "how-to-repeat.txt")]
    repeated = subprocess.run(
        [sys.executable, "-I", "draw.py", "list.txt", "4 8 15"], cwd=tmp_path / "proof", capture_output=True, check=True
    ).stdout.decode()
    assert closed["hash"] in repeated
    numbers = [one["line"].split("\t")[0] for one in drawn["winners"]]
    assert [line.split()[1] for line in repeated.splitlines()[1:]] == numbers
    others = demo.told("giveaway", "others", NAME)
    assert {one["entry"] for one in (*others, *drawn["winners"])} == {
        one["entry"] for one in shown_all if not one["struck"]
    }
    assert len(others) == 2
    gifts = demo.told("giveaway", "winners", NAME, "--gifts", "idea")
    assert (gifts["gifts"], {demo.told("show", one["gift"])["occasion"] for one in gifts["winners"]}) == (2, {"winner"})
    assert demo.told("giveaway", "list")[0]["state"] == "drawn"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("draw", "T-shirts of the year", "--seed", ""), "Enter the seed you promised"),
        (("draw", "T-shirts of the year", "--seed", "1 2 3"), "was drawn with the seed"),
        (("close", "T-shirts of the year"), "its list and its winners stay"),
        (("show", "Hats"), "There's no give-away “Hats”. There are: T-shirts of the year."),
        (("new", "Hats", "--prizes", "0"), "Enter how many prizes there are"),
        (("new", "Hats", "--prizes", "1", "--closes", "soonish"), "isn't a date"),
        (("collect", "T-shirts of the year", "--label", "nobody"), "There's no label “nobody”."),
        (("strike", "T-shirts of the year", "1"), "its list and its winners stay"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(demo: Shell, words: tuple[str, ...], sentence: str) -> None:
    done = demo.run("giveaway", *words)
    assert (done.status, sentence in done.err, "Traceback" in done.err) == (1, True, False)


def test_what_else_may_become_of_one(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ENTRIES, "utf-8")
    made = demo.told("giveaway", "new", "Caps", "--prizes", "1", "--seed-from", "Lottery", "--fallback", "next week's")
    assert made["seed_from"] == "Lottery; if that never comes: next week's"
    promised = demo.told("giveaway", "promise", "Caps", "--seed-from", "Share price")
    assert promised["seed_from"] == "Share price"
    dry = demo.told("giveaway", "enter", "Caps", tmp_path / "in.csv", "--dry-run")
    assert (dry["new"], dry["entries"], dry["dry_run"]) == (6, 0, True)
    demo.told("giveaway", "enter", "Caps", tmp_path / "in.csv")
    entry = str(demo.told("giveaway", "show", "Caps")["entrants"][0]["entry"])
    demo.told("giveaway", "strike", "Caps", entry, "--why", "A shop")
    assert demo.told("giveaway", "restore", "Caps", entry)["struck"] == 2
    assert "isn't closed yet" in demo.run("giveaway", "post-hash", "Caps").err
    closed = demo.told("giveaway", "close", "Caps")
    assert closed["hash"] in demo.told("giveaway", "post-hash", "Caps")["post"]
    assert "its list stays" in demo.run("giveaway", "promise", "Caps", "--seed-from", "X").err
    assert "nothing to tell" in demo.run("giveaway", "tell", "Caps").err
    (winner,) = demo.told("giveaway", "draw", "Caps", "--seed", "1")["winners"]
    told = demo.told("giveaway", "tell", "Caps", "--list")
    assert (told["to_tell"], told["told"], {one["standing"] for one in told["people"]}) == (3, 0, {"to-tell"})
    begun = demo.told("giveaway", "tell", "Caps", "--most", "1")
    assert (begun["drafts"], begun["whom"]) == (1, "others")
    following = demo.told("giveaway", "pass-on", "Caps", str(winner["entry"]), "--why", "No, thank you")["next"]
    assert following["place"] == 2
    won = demo.told("giveaway", "winners", "Caps")["winners"]
    assert [(one["place"], one["struck"], one["why"]) for one in won] == [
        (1, "passed", "No, thank you"), (2, None, None),
    ]  # fmt: skip
    assert "seen by all" not in demo.told("giveaway", "tell", "Caps", "--post")["post"]


def test_one_is_called_off_and_everybody_told(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ENTRIES, "utf-8")
    demo.told("giveaway", "new", "Hoods", "--prizes", "1")
    demo.told("giveaway", "enter", "Hoods", tmp_path / "in.csv")
    assert demo.told("giveaway", "call-off", "Hoods")["state"] == "called-off"
    assert "was called off" in demo.run("giveaway", "close", "Hoods").err
    assert demo.told("giveaway", "tell", "Hoods", "--list")["whom"] == "everybody"
    assert "call off Hoods" in demo.told("giveaway", "tell", "Hoods", "--post")["post"]
    assert demo.told("giveaway", "reopen", "Hoods")["state"] == "open"
    assert demo.told("giveaway", "show", "Hoods")["called_off_at"] is None

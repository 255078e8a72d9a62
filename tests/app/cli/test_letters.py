"""Letters to several people from the shell: whom `reply` sends to, what `show` says, and signatures."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from app.base.paths import Profile
from app.cli.replies import in_a_sentence
from app.outbox import OPEN
from app.workbench import Workbench
from tests.app.cli.shell import HOUSE, Shell

WORDS = str(HOUSE / "LICENSE")  # a text that the voice guide of the demo lets pass
CAPS, LABEL = "Which caps go with the bench bottles?", "Label in Portuguese"


def talk(demo: Shell, title: str) -> str:
    (row,) = [row for row in demo.told("list", "--state", "all", "--limit", "0") if row["title"] == title]
    return str(row["id"])


def receivers(told: Any) -> list[tuple[str, str, bool, bool]]:
    return [(one["role"], one["address"], one["member"] is not None, one["public"]) for one in told["receivers"]]


@pytest.mark.slow
def test_reply_goes_to_all_to_the_list_or_to_whom_it_says(demo: Shell) -> None:
    caps, label = talk(demo, CAPS), talk(demo, LABEL)
    grace, joseph = "grace@whitfieldcaps.example", "joseph@benchshop.example"
    told = demo.told("reply", caps, "--all", "--bcc", "Eve <eve@example.org>", "--text-file", WORDS)
    assert receivers(told) == [
        ("to", grace, True, False), ("cc", joseph, True, False), ("bcc", "eve@example.org", False, False),
    ]  # fmt: skip
    assert (told["from"], told["ending"].splitlines()[0]) == ("hello@sitrona.example", "-- ")
    assert demo.told("show", told["id"])["receivers"] == told["receivers"]
    assert "copy to Joseph Adeyemi; blind copy to Eve" in demo.run("show", told["id"]).out
    demo.told("undo")
    assert receivers(demo.told("reply", caps, "--text-file", WORDS)) == [("to", grace, True, False)]
    free = demo.told(
        "reply", caps, "--to", "expert@example.org", "--cc", joseph, "--from", "marta@sitrona.example",
        "--text-file", WORDS,
    )  # fmt: skip
    assert receivers(free) == [("to", "expert@example.org", False, False), ("cc", joseph, True, False)]
    assert free["from"] == "marta@sitrona.example"
    listed = demo.told("reply", label, "--list", "--text-file", WORDS)
    assert receivers(listed) == [("to", "lemon-people@lists.post.example", False, True)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cc", "bel"], "“bel” isn't an e-mail address. Write it like anna@example.org."),
        (["--from", "eve@example.org"], "eve@example.org isn't an address of this account. It can send as: hello@"),
        (["--list"], "This message didn't come through a mailing list."),
        (["--to", "x@example.org", "--all"], "Leave out --all and --list."),
    ],
)
def test_what_is_no_receiver_is_refused_in_one_sentence(demo: Shell, options: list[str], sentence: str) -> None:
    caps = talk(demo, CAPS)
    said = demo.run("reply", caps, *options, "--text-file", WORDS)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert not [row for row in demo.told("outbox", "list") if row["conversation"] == caps]


@pytest.mark.slow
def test_a_list_that_nobody_waits_on_is_not_denied(demo: Shell, tmp_path: Path) -> None:
    lines = (
        "From: Dan <dan@example.org>", "To: garden@lists.example.org", "Subject: Beds",
        "Message-ID: <beds@example.org>", "Date: Sat, 28 Nov 2026 10:00:00 +0000",
        "List-Id: <garden.lists.example.org>", "List-Post: <mailto:garden@lists.example.org>", "",
        "Two beds are free.", "",
    )  # fmt: skip
    letter = tmp_path / "beds.eml"
    letter.write_text("\n".join(lines), encoding="utf-8")
    demo.told("import", letter, "--channel", "E-mail")
    beds = talk(demo, "Beds")
    said = demo.told("reply", beds, "--list", "--text-file", WORDS, status=1)
    assert "Nobody is waiting for a reply here" in said["error"]
    demo.told("person", beds)
    assert receivers(demo.told("reply", beds, "--list", "--text-file", WORDS)) == [
        ("to", "garden@lists.example.org", False, True)
    ]


def test_why_a_reply_waits_ends_in_one_full_stop(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    entry = bench.outbox.entries(OPEN)[0]
    bench.close()
    waits = dataclasses.replace(entry, state="queued", error="The server is busy.")
    assert in_a_sentence(waits).endswith("waiting to be sent. The server is busy.")


@pytest.mark.slow
def test_show_says_whom_each_letter_names(demo: Shell) -> None:
    told = demo.told("show", talk(demo, CAPS))
    first, second = told["lines"][:2]
    assert first["to"] == [{"name": "", "address": "hello@sitrona.example"}]
    assert first["cc"] == [{"name": "Grace Whitfield", "address": "grace@whitfieldcaps.example"}]
    assert (first["bcc"], first["alias"], first["list"]) == ([], "hello@sitrona.example", None)
    assert second["cc"] == [{"name": "", "address": "hello@sitrona.example"}]
    printed = demo.run("show", talk(demo, CAPS)).out
    assert "to us, copy to Grace Whitfield" in printed
    lists = {line.get("list") for line in demo.told("show", talk(demo, LABEL))["lines"]}
    assert lists == {None, "lemon-people@lists.post.example"}


def test_signatures_are_set_listed_and_deleted(demo: Shell, tmp_path: Path) -> None:
    text = tmp_path / "signature.txt"
    text.write_text("Üdvözlettel,\nMárta\n", "utf-8")
    told = demo.told("account", "signature", "E-mail", "--language", "hu", "--text-file", text)
    assert {"address": None, "language": "hu", "text": "Üdvözlettel,\nMárta"} in told["signatures"]
    assert [one["address"] for one in told["senders"]] == ["hello@sitrona.example", "marta@sitrona.example"]
    assert "any address, hu:" in demo.run("account", "signature", "E-mail").out
    text.write_text("", "utf-8")
    told = demo.told("account", "signature", "E-mail", "--language", "hu", "--text-file", text)
    assert "hu" not in [one["language"] for one in told["signatures"]]
    refused = demo.run("account", "signature", "E-mail", "--address", "eve@x.is", "--text-file", WORDS)
    assert refused.status == 1
    assert demo.run("account", "signature", "E-mail", "--language", "hu").status == 1

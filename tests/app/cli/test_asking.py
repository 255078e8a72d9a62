"""`voice ask|asked`: a reply that a rule stops, asked about and sent from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.shell import Shell

WORDS = "Ginger is a cure for colds, I hear."


@pytest.mark.slow
def test_a_reply_is_asked_about_held_and_sent(demo: Shell, tmp_path: Path) -> None:
    talk = next(one["id"] for one in demo.told("list", "--state", "all", "--limit", "0")
                if one["title"] == "Street party verdict")  # fmt: skip
    text, other = tmp_path / "reply.txt", tmp_path / "fine.txt"
    text.write_text(f"{WORDS}\n", "utf-8")
    other.write_text("Lemons.", "utf-8")
    assert "No rule" in demo.run("voice", "ask", talk, "--text-file", str(other)).err
    made = demo.told("voice", "ask", talk, "--text-file", str(text))
    # Farkas Dóra of Legal is away
    assert (made["teammate"], made["draft"]) == ("Alžběta Kratochvílová", WORDS)
    assert "hasn't answered yet" in demo.run("voice", "ask", talk, "--text-file", str(text)).err
    assert "hasn't answered yet" in demo.run("reply", talk, "--text-file", str(text)).err
    assert [one["state"] for one in demo.told("voice", "asked", talk)] == ["waiting"]
    demo.told("handoff", "answer", made["id"], "--text", "As a joke")
    (one,) = demo.told("voice", "asked", talk)
    assert (one["state"], one["id"]) == ("yes", made["id"])
    sent = demo.told("reply", talk, "--text-file", str(text))
    assert "Alžběta Kratochvílová said yes on" in sent["overrides"][0]["reason"]

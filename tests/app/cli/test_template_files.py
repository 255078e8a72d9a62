"""Files that go with templates, from the shell, on the demo community."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.shell import Shell

ASKED = "SELECT 'C-' || c.id FROM conversation c JOIN account a ON a.id = c.account_id WHERE a.kind = ? LIMIT 1"


def test_a_file_is_kept_with_a_template_and_taken_away(demo: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "how.png"
    picture.write_bytes(b"picture")
    told = demo.told("template", "attach", "broken-parcel", str(picture))
    assert told["files"] == [{"name": "how.png", "type": "image/png", "bytes": 7}]
    assert demo.told("template", "show", "broken-parcel")["files"] == told["files"]
    assert "“Broken parcel” has no file “other.png”" in demo.run("template", "detach", "broken-parcel", "other.png").err
    assert demo.told("template", "detach", "broken-parcel", "how.png")["files"] == []
    assert "no longer there" in demo.run("template", "attach", "broken-parcel", str(tmp_path / "gone.png")).err


def test_they_go_with_a_reply_and_what_cannot_is_said(demo: Shell, tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text("Here is how to open the bottle.", "utf-8")
    demo.told("template", "add", "open", "--name", "Open", "--language", "en", "--text-file", str(text))
    paper = tmp_path / "how.pdf"
    paper.write_bytes(b"%PDF")
    demo.told("template", "attach", "open", str(paper))
    for kind, left in (("E-mail", 0), ("Blog", 1)):
        talks = [one["id"] for one in demo.told("list", "--channel", kind, "--limit", "1")]
        sent = demo.told("reply", talks[0], "--template", "open", "--language", "en")
        assert len(sent["not_attached"]) == left
        assert (not left) or sent["not_attached"][0].startswith("“how.pdf” isn't attached.")

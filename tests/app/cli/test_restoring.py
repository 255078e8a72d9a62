"""`backups` and `restore`, and what every command says of a file that is not ours: one sentence, nothing touched."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.safety import daily
from app.workbench import Workbench
from tests.app.cli.shell import HOUSE, Shell
from tests.app.store.test_store import content


@pytest.mark.slow
def test_there_and_back(demo: Shell) -> None:
    made = demo.told("backup")
    (listed,) = demo.told("backups")
    assert (listed["path"], listed["ok"], listed["size"]) == (made["file"], True, made["bytes"])
    talk = demo.told("list")[0]["id"]
    demo.told("label", talk, "+later")
    for words in ((), ("--dry-run",), ("--yes", "--dry-run")):
        dry = demo.told("restore", made["file"], *words)
        assert dry["dry_run"]
        assert (dry["done_since"], set(dry["would_lose"].values()), dry["sent_since"]) == (1, {0}, [])
    assert "later" in demo.told("show", talk)["labels"]
    done = demo.told("restore", made["file"], "--yes")
    assert Path(done["kept"]).is_file()
    assert done["messages"] == demo.told("check")["messages"]
    assert "later" not in demo.told("show", talk)["labels"]
    assert demo.told("go")["stood_still"]
    spoken = demo.run("restore", done["kept"], "--yes")
    assert "is kept as" in spoken.out
    assert "later" in demo.told("show", talk)["labels"]


def test_before_it_is_done_one_sees_what_would_be_lost(demo: Shell) -> None:
    made = demo.told("backup")
    talk = demo.told("list", "--channel", "Swap board")[0]["id"]
    demo.told("reply", talk, "--text-file", "-", "--now", "--override", "a test", given="Sent since the backup.")
    told = demo.told("restore", made["file"])
    assert told["would_lose"]["sent"] == 1
    (sent,) = told["sent_since"]
    spoken = demo.run("restore", made["file"]).out
    assert "In the present file and not in the backup: 1 message that you sent." in spoken
    assert f"  sent to {sent['to']}, Swap board, " in spoken
    assert "With --yes it is restored." in spoken
    demo.told("restore", made["file"], "--yes")
    assert demo.told("restore", made["file"])["would_lose"]["sent"] == 0


def test_a_conflict_copy_is_recognised_and_compared(demo: Shell) -> None:
    made = demo.told("backup")
    copy = Path(demo.folder) / "community (Jana's conflicted copy 2026-12-03).rapport"
    assert demo.told("check")["conflict_copies"] == []
    copy.write_bytes(Path(made["file"]).read_bytes())
    assert demo.told("check")["conflict_copies"] == [str(copy)]
    assert "Another copy of the file lies beside it: community (Jana's conflicted copy" in demo.run("check").out
    told = demo.told("restore", copy)
    assert (told["conflict_copy_of"], told["messages"]) == ("Dropbox", demo.told("check")["messages"])
    assert "Dropbox made it when two computers wrote to the same file." in demo.run("restore", copy).out
    assert demo.told("restore", made["file"])["conflict_copy_of"] is None


@pytest.mark.slow
def test_an_encrypted_copy_is_restored_on_another_laptop(demo: Shell, tmp_path: Path) -> None:
    pytest.importorskip("pyrage")
    stick = tmp_path / "stick"
    stick.mkdir()
    assert "second place" in demo.run("second-place", "--encrypt", "--secret-from-stdin", given="four words here").err
    assert demo.told("second-place", str(stick))["folder"] == str(stick)
    assert "at least 10" in demo.run("second-place", "--encrypt", "--secret-from-stdin", given="four").err
    place = demo.told("second-place", "--encrypt", "--secret-from-stdin", given="four words that stay\n")
    assert (place["folder"], place["encrypted"], place["at"]) == (str(stick), True, None)
    bench = Workbench(Profile(Path(demo.folder)))
    daily.run(bench.store, bench.profile, bench.settings)
    bench.close()
    assert demo.told("second-place")["at"]
    (copy,) = stick.glob("*.zip")
    other = Shell(tmp_path / "other")
    assert "Pipe it in" in other.run("restore", str(copy), given="").err
    assert "isn't the passphrase" in other.run("restore", str(copy), "--secret-from-stdin", given="wrong words").err
    dry = other.told("restore", str(copy), "--dry-run", "--secret-from-stdin", given="four words that stay")
    assert dry["dry_run"]
    assert not list((tmp_path / "other").rglob("*.rapport"))
    done = other.told("restore", str(copy), "--yes", "--secret-from-stdin", given="four words that stay")
    assert done["messages"] == demo.told("check")["messages"]
    assert not demo.told("second-place", "--no-encrypt")["encrypted"]
    assert demo.told("second-place", "--none")["folder"] is None


@pytest.mark.slow
def test_while_a_window_is_open_it_is_refused(demo: Shell) -> None:
    made = demo.told("backup")
    code = (
        "import sys; from pathlib import Path; from app.base.paths import Profile\n"
        "from app.workbench import Workbench\n"
        "from ui.shell.lock import WindowLock\n"
        "folder = Path(sys.argv[1]); WindowLock(folder).take(); bench = Workbench(Profile(folder))\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    window = subprocess.Popen(
        [sys.executable, "-c", code, demo.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE
    )
    assert window.stdout is not None
    window.stdout.readline()
    said = demo.told("restore", made["file"], "--yes", status=1)["error"]
    assert "window" in said
    assert said.count(".") >= 1
    window.communicate("")
    demo.told("restore", made["file"], "--yes")


READS = (
    ["list"], ["search", "lemon"], ["show", "C-1"], ["check"], ["backup"], ["undo", "--list"], ["undo"], ["sync"],
    ["outbox", "list"], ["member", "list"], ["gift", "list"], ["handoff", "list"], ["template", "list"],
    ["account", "list"], ["done", "C-1"], ["go"],
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", ["zero bytes", "nothing in it", "another program's", "missing"])
def test_every_command_says_one_sentence_and_touches_nothing(demo: Shell, tmp_path: Path, what: str) -> None:
    file = demo.folder / "community.rapport"
    named = demo.told("backup")["file"]
    file.unlink()
    if what == "zero bytes":
        file.write_bytes(b"")
    elif what != "missing":
        with closing(sqlite3.connect(file)) as conn:
            conn.execute("CREATE TABLE a (b)")
            if what == "nothing in it":
                conn.execute("DROP TABLE a")
            conn.commit()
    table = tmp_path / "people.csv"
    table.write_text("Name,Email\nAnna,anna@example.org\n")
    before = content(demo.folder)
    for words in (*READS, ["import", str(table)]):
        said = demo.run(*words)
        assert (said.status, said.out) == (1, ""), (words, said)
        assert len(said.err.strip().splitlines()) == 1, (words, said)
        assert named in said.err, (words, said)
    assert content(demo.folder) == before
    assert demo.told("backups")[0]["ok"]
    demo.told("restore", named, "--yes")
    assert demo.told("check")["sound"]


def test_a_file_of_the_first_schema_opens_after_a_restore(demo: Shell) -> None:
    bench = Workbench(Profile(demo.folder))
    bench.close()
    assert demo.told("restore", demo.told("backup")["file"], "--yes")["kept"]


@pytest.mark.slow
def test_check_repair_says_what_it_did_and_keeps_the_damaged_file(demo: Shell) -> None:
    before = demo.told("check")
    made = demo.told("backup")
    file = Path(demo.folder) / "community.rapport"
    whole = file.read_bytes()
    file.write_bytes(bytes(40) + whole[40:])
    damaged = file.read_bytes()
    assert demo.run("list").status == 1
    done = demo.told("check", "--repair")
    assert (done["done"], done["messages_lost"]) == ("read", 0)
    assert Path(done["kept"]).read_bytes() == damaged
    after = demo.told("check")
    assert (after["sound"], after["messages"], after["members"]) == (True, before["messages"], before["members"])
    assert demo.told("go")["stood_still"]
    file.write_bytes(damaged[:8192] + bytes(len(damaged) - 8192))
    Path(made["file"]).write_bytes(b"")
    lost = demo.run("check", "--repair")
    assert (lost.status, file.read_bytes()[:8192]) == (1, damaged[:8192])
    assert "Nothing was changed" in lost.err

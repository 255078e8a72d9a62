"""Rules of the house that a linter does not know; each failure names the line and says why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent

_RIDDLES = r"\bdef (?:did|doing|must|said|shown|stands|thing|things|told|whole)\("

# pattern, where it may not stand, where it may all the same, why
RULES = [
    (
        r"\bQShortcut\b\(",
        "ui",
        (),
        "under a Greek layout a QShortcut on G does not fire; commands go through ui.commands.keys",
    ),
    (r"\b(QTreeView|QListWidget|QTableWidget)\b", "ui", (), "lays out every row, 2 s at a million; use a QTableView"),
    (r"\bQThread\b", "ui", (), "aborts the process when it still runs at exit; app.base.jobs has the workers"),
    (
        r"\.setHtml\(|(?<!setAccept)RichText\b|setAcceptRichText\(True|AutoText\b",
        "ui",
        ("ui/shared/paper.py",),  # what app.printing makes of plain words: each is escaped, and no table holds another
        "text from outside is plain text: nested tables freeze Qt",
    ),
    (r"\bQMessageBox\b", "ui", ("ui/shell/application.py",), "stops the person; the frame's toast and fail() do not"),
    (r"(?<!\w)QLabel\(", "ui", ("ui/widgets/labels.py",), "guesses rich text; ui.widgets.labels.Label does not"),
    (r"setStyleSheet\(", "ui", ("ui/look/theme.py",), "the look stands in one stylesheet"),
    (r"\"#[0-9A-Fa-f]{6}\"", "ui/pages", (), "colours are tokens, so that dark and light both hold"),
    (
        r"\.executescript\(",
        "app",
        ("app/store/changes.py", "app/store/undo.py", "app/involvement/upkeep.py"),
        "commits the transaction that it runs in",
    ),
    (r"_create_unverified_context|CERT_NONE|verify=False", "app", (), "certificates are verified, always"),
    (_RIDDLES, "app", (), "nobody searches for it; say what comes back or what is done"),
    (_RIDDLES, "ui", (), "nobody searches for it; say what comes back or what is done"),
    (r"\bprint\(", "ui", (), "nobody reads a window's standard output"),
]


def lines(room: str) -> list[tuple[str, str]]:
    """Every line of code in a room, comments left out, with its place."""
    found = []
    for path in sorted((HOUSE / room).rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found.append((f"{name}:{number}", line.split("  # ")[0]))
    return found


@pytest.mark.parametrize(("pattern", "room", "but", "why"), RULES, ids=[rule[0] for rule in RULES])
def test_rule(pattern: str, room: str, but: tuple[str, ...], why: str) -> None:
    broken = [place for place, line in lines(room) if re.search(pattern, line) and place.rpartition(":")[0] not in but]
    assert not broken, why

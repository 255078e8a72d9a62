"""What is on paper is what is in the file, whole and in order; what only we know is there only if it is asked for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import dates
from app.base.errors import NotFoundError, UserError
from app.base.paths import Profile
from app.export import LISTED
from app.inbox import Query
from app.printing import document, page
from app.printing.desk import MOST_ROWS
from app.printing.page import Sheet
from app.workbench import Workbench

_OPEN = ["p", "h1", "h2", "table", "thead", "tbody", "tr", "th", "td", "span"]


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo community, which these tests only read."""
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    yield made
    made.close()


def words(sheet: Sheet) -> str:
    """The text of a page without its tags and the places where long words may break."""
    return unescape(re.sub(r"<[^<>]*>", "\n", sheet.body)).replace("\u200b", "").replace("\u200e", "")


def one(bench: Workbench, sql: str) -> int:
    """The first id that SQL finds."""
    return int(bench.store.read.execute(sql).fetchone()[0])


def test_every_message_is_on_paper_in_order(bench: Workbench) -> None:
    number = one(bench, "SELECT id FROM conversation ORDER BY messages DESC, id LIMIT 1")
    shown = words(bench.printing.conversation(number))
    texts = [
        row[0]
        for row in bench.store.read.execute(
            "SELECT text FROM message WHERE conversation_id = ? ORDER BY at, id", (number,)
        )
    ]
    at = 0
    for text in texts:
        for line in filter(str.strip, text.split("\n")):
            at = shown.index(line.strip(), at)
    assert len(texts) > 5


def test_what_only_we_know_is_asked_for(bench: Workbench) -> None:
    number = one(
        bench,
        "SELECT h.conversation_id FROM handoff h JOIN promise p ON p.conversation_id = h.conversation_id"
        " JOIN gift g ON g.conversation_id = h.conversation_id JOIN conversation_label l"
        " ON l.conversation_id = h.conversation_id LIMIT 1",
    )
    ask, promise, why, label = bench.store.read.execute(
        "SELECT h.ask, p.what, g.why, n.name FROM handoff h JOIN promise p USING (conversation_id)"
        " JOIN gift g USING (conversation_id) JOIN conversation_label l USING (conversation_id)"
        " JOIN label n ON n.id = l.label_id WHERE conversation_id = ?",
        (number,),
    ).fetchone()
    without, with_them = (words(bench.printing.conversation(number, notes=notes)) for notes in (False, True))
    for secret in (ask, promise, why):
        assert secret not in without
        assert secret in with_them
    assert not any(label in line.split(" · ") for line in without.splitlines())
    assert any(label in line.split(" · ") for line in with_them.splitlines())


def test_a_draft_and_a_reply_that_waits_are_never_printed(bench: Workbench) -> None:
    bench.inbox.keep_draft(5, "Half a thought about figs")
    assert "Half a thought" not in words(bench.printing.conversation(5, notes=True))
    number, text = bench.store.read.execute("SELECT conversation_id, text FROM outbox WHERE state = 'held'").fetchone()
    assert text.split("\n")[0] not in words(bench.printing.conversation(number, notes=True))


def test_a_member_is_printed_with_all_their_conversations(bench: Workbench) -> None:
    number = one(bench, "SELECT p.member_id FROM promise p JOIN member m ON m.id = p.member_id WHERE m.note <> ''")
    card = bench.card(number)
    plain, full = (words(bench.printing.member(number, notes=notes)) for notes in (False, True))
    assert card.member.note.split("\n")[0] in full
    assert card.member.note.split("\n")[0] not in plain
    assert card.promises[0].what in full
    assert card.promises[0].what not in plain
    for past in card.history:
        assert " ".join(past.title.split()) in plain
    assert card.member.name in plain


@pytest.mark.parametrize("kind", LISTED)
def test_a_list_has_a_row_for_each_in_its_order(bench: Workbench, kind: str) -> None:
    table = {"handoffs": "id FROM handoff", "gifts": "id FROM gift", "templates": "id FROM template",
             "outbox": "id FROM outbox", "rules": "id FROM voice_rule", "drafts": "-id FROM letter_draft",
             "members": "id FROM member WHERE merged_into IS NULL",
             "conversations": "id FROM conversation WHERE state <> 'empty'"}[kind]  # fmt: skip
    numbers = [row[0] for row in bench.store.read.execute(f"SELECT {table} ORDER BY 1 DESC")]
    sheet = bench.printing.rows(kind, [*numbers, 999_999], "All of them")
    body = sheet.body.split("<tbody>")[1]
    assert body.count("<tr>") == len(numbers) > 0
    first = bench.printing.rows(kind, numbers[:1], "One").body.split("<tbody>")[1].split("</tr>")[0]
    assert body.startswith(first)
    assert f"\n{len(numbers)} row" in words(sheet)


def test_a_list_that_is_too_long_says_so(bench: Workbench) -> None:
    numbers = [ref.id for ref in bench.inbox.refs(Query("all"))]
    sheet = bench.printing.rows("conversations", (numbers * MOST_ROWS)[: MOST_ROWS + 7], "Many")
    assert sheet.body.count("<tr>") == MOST_ROWS + 1
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 7} rows" in words(sheet)


def test_what_is_not_there_is_said(bench: Workbench) -> None:
    with pytest.raises(NotFoundError):
        bench.printing.conversation(99_999)
    with pytest.raises(NotFoundError):
        bench.printing.member(99_999)
    with pytest.raises(UserError, match="Choose from: conversations"):
        bench.printing.rows("stamps", [], "")


def test_dates_are_in_words() -> None:
    assert dates.written("2026-12-01") == "1 December 2026"
    assert dates.written("") == ""
    assert dates.in_words(date(2026, 12, 1)) == "Tuesday, 1 December 2026"


class Nested(HTMLParser):
    """Takes a page apart; every tag has to be one of ours, and be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _OPEN
        assert {name for name, _ in attrs} <= {"class", "dir", "align", "width", "cellspacing"}
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(), st.text(), st.text())
def test_words_from_outside_are_never_markup(title: str, said: str, cell: str) -> None:
    made = page.block(title, tag="h1") + page.headed(title, said) + page.block(said) + page.table((title,), [(cell,)])
    read = Nested()
    read.feed(made)
    read.close()
    assert not read.stack
    assert document(Sheet(title, made)).count("<style>") == 1


def test_each_line_has_its_own_direction() -> None:
    made = page.block("שלום\nHello\n\n<b>")
    assert made == '<p dir="rtl" align="right">שלום</p><p>Hello</p><p>&nbsp;</p><p>&lt;b&gt;</p>'

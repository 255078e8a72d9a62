"""The language of a message can be corrected: its conversation follows, and it is remembered and undone."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.inbox import Query
from app.intake import messages
from app.workbench import Workbench
from tests.app.saying import NOW, account
from tests.app.saying import said as said_by


@pytest.fixture
def said(bench: Workbench) -> int:
    """A message in Slovak that was taken for Czech; its id."""
    words = "Ďakujem, prišlo to v poriadku a bolo to výborné."
    came = said_by("m1", NOW, words, "zuzana", thread="t")._replace(language="cs")
    ours = said_by("m2", NOW + 60, "Děkujeme!", "us", thread="t", out=True)._replace(language="cs")
    bench.intake.take(account(bench.store), [came, ours])
    return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = 'm1'").fetchone()[0])


def language(bench: Workbench, number: int) -> tuple[str, str]:
    """The language of a message, and of its conversation."""
    row = bench.store.read.execute(
        "SELECT m.language, c.language FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?",
        (number,),
    ).fetchone()
    return row[0], row[1]


def test_a_correction_is_kept_and_its_conversation_follows(bench: Workbench, said: int) -> None:
    assert bench.intake.set_language(said, "Slovak") == "sk"
    assert language(bench, said) == ("sk", "sk")
    bench.actions.undo()
    assert language(bench, said)[0] == "cs"


def test_another_reading_of_its_bytes_does_not_change_it(bench: Workbench, said: int) -> None:
    bench.intake.set_language(said, "sk")
    with bench.store.write() as conn:
        messages.read_again(conn, said, "Ďakujem.", "cs", "")
    assert language(bench, said)[0] == "sk"


def test_what_is_no_language_is_refused(bench: Workbench, said: int) -> None:
    with pytest.raises(UserError, match="“klingon” isn't a language"):
        bench.intake.set_language(said, "klingon")
    with pytest.raises(NotFoundError, match="no message M-"):
        bench.intake.set_language(10**9, "cs")
    assert language(bench, said)[0] == "cs"
    assert bench.inbox.refs(Query("all"), limit=5)

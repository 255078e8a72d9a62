"""What we replied before is at hand while writing: to the member, and to the same question elsewhere."""

from __future__ import annotations

from tests.ui.settling import settle
from tests.ui.talking import inbox
from ui.shell.window import Window


def test_earlier_replies_are_offered_and_shown(demo: Window) -> None:
    page = inbox(demo)
    number = demo.bench.store.read.execute(
        "SELECT conversation_id FROM draft WHERE text LIKE 'Milá Terezo%'"
    ).fetchone()[0]
    page.open(number)
    settle()
    button = page.talk.composer.words.earlier
    found = button.replies()
    assert found
    assert {one.name for one in found} == {"Tereza Vaňková"}
    assert number not in {one.conversation_id for one in found}
    button.offer()
    assert button.menu is not None
    actions = button.menu.actions()
    assert len(actions) == len(found)
    assert "Tereza Vaňková" in actions[0].text()
    button.menu.close()
    actions[0].trigger()
    settle()
    assert page.talk.opened is not None
    assert page.talk.opened.row.id == found[0].conversation_id


def test_where_there_are_none_the_menu_says_so(demo: Window) -> None:
    page = inbox(demo)
    number = demo.bench.store.read.execute(
        "SELECT id FROM conversation WHERE title = 'Fæst þetta fyrir vestan?'"
    ).fetchone()[0]
    page.open(number)
    settle()
    button = page.talk.composer.words.earlier
    button.offer()
    assert button.menu is not None
    (only,) = button.menu.actions()
    assert not only.isEnabled()
    button.menu.close()

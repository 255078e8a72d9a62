"""What comes in from GitHub's discussions, where it breaks off, and what is there without being listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.github.reading import digest
from tests.app.channels.codehost import checked, pages, raised, rows, session, troubles
from tests.servers.github import GitHub


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    yield from raised(monkeypatch)


def _fill(server: GitHub, number: int, of: str = "") -> str:
    """A discussion with so many comments, the later ones further up in the list of discussions."""
    begun = of or server.begin("dora", "Too long to read", "Read it all!")
    for each in range(number):
        server.put("anna", f"Comment {each}", begun)
    return begun


# --- what breaks off


@pytest.mark.parametrize("how", ["502", "timeout", "cut"])
@pytest.mark.parametrize("most", [10, 2])
def test_a_discussion_that_breaks_off_is_read_in_smaller_pages(server: GitHub, how: str, most: int) -> None:
    begun = _fill(server, 25)
    server.heavy[begun] = (how, most)
    found = pages(server, {})
    assert [row.text for row in rows(found)] == ["Read it all!", *(f"Comment {each}" for each in range(25))]
    assert troubles(found) == set()


@pytest.mark.parametrize("how", ["502", "timeout", "cut"])
def test_one_that_cannot_be_read_is_told_and_keeps_nothing_back(server: GitHub, how: str) -> None:
    first = server.say("anna", "Before it")
    begun = _fill(server, 3)
    server.heavy[begun] = (how, 0)
    after = server.begin("bela", "After it", "Is this read?")
    cursor: dict[str, str] = {}
    found = pages(server, cursor)
    # beside the error, GitHub gives the opening post at least
    assert [row.remote_id for row in rows(found)] == [first, *([begun] if how == "cut" else []), after]
    assert troubles(found) == {
        "GitHub breaks off reading the discussion “Too long to read”. Rapport tries again; all others are read."
    }
    del server.heavy[begun]
    server.put("cyril", "Something new elsewhere", after)
    found = pages(server, cursor)
    assert begun in [row.remote_id for row in rows(found)]
    assert troubles(pages(server, cursor)) == set()


def test_what_was_read_of_one_before_it_broke_off_comes_in_and_nothing_is_called_gone(server: GitHub) -> None:
    begun = _fill(server, 30)
    cursor: dict[str, str] = {}
    pages(server, cursor)
    plain = server._under

    def broken(thing: dict[str, object], arguments: dict[str, object]) -> dict[str, object]:
        if arguments.get("after"):
            server.heavy[begun] = ("502", 0)
        return plain(thing, arguments)

    server._under = broken  # type: ignore[method-assign]
    server.put("anna", "One more", begun)
    found = pages(server, cursor)
    assert len(rows(found)) == 21
    assert not any(row.gone for row in rows(found))
    assert troubles(found)
    server._under = plain  # type: ignore[method-assign]
    del server.heavy[begun]
    found = pages(server, cursor)
    assert len(rows(found)) == 32
    assert not troubles(pages(server, cursor))


def test_a_cursor_of_an_older_rapport_is_read_on(server: GitHub) -> None:
    asked, lost = server.say("anna", "Is it vegan?"), server.say("bela", "Said too soon")
    at = server.discussions[server.topic]["updatedAt"]
    cursor = {"last": at, "recent": f'{{"{server.topic}":["{at}",["{asked}","{lost}"]]}}', "turn": "4"}
    server.remove(lost)
    assert {row.remote_id: row.gone for row in rows(pages(server, cursor))} == {asked: False, lost: True}


def test_where_github_is_down_nothing_is_skipped(server: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(server, 3)
    cursor: dict[str, str] = {}
    plain = server._node
    monkeypatch.setattr(server, "_node", lambda _: server._under({"id": "down"}, {"first": 1}))
    server.heavy["down"] = ("502", 0)
    with pytest.raises(TryLater):
        pages(server, cursor)
    assert "skipped" not in cursor
    monkeypatch.setattr(server, "_node", plain)
    assert len(rows(pages(server, cursor))) == 4


def test_a_discussion_that_single_sign_on_keeps_from_us_is_skipped(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    begun = server.begin("bela", "Of another organization", "Hello")
    said = "Resource protected by organization SAML enforcement. You must grant your Personal Access token access."
    server.forbidden[begun] = {"type": "FORBIDDEN", "message": said, "extensions": {"saml_failure": True}}
    with closing(checked(server)) as there, pytest.raises(AuthNeeded, match="Configure SSO"):
        list(there.pull({}))
    server.forbidden[begun] = {"type": "FORBIDDEN", "message": "Not for you"}
    found = pages(server, {})
    assert [row.remote_id for row in rows(found)] == [asked]
    assert troubles(found)


# --- what is new without being listed as new


def test_a_reply_that_moves_nothing_is_seen_in_the_next_pull(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    ours = server.put("lemonade", "It is!", server.topic, asked)["id"]
    for number in range(60):
        server.begin("bela", f"Later {number}", "Well?")
    cursor: dict[str, str] = {}
    pages(server, cursor)
    before = server.discussions[server.topic]["updatedAt"]
    late = server.say("anna", "And on Sundays?", ours)
    assert server.discussions[server.topic]["updatedAt"] == before
    assert late in [row.remote_id for row in rows(pages(server, cursor))]


@pytest.mark.slow
def test_in_a_large_forum_replies_under_old_comments_are_in_within_three_pulls(server: GitHub) -> None:
    tops = []
    for number in range(120):
        begun = server.begin("anna", f"Question {number}", "Well?")
        server.discussions[begun]["updatedAt"] = f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"
        tops.append(server.put("bela", "I wonder too", begun)["id"])
    cursor: dict[str, str] = {"last": "2025-01-01T00:00:00Z"}
    pages(server, cursor)
    late = {server.put("cyril", "It works so", server.comments[top]["of"], top)["id"] for top in tops[::12]}
    seen: set[str] = set()
    for _ in range(3):
        before = server.points
        seen |= {row.remote_id for row in rows(pages(server, cursor))}
        assert before - server.points < 40
    assert late <= seen


def test_a_mark_a_lock_and_a_closing_are_seen(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    cursor: dict[str, str] = {}
    (row,) = rows(pages(server, cursor))
    assert (row.solution, row.locked, row.post_text) == (False, False, "Tell us how you like it!")
    about = server.discussions[server.topic]
    about.update(answer=asked, locked=True, closed=True, stateReason="RESOLVED")
    (row,) = rows(pages(server, cursor))
    assert (row.remote_id, row.solution, row.locked) == (asked, True, True)
    assert row.post_text == "[Closed as resolved] Tell us how you like it!"


def test_what_is_there_but_in_no_list_is_not_gone(server: GitHub) -> None:
    kept, lost = server.say("anna", "Hidden from lists"), server.say("bela", "Taken away")
    emptied = server.say("cyril", "Taken away, with a place left empty that is in no list")
    cursor: dict[str, str] = {}
    pages(server, cursor)
    server.unlisted |= {kept, emptied}
    server.comments[emptied].update(deletedAt=server.now(), body="", author=None)
    server.remove(lost)
    assert {row.remote_id for row in rows(pages(server, cursor)) if row.gone} == {lost, emptied}


# --- the repository


def test_a_renamed_repository_is_read_on_and_its_new_name_told(server: GitHub) -> None:
    server.say("anna", "Is it vegan?")
    server.called = "lemonade/fans"
    found = pages(server, {})
    assert len(rows(found)) == 1
    assert troubles(found) == {"The repository is called lemonade/fans now. Change it in the account."}
    with closing(session(server)) as there:
        assert "lemonade/fans. The repository is called that now" in there.check().sentence


def test_another_repository_by_the_same_name_is_not_read(server: GitHub) -> None:
    server.say("anna", "Is it vegan?")
    with closing(checked(server)) as there:
        server.number_of_it = "R_kgDOother"
        with pytest.raises(Refused, match="another repository at lemonade/club"):
            list(there.pull({}))


def test_a_repository_that_is_gone_says_so_as_the_check_does(server: GitHub) -> None:
    with (
        closing(session(server, repository="lemonade/none")) as there,
        pytest.raises(AuthNeeded, match="can't see the repository"),
    ):
        list(there.pull({}))


# --- words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!-- Describe it below -->\nIt leaks.\n\n<!--\nthanks\n-->", "It leaks."),
        ('It leaks:\n\n<img width="1280" alt="A wet table" src="https://github.com/user-attachments/assets/1a">',
         "It leaks:\n\n[Picture: A wet table]"),
        ("![image](https://github.com/user-attachments/assets/1a-2b)", "[Picture]"),
        ("See [log.txt](https://github.com/user-attachments/files/123/log.txt)",
         "See [File: log.txt] https://github.com/user-attachments/files/123/log.txt"),
        ("https://github.com/user-attachments/assets/2b6f7a11-0c4e\n", "[Video] https://github.com/user-attachments/assets/2b6f7a11-0c4e"),
        ("<details><summary>Steps</summary>\n\n1. Pour\n</details>", "Steps\n\n1. Pour"),
        ('Press <kbd>Ctrl</kbd><br>then <a href="https://x.is/a">look</a>', "Press Ctrl\nthen look (https://x.is/a)"),
        ("```html\n<!-- stays --><img>\n```\nand `<br>`", "```html\n<!-- stays --><img>\n```\nand `<br>`"),
        ("Our \\<name> and \\<!-- this -->", "Our <name> and <!-- this -->"),
        ("1 < 2, List<String> and <!-- without an end", "1 < 2, List<String> and <!-- without an end"),
        ("a\r\nb", "a\nb"),
    ],
)  # fmt: skip
def test_words_are_as_people_see_them(server: GitHub, body: str, words: str) -> None:
    server.say("anna", body)
    assert [row.text for row in rows(pages(server, {}))] == [words]


def test_a_poll_says_what_it_asks(server: GitHub) -> None:
    begun = server.begin("anna", "Which one?", "Choose!")
    server.discussions[begun]["poll"] = {
        "question": "Mint or plain?", "options": [{"id": "1", "option": "Mint"}, {"id": "2", "option": "Plain"}],
    }  # fmt: skip
    assert [row.text for row in rows(pages(server, {}))] == ["Choose!\n\n[Poll: Mint or plain? / Mint / Plain]"]


# --- what changes in old discussions


@pytest.mark.slow
def test_an_edit_of_an_old_reply_is_seen_within_three_pulls(server: GitHub) -> None:
    """Of the one that is farthest back among all that are remembered; nothing else moves with it."""
    replies, cursor = [], dict[str, str]()
    for number in range(95):
        topic = server.begin("anna", f"Topic {number}", "Well?")
        top = server.say("bela", f"Comment {number}", topic)
        replies += [server.say("dora", f"Reply {number}.{more}", top) for more in range(2)]
    pages(server, cursor)
    pages(server, cursor)
    old = server.comments[replies[1]]
    old |= {"body": "Other words", "updatedAt": "2026-12-01T12:00:00Z"}
    seen = [row for _ in range(3) for row in rows(pages(server, cursor)) if row.text == "Other words"]
    assert [row.remote_id for row in seen][:1] == [replies[1]]


def test_a_fingerprint_tells_each_change_of_a_comment_and_of_a_reply() -> None:
    top = {"id": "1", "updatedAt": "a", "replies": {"totalCount": 1}}
    reply = {"id": "2", "updatedAt": "a", "isMinimized": False, "deletedAt": None, "isAnswer": False}
    before = digest([(top, [reply])])
    assert digest([(dict(top), [dict(reply)])]) == before
    for name in ("updatedAt", "isMinimized", "deletedAt", "isAnswer"):
        assert digest([({**top, name: "b"}, [reply])]) != before
        assert digest([(top, [{**reply, name: "b"}])]) != before
    assert digest([({**top, "replies": {"totalCount": 2}}, [reply])]) != before
    many = [{**reply, "id": str(number)} for number in range(20)]
    assert digest([(top, many)]) == digest([(top, many[-10:])]), "as many as GitHub is asked for"

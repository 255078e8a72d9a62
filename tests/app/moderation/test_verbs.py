"""Which verbs there are for a message: by what its channel can do, how it stands there, and our rights."""

from __future__ import annotations

import pytest

from app.channels.channel import REVERSED, Can, Channel
from app.moderation import verbs
from app.moderation.verbs import UPSTREAM, VERBS, Standing, not_offered, offered, rights


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> None:
    able = Channel("all", "All", (), Can(moderate=VERBS, undo=tuple(REVERSED)))
    monkeypatch.setattr(verbs, "channel", lambda _kind: able)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (Standing(), "hide spam delete solve lock mute ban"),
        (Standing("held"), "hide show spam delete solve lock mute ban"),
        (Standing("reported"), "hide show spam delete solve lock mute ban"),
        (Standing("hidden"), "show spam delete solve lock mute ban"),
        (Standing("deleted"), ""),
        (Standing(out=True), "solve lock"),
        (Standing(out=True, solution=True, locked=True), "unsolve unlock"),
        (Standing(barred="mute"), "hide spam delete solve lock unmute ban"),
        (Standing(barred="ban"), "hide spam delete solve lock unban"),
        (Standing(by_somebody=False), "hide spam delete solve lock"),
        (Standing(may=frozenset(("hide", "ban"))), "hide ban"),
        (Standing(may=frozenset()), ""),
    ],
)
def test_what_would_change_something_is_offered(at: Standing, expected: str) -> None:
    assert " ".join(offered("all", "live", at)) == expected


def test_nothing_is_offered_for_what_came_from_a_file() -> None:
    assert offered("all", "file", Standing()) == ()


def test_each_verb_has_a_sentence_for_where_it_is_not_available() -> None:
    assert len({not_offered(verb, "Forum") for verb in VERBS}) == len(VERBS)
    assert all("“Forum”" in not_offered(verb, "Forum") for verb in VERBS)


def test_what_is_undone_by_a_verb_is_undone_by_one_that_exists() -> None:
    assert set(REVERSED) | set(REVERSED.values()) == set(VERBS)
    assert set(UPSTREAM) <= set(VERBS)


def test_rights_are_the_words_of_the_fact() -> None:
    assert rights("") is None
    assert rights("hide show") == frozenset(("hide", "show"))

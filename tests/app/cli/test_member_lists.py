"""`member lists|keep-list|remove-list|set` and `member list --list --by`."""

from __future__ import annotations

from tests.app.cli.shell import Shell


def test_a_search_is_kept_as_a_list_and_asked_anew(demo: Shell) -> None:
    kept = demo.told("member", "keep-list", "Regulars in Brno", "city:Brno")
    listed = demo.told("member", "list", "--list", "regulars in brno", "--limit", "0")
    assert kept["members"] == len(listed) > 0
    assert {row["id"] for row in listed} == {
        row["id"] for row in demo.told("member", "list", "city:Brno", "--limit", "0")
    }
    (shown,) = demo.told("member", "lists")
    assert (shown["name"], shown["words"], shown["members"]) == ("Regulars in Brno", "city:Brno", len(listed))
    demo.run("member", "remove-list", "Regulars in Brno")
    assert demo.told("member", "lists") == []
    demo.run("undo")
    assert len(demo.told("member", "lists")) == 1


def test_what_is_not_understood_is_refused_and_never_an_empty_list(demo: Shell) -> None:
    for words in (("list", "kind:dragon"), ("list", "--list", "nobody"), ("keep-list", "A", "kind:dragon")):
        ended = demo.run("member", *words)
        assert ended.status == 1
        assert ended.err.count("\n") == 1


def test_several_are_set_at_once(demo: Shell) -> None:
    first, second, *_rest = demo.told("member", "list", "--kind", "customer")
    changed = demo.told("member", "set", first["id"], second["id"], "--kind", "ambassador")
    assert {row["id"] for row in changed} == {first["id"], second["id"]}
    assert demo.told("member", "show", first["id"])["kind"] == "ambassador"
    demo.run("undo")
    assert demo.told("member", "show", second["id"])["kind"] == "customer"
    assert demo.run("member", "set", first["id"]).status == 1

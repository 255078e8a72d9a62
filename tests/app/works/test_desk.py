"""Works: what members made, and their permission to use it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Attached, Author, Incoming
from app.inbox import drafts
from app.intake import Intake
from app.members import Members
from app.outbox import Outbox
from app.store.store import Store
from app.templates import Templates
from app.voice import Voice
from app.works import Works, standing
from app.works.desk import Said
from tests.app.saying import NOW, account, said

DAY = 86_400
PICTURE = b"\x89PNG the very bytes"
SEVERAL = "One two three four five six seven " * 3
RECIPE = "Lemon syrup\n200 g sugar\n3 dl water\n2 lemons\nBoil it slowly, let it cool down, and keep it in the dark."


@pytest.fixture
def works(store: Store) -> Works:
    """Anna writes a recipe, then sends a photo; Ben writes once."""
    intake, blog = Intake(store), account(store)
    photo = Incoming(
        "2", NOW + 60, "And here is our table.", Author("anna", "anna", "Anna"), thread="t", language="en",
        attached=(Attached("table.png", "image/png", PICTURE),),
    )  # fmt: skip
    intake.take(blog, [said("1", NOW, RECIPE, thread="t", title="My lemon syrup at home"), photo])
    intake.take(blog, [said("3", NOW + 120, "Nice!", "ben", thread="u")])
    return Works(store)


def number(store: Store, remote: str) -> int:
    row = store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote,)).fetchone()
    return int(row["id"])


def in_days(days: int) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def test_a_message_is_noted_by_its_picture_or_by_its_words(works: Works, store: Store) -> None:
    photo = works.get(works.add(number(store, "2")))
    assert (photo.kind, photo.member, photo.state) == ("photo", "Anna", "noted")
    assert photo.sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert photo.excerpt == ""
    recipe = works.get(works.add(number(store, "1")))
    assert (recipe.kind, recipe.title, recipe.sha256) == ("recipe", "My lemon syrup at home", "")
    assert "Boil it slowly" in recipe.excerpt
    assert [one.id for one in works.listed()] == [recipe.id, photo.id]
    assert [one.id for one in works.of_message(number(store, "2"))] == [photo.id]


def test_what_is_noted_twice_or_is_ours_or_has_no_title_is_refused_and_nothing_is_lost(
    works: Works, store: Store
) -> None:
    works.add(number(store, "1"))
    with pytest.raises(UserError, match="noted already"):
        works.add(number(store, "1"))
    with pytest.raises(UserError, match="kind of work"):
        works.add(number(store, "3"), "sculpture")
    with pytest.raises(UserError, match="title"):
        works.add_for(1, "photo", " ")
    with pytest.raises(UserError, match="file isn't in"):
        works.add(number(store, "1"), attachment_id=99)
    with pytest.raises(NotFoundError):
        works.add(99)
    assert len(works.listed()) == 1


def test_each_step_is_one_action_and_undone_by_itself(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    noted = store.last_action or 0
    works.grant(made, Said("the newsletter", "Recipe: Anna", in_days(10)))
    assert works.get(made).for_what == "the newsletter"
    store.undo_action(store.last_action or 0)
    assert (works.get(made).state, works.get(made).credit) == ("noted", "")
    store.undo_action(noted)
    assert works.listed() == []
    titles = [row[0] for row in store.read.execute("SELECT title FROM action ORDER BY id")]
    assert titles == ["Noted a work by Anna: My lemon syrup at home", "Anna gave permission: My lemon syrup at home"]


def test_a_permission_ends_after_its_last_day(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    works.grant(made, Said(until_on=in_days(0)))
    assert (standing(works.get(made)), works.get(made).days_left) == ("granted", 0)
    works.change(made, {"until_on": in_days(-1)})
    assert standing(works.get(made)) == "expired"
    assert [one.id for one in works.listed("expired")] == [made]
    assert works.listed("granted") == []
    with pytest.raises(UserError, match="That day is over"):
        works.grant(made, Said(until_on=in_days(-1)))
    with pytest.raises(UserError, match="isn't a date"):
        works.grant(made, Said(until_on="soon"))


@pytest.mark.parametrize(("days", "there"), [(-1, False), (0, True), (30, True), (31, False)])
def test_what_ends_within_thirty_days_is_told(works: Works, store: Store, days: int, *, there: bool) -> None:
    made = works.add(number(store, "1"))
    works.grant(made, Said(until_on=in_days(5)))
    works.change(made, {"until_on": in_days(days)})
    assert bool(works.ending()) is there


def test_only_what_was_given_can_be_taken_back_and_a_no_is_not_asked_again(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    with pytest.raises(UserError, match="nothing to take back"):
        works.withdraw(made)
    works.grant(made, Said("the blog", "Recipe: Anna"))
    works.withdraw(made, Said(note="she moved"))
    assert (works.get(made).state, works.get(made).credit, works.get(made).note) == (
        "withdrawn", "Recipe: Anna", "she moved",
    )  # fmt: skip
    with pytest.raises(UserError, match="has said no"):
        works.ask_by_hand(made)
    with pytest.raises(UserError, match="has said no"):
        works.ask(made, Templates(store))


def test_the_credit_line_is_theirs_by_their_words_or_their_name_in_their_language(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    assert works.credit(made) == "Recipe: Anna"
    Members(store).edit(works.get(made).member_id, {"language": "el", "name": "Άννα"})
    assert works.credit(made) == "Συνταγή: Άννα"
    Intake(store).take(1, [said("9", NOW + 300, "Sure! Please write “Recipe by Anna P.” under it.", thread="t")])
    Members(store).edit(works.get(made).member_id, {"language": "en", "name": "Anna"})
    assert works.credit(made, number(store, "9")) == "Recipe by Anna P."
    Intake(store).take(1, [said("10", NOW + 400, "Yes, use “My lemon syrup at home” as you like.", thread="t")])
    assert works.credit(made, number(store, "10")) == "Recipe: Anna"


def test_a_merge_takes_the_works_along_and_undo_gives_them_back(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    anna = works.get(made).member_id
    ben = next(row["id"] for row in store.read.execute("SELECT id FROM member WHERE id <> ?", (anna,)))
    Members(store).merge(ben, anna)
    assert works.get(made).member_id == ben
    store.undo_action(store.last_action or 0)
    assert works.get(made).member_id == anna


def _asked(store: Store, works: Works, made: int) -> int:
    """Send the draft that asks, with its blank filled in; the outbox row."""
    begun = works.ask(made, Templates(store))
    text = begun.draft.text.replace("{{for_what}}", "our newsletter")
    outbox, voice = Outbox(store), Voice(store, works.findings)
    draft = begun.draft.__class__(text, begun.draft.language, begun.draft.template_id, begun.draft.variant)
    cleared = voice.clear(outbox.read_by(draft, begun.conversation_id))
    return outbox.submit(cleared, begun.conversation_id)


def test_asking_begins_a_draft_in_their_language_and_what_is_sent_is_asked(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    Members(store).edit(works.get(made).member_id, {"language": "cs"})
    begun = works.ask(made, Templates(store))
    assert begun.draft.language == "cs"
    assert "„My lemon syrup at home“" in begun.draft.text
    assert "{{for_what}}" in begun.draft.text
    assert works.get(made).state == "noted"
    kept = drafts.get(store.read, begun.conversation_id)
    assert kept is not None
    assert (kept.text, kept.template_id) == (begun.draft.text, begun.draft.template_id)
    row = _asked(store, works, made)
    assert (works.get(made).state, works.get(made).asked_outbox_id) == ("asked", row)
    Outbox(store).discard(row)
    assert (works.get(made).state, works.get(made).asked_outbox_id) == ("noted", None)


def test_undo_of_sending_takes_the_question_back(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    _asked(store, works, made)
    store.undo_action(store.last_action or 0)
    assert (works.get(made).state, works.get(made).asked_at) == ("noted", None)


def test_another_draft_is_not_written_over(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    with store.write() as conn:
        drafts.save(conn, drafts.Draft(1, "I was just going to say"))
    with pytest.raises(UserError, match="draft to Anna already"):
        works.ask(made, Templates(store))
    kept = drafts.get(store.read, 1)
    assert kept is not None
    assert kept.text == "I was just going to say"


def test_an_answer_after_the_question_waits_to_be_noted(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    assert works.awaited(1) == []
    works.ask_by_hand(made, NOW + 200)
    assert works.awaited(1) == []
    Intake(store).take(1, [said("9", NOW + 300, "Of course!", thread="t")])
    ((work, answer),) = works.awaited(1)
    assert (work.id, answer) == (made, number(store, "9"))
    works.grant(made, Said(message_id=answer))
    assert works.awaited(1) == []
    assert works.get(made).said_message_id == answer


def test_only_what_the_question_names_is_asked(works: Works, store: Store) -> None:
    named, other = works.add(number(store, "1"), title="Lemon syrup"), works.add(number(store, "2"), title="Our table")
    _asked(store, works, named)
    assert (works.get(named).state, works.get(other).state) == ("asked", "noted")


def test_dates_are_local_days(works: Works, store: Store) -> None:
    made = works.add(number(store, "1"))
    works.grant(made, Said(until_on=in_days(3)))
    assert works.get(made).days_left == 3
    assert date.fromisoformat(works.get(made).until_on) > clock.local(clock.now()).date()


@pytest.mark.parametrize(
    ("text", "url"),
    [("Look what I've drawn: https://album.example/p/7.", "https://album.example/p/7"),
     ("As on your page https://blog.example/post", ""), (f"{SEVERAL} https://album.example/p/7", "")],
)  # fmt: skip
def test_a_page_is_taken_from_a_message_that_is_about_it_and_never_our_own(store: Store, text: str, url: str) -> None:
    message = said("1", NOW, text, thread="t")._replace(url="https://blog.example/post#1")
    Intake(store).take(account(store), [message])
    works = Works(store)
    assert works.get(works.add(number(store, "1"))).url == url


def test_the_words_beside_a_photo_are_not_the_work(works: Works, store: Store) -> None:
    assert works.get(works.add(number(store, "1"), "photo")).excerpt == ""


def test_a_permission_that_had_ended_is_not_forgotten_where_the_question_is_taken_back(
    works: Works, store: Store
) -> None:
    made = works.add(number(store, "1"))
    works.grant(made, Said("the blog", "Recipe: Anna", in_days(-3), at=NOW))
    row = _asked(store, works, made)
    assert works.get(made).state == "asked"
    Outbox(store).discard(row)
    work = works.get(made)
    assert (work.state, standing(work), work.credit) == ("granted", "expired", "Recipe: Anna")


@pytest.mark.parametrize("typed", ["20990531", "2099-W22-7", " 2099-05-31 "])
def test_a_day_is_kept_in_one_form(works: Works, store: Store, typed: str) -> None:
    made = works.add(number(store, "1"))
    works.grant(made, Said(until_on=typed))
    assert works.get(made).until_on == "2099-05-31"
    works.change(made, {"until_on": ""})
    works.change(made, {"until_on": typed})
    assert works.get(made).until_on == "2099-05-31"

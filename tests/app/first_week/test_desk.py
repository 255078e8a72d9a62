"""The first week: its steps and when the list is shown; what is taken is one undoable action, and found in its room."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.paths import Profile
from app.first_week import BLOCKS, LINE, STEPS, TARGETS, TEAMMATES, TEMPLATES, TRAITS, today, words
from app.first_week.desk import DAYS
from app.imports.shapes import Options
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.first_week import mailbox
from tests.app.saying import account, differences, rows, said

DAY = 86_400


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 600 letters, to be copied."""
    folder = tmp_path_factory.mktemp("week")
    bench = Workbench(Profile(folder / "profile"))
    box = mailbox.write(folder / "Marta.mbox", 600, int(time.time()))
    bench.imports.run(box, Options(own=(mailbox.OWN,)))
    bench.close()
    return folder / "profile"


@pytest.fixture
def mail(filled: Path, profile: Profile) -> Iterator[Workbench]:
    for part in filled.iterdir():
        if part.is_file():
            profile.folder.mkdir(parents=True, exist_ok=True)
            (profile.folder / part.name).write_bytes(part.read_bytes())
    made = Workbench(profile)
    yield made
    made.close()


def _states(bench: Workbench) -> dict[str, str]:
    return {step.id: step.state for step in bench.first_week.overview().steps}


def test_an_empty_file_shows_nothing(bench: Workbench) -> None:
    assert not bench.first_week.is_shown()
    assert set(_states(bench)) == set(STEPS)


def test_it_is_shown_from_the_first_account_on_for_four_weeks(bench: Workbench) -> None:
    account(bench.store, mode="live")
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET created_at = ?", (clock.now(),))
    assert bench.first_week.is_shown()
    assert bench.first_week.is_shown(clock.now() + (DAYS - 1) * DAY)
    assert not bench.first_week.is_shown(clock.now() + (DAYS + 1) * DAY)


def test_not_in_the_demo_unless_it_is_brought_back(bench: Workbench) -> None:
    account(bench.store, mode="demo")
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET created_at = ?", (clock.now(),))
    assert not bench.first_week.is_shown()
    bench.first_week.show(shown=True)
    assert bench.first_week.is_shown()


def test_all_is_offered_and_nothing_is_done(mail: Workbench) -> None:
    before = rows(mail.store)
    made = mail.first_week.overview()
    assert {step.state for step in made.steps} == {"open"}
    assert made.step(LINE).many == made.offer.closes > 100
    assert made.step(TEAMMATES).many == len(made.teammates) == 3
    assert {one.language for one in made.templates} == set(mailbox.LANGUAGES)
    assert {"greeting", "address", "farewell", "signed", "emoji"} <= {one.key for one in made.traits}
    assert differences(before, rows(mail.store)) == {}


def test_the_offer_is_what_sql_counts(mail: Workbench) -> None:
    offer = mail.first_week.offer(today())
    older = f"SELECT count(*) FROM conversation WHERE last_at < {offer.at} AND state = "
    conn = mail.store.read
    assert offer.needs_reply == scalar(conn, older + "'needs_me'")
    assert offer.waiting == scalar(conn, older + "'waiting'")
    assert offer.done == scalar(conn, older + "'done'")
    said = words.closes(offer, today(), today())
    assert said == f"Start from today: {offer.closes} older conversations are closed and stay found by search."


def test_teammates_come_with_their_address_and_language_and_go_again(mail: Workbench) -> None:
    before = rows(mail.store)
    proposed = mail.first_week.overview().teammates
    mail.first_week.add_teammates(proposed[:2])
    assert [one.email for one in mail.teammates.all()] == ["jon@sitrona.example", "petra@sitrona.example"]
    assert _states(mail)[TEAMMATES] == "done"
    assert [one.address for one in mail.first_week.overview().teammates] == [proposed[2].address]
    assert mail.actions.last()[0].title == "2 new teammates: Jón Arnarson, Petra Malá"
    mail.actions.undo()
    assert differences(before, rows(mail.store)) == {}
    assert _states(mail)[TEAMMATES] == "open"


def test_templates_are_found_by_typing_and_not_proposed_again(mail: Workbench) -> None:
    before = rows(mail.store)
    chosen = mail.first_week.overview().templates[:3]
    mail.first_week.add_templates(chosen)
    for one in chosen:
        found = mail.templates.get(one.key)
        assert [(text.language, text.body) for text in found.texts] == [(one.language, one.body)]
        assert f"{one.times} times" in found.use
        assert mail.templates.find(one.name)[0] == found.id
    again = mail.first_week.overview().templates
    assert not {one.body for one in chosen} & {one.body for one in again}
    mail.actions.undo()
    assert differences(before, rows(mail.store)) == {}


def test_traits_stand_in_the_voice_guide_and_the_limit_of_emoji_counts(mail: Workbench) -> None:
    before = rows(mail.store)
    proposed = mail.first_week.overview().traits
    mail.first_week.add_traits(proposed)
    names = [trait.name for trait in mail.voice.traits()]
    assert all(one.trait.name in names for one in proposed if one.emoji_most is None)
    assert mail.voice.emoji_most() == 0
    assert mail.voice.check("Hello 🍋")[0].words == "🍋"
    assert not {one.key for one in mail.first_week.overview().traits} & {one.key for one in proposed}
    mail.actions.undo()
    assert differences(before, rows(mail.store)) == {}
    assert mail.voice.emoji_most() is None


@pytest.mark.parametrize("step", ["add_teammates", "add_templates", "add_traits"])
def test_nothing_chosen_is_refused(mail: Workbench, step: str) -> None:
    with pytest.raises(UserError, match="Tick at least one"):
        getattr(mail.first_week, step)([])


def test_a_name_that_is_taken_meanwhile_takes_none_of_them(mail: Workbench) -> None:
    proposed = mail.first_week.overview().teammates
    mail.teammates.add(proposed[1].name)
    before = rows(mail.store)
    with pytest.raises(UserError, match="already a teammate"):
        mail.first_week.add_teammates(proposed)
    assert differences(before, rows(mail.store)) == {}
    assert _states(mail)[TEAMMATES] == "open"


def test_steps_done_elsewhere_are_done(mail: Workbench) -> None:
    mail.blocks.add("Tue 17-19")
    (place,) = mail.accounts.all()
    mail.accounts.notes.put_reply_target(place.id, 240, place.name)
    states = _states(mail)
    assert (states[BLOCKS], states[TARGETS]) == ("done", "done")


def test_a_step_left_out_stays_so_in_another_run(mail: Workbench, profile: Profile) -> None:
    mail.first_week.leave_out(TRAITS)
    mail.close()
    again = Workbench(profile)
    assert _states(again)[TRAITS] == "left"
    again.first_week.leave_out(TRAITS, left=False)
    assert _states(again)[TRAITS] == "open"
    again.close()


def test_a_step_that_does_not_exist_is_named(mail: Workbench) -> None:
    with pytest.raises(UserError, match="no step “tea”"):
        mail.first_week.leave_out("tea")


def test_the_list_goes_when_the_last_step_is_settled_and_comes_back_by_undo(mail: Workbench) -> None:
    for step in (BLOCKS, TARGETS, TEAMMATES, TEMPLATES, TRAITS):
        mail.first_week.leave_out(step)
    assert not mail.first_week.overview().is_over
    assert mail.first_week.is_shown()
    mail.first_week.draw_line(today())
    assert mail.first_week.overview().is_over
    assert not mail.first_week.is_shown()
    mail.actions.undo()
    assert mail.first_week.is_shown()
    assert not mail.first_week.overview().is_over


def test_brought_back_it_goes_again_once_a_step_that_was_open_is_settled(mail: Workbench) -> None:
    for step in STEPS:
        mail.first_week.leave_out(step)
    mail.first_week.overview()
    assert not mail.first_week.is_shown()
    mail.first_week.show(shown=True)
    assert mail.first_week.overview().is_over
    assert mail.first_week.is_shown()  # it was asked for
    mail.first_week.leave_out(BLOCKS, left=False)
    mail.first_week.overview()
    mail.blocks.add("Tue 17-19")
    mail.first_week.overview()
    assert not mail.first_week.is_shown()


def test_with_nothing_to_suggest_yet_the_list_goes_and_comes_with_the_letters(bench: Workbench) -> None:
    place = account(bench.store, mode="live")
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET created_at = ?", (clock.now(),))
    for step in (BLOCKS, TARGETS):
        bench.first_week.leave_out(step)
    made = bench.first_week.overview()
    assert (made.is_over, made.is_settled, bench.first_week.is_listed(made)) == (True, False, False)
    bench.intake.take(place, [said("late", clock.now() - 2 * DAY, "Hello?", "eva", thread="late")], {})
    made = bench.first_week.overview()  # the mailbox was still being read
    assert made.step(LINE).many == 1
    assert bench.first_week.is_listed(made)


def test_hidden_it_stays_hidden(mail: Workbench) -> None:
    mail.first_week.show(shown=False)
    assert not mail.first_week.overview().is_over
    assert not mail.first_week.is_shown()


def test_a_setting_that_somebody_broke_is_as_none(mail: Workbench) -> None:
    for value in ("{", "[]", '{"actions": 3}', '{"left": ["tea"], "shown": true}'):
        with mail.store.write() as conn:
            conn.execute("INSERT OR REPLACE INTO setting VALUES ('first_week', ?)", (value,))
        assert not mail.first_week.overview().is_over


def test_a_line_of_an_earlier_day_says_the_day(mail: Workbench) -> None:
    day = today() - timedelta(days=7)
    offer = mail.first_week.offer(day)
    assert 0 < offer.closes < mail.first_week.offer(today()).closes
    assert str(day.year) in words.closes(offer, day, today())


@pytest.mark.slow
def test_only_the_last_replies_are_read_and_it_takes_no_second(mail: Workbench) -> None:
    begun = time.perf_counter()
    made = mail.first_week.overview()
    assert time.perf_counter() - begun < 3
    assert max(one.of for one in made.traits) <= 300

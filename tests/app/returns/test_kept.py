"""What was decided about a file that is not applied yet: there again after a restart, gone once it is let go."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.paths import Profile
from app.returns import MINE
from app.workbench import Workbench
from tests.app.returns.returning import Copy, community, sent


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return community(bench)


def contested(bench: Workbench, folder: Path) -> Copy:
    """A file of which two rows were answered here too, and one has a status that is no word of ours."""
    copy = sent(bench, folder).edit(0, answer="Theirs").edit(1, answer="Also theirs").edit(2, status="Sovled")
    for number in (1, 2):
        bench.handoffs.edit(number, {"answer": f"Mine {number}"})
    return copy


def test_choices_and_answers_survive_a_restart(profile: Profile, bench: Workbench, tmp_path: Path) -> None:
    path = contested(bench, tmp_path).save(tmp_path)
    found = bench.returns.choose(bench.returns.read(path), 1, "answer", "Theirs")
    found = bench.returns.choose(found, 2, "answer", MINE)
    found = bench.returns.answer(found, 4, "status", "solved")
    assert [row.number for row in found.applied] == [3]
    bench.close()
    again = Workbench(profile)
    try:
        found = again.returns.read(path)
        assert found.choices == {(1, "answer"): "Theirs", (2, "answer"): MINE}
        assert [row.number for row in found.applied] == [3]
        (form,) = again.kept_forms.every()
        assert "jon.csv" in form.title
        assert "Mine 2" in [words for _name, words in form.typed]
        assert again.returns.apply(found).rows == 2
        assert again.handoffs.get(1).answer == "Theirs"
        assert again.kept_forms.every() == []
    finally:
        again.close()


def test_the_same_file_under_another_name_is_the_same_file(bench: Workbench, tmp_path: Path) -> None:
    copy = contested(bench, tmp_path)
    bench.returns.choose(bench.returns.read(copy.save(tmp_path)), 1, "answer", "Theirs")
    copy.name = "jon (2).csv"
    assert bench.returns.read(copy.save(tmp_path)).choices == {(1, "answer"): "Theirs"}
    copy.edit(3, answer="One more")
    assert bench.returns.read(copy.save(tmp_path)).choices == {}  # another file


def test_a_choice_is_asked_again_where_ours_was_changed_since(bench: Workbench, tmp_path: Path) -> None:
    path = contested(bench, tmp_path).save(tmp_path)
    found = bench.returns.choose(bench.returns.read(path), 1, "answer", MINE)
    found = bench.returns.choose(found, 2, "answer", MINE)
    bench.handoffs.edit(1, {"answer": "Mine, and more"})
    assert bench.returns.refreshed(found).choices == {(2, "answer"): MINE}
    assert bench.returns.read(path).choices == {(2, "answer"): MINE}


def test_what_was_chosen_is_let_go_on_request(bench: Workbench, tmp_path: Path) -> None:
    path = contested(bench, tmp_path).save(tmp_path)
    found = bench.returns.choose(bench.returns.read(path), 1, "answer", "Theirs")
    assert bench.returns.read(path, afresh=True).choices == {}
    assert bench.returns.read(path).choices  # looking afresh lets nothing go
    assert bench.returns.start_over(found).choices == {}
    assert bench.returns.read(path).choices == {}
    assert bench.kept_forms.every() == []


def test_what_is_left_open_stays_decided_when_the_rest_is_applied(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path).edit(0, answer="Theirs", ticket="T-1").edit(1, answer="Also theirs")
    bench.handoffs.edit(1, {"answer": "Mine", "ticket": "T-9"})
    bench.handoffs.edit(2, {"answer": "Mine too"})
    path = copy.save(tmp_path)
    found = bench.returns.choose(bench.returns.read(path), 1, "answer", "Theirs")
    found = bench.returns.choose(found, 2, "answer", "Also theirs")
    assert bench.returns.apply(found).rows == 1  # of the first row the ticket is still open
    assert bench.returns.read(path).choices == {(1, "answer"): "Theirs"}


def test_what_another_release_kept_is_passed_over(bench: Workbench, tmp_path: Path) -> None:
    path = contested(bench, tmp_path).save(tmp_path)
    sha256 = bench.returns.read(path).sheet.sha256
    bench.kept_forms.keep("return", sha256, '{"title": "jon.csv", "fields": [], "choices": 3}')
    assert bench.returns.read(path).choices == {}

"""Records: dataclasses in every respect that we use, made cheaply."""

from __future__ import annotations

import dataclasses
import pickle
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A record with and without defaults."""

    first: int
    second: str
    third: tuple[str, ...] = ()
    fourth: float | None = None

    @property
    def doubled(self) -> int:
        """Twice the first."""
        return self.first * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same, made by the standard library."""

    first: int
    second: str
    third: tuple[str, ...] = ()
    fourth: float | None = None

    @property
    def doubled(self) -> int:
        """Twice the first."""
        return self.first * 2


@dataclass(frozen=True, slots=True)
class Lone:
    """One field."""

    only: str = "here"


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks for more than is made here: the standard library's."""

    count: ClassVar[int] = 3
    names: list[str] = dataclasses.field(default_factory=list)


def values_of(made: Ours) -> object:
    """What a record holds, and no record."""
    return dataclasses.astuple(made)


_values = st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.just(()) | st.just(("x",)), st.none() | st.just(1.5))


@given(_values, _values)
def test_records_are_equal_and_shown_as_dataclasses_are(one: tuple[object, ...], two: tuple[object, ...]) -> None:
    ours, theirs = (Ours(*one), Ours(*two)), (Theirs(*one), Theirs(*two))  # type: ignore[arg-type]
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert ours[0] != ours[1] or hash(ours[0]) == hash(ours[1])
    assert repr(ours[0]) == repr(theirs[0]).replace("Theirs", "Ours")
    assert ours[0] != values_of(ours[0])


@given(_values)
def test_the_library_s_own_functions_take_records(values: tuple[object, ...]) -> None:
    ours, theirs = Ours(*values), Theirs(*values)  # type: ignore[arg-type]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [part.name for part in dataclasses.fields(ours)] == [part.name for part in dataclasses.fields(theirs)]
    assert dataclasses.replace(ours, second="c") == Ours(ours.first, "c", ours.third, ours.fourth)
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert ours.doubled == theirs.doubled


def test_a_record_never_changes() -> None:
    made = Ours(1, "a")
    for name in ("first", "fifth"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, name, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.first
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_wrong_arguments_are_refused(kind: type[Ours]) -> None:
    assert kind(second="a", first=1) == kind(1, "a")
    for wrong in ((), (1,), (1, "a", (), None, "one too many")):
        with pytest.raises(TypeError):
            kind(*wrong)
    with pytest.raises(TypeError):
        kind(1, "a", fifth=2)  # type: ignore[call-arg]


def test_a_lone_field_is_enough() -> None:
    assert (repr(Lone()), Lone() == Lone("here"), Lone() == Lone("there")) == ("Lone(only='here')", True, False)
    assert hash(Lone()) == hash(Lone("here"))
    match Lone("there"):
        case Lone(where):
            assert where == "there"


def test_what_asks_for_more_is_made_by_the_standard_library() -> None:
    one, other = Asking(), Asking()
    one.names.append("x")
    assert (one.names, other.names, Asking.count) == (["x"], [], 3)

"""`@dataclass(frozen=True, slots=True)` that costs a tenth of the standard library's when a module is loaded.

The standard library compiles six functions for each such class, half a millisecond; a start makes 26 of them. Here one
is compiled, `__init__`, when the first of them is made, and the others are shared. What comes out is a dataclass for
`replace`, `fields`, `asdict`, pickling and for mypy, which reads the standard library's. A class that asks for anything
else (a base, `field(...)`, `__post_init__`, a method of its own in the place of one that is made) is handed on to it.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  mypy's plugin knows the name
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> object:
        """The decorator; only what is frozen and slotted is made here."""
        return _record if frozen and slots and eq else dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq)


_MADE = frozenset(
    ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__post_init__", "__slots__",
     "__getstate__", "__setstate__", "__match_args__")
)  # fmt: skip
_PARAMS = dataclasses.dataclass(frozen=True)(type("_Bare", (), {})).__dataclass_params__  # type: ignore[attr-defined]


def _record(cls: type) -> type:
    kept = dict(cls.__dict__)
    kinds: dict[str, str] = {name: str(kind) for name, kind in kept.get("__annotations__", {}).items()}
    if not _is_plain(cls, kept, kinds):
        return dataclasses.dataclass(frozen=True, slots=True)(cls)
    names = tuple(kinds)
    defaults = {name: kept.pop(name) for name in names if name in kept}
    kept.pop("__dict__", None)
    kept.pop("__weakref__", None)
    kept |= {"__slots__": names, "__match_args__": names, "__dataclass_params__": _PARAMS}
    kept["__dataclass_fields__"] = {name: _field(name, kinds[name], defaults) for name in names}
    made = type(cls)(cls.__name__, cls.__bases__, kept)
    made.__qualname__ = cls.__qualname__
    _equip(made, names, defaults)
    return made


def _is_plain(cls: type, kept: dict[str, Any], kinds: dict[str, str]) -> bool:
    """Whether this class asks for nothing but what is made here."""
    if cls.__bases__ != (object,) or not kinds or not _MADE.isdisjoint(kept):
        return False
    given = False
    for name, kind in kinds.items():
        if "ClassVar" in kind or "InitVar" in kind or kind == "KW_ONLY":
            return False
        default = kept.get(name, dataclasses.MISSING)
        if default is dataclasses.MISSING:
            if given:
                return False  # a field without a default after one with it: let the standard library say so
        elif isinstance(default, dataclasses.Field) or default.__class__.__hash__ is None:
            return False
        else:
            given = True
    return True


def _field(name: str, kind: str, defaults: dict[str, Any]) -> dataclasses.Field[Any]:
    made: dataclasses.Field[Any] = dataclasses.field(default=defaults.get(name, dataclasses.MISSING))
    made.name, made.type, made.kw_only = name, kind, False
    made._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # noqa: SLF001  `fields` asks for it
    return made


def _equip(cls: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> None:  # noqa: ANN401  a class being made
    """Give the class its methods."""
    values = attrgetter(*names)

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: ANN401, N807
        cls.__init__ = _initialiser(cls, names, defaults)
        cls.__init__(self, *values, **named)

    def __eq__(self: Any, other: object) -> bool:  # noqa: ANN401, N807
        return bool(values(self) == values(other)) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: ANN401, N807
        return hash(values(self))

    def __repr__(self: Any) -> str:  # noqa: ANN401, N807
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    def __getstate__(self: Any) -> list[Any]:  # noqa: ANN401, N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: ANN401, N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    cls.__init__, cls.__eq__, cls.__hash__, cls.__repr__ = __init__, __eq__, __hash__, __repr__
    cls.__getstate__, cls.__setstate__ = __getstate__, __setstate__
    cls.__setattr__, cls.__delattr__ = _assign, _delete


def _initialiser(cls: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Any:  # noqa: ANN401  a function
    """`__init__` as written out; each value goes into its slot by the slot's own setter."""
    known = {f"_set_{name}": cls.__dict__[name].__set__ for name in names}
    known |= {f"_default_{name}": value for name, value in defaults.items()}
    asked = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    body = "\n".join(f"    _set_{name}(self, {name})" for name in names)
    scope: dict[str, Any] = {}
    exec(f"def __init__(self, {asked}):\n{body}", known, scope)  # noqa: S102  names of fields from our own source
    return scope["__init__"]


def _assign(_self: object, name: str, _value: object) -> None:
    message = f"cannot assign to field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def _delete(_self: object, name: str) -> None:
    message = f"cannot delete field {name!r}"
    raise dataclasses.FrozenInstanceError(message)

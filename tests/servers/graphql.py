"""GraphQL for played servers: reads a query, holds it to a schema's fields, and answers with what was asked for alone.

As much of https://spec.graphql.org/October2021/ as queries of programs need: operations with variables, arguments,
inline and named fragments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"""\s*(?:,|#[^\n]*)*\s*(\.\.\.|[{}()\[\]:!$=@]|"(?:[^"\\]|\\.)*"|-?\d+|\w+)""")
Schema = Mapping[str, Mapping[str, str]]
"""Type -> field -> the type of what it gives ("" for a plain value)."""


class WrongQueryError(Exception):
    """A query that a server would refuse before it runs it."""


@dataclass
class Selected:
    """A field that is asked for, or a fragment (`on` names its type, `spread` another fragment)."""

    name: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    below: list[Selected] = field(default_factory=list)
    on: str = ""
    spread: str = ""


@dataclass
class Variable:
    """A value that comes with the call."""

    name: str


class Query:
    """One document: an operation and its fragments."""

    def __init__(self, text: str) -> None:
        self._tokens = _TOKEN.findall(text)
        self._at = 0
        self.kind, self.variables, self.fields = "query", dict[str, str](), list[Selected]()
        self.fragments: dict[str, Selected] = {}
        self._spread: set[str] = set()
        while self._at < len(self._tokens):
            self._definition()
        odd = self._spread ^ set(self.fragments)
        if odd:
            msg = f"Fragment {odd} was used but not defined, or defined but not used"
            raise WrongQueryError(msg)

    def _take(self, wanted: str = "") -> str:
        if self._at >= len(self._tokens) or (wanted and self._tokens[self._at] != wanted):
            found = self._tokens[self._at] if self._at < len(self._tokens) else "end of file"
            msg = f'Expected "{wanted}", actual: "{found}"'
            raise WrongQueryError(msg)
        self._at += 1
        return str(self._tokens[self._at - 1])

    def _sees(self, wanted: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] == wanted

    def _definition(self) -> None:
        word = self._take()
        if word == "fragment":
            name = self._take()
            self._take("on")
            kind = self._take()
            self.fragments[name] = Selected(on=kind, below=self._selection())
            return
        self.kind = word
        if self._sees("("):
            self._take("(")
            while not self._sees(")"):
                self._take("$")
                name = self._take()
                self._take(":")
                self.variables[name] = self._kind()
            self._take(")")
        self.fields = self._selection()

    def _kind(self) -> str:
        """A variable's type: a name, or one in brackets, each with or without an exclamation mark."""
        kind = self._take("[") + self._kind() + self._take("]") if self._sees("[") else self._take()
        return kind + (self._take("!") if self._sees("!") else "")

    def _selection(self) -> list[Selected]:
        self._take("{")
        found = []
        while not self._sees("}"):
            found.append(self._one())
        self._take("}")
        return found

    def _one(self) -> Selected:
        if self._sees("..."):
            self._take("...")
            if not self._sees("on"):
                self._spread.add(self._tokens[self._at])
                return Selected(spread=self._take())
            self._take("on")
            return Selected(on=self._take(), below=self._selection())
        made = Selected(self._take())
        if self._sees("("):
            self._take("(")
            while not self._sees(")"):
                name = self._take()
                self._take(":")
                made.arguments[name] = self._value()
            self._take(")")
        made.below = self._selection() if self._sees("{") else []
        return made

    def _value(self) -> Any:
        word = self._take()
        if word == "$":
            return Variable(self._take())
        if word == "{":
            found = {}
            while not self._sees("}"):
                name = self._take()
                self._take(":")
                found[name] = self._value()
            self._take("}")
            return found
        if word.startswith('"'):
            return word[1:-1]
        return {"null": None, "true": True, "false": False}.get(word, int(word) if word.lstrip("-").isdigit() else word)


class FailedError(Exception):
    """An error in an answer: its type and its message. Raised by a resolver, it stands beside the data, with its path,
    and the field is null (https://spec.graphql.org/October2021/#sec-Errors).
    """


Resolve = Callable[[str, Any, str, dict[str, Any]], Any]
"""What an object of a type gives for a field with these arguments."""


class Run:
    """A query being answered. Objects are mappings with `__typename`, or plain values."""

    def __init__(self, query: Query, schema: Schema, kinds: Mapping[str, set[str]], given: dict[str, Any]) -> None:
        """`kinds`: type -> the interfaces that it has."""
        self._query, self._schema, self._kinds, self._given = query, schema, kinds, given
        self.failures: list[tuple[list[str | int], str, str]] = []
        """What failed: its path, the error's type and its message."""
        self._path: list[str | int] = []
        for name, kind in query.variables.items():
            if kind.endswith("!") and given.get(name) is None:
                msg = f"Variable ${name} of type {kind} was provided invalid value"
                raise WrongQueryError(msg)

    def answer(self, resolve: Resolve) -> dict[str, Any]:
        root = "Mutation" if self._query.kind == "mutation" else "Query"
        return self._object(root, {}, self._query.fields, resolve)

    def _object(self, kind: str, thing: Any, wanted: list[Selected], resolve: Resolve) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in wanted:
            if one.spread:
                one = self._query.fragments[one.spread]  # noqa: PLW2901  what the name stands for
            if one.on:
                if one.on == kind or one.on in self._kinds.get(kind, ()):
                    found |= self._object(kind, thing, one.below, resolve)
            else:
                found[one.name] = self._field(kind, thing, one, resolve)
        return found

    def _field(self, kind: str, thing: Any, one: Selected, resolve: Resolve) -> Any:
        if one.name == "__typename":
            return kind
        if one.name not in self._schema.get(kind, {}):
            msg = f"Field '{one.name}' doesn't exist on type '{kind}'"
            raise WrongQueryError(msg)
        below = self._schema[kind][one.name]
        if bool(below) != bool(one.below):
            msg = f"Field '{one.name}' of '{kind}' must {'' if below else 'not '}have selections"
            raise WrongQueryError(msg)
        self._path.append(one.name)
        try:
            value = resolve(kind, thing, one.name, self._filled(one.arguments))
            if value is None or not below:
                return value
            if isinstance(value, list):
                return [self._row(place, each, below, one, resolve) for place, each in enumerate(value)]
            return self._object(value.get("__typename", below), value, one.below, resolve)
        except FailedError as why:
            self.failures.append((list(self._path), *why.args))
            return None
        finally:
            self._path.pop()

    def _row(self, place: int, value: Any, below: str, one: Selected, resolve: Resolve) -> Any:
        """What is at a place of a list; a failure there leaves the others alone."""
        self._path.append(place)
        try:
            if isinstance(value, FailedError):
                raise value
            return self._object(value.get("__typename", below), value, one.below, resolve)
        except FailedError as why:
            self.failures.append((list(self._path), *why.args))
            return None
        finally:
            self._path.pop()

    def _filled(self, value: Any) -> Any:
        if isinstance(value, Variable):
            if value.name not in self._query.variables:
                msg = f"Variable ${value.name} is used but not declared"
                raise WrongQueryError(msg)
            return self._given.get(value.name)
        return {name: self._filled(each) for name, each in value.items()} if isinstance(value, dict) else value

"""A session whose errors repeat no secret of its account, whatever its server says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from app.base.errors import UserError
from app.channels.base import Page, Session
from app.channels.masking import keeping_back, without_secrets


class Discreet:
    """Stands before a session: what is asked of it is asked while its secrets are kept back."""

    def __init__(self, session: Session, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """`secrets` may change while it is used: tokens are renewed."""
        self._session, self._fields, self._secrets = session, fields, secrets

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the session has
        """What the session has by that name."""
        found = getattr(self._session, name)
        if not callable(found):
            return found

        @wraps(found)
        def asked(*args: Any, **more: Any) -> Any:  # noqa: ANN401  as above
            with self._kept_back():
                result = found(*args, **more)
            return self._each(result) if isinstance(result, Iterator) else result

        return asked

    def _each(self, results: Iterator[Any]) -> Iterator[Any]:
        """The results one by one; the sentence of a page is looked through as well."""
        while True:
            with self._kept_back():
                try:
                    result = next(results)
                except StopIteration:
                    return
            yield self._quiet(result)

    def _quiet(self, result: object) -> object:
        if not isinstance(result, Page) or not result.trouble:
            return result
        with keeping_back(self._fields, self._secrets):
            return replace(result, trouble=without_secrets(result.trouble))

    @contextmanager
    def _kept_back(self) -> Iterator[None]:
        with keeping_back(self._fields, self._secrets):
            try:
                yield
            except UserError as why:
                why.args = tuple(without_secrets(said) if isinstance(said, str) else said for said in why.args)
                raise


def discreet(session: Session, fields: Mapping[str, str], secrets: Mapping[str, str]) -> Session:
    """The same session, which repeats none of these secrets."""
    return cast("Session", Discreet(session, fields, secrets))

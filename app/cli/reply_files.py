"""The files that go along with a reply: those that are named, and those of the template that it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.workbench import Workbench


def going_along(bench: Workbench, paths: Sequence[str], template: int | None) -> tuple[str, ...]:
    """The digests of the files that are about to be attached; `template` is an id. Raises UserError."""
    from app.outbox.files import digests, digests_of, of_template  # noqa: PLC0415  only to reply

    named = digests(paths)
    return named if template is None else (*named, *digests_of(bench.store.read, of_template(template)))


def along(bench: Workbench, number: int, kind: str, paths: Sequence[str], template: int | None) -> tuple[str, ...]:
    """Attach files to the reply in a conversation: all that are named, or none where one cannot be.

    Then those of a template (its id); returns a sentence for each of them that the channel does not take.
    """
    from app.outbox import of_reply  # noqa: PLC0415  only needed with files

    added = []
    try:
        for path in paths:
            added += [bench.files.add(of_reply(number), Path(path), kind)]
    except BaseException:
        for file in added:
            bench.files.remove(file.id)
        raise
    return () if template is None else bench.files.take_along(of_reply(number), template, kind).refused

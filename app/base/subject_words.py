"""What a subject is called in other languages (`resources/starter/subjects.toml`): a T-shirt is "tričko" in Czech."""

from __future__ import annotations

from functools import cache

from app.base import resources
from app.base.text import words


def called(subject: str, language: str) -> tuple[str, ...]:
    """The subject itself, and the words for it in a language (a code), where the file has any."""
    known = _known().get(" ".join(words(subject)), ())
    return tuple(dict.fromkeys((subject, *(word for group in known for word in group.get(language, ())))))


@cache
def _known() -> dict[str, tuple[dict[str, list[str]], ...]]:
    """Each word, folded, with the subjects that it is for, as the file has them."""
    found: dict[str, tuple[dict[str, list[str]], ...]] = {}
    for group in resources.table("starter", "subjects.toml")["subject"]:
        for name in {" ".join(words(name)) for names in group.values() for name in names}:
            found[name] = (*found.get(name, ()), group)
    return found

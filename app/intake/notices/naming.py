"""Who may have spoken, of a notice: the names in its blocks, weighed, without ours and the place's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.base.text import fold, words
from app.intake.notices import authors, signatures
from app.intake.notices.lines import HEAD, META_, NAME, TEXT, even, is_longer
from app.intake.notices.phrases import SPOKE, STARS
from app.mail.blocks import Block

_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{2,400}[”“»\"]")
_SURE_CHARS = 4
_MAX_SMALL = 3  # letters of a small word in a name: van, de la


class Naming:
    """The names in one notice; whoever reads the notice says what its blocks are."""

    blocks: list[Block]
    roles: list[str]
    names: dict[str, tuple[int, str]]
    _known: set[str]
    _subject: str
    _from_subject: str
    _from_sender: str
    _reviewed: str
    _small_print: str
    _own: frozenset[str]
    _services: frozenset[str]
    _titles: set[str]
    _has_stars: bool
    _pressed: int
    _foot: int
    _best: str | None

    def _names(self, text: str) -> bool:
        """Whether a text may be a name and nothing else, or is one that we know."""
        return authors.is_name(text) or fold(authors.tidy(text)) in self._known

    def name_at(self, at: int) -> str:
        """The name in a block: the run in bold that it begins with, else all of it."""
        block = self.blocks[at]
        run = block.strong[0] if block.strong and not block.bold else ""
        named = run if run and block.text.startswith(run) and self._names(run) else block.text
        return authors.tidy(authors.without_from(named))

    def _weigh_names(self) -> dict[str, tuple[int, str]]:
        """Folded name -> (points, the name as it is written)."""
        found: dict[str, tuple[int, str]] = {}

        def add(name: str, points: int) -> None:
            key = " ".join(words(name)) or fold(name)
            if not key or self._is_ours(key) or key in self._services or name.startswith("r/"):
                return
            before = found.get(key, (0, name))
            found[key] = (before[0] + points, before[1])

        if self._from_subject:
            add(self._from_subject, 6)
        if self._reviewed:
            add(self._reviewed, 1)
        if self._from_sender:
            add(self._from_sender, 4)
        subject = f" {' '.join(words(_QUOTED.sub('', self._subject)))} "
        for at in range(min(self._foot, len(self.blocks))):
            for name, points in self._names_in(at, subject):
                add(name, points)
        return found

    def _names_in(self, at: int, subject: str) -> Iterator[tuple[str, int]]:
        """The names in a block with their points; `subject` are the subject's words."""
        block = self.blocks[at]
        if self.roles[at] == NAME and even(block.text) not in self._titles:
            name = self.name_at(at)
            inside = f" {' '.join(words(name))} " in subject
            marked = 1 if block.bold or block.links else 0
            lesser = at > self._pressed or self._is_below_stars_of_a_name(at)
            lesser = lesser or (self._has_stars and not inside and _is_phrase(name))
            yield name, 1 if lesser else 2 + (4 if inside else 0) + marked
        elif self.roles[at] == HEAD:
            who = authors.before_verb(block.text.partition("\n")[0])
            strong = next((_named_by(run, block.text) for run in block.strong if authors.is_name(run)), "")
            begins = bool(strong) and block.text.lstrip().startswith(strong)
            yield strong or who, 1 if at > self._pressed else 4 if begins or who else 2
        elif name := self._dated(at):
            yield name, 5
        for name in authors.of_pictures(block.alts):
            yield name, 2 if f" {' '.join(words(name))} " in subject else 1

    def _is_below_stars_of_a_name(self, at: int) -> bool:
        """Whether what may be a name stands below another one's stars: then it is what the review is called."""
        stars = any(STARS.search(fold(alt)) for alt in self.blocks[at].alts)
        before = at - 1
        while before > 0 and self.roles[before] == META_:
            stars = stars or STARS.search(fold(self.blocks[before].text)) is not None
            before -= 1
        return self._has_stars and stars and before >= 0 and self.roles[before] == NAME

    def _dated(self, at: int) -> str:
        """The name in a line below a review that says whose it is, and when; "" in any other."""
        below = self._has_stars and at > 0 and self.roles[at - 1] == TEXT
        return signatures.dated(self.blocks[at].text) if below else ""

    def _is_ours(self, key: str) -> bool:
        """Whether a folded name is ours, with whatever is written after it ("Stand Lemonade: 3 new")."""
        return key in self._own or self._is_in_foot(key) or any(own and key.startswith(f"{own} ") for own in self._own)

    def _is_in_foot(self, key: str) -> bool:
        """Whether the small print is written to whom a name is: “intended for Stand Lemonade”."""
        subject = f" {' '.join(words(self._subject))} "
        if len(key) < _SURE_CHARS or (f" {key} " in subject and not SPOKE.search(subject.partition(f" {key} ")[0])):
            return False
        return f" {key} " in self._small_print

    def best_name(self) -> str:
        """The name that most speaks for, "" if there is none."""
        if self._best is None:
            self._best = self._strongest()
        return self._best

    def _strongest(self) -> str:
        if not self.names:
            return ""
        best = max(self.names.values(), key=lambda weighed: weighed[0])
        if best[1] == self._from_subject and authors.is_declined(self._subject, best[1]):
            for _, name in self.names.values():
                if name != best[1] and authors.is_form_of(name, best[1]):
                    return name  # the body has it as it is written
        whole = [name for points, name in self.names.values() if points >= 3 and is_longer(name, best[1])]  # noqa: PLR2004  found in two places at least
        return whole[0] if whole else best[1]


def _is_phrase(name: str) -> bool:
    """Whether what may be a name has longer words in small letters: “Still waiting”, as a review may be called."""
    return any(token[0].islower() and len(token) > _MAX_SMALL for token in name.split()[1:])


def _named_by(run: str, sentence: str) -> str:
    """The name in a run in bold of a sentence; "" where all of the sentence is bold and tells of nobody."""
    who = authors.before_verb(run)
    return who if who or len(run) >= len(sentence.rstrip(" .!:")) else authors.tidy(run)

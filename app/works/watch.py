"""What a draft uses of members' works: the same file, the same page, eight words in a row, or the title.

Naming a work to its maker is no use of it, nor is anything that they alone read, or a teammate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.base.text import folded_words, preview, words
from app.base.words import tr
from app.calendar.yearly import part_in_words
from app.voice import ASK, BLOCK, NOTE, RECEIVER, TEAM, Draft, Finding
from app.works.work import Work, standing

WORDS_IN_A_ROW = 8
"""So many words of a work in the same order are no chance."""
_LEAST_TITLE_WORDS = 3
"""A shorter title, such as "Lemonade", is anybody's words."""
_RISK = "permission"
_MAX_SHOWN_CHARS = 80
_PIECE = re.compile(r"\S+")
_URL = re.compile(r"https?://[^\s<>\"”»]{4,500}")
_FILE, _PAGE, _WORDS, _TITLE = "file", "page", "words", "title"


class _Token(NamedTuple):
    """A folded word of the draft, and where the piece that it is in starts and ends, without marks around it."""

    word: str
    start: int
    end: int


class _Use(NamedTuple):
    """A use of a work: by what, and where in the draft."""

    work: Work
    way: str
    start: int
    end: int


class Watch:
    """What drafts are compared with, taken apart once."""

    def __init__(self, works: Sequence[Work]) -> None:
        """All works that are noted."""
        self._by_file: dict[str, list[Work]] = defaultdict(list)
        self._by_page: dict[str, list[Work]] = defaultdict(list)
        self._by_run: dict[tuple[str, ...], list[Work]] = defaultdict(list)
        self._by_title: dict[tuple[str, ...], list[Work]] = defaultdict(list)
        for work in works:
            if work.sha256:
                self._by_file[work.sha256].append(work)
            if work.url:
                self._by_page[_page(work.url)].append(work)
            said = words(work.excerpt)
            for run in {tuple(said[at : at + WORDS_IN_A_ROW]) for at in range(len(said) - WORDS_IN_A_ROW + 1)}:
                self._by_run[run].append(work)
            title = tuple(words(work.title))
            if len(title) >= _LEAST_TITLE_WORDS:
                self._by_title[title].append(work)
        self._title_lengths = sorted({len(title) for title in self._by_title})

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """One finding for each work that the draft uses, by the surest sign of it; () for what may be used so."""
        if draft.read_by == TEAM:
            return ()
        first: dict[int, _Use] = {}
        for use in self._uses(draft):
            is_theirs = use.work.member_id == draft.to
            if is_theirs and (use.way == _TITLE or draft.read_by == RECEIVER):
                continue
            first.setdefault(use.work.id, use)
        found = (self._finding(use, draft) for use in first.values())
        return tuple(one for one in found if one is not None)

    def _uses(self, draft: Draft) -> Iterator[_Use]:
        for digest in draft.files:
            yield from (_Use(work, _FILE, 0, 0) for work in self._by_file.get(digest, ()))
        if self._by_page:
            for hit in _URL.finditer(draft.text):
                known = self._by_page.get(_page(hit[0]), ())
                yield from (_Use(work, _PAGE, *hit.span()) for work in known)
        if self._by_run or self._by_title:
            tokens = list(_tokens(draft.text))
            yield from self._runs(tokens)
            yield from self._titles(tokens)

    def _runs(self, tokens: Sequence[_Token]) -> Iterator[_Use]:
        """Runs of words of a work, each as far as it goes."""
        open_: dict[int, _Use] = {}
        for at in range(len(tokens) - WORDS_IN_A_ROW + 1):
            run = tuple(token.word for token in tokens[at : at + WORDS_IN_A_ROW])
            here = {work.id: work for work in self._by_run.get(run, ())}
            for number in [number for number in open_ if number not in here]:
                yield open_.pop(number)
            for number, work in here.items():
                start = open_[number].start if number in open_ else tokens[at].start
                open_[number] = _Use(work, _WORDS, start, tokens[at + WORDS_IN_A_ROW - 1].end)
        yield from open_.values()

    def _titles(self, tokens: Sequence[_Token]) -> Iterator[_Use]:
        for length in self._title_lengths:
            for at in range(len(tokens) - length + 1):
                said = tuple(token.word for token in tokens[at : at + length])
                for work in self._by_title.get(said, ()):
                    yield _Use(work, _TITLE, tokens[at].start, tokens[at + length - 1].end)

    def _finding(self, use: _Use, draft: Draft) -> Finding | None:
        work, state = use.work, standing(use.work)
        said = _shown(draft.text[use.start : use.end]) or work.title
        if state != "granted":
            level = ASK if use.way == _TITLE else BLOCK
            return Finding(use.start, use.end, level, _RISK, _why(work, state, use.way), said)
        if use.way == _TITLE:
            return None
        if work.credit and folded_words(work.credit) not in folded_words(draft.text):
            why = tr("{name} gave permission with the credit line “{credit}”, which is missing.")
            end = len(draft.text)
            gap = "\n\n" if draft.text.strip() else ""
            return Finding(
                end, end, ASK, _RISK, why.format(name=_maker(work), credit=work.credit), said,
                f"{gap}{work.credit}",
            )  # fmt: skip
        if work.for_what:
            why = tr("{name} gave permission for: {what}.").format(name=_maker(work), what=work.for_what)
            return Finding(use.start, use.end, NOTE, _RISK, why, said)
        return None


def _why(work: Work, state: str, way: str) -> str:
    """What is in the way, as a sentence."""
    values = {"name": _maker(work), "title": work.title, "day": work.until_on}
    if way == _TITLE:
        return tr("It names what {name} made, and there's no permission to use that.").format(**values)
    if state == "expired":
        return tr("The permission that {name} gave for “{title}” ended on {day}.").format(
            **{**values, "day": _day(work.until_on)}
        )
    sentences = {
        "noted": tr("{name} made “{title}”, and nobody has asked for permission yet."),
        "asked": tr("{name} made “{title}” and hasn't given permission yet."),
        "refused": tr("{name} doesn't want “{title}” to be used."),
        "withdrawn": tr("{name} has taken back the permission for “{title}”."),
    }
    return sentences[state].format(**values)


def _day(iso: str) -> str:
    return part_in_words(date.fromisoformat(iso).isoformat())


def _maker(work: Work) -> str:
    return work.member or tr("A member")


def _shown(said: str) -> str:
    """How a long quotation begins."""
    return said if len(said) <= _MAX_SHOWN_CHARS else f"{preview(said, _MAX_SHOWN_CHARS)}…"


def _tokens(text: str) -> Iterator[_Token]:
    for hit in _PIECE.finditer(text):
        start, end = hit.span()
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        for word in words(hit[0]):
            yield _Token(word, start, end)


def _page(url: str) -> str:
    """An address as it is compared: without its scheme, `www.` and what ends it."""
    bare = url.strip().rstrip(".,;:!?)/").partition("#")[0].casefold()
    return bare.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")

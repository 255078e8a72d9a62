"""The desk of spelling: slips in a text, suggestions, the person's own words, and the dictionaries of this system."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.settings import Settings, store_value
from app.spelling import names, tokens
from app.spelling.shelf import Found, Shelf
from app.store.changes import Changes
from app.store.store import Store

TOLD = "spelling_told"
_NAMES_FROM = ("member", "identity", "teammate", "account", "voice_guide", "voice_example", "voice_rule", "known_word",
               "gift_item")  # fmt: skip
_DRAFTS = "draft:"
"""In place of a language: the word holds for one draft, whose conversation's id follows."""
_OWN = f"language NOT LIKE '{_DRAFTS}%'"
_DRAFT = "SELECT 1 FROM draft WHERE conversation_id = ?"
_MAX_VERDICTS, _MAX_SUGGESTIONS, _MAX_WORD = 40_000, 7, 60
_MIN_COMPOUND_PART = 4
_MAX_ROUNDS = 4  # words, the parts of those with hyphens


class Slip(NamedTuple):
    """A word that no dictionary and no name explains: character offsets in the text, and the word as it is there."""

    start: int
    end: int
    word: str


class OwnWord(NamedTuple):
    """A word that the person added; `language` "" for all."""

    word: str
    language: str
    at: int


class Look(NamedTuple):
    """What is known of a text without asking: its slips so far, and the words that have to be asked for (`fetch`)."""

    slips: tuple[Slip, ...]
    lacking: tuple[str, ...]


class Spelling:
    """Checks spelling. `look` never waits; `fetch`, `check` and `suggest` ask a process and may take seconds."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        folders: Sequence[tuple[str, str]] | None = None,
        *,
        bundled: bool = True,
    ) -> None:
        """`folders` (source, folder) stand in for the system's, `bundled` is whether chunspell's own counts."""
        self._store, self._settings = store, settings
        self._shelf = Shelf(folders, bundled=bundled)
        self._verdicts: dict[str, dict[str, bool]] = {}
        self._names = names.Names()
        self._own: dict[str, names.Names] = {}
        self._names_stale = True
        self._swept = False
        self._unserved: set[str] = set()  # tags for which there was no dictionary
        store.listen(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*_NAMES_FROM):
            self._names_stale = True

    # --- languages and dictionaries

    def tag(self, language: str) -> str:
        """Which dictionary a language needs: of English that of the setting ("en-GB", "en-US") if it does not say."""
        base, _, region = language.partition("-")
        if base.lower() != "en":
            return base.lower()
        return f"en-{region.upper()}" if region else self._settings.text("english")

    @property
    def on(self) -> bool:
        """Whether the person wants spelling to be checked."""
        return bool(self._settings.get("spelling"))

    def dictionaries(self) -> list[Found]:
        """The dictionaries of this system by language, with which of them is used. It loads none."""
        return self._shelf.with_use(self.tag)

    def sources(self, languages: Iterable[str]) -> dict[str, str]:
        """For each language the file of the dictionary that serves it, or the sentence that says how to get one."""
        used = {one.used: one.dictionary.place for one in self._shelf.with_use(self.tag)}
        return {code: used.get(self.tag(code)) or self._shelf.problem(self.tag(code)) for code in languages}

    def problem(self, language: str) -> str:
        """Why a language isn't checked, as one sentence that says what to do; "" if it is.

        Loads the dictionary if that was not done: not for a thread that must not wait.
        """
        return self._shelf.problem(self.tag(language)) if language else ""

    def left_out(self) -> list[str]:
        """A sentence for each dictionary that turned out to be broken in this run, even if another took its place."""
        return self._shelf.left_out()

    def has_told(self, language: str) -> bool:
        """Whether it has been said that there is no dictionary for this language."""
        return self.tag(language) in self._told()

    def tell_no_more(self, language: str) -> None:
        """Remember that it has been said."""
        told = sorted({*self._told(), self.tag(language)})
        with self._store.write() as conn:
            store_value(conn, TOLD, " ".join(told))

    def _told(self) -> list[str]:
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (TOLD,)).fetchone()
        return str(row["value"]).split() if row is not None else []

    def prepare(self) -> None:
        """Read what the first look needs: names. It takes tens of milliseconds."""
        names.given()
        self._read_names()
        if not self._swept:
            self._swept = True
            self._sweep()

    def refresh(self) -> None:
        """Read the names again before the next word is underlined: the community may have another one."""
        self._names_stale = True

    def close(self) -> None:
        """End the processes; what is being asked fails at once."""
        self._shelf.close()

    # --- checking

    def language_of(self, text: str, language: str) -> str:
        """The language to check in: the one that is set, else the one that the text is recognised as, else ""."""
        if language:
            return language
        from app.base import language as languages  # noqa: PLC0415  its tables take 15 MB

        return languages.of(text)

    @staticmethod
    def has_words(text: str, language: str) -> bool:
        """Whether a text has any word to look up in this language; an English draft has none in Greek."""
        return any(tokens.words(line, _base(language)) for _offset, line in tokens.lines(text))

    def look(self, text: str, language: str) -> Look:
        """What is known of a text without waiting. Before the first `fetch` nothing is."""
        if not language:
            return Look((), ())
        verdicts, base = self._verdicts.setdefault(self.tag(language), {}), _base(language)
        slips: list[Slip] = []
        lacking: dict[str, None] = {}
        for offset, line in tokens.lines(text):
            for token in tokens.words(line, base):
                slips += self._judged(token, line, offset, base, verdicts, lacking)
        if self._names_stale and slips:
            lacking.setdefault(slips[0].word)  # names are read again before anything new is underlined
        return Look(tuple(slips), tuple(lacking))

    def _judged(
        self, token: tokens.Token, line: str, offset: int, language: str, verdicts: dict[str, bool],
        lacking: dict[str, None],
    ) -> list[Slip]:  # fmt: skip
        """The slips in one word, of a hyphened one in its parts; words that nobody was asked about go to `lacking`."""
        if self._knows(token.word, language, verdicts, lacking):
            return []
        pieces = tokens.parts(token.word)
        if len(pieces) == 1:
            return [Slip(offset + token.start, offset + token.end, line[token.start : token.end])]
        slips, at = [], token.start
        for number, piece in enumerate(pieces):
            start = line.find(piece[:1], at, token.end)
            at = start + len(piece)
            suffix = language == "hu" and number == len(pieces) - 1 and len(piece) <= 5  # noqa: PLR2004  Facebook-ról
            if len(piece) > 1 and not suffix and not self._knows(piece, language, verdicts, lacking):
                slips.append(Slip(offset + start, offset + at, line[start:at]))
        return slips

    def _knows(self, word: str, language: str, verdicts: dict[str, bool], lacking: dict[str, None]) -> bool:
        """Whether a word is right; True as well while that is not known, since nothing is underlined by guess."""
        verdict = verdicts.get(word)
        if verdict or self._is_name(word, language):
            return True
        if verdict is None:
            lacking.setdefault(word)
        return verdict is None

    def _is_name(self, word: str, language: str) -> bool:
        own = self._own
        return (
            word in names.given()
            or self._names.know(word, language)
            or ("" in own and own[""].know(word, language))
            or (language in own and own[language].know(word, language))
        )

    def fetch(self, words: Iterable[str], language: str) -> None:
        """Ask the dictionary about words, and read names again that have changed. May wait for seconds."""
        self._read_names()
        tag, base = self.tag(language), _base(language)
        verdicts = self._verdicts.setdefault(tag, {})
        if len(verdicts) > _MAX_VERDICTS:
            verdicts.clear()
        asked = [word for word in dict.fromkeys(words) if word not in verdicts]
        every = list(dict.fromkeys(form for word in asked for form in _all_forms(word, base)))
        answers = self._shelf.ask(tag, lambda process: process.known(every)) if every else []
        known = dict(zip(every, answers, strict=True)) if answers else {}
        if known and tag in self._unserved:  # a dictionary came: what passed without one is asked about again
            self._unserved.discard(tag)
            verdicts.clear()
        elif every and not known:
            self._unserved.add(tag)
        for word in asked:
            verdicts[word] = not known or _is_right(word, base, known)  # without a dictionary nothing is a slip

    def check(self, text: str, language: str) -> tuple[Slip, ...]:
        """The slips in a text, asking about what is not known yet. May wait for seconds."""
        self._names_stale = True
        self._read_names()
        for _round in range(_MAX_ROUNDS):
            seen = self.look(text, language)
            if not seen.lacking:
                break
            self.fetch(seen.lacking, language)
        return self.look(text, language).slips

    def suggest(self, word: str, language: str) -> tuple[str, ...]:
        """Words that may have been meant, best first, at most seven. May wait for seconds."""
        offered = self._shelf.ask(self.tag(language), lambda process: process.suggest(tokens.spelt(word)))
        return tuple(dict.fromkeys(offered))[:_MAX_SUGGESTIONS]

    # --- the person's own words

    def _read_names(self) -> None:
        if not self._names_stale:
            return
        self._names_stale = False
        conn = self._store.read
        self._names = names.read(conn)
        own: dict[str, list[str]] = {}
        for word, language in conn.execute(f"SELECT word, language FROM known_word WHERE {_OWN}"):
            own.setdefault(language, []).append(word)
        self._own = {language: names.Names(words) for language, words in own.items()}

    def words(self) -> list[OwnWord]:
        """The person's own words, in their order."""
        sql = f"SELECT word, language, at FROM known_word WHERE {_OWN} ORDER BY lower(word), language"
        rows = self._store.read.execute(sql)
        return [OwnWord(*row) for row in rows]

    def add(self, word: str, language: str = "") -> bool:
        """Accept a word from now on, in one language or in all; False if it's there. Raises UserError for no word."""
        word = checked(word)
        known = self._store.read.execute(
            "SELECT 1 FROM known_word WHERE word = ? AND language IN ('', ?)", (word, language)
        ).fetchone()
        if known is not None:
            return False
        with self._store.write(tr("Added “{word}” to your words").format(word=word)) as conn:
            conn.execute("INSERT INTO known_word (word, language, at) VALUES (?, ?, ?)", (word, language, clock.now()))
        self._read_names()
        return True

    def remove(self, word: str, language: str | None = None) -> None:
        """Take a word out again, in one language or wherever it stands. Raises NotFoundError."""
        word = checked(word)
        where, bound = ("", ()) if language is None else (" AND language = ?", (language,))
        sql = f"SELECT id FROM known_word WHERE {_OWN} AND word = ?{where}"
        rows = self._store.read.execute(sql, (word, *bound)).fetchall()
        if not rows:
            msg = tr("“{word}” isn't one of your words.").format(word=word)
            raise NotFoundError(msg)
        with self._store.write(tr("Removed “{word}” from your words").format(word=word)) as conn:
            conn.executemany("DELETE FROM known_word WHERE id = ?", [(number,) for (number,) in rows])
        self._read_names()

    # --- words of one draft

    def ignored(self, conversation_id: int) -> frozenset[str]:
        """The words, casefolded, that count as no slips in the draft of a conversation; none where it has no draft."""
        sql = f"SELECT word FROM known_word WHERE language = ? AND EXISTS ({_DRAFT})"
        bound = (f"{_DRAFTS}{conversation_id}", conversation_id)
        return frozenset(str(word) for (word,) in self._store.read.execute(sql, bound))

    def ignore(self, word: str, conversation_id: int) -> None:
        """Take a word for no slip in the draft of a conversation, as long as that lives; not an action."""
        scope = f"{_DRAFTS}{conversation_id}"
        with self._store.write() as conn:
            if conn.execute(_DRAFT, (conversation_id,)).fetchone() is None:  # what is left of an earlier draft
                conn.execute("DELETE FROM known_word WHERE language = ?", (scope,))
            conn.execute(
                "INSERT OR IGNORE INTO known_word (word, language, at) VALUES (?, ?, ?)",
                (checked(word).casefold(), scope, clock.now()),
            )

    def _sweep(self) -> None:
        """Drop the words of drafts that are no more."""
        gone = f"NOT {_OWN} AND language NOT IN (SELECT '{_DRAFTS}' || conversation_id FROM draft)"
        if self._store.read.execute(f"SELECT 1 FROM known_word WHERE {gone}").fetchone() is not None:
            with self._store.write() as conn:
                conn.execute(f"DELETE FROM known_word WHERE {gone}")


def _base(language: str) -> str:
    """The language without its country: "el" of "el-GR"."""
    return language.partition("-")[0].lower()


def checked(word: str) -> str:
    """The word as it is kept; raises UserError if it is not one word."""
    kept = tokens.spelt(word.strip())
    if not kept or any(letter.isspace() for letter in kept) or not any(letter.isalpha() for letter in kept):
        msg = tr("“{word}” isn't a word. Give one word, without spaces.").format(word=word.strip()[:_MAX_WORD])
        raise UserError(msg)
    if len(kept) > _MAX_WORD or not kept.isprintable():
        msg = tr("That word is too long. A word can have at most {most} letters.").format(most=_MAX_WORD)
        raise UserError(msg)
    return unicodedata.normalize("NFC", kept)


def _forms(word: str, language: str) -> list[str]:
    """The spellings of which one has to be in the dictionary for a word to be right."""
    if language == "el":
        return list(dict.fromkeys((word, tokens.without_second_accent(word))))
    return [word, word[:-2]] if language == "en" and word.endswith("'s") else [word]


def _compounds(word: str, language: str) -> list[tuple[str, str]]:
    """The ways to take an Icelandic word for two written as one: the language has more of these than its dictionary."""
    if language != "is" or "-" in word:
        return []
    return [(word[:at], word[at:]) for at in range(_MIN_COMPOUND_PART, len(word) - _MIN_COMPOUND_PART + 1)]


def _all_forms(word: str, language: str) -> list[str]:
    """Everything to ask the dictionary about one word."""
    return [*_forms(word, language), *(piece for pair in _compounds(word, language) for piece in pair)]


def _is_right(word: str, language: str, known: dict[str, bool]) -> bool:
    if any(known[form] for form in _forms(word, language)):
        return True
    return any(known[first] and known[second] for first, second in _compounds(word, language))

"""Finds whose words a notice tells of, by how it is built: a heading with the author, the words below it, a button.

Every visible block is weighed: by its look (a box, a quotation, quotation marks), by what stands before it (a name, a
sentence that leads over to it, or a label that says that it is our own post), and by what it can't be (see `parts`).
Pairs of a name and words that are built alike are several people's words in one notice.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.text import fold, words
from app.intake.notices import authors
from app.intake.notices.parts import (
    CHROME_,
    FOOT,
    HEAD,
    HELLO,
    LABEL,
    META_,
    NAME,
    TEXT,
    Parts,
    is_longer,
)
from app.intake.notices.phrases import FOOTER, LEADS_OVER, META, MORE, OURS, REPLIED, SPOKE, STARS
from app.intake.notices.quoting import OPENING, cut_more, is_closed, unquoted
from app.mail.blocks import Block

MAX_TEXT_CHARS = 4_000
_LEAST = 3  # points for words that may be taken for a member's
_CHAIN = 5  # blocks between a name and its words: a handle, a headline, a time, stars
_CLOSING = '”“»"‟'
_QUOTED = re.compile(r"[“„«\"](?P<text>[^“”„«»\"]{2,4000})[”“»\"]", re.DOTALL)
_LONG = 40
_SHOWN_LEAST = 9  # characters of words that a preheader shows


class Said(NamedTuple):
    """Words of a member: whose, and the blocks that they and the name are in (-1: the name is in none)."""

    who: str
    text: str
    first: int
    last: int
    named_at: int = -1
    stars: int = 0
    title: str = ""


class Reading(Parts):
    """One notice."""

    def members_words(self) -> list[Said]:
        """Whose words it tells of, in their order; [] where there are none."""
        candidates = {at: self._weigh(at) for at in range(min(self._foot, len(self.blocks)))}
        through = self._from_sender != authors.tidy(self._sender)  # "Anna Bell via Place"
        least = 1 if self._from_subject or (self._from_sender and through) else _LEAST
        certain = {at: points for at, points in candidates.items() if points >= _LEAST}
        candidates = certain or {at: points for at, points in candidates.items() if points >= least}
        if not candidates:
            return []
        best = max(candidates, key=lambda at: (candidates[at], -at))
        several = self._several(best, candidates)
        if len(several) > 1 or (several and self._from_subject):
            return several
        said = self._said(best, self._name_before(best))
        return [said] if said else []

    def _weigh(self, at: int) -> int:
        """How much speaks for a block being what the member said."""
        block, role = self.blocks[at], self.roles[at]
        inner = self._inner(at)
        if role in (FOOT, HELLO, LABEL, META_) or (role == CHROME_ and not inner):
            return 0
        if role in (HEAD, CHROME_) and not inner:
            return 0
        if role == NAME and self._is_known(self.name_at(at)):
            return 0
        points = 0
        text = inner or block.text
        if inner or self._is_quoted(block):
            points += 3 if inner and ":" not in block.text else 5
        points += (3 if block.quoted else 0) + (1 if block.boxed else 0)
        points += self._by_what_is_before(at)
        points += min(2, len(text.split()) // 4)
        points -= 2 if block.muted else 0
        points -= 2 if block.is_link else 0
        points -= 2 if block.bold and not block.quoted else 0
        points -= 5 if self._is_review_title(at) else 0
        points -= 6 if self._is_cut_of_another(at) else 0
        points -= 3 if role == NAME and not self._is_quoted(block) else 0
        points -= 3 if at > self._pressed else 0
        if FOOTER.search(self.folded[at][:400]) and len(text) > _LONG:
            points -= 3
        shown = _QUOTED.search(self._subject)
        if shown and len(shown["text"]) > 8 and fold(text).startswith(fold(shown["text"])[:30].rstrip(". …")):  # noqa: PLR2004
            points += 1 if self._follows_our_label(at) else 3
        return points

    def _is_cut_of_another(self, at: int) -> bool:
        """Whether a block at the top shows the beginning of words that stand below: a preheader."""
        shown = self.folded[at].rpartition(": ")[2].rstrip(" .")
        return (
            at < self._foot // 2
            and len(shown) >= _SHOWN_LEAST
            and any(
                other.lstrip('“„«"').startswith(shown) and len(other) > len(shown)
                for other in self.folded[at + 1 : self._foot]
            )
        )

    def _is_review_title(self, at: int) -> bool:
        """Whether a block is what a review is called: bold, with the review below it."""
        block = self.blocks[at]
        after = self.blocks[at + 1] if at + 1 < self._foot and at + 1 < len(self.blocks) else None
        below = after is not None and self.roles[at + 1] in (TEXT, NAME) and not after.bold and not after.is_link
        return self._has_stars and block.bold and below and len(block.text) <= 120  # noqa: PLR2004

    def _by_what_is_before(self, at: int) -> int:
        """Points for the block's place: below a name, or a sentence about the one who spoke; not below our label."""
        if self._follows_our_label(at):
            return -6
        points, steps = 0, 0
        for before in range(at - 1, -1, -1):
            role = self.roles[before]
            block = self.blocks[before]
            if any(self._is_known(name) for name in authors.of_pictures(block.alts)) and role in (NAME, META_):
                return 6
            if role == NAME:
                name = self.name_at(before)
                if self._is_ours(" ".join(words(name))):
                    return -6
                if self._known and not self._is_known(name) and steps < _CHAIN:  # a title, or somebody else's name
                    points = max(points, 3 - steps)
                    steps += 1
                    continue
                return max(points, 5 - steps + (1 if self._known else 0))
            if role == HEAD:
                return max(points, self._below_heading(at, before) - steps)
            between = self._steps_between(at, before)
            if between is None or (between and steps + between > _CHAIN):
                break
            steps += between
        return points

    def _steps_between(self, at: int, before: int) -> int | None:
        """How far a block that may stand between a name and its words takes them apart; None if none may."""
        block, role = self.blocks[before], self.roles[before]
        if role in (META_, HELLO):
            return 0
        if block.muted and not self.blocks[at].muted:
            return 1
        return 2 if role == TEXT and not block.quoted and not self.blocks[at].links else None  # a headline

    def _below_heading(self, at: int, heading: int) -> int:
        """Points for words below a sentence about the one who spoke: what is quoted below an answer may be ours."""
        if LEADS_OVER.search(self.blocks[heading].text):
            return 5
        return 2 if self.blocks[at].quoted and REPLIED.search(self.folded[heading]) else 4

    def _follows_our_label(self, at: int) -> bool:
        """Whether a label just before says that this is what we wrote ourselves."""
        for before in range(at - 1, max(-1, at - 4), -1):
            role = self.roles[before]
            if role == LABEL:
                return True
            if role == NAME and self._is_ours(" ".join(words(self.name_at(before)))):
                return True
            if role == HEAD and OURS.match(self.folded[before]) and LEADS_OVER.search(self.folded[before]):
                return True
            if role != META_:
                return False
        return False

    def _inner(self, at: int) -> str:
        """Words in quotation marks within a sentence that leads over to them, and a title of ours is not."""
        block = self.blocks[at]
        text = block.text.strip()
        if text[:1] in OPENING:
            return ""
        found = max(_QUOTED.finditer(text), key=lambda match: len(match["text"]), default=None)
        if found is None:
            return self._after_name(block)
        lead = text[: found.start()].rstrip()
        if lead.endswith(":") and len(lead) <= 200 and (SPOKE.search(fold(lead)) or authors.is_name(lead)):  # noqa: PLR2004
            return found["text"].strip()
        return ""

    def _after_name(self, block: Block) -> str:
        """What follows the name of the one who spoke, in bold or with a colon; "" where a block does not begin so."""
        strong = block.strong[0] if block.strong and not block.bold else ""
        named = f" {' '.join(words(strong))} " in f" {' '.join(words(self._subject))} " or strong in block.alts
        if strong and block.text.startswith(strong) and (named or fold(authors.tidy(strong)) in self._known):
            rest = block.text[len(strong) :].lstrip(" :\u00a0–—-")
            beside = META.match(fold(rest)) or rest.startswith(("@", "(", "·", "•")) or len(rest.split()) < 2  # noqa: PLR2004
            return "" if beside or self._is_told(block.text) else rest
        lead, colon, rest = block.text.partition(":")
        if not colon or not rest.strip() or not authors.is_name(lead):
            return ""
        known = {*self._known, *(fold(authors.tidy(run)) for run in block.strong[:1])}
        return rest.strip() if fold(authors.tidy(lead)) in known else ""

    def _is_told(self, text: str) -> bool:
        """Whether a block that begins with a name tells what its bearer did, and not what they said."""
        who = authors.before_verb(text.partition("\n")[0])
        return bool(who) and (not self._known or fold(who) in self._known)

    def _name_before(self, at: int) -> int:
        """The block that names who said what is in the block `at`; -1 if none does.

        Of two that may be names the nearer may be what a review is called: then more speaks for the other.
        """
        nearest, points = -1, 0
        for before in range(at - 1, max(-1, at - _CHAIN - 2), -1):
            role = self.roles[before]
            if role == NAME:
                key = " ".join(words(self.name_at(before)))
                weighed = self.names.get(key, (0, ""))[0]
                if self._is_review_title(before) and self.best_name() != self.names.get(key, (0, ""))[1]:
                    continue
                if weighed and (nearest < 0 or weighed > points):
                    nearest, points = before, weighed
            elif (
                role in (CHROME_, LABEL, FOOT)
                or (role == HEAD and self._is_told(self.blocks[before].text))
                or (role == TEXT and not self.blocks[before].muted)
            ):
                break
        return nearest

    def _who(self, named_at: int) -> str:
        best = self.best_name()
        if named_at < 0:
            return best
        name = self.name_at(named_at)
        key = " ".join(words(name))
        points = self.names.get(key, (0, ""))[0]
        top = max((weighed[0] for weighed in self.names.values()), default=0)
        if best and (is_longer(best, name) or is_longer(name, best) or authors.is_form_of(best, name)):
            return best
        return name if points >= top - 4 and self._from_subject == "" else best or name

    def _said(self, at: int, named_at: int, who: str = "") -> Said | None:
        name = who or self._who(named_at)
        inner = self._inner(at)
        last = at if inner else self._end(at)
        at = at if inner else self._begin(at)
        text = inner or self._joined(at, last)
        text = cut_more(text)
        stars = self._stars(max(0, (named_at if named_at >= 0 else at - _CHAIN)), last)
        if not name or not text:
            return None
        return Said(name, text[:MAX_TEXT_CHARS], at, last, named_at, stars, self._title(at))

    def _begin(self, at: int) -> int:
        """The first block of the words in block `at`: the greeting that they begin with, below their writer's name."""
        first = self.blocks[at]
        while (
            at > 1
            and self.roles[at - 1] == HELLO
            and (self.blocks[at - 1].shape == first.shape or self.blocks[at - 1].cell == first.cell)
            and any(role in (NAME, HEAD) for role in self.roles[: at - 1])
        ):
            at -= 1
        return at

    def _end(self, at: int) -> int:
        """The last block of words that begin in block `at`: further lines and paragraphs that look alike."""
        first = self.blocks[at]
        open_quote = first.text.strip()[:1] in OPENING
        if open_quote and is_closed(first.text):
            return at
        last = at
        for after in range(at + 1, min(self._foot, at + 60)):
            block, role = self.blocks[after], self.roles[after]
            if self.blocks[last].links and not first.links:
                break
            if open_quote:
                last = after
                if is_closed(block.text, begun=True):
                    break
                continue
            same_cell = block.cell == first.cell and role in (TEXT, NAME, META_, HEAD, HELLO)
            alike = (
                (role in (TEXT, HELLO) or self._signs(after)) and block.shape == first.shape and _in_one(first, block)
            )
            look = (block.bold, block.muted, block.quoted) == (first.bold, first.muted, first.quoted)
            if not look or block.is_link or block.alts or not (same_cell or alike) or not block.text:
                break
            if MORE.fullmatch(self.folded[after]) or (role == META_ and not same_cell):
                break
            last = after
        while last > at and self.roles[last] == META_:
            last -= 1
        return last

    def _signs(self, at: int) -> bool:
        """Whether a block is the name with which a member ends their words, and nobody's words follow."""
        name = words(self.name_at(at))
        after = self.roles[at + 1] if at + 1 < len(self.roles) else FOOT
        return self.roles[at] == NAME and after != TEXT and set(name) <= set(words(self.best_name()))

    def _joined(self, first: int, last: int) -> str:
        text = self.blocks[first].text
        for before, after in zip(self.blocks[first:last], self.blocks[first + 1 : last + 1], strict=True):
            text += ("\n" if before.cell == after.cell or _is_line(after) else "\n\n") + after.text
        return unquoted(text)

    def _stars(self, first: int, last: int) -> int:
        """How many of five stars are given near these blocks; 0 where none are."""
        near = range(max(0, first - 3), min(len(self.blocks), last + 3))
        texts = [self.folded[at] for at in near if self.roles[at] != TEXT or at < first]
        alts = [fold(" ".join(self.blocks[at].alts).replace("★ ", "★")) for at in near]  # a picture for each star
        for text in (*texts, *alts, fold(self._subject)):
            found = STARS.search(text)
            if found is None:
                continue
            if found["drawn"]:
                return len(found["drawn"])
            return max(1, min(5, round(float((found["of"] or found["given"]).replace(",", ".")))))
        return 0

    def _title(self, at: int) -> str:
        """What a member called their review: a bold line just above the words."""
        if at < 1 or self.roles[at - 1] != TEXT:
            return ""
        block = self.blocks[at - 1]
        return unquoted(block.text) if block.bold and len(block.text) <= 120 and not block.muted else ""  # noqa: PLR2004

    # --- several people's words in one notice

    def _several(self, best: int, candidates: dict[int, int]) -> list[Said]:
        """All pairs of a name and words that are built like the best one."""
        named = self._name_before(best)
        if named < 0:
            return self._several_inner(candidates)
        found: list[Said] = []
        for at in range(min(self._foot, len(self.blocks))):
            name_at = self._name_before(at)
            if self.roles[at] not in (TEXT, NAME) and at not in candidates:
                continue
            if (
                name_at < 0
                or any(name_at <= said.last or said.named_at == name_at for said in found)
                or self._follows_our_label(at)
            ):
                continue
            alike = (
                self.blocks[at].shape == self.blocks[best].shape
                and self.blocks[name_at].shape == self.blocks[named].shape
                and _look(self.blocks[name_at]) == _look(self.blocks[named])
                and _look(self.blocks[at]) == _look(self.blocks[best])
            )
            said = self._said(at, name_at, self.name_at(name_at)) if alike else None
            if said:
                found.append(said)
        if not self._from_subject or authors.names_others(self._subject):
            return found
        return [said for said in found if self._is_known(said.who)]  # who else is quoted is quoted by them

    def _is_known(self, who: str) -> bool:
        return any(
            fold(who) == name or is_longer(who, name) or is_longer(name, who) or authors.is_form_of(who, name)
            for name in self._known
        )

    def _several_inner(self, candidates: dict[int, int]) -> list[Said]:
        """Sentences of one block each: Anna Bell: “...”."""
        found: list[Said] = []
        for at in sorted(candidates):
            inner = self._inner(at)
            block = self.blocks[at]
            lead = block.text.partition(inner)[0].strip(' “„«"') if inner else ""
            who = authors.before_verb(lead) or (authors.tidy(lead) if authors.is_name(lead) else "")
            if inner and who:
                found.append(Said(who, cut_more(inner)[:MAX_TEXT_CHARS], at, at, at))
        return found if len({said.who for said in found}) > 1 else []


def _look(block: Block) -> tuple[bool, bool, bool, float]:
    return block.bold, block.muted, block.quoted, block.size


def _is_line(block: Block) -> bool:
    """Whether a block is a line of its own rather than a paragraph."""
    return bool(block.shape) and block.shape[-1].startswith(("div", "span"))


def _in_one(first: Block, block: Block) -> bool:
    """Whether two paragraphs are in one place: a letter's plain text, or elements built alike one after the other."""
    return bool(first.shape) == bool(block.shape) and not block.links and not first.is_link

"""Finds whose words a notice tells of, by how it is built: a heading with the author, the words below it, a button.

Every visible block is weighed: by its look (a box, a quotation, quotation marks), by what stands before it (a name, a
sentence that leads over to it, or a label that says that it is our own post), and by what it can't be (see `parts`).
Pairs of a name and words that are built alike are several people's words in one notice.
"""

from __future__ import annotations

from typing import NamedTuple

from app.base.text import fold, words
from app.intake.notices import authors, signatures
from app.intake.notices.lines import CHROME_, FOOT, HEAD, HELLO, LABEL, META_, NAME, TEXT, is_longer
from app.intake.notices.phrases import META, MORE, STARS
from app.intake.notices.quoting import OPENING, cut_more, is_closed, unquoted
from app.intake.notices.weighing import CHAIN, Weighing
from app.mail.blocks import Block

MAX_TEXT_CHARS = 4_000
_MAX_TITLE_CHARS = 120
_LEAST = 3  # points for words that may be taken for a member's


class Said(NamedTuple):
    """Words of a member: whose, and the blocks that they and the name are in (-1: the name is in none)."""

    who: str
    text: str
    first: int
    last: int
    named_at: int = -1
    stars: int = 0
    title: str = ""


class Reading(Weighing):
    """One notice."""

    def members_words(self) -> list[Said]:
        """Whose words it tells of, in their order; [] where there are none, or where it isn't sure whose they are."""
        said = self._members_words()
        return said if all(self._is_sure(one) for one in said) else []

    def _is_sure(self, said: Said) -> bool:
        """Whether nobody else may as well have spoken: a wrong author is worse than a letter that tells of nobody."""
        if not authors.is_plausible(said.who):
            return False
        if self._is_known(said.who) or said.named_at >= 0 or signatures.signed(self._text_after(said.last)) == said.who:
            return True
        mine = self.names.get(" ".join(words(said.who)) or fold(said.who), (0, ""))[0]
        return not any(
            points >= max(1, mine)
            and name != said.who
            and not is_longer(name, said.who)
            and not is_longer(said.who, name)
            for points, name in self.names.values()
        )

    def _members_words(self) -> list[Said]:
        candidates = {at: self._weigh(at) for at in range(min(self._foot, len(self.blocks)))}
        through = self._from_sender != authors.tidy(self._sender)  # "Anna Bell via Place"
        least = 1 if self._from_subject or (self._from_sender and through) else _LEAST
        certain = {at: points for at, points in candidates.items() if points >= _LEAST}
        candidates = certain or {at: points for at, points in candidates.items() if points >= least}
        if not candidates:
            return self._stars_alone()
        best = max(candidates, key=lambda at: (candidates[at], -at))
        several = self._several(best, candidates)
        if len(several) > 1 or (several and (self._from_subject or self._from_headline or several[0].named_at < 0)):
            return several
        said = self._said(best, self._name_before(best))
        return [said] if said else []

    def _stars_alone(self) -> list[Said]:
        """A review without words: its stars stand for them."""
        at = next((at for at, folded in enumerate(self.folded) if self.roles[at] == META_ and STARS.search(folded)), -1)
        stars, who = self._stars(0, len(self.blocks) - 1) if self._has_stars else 0, self.best_name()
        if not stars or not who or not (self._from_subject or at >= 0):
            return []
        return [Said(who, "★" * stars + "☆" * (5 - stars), max(at, 0), max(at, 0), -1, stars)]

    def _name_before(self, at: int) -> int:
        """The block that names who said what is in the block `at`; -1 if none does.

        Of two that may be names the nearer may be what a review is called: then more speaks for the other.
        """
        nearest, points, called = -1, 0, -1
        for before in range(at - 1, max(-1, at - CHAIN - 2), -1):
            role = self.roles[before]
            if role == NAME:
                key = " ".join(words(self.name_at(before)))
                weighed = self.names.get(key, (0, ""))[0]
                if self._is_review_title(before) and self.best_name() != self.names.get(key, (0, ""))[1]:
                    called = before
                    continue
                if weighed and (nearest < 0 or weighed > points):
                    nearest, points = before, weighed
            elif (
                role in (CHROME_, LABEL, FOOT)
                or (role == HEAD and self._is_told(self.blocks[before].text))
                or (role == TEXT and not self.blocks[before].muted)
            ):
                break
        return called if nearest < 0 <= called and self._looks_like_best_name(called) else nearest

    def _looks_like_best_name(self, at: int) -> bool:
        """Whether a block that might be what a review is called is built like the name of another one's writer."""
        block, best = self.blocks[at], self.best_name()
        return any(
            role == NAME and other.shape == block.shape and _look(other) == _look(block) and self.name_at(index) == best
            for index, (role, other) in enumerate(zip(self.roles, self.blocks, strict=True))
        )

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
        return name if points >= top and self._from_subject == "" else best or name

    def _said(self, at: int, named_at: int, who: str = "") -> Said | None:
        name = who or self._who(named_at)
        inner = self._inner(at)
        goes_on = bool(inner) and not self.blocks[at].shape and self._is_spoken_on(at, inner)
        last = at if inner and not goes_on else self._end(at)
        at = at if inner else self._begin(at)
        text = inner or self._joined(at, last)
        if last > at and inner:
            text = f"{inner}\n\n{self._joined(at + 1, last)}"
        faint = self.blocks[last].faint
        if faint and text.endswith(faint) and META.match(fold(faint)):
            text = text.removesuffix(faint).rstrip(" ·•|")
        text = cut_more(text, [link.text for link in self.blocks[last].links])
        stars = self._stars(max(0, (named_at if named_at >= 0 else at - CHAIN)), last)
        if not name or not text:
            return None
        return Said(name, text[:MAX_TEXT_CHARS], at, last, named_at, stars, self._title(at, named_at))

    def _is_spoken_on(self, at: int, inner: str) -> bool:
        """Whether paragraphs of a plain letter go on with words that begin behind their writer's name."""
        block, after = self.blocks[at], self._text_after(at)
        named = authors.is_name(block.text.partition(": ")[0]) and block.text.endswith(inner)
        return named and at + 1 < self._foot and self.roles[at + 1] == TEXT and ": " not in after[:80]

    def _text_after(self, at: int) -> str:
        """The words of the block after this one."""
        return self.blocks[at + 1].text if at + 1 < len(self.blocks) else ""

    def _begin(self, at: int) -> int:
        """The first block of the words in block `at`: what stands in one box with them, and the greeting above."""
        first = self.blocks[at]
        while at > 1 and self._goes_on_in_box(at - 1, first):
            at -= 1
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
            if (self.blocks[last].links and not first.links) or self._dated(after):
                break
            if open_quote:
                last = after
                if is_closed(block.text, begun=True):
                    break
                continue
            same_cell = block.cell == first.cell and role in (TEXT, NAME, META_, HEAD, HELLO)
            built_alike = (block.shape == first.shape and _in_one(first, block)) or self._in_one_box(first, block)
            further = role in (TEXT, HELLO) or self._signs(after) or self._goes_on_in_box(after, first)
            alike = further and built_alike
            look = (block.bold, block.muted, block.quoted) == (first.bold, first.muted, first.quoted)
            if not look or block.is_link or block.alts or not (same_cell or alike) or not block.text:
                break
            if MORE.fullmatch(self.folded[after]) or (role == META_ and not same_cell):
                break
            last = after
        while last > at and self.roles[last] == META_:
            last -= 1
        return last

    def _goes_on_in_box(self, at: int, first: Block) -> bool:
        """Whether a block belongs to words in a box or quotation, whatever else it might be by what it says."""
        block, role = self.blocks[at], self.roles[at]
        if not self._in_one_box(first, block) or role not in (TEXT, HELLO, NAME, HEAD):
            return False
        named = self.name_at(at) if role == NAME else authors.before_verb(block.text) if role == HEAD else ""
        if named and (self._is_known(named) or fold(named) == fold(self.best_name())):
            return False
        return not self._is_ours(" ".join(words(named)))

    def _in_one_box(self, first: Block, block: Block) -> bool:
        """Whether two blocks stand in one box or quotation and look alike, be they paragraphs or a list's entries."""
        boxed = first.holder == block.holder > 0 and (first.quoted or first.boxed or self._holds_words(first.holder))
        looks = (first.bold, first.muted, first.quoted, first.size)
        alike = looks == (block.bold, block.muted, block.quoted, block.size)
        return boxed and alike and not block.is_link and not block.alts

    def _holds_words(self, holder: int) -> bool:
        """Whether a cell has nothing but words: the name, the headline and the button are in others."""
        inside = [at for at, block in enumerate(self.blocks) if block.holder == holder]
        named = any(self.roles[at] == NAME and block.holder != holder for at, block in enumerate(self.blocks))
        return named and all(self.roles[at] == TEXT and not self.blocks[at].links for at in inside)

    def _signs(self, at: int) -> bool:
        """Whether a block is the name with which a member ends their words, and nobody's words follow."""
        name = words(self.name_at(at))
        after = self.roles[at + 1] if at + 1 < len(self.roles) else FOOT
        if self.blocks[at].text.endswith(",") and after == NAME:
            return self._signs(at + 1)  # "Best,"
        return self.roles[at] == NAME and after != TEXT and set(name) <= set(words(self.best_name()))

    def _joined(self, first: int, last: int) -> str:
        text = self.blocks[first].text
        for before, after in zip(self.blocks[first:last], self.blocks[first + 1 : last + 1], strict=True):
            text += ("\n" if before.cell == after.cell or _is_line(after) else "\n\n") + after.text
        return unquoted(text)

    def _stars(self, first: int, last: int) -> int:
        """How many of five stars are given near these blocks; 0 where none are."""
        near = [
            *range(first, min(len(self.blocks), last + 1)),
            *range(first - 1, max(-1, first - 4), -1),
            *range(last + 1, min(len(self.blocks), last + 3)),
        ]
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

    def _title(self, at: int, named_at: int) -> str:
        """What a member called their review: a bold line just above the words, which isn't their name."""
        called = (
            at > 0 and named_at != at - 1 and self.roles[at - 1] in (NAME, CHROME_) and self._is_review_title(at - 1)
        )
        if not called and (at < 1 or self.roles[at - 1] != TEXT):
            return ""
        block = self.blocks[at - 1]
        named = (block.bold or block.is_link or self._is_review_title(at - 1)) and not block.muted
        return unquoted(block.text) if named and len(block.text) <= _MAX_TITLE_CHARS else ""

    def _several(self, best: int, candidates: dict[int, int]) -> list[Said]:
        """All pairs of a name and words that are built like the best one."""
        if signatures.signed(self._text_after(best)):
            ends = [at for at in range(min(self._foot, len(self.blocks))) if self.roles[at] in (TEXT, NAME)]
            signed = [self._said(at, -1, signatures.signed(self._text_after(at))) for at in ends]
            return [
                one for one in signed if one is not None and signatures.signed(self._text_after(one.last)) == one.who
            ]
        if self._inner(best) and (inner := self._several_inner(candidates)):
            return inner
        named = self._name_before(best)
        if named < 0:
            return self._several_told() or self._several_inner(candidates)
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
            said_here = self._said(at, name_at, self.name_at(name_at)) if alike else None
            if said_here and at < best <= said_here.last:  # a headline between a name and the words
                said_here = self._said(best, name_at, said_here.who)
            if said_here:
                found.append(said_here)
        return self._of_known(found)

    def _several_told(self) -> list[Said]:
        """Sentences of who spoke, built alike, each with the words below it: a digest; [] unless there are several."""
        end = min(self._foot, len(self.blocks)) - 1
        heads = [at for at in range(end) if self.roles[at] == HEAD and self._may_be_said(at + 1)]
        found: list[Said] = []
        for at in heads:
            who = authors.before_verb(self.blocks[at].text)
            alike = self.blocks[at].shape == self.blocks[heads[-1]].shape
            if who and alike and (said := self._said(at + 1, at, who)):
                found.append(said)
        return self._of_known(found) if len({said.who for said in found}) > 1 else []

    def _of_known(self, found: list[Said]) -> list[Said]:
        """Those of the one whom the subject names: who else is quoted is quoted by them."""
        if not (self._from_subject or self._from_headline) or authors.names_others(self._subject):
            return found
        return [said for said in found if self._is_known(said.who)]

    def _may_be_said(self, at: int) -> bool:
        """Whether a block below a sentence of who spoke may be what they said, however short."""
        return self.roles[at] in (TEXT, NAME, CHROME_) and not self.blocks[at].is_link and not self.blocks[at].muted

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
    leads = [link for link in block.links if not MORE.fullmatch(fold(link.text))]
    return bool(first.shape) == bool(block.shape) and not leads and not first.is_link

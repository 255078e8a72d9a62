"""How much speaks for a block of a notice being what a member said: by its look, its words, and what is above it."""

from __future__ import annotations

import re
from functools import cached_property

from app.base.text import fold, words
from app.intake.notices import authors
from app.intake.notices.lines import (
    CHROME_,
    FOOT,
    HEAD,
    HELLO,
    LABEL,
    META_,
    NAME,
    TEXT,
    begins_with_handle,
    even,
    is_longer,
)
from app.intake.notices.parts import Parts
from app.intake.notices.phrases import FOOTER, LEADS_OVER, META, OURS, REPLIED, SPOKE
from app.intake.notices.quoting import OPENING, QUOTED, is_closed
from app.mail.blocks import Block

CHAIN = 5
"""Blocks between a name and its words, at most: a handle, a headline, a time, stars."""
_LONG = 40
_LEAD_MAX = 100
_SHOWN_LEAST = 9  # characters of words that a preheader shows


_TOLD = re.compile(r"[^\W\d_A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽÖÜŐŰÞÆΑ-Ω]\w{2,20}(?: \w{1,12}){0,3}: ")
"""What a block below a name begins with where it goes on with the sentence: commented: ..."""


def _without_time(rest: str) -> str:
    """What follows a name, without a first line that says when."""
    first, _, more = rest.partition("\n")
    return more.lstrip() if more and META.match(fold(first)) else rest


def _begins_alike(text: str, shown: str) -> bool:
    """Whether a text begins with words that are shown, as far as thirty characters."""
    return fold(text).startswith(fold(shown)[:30].rstrip(". …"))


class Weighing(Parts):
    """The blocks of one notice, weighed."""

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
        if inner or (self._is_quoted(block) and not self._is_review_title(at)):
            points += 3 if inner and ":" not in block.text else 5
        points += (3 if block.quoted else 0) + (1 if block.boxed else 0)
        points += self._by_what_is_before(at)
        points += min(2, len(text.split()) // 4)
        points -= (5 if self._leads_to_words(at) else 2) if block.muted else 0
        points -= 2 if block.is_link else 0
        points -= 2 if block.bold and not block.quoted else 0
        points -= 5 if self._is_review_title(at) else 0
        points -= 6 if self._is_cut_of_another(at) else 0
        points -= 3 if role == NAME and not self._is_quoted(block) else 0
        points -= 3 if at > self._pressed else 0
        if FOOTER.search(self.folded[at][:400]) and len(text) > _LONG:
            points -= 3
        points -= 5 if self._is_anothers(at) or self._is_below_another(at) else 0
        return points + self._by_subject(at, text)

    def _is_below_another(self, at: int) -> bool:
        """Whether a block stands below another's name, and the one who spoke is named below it, above words."""
        before = next((one for one in range(at - 1, -1, -1) if self.roles[one] != META_), -1)
        if before < 0 or not self._known or self._tellers[before] == "" or self._is_known(self._tellers[before]):
            return False
        end = min(self._foot, self._pressed)
        later = (one for one in self._tell_of_known if at < one < end - 1)
        below = (after for one in later for after in range(one + 1, min(one + 3, end)))
        return any(self.roles[after] == TEXT and not self.blocks[after].muted for after in below)

    @cached_property
    def _tellers(self) -> list[str]:
        """By block the name that it is or tells of, "" where none; asked once, as every block's weight asks for it."""
        return [self._told_by(at) for at in range(len(self.blocks))]

    @cached_property
    def _tell_of_known(self) -> list[int]:
        """The blocks that name the one who spoke."""
        return [at for at, who in enumerate(self._tellers) if who and self._is_known(who)]

    def _told_by(self, at: int) -> str:
        """The name that a block is, or of which it tells that its bearer spoke; "" in any other."""
        role = self.roles[at]
        return self.name_at(at) if role == NAME else authors.before_verb(self.blocks[at].text) if role == HEAD else ""

    def _is_anothers(self, at: int) -> bool:
        """Whether a block begins with the name of somebody else than the one who spoke, whose picture is beside it."""
        block = self.blocks[at]
        lead, colon, _ = block.text.partition(": ")
        if (
            colon
            and not block.shape
            and not self._is_known(lead)
            and authors.is_name(lead)
            and not SPOKE.search(fold(lead))
        ):
            return self._has_line_of_known
        first = block.text.partition("\n")[0]
        named = first != block.text and authors.is_name(first) and (first in block.alts or first in block.strong)
        return named and bool(self._known) and not self._is_known(first)

    @cached_property
    def _has_line_of_known(self) -> bool:
        """Whether a line begins with the name of the one who spoke, and a colon; asked once."""
        leads = (block.text.partition(": ") for block in self.blocks)
        return any(colon and fold(authors.tidy(lead)) in self._known for lead, colon, _ in leads)

    def _by_subject(self, at: int, text: str) -> int:
        """Points for words that the subject quotes: they are what was said, or our own to which it was."""
        shown = QUOTED.search(self._subject)
        if not shown or len(shown["text"]) <= _SHOWN_LEAST or not _begins_alike(text, shown["text"]):
            return 0
        if even(text) == even(shown["text"]) and not self._is_below_a_name(at) and self._has_words_below_a_name(at):
            return -6  # the title of what was commented on
        told = self._subject[: shown.start()].rstrip(" :")
        if OURS.search(fold(told)) and self._texts_unlike(shown["text"]) and not self._is_below_known(at):
            return -6
        return 1 if self._follows_our_label(at) else 3

    def _is_below_a_name(self, at: int) -> bool:
        """Whether a name stands above a block, with no more than a time between them."""
        before = at - 1
        while before > 0 and self.roles[before] == META_:
            before -= 1
        return before >= 0 and self.roles[before] == NAME

    def _has_words_below_a_name(self, other: int) -> bool:
        """Whether another block than this, and below it, may be words and stands below a name."""
        end = min(self._foot, self._pressed)
        return any(self.roles[at] == TEXT and self._is_below_a_name(at) for at in range(other + 1, end))

    def _is_below_known(self, at: int) -> bool:
        """Whether the nearest name above a block, if there is one, is that of the one who spoke."""
        for before in range(at - 1, max(-1, at - 3), -1):
            if self.roles[before] == NAME:
                return self._is_known(self.name_at(before))
            if self.roles[before] != META_:
                break
        return False

    def _texts_unlike(self, shown: str) -> list[int]:
        """The blocks of words that do not begin like these."""
        return [
            at for at in range(min(self._foot, self._pressed))
            if self.roles[at] == TEXT and not _begins_alike(self.blocks[at].text, shown)
        ]  # fmt: skip

    def _leads_to_words(self, at: int) -> bool:
        """Whether words in the usual colour stand just below: then what is grey above them is about their writer."""
        after = at + 1
        while after < self._foot - 1 and self.roles[after] in (CHROME_, META_) and after < at + 3:
            after += 1
        return after < min(self._foot, len(self.blocks)) and self.roles[after] == TEXT and not self.blocks[after].muted

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
        """Whether a block is what a review is called: in bold or a link, with the review below it."""
        block = self.blocks[at]
        after = self.blocks[at + 1] if at + 1 < self._foot and at + 1 < len(self.blocks) else None
        below = after is not None and self.roles[at + 1] in (TEXT, NAME) and not after.bold and not after.is_link
        marked = (
            block.bold
            or (block.is_link and not block.links[0].button)
            or self._is_quoted_title(at)
            or (after is not None and self._is_like_a_title(at, block, after))
        )
        return self._has_stars and marked and below and len(block.text) <= 120  # noqa: PLR2004  longer than any title of a review

    def _is_like_a_title(self, at: int, block: Block, after: Block) -> bool:
        """Whether a line without a stop stands above much longer words, in larger letters or below a name or stars."""
        plain = bool(block.shape) and block.text.rstrip()[-1:].isalnum() and "\n" not in block.text
        longer = len(after.text) > 2 * len(block.text) and not after.muted and not block.muted
        placed = block.size > after.size or (at > 0 and self.roles[at - 1] in (NAME, META_))
        return self.roles[at] == TEXT and plain and longer and placed

    def _is_quoted_title(self, at: int) -> bool:
        """Whether a short line in quotation marks stands above longer words without."""
        block = self.blocks[at]
        after = self.blocks[at + 1] if at + 1 < min(self._foot, len(self.blocks)) else block
        whole = self._is_quoted(block) and is_closed(block.text)
        return whole and not after.muted and not self._is_quoted(after) and len(after.text) > 2 * len(block.text)

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
                if self._known and not self._is_known(name) and steps < CHAIN:  # a title, or somebody else's name
                    points = max(points, 3 - steps)
                    steps += 1
                    continue
                return max(points, 5 - steps + (1 if self._known else 0))
            if role == HEAD:
                return max(points, self._below_heading(at, before) - steps)
            between = self._steps_between(at, before)
            if between is None or (between and steps + between > CHAIN):
                break
            steps += between
        return points

    def _steps_between(self, at: int, before: int) -> int | None:
        """How far a block that may stand between a name and its words takes them apart; None if none may."""
        block, role = self.blocks[before], self.roles[before]
        if role in (META_, HELLO) or (role == CHROME_ and before < self._pressed and block.is_button):
            return 0
        if block.muted and not self.blocks[at].muted:
            return 1
        if self._is_review_title(before):
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
        if at and self.roles[at - 1] == NAME and (told := _TOLD.match(text)) and SPOKE.match(fold(text)):
            return text[told.end() :].strip()
        found = max(QUOTED.finditer(text), key=lambda match: len(match["text"]), default=None)
        if found is None:
            return self._after_name(at)
        lead = text[: found.start()].rstrip()
        short = len(lead) <= 200  # noqa: PLR2004  longer than any headline
        if (
            lead.endswith(":")
            and short
            and self._may_lead(lead)
            and (SPOKE.search(fold(lead)) or authors.is_name(lead))
        ):
            return found["text"].strip()
        named, colon, _ = text.partition(": ")
        before = bool(colon) and len(named) < found.start()
        known = fold(authors.tidy(named)) in self._known
        return self._after_name(at) if before and (known or self._is_told(text)) else ""

    def _after_name(self, at: int) -> str:  # noqa: PLR0911  one question after the other
        """What follows the name of the one who spoke, in bold or with a colon; "" where a block does not begin so."""
        block = self.blocks[at]
        strong = block.strong[0] if block.strong and not block.bold else ""
        subject = f" {' '.join(words(QUOTED.sub('', self._subject)))} "
        named = f" {' '.join(words(strong))} " in subject or strong in block.alts
        if strong and block.text.startswith(strong) and (named or fold(authors.tidy(strong)) in self._known):
            rest = block.text[len(strong) :].lstrip(" :\u00a0–—-")
            rest = _without_time(rest) if not self._known or self._is_known(strong) or strong == self._alone else rest
            if self._is_told(block.text) and self._is_all_there_is(at):
                lead, colon, said = block.text.partition(": ")
                return said.strip() if colon and len(lead) <= _LEAD_MAX and SPOKE.search(fold(lead)) else ""
            beside = begins_with_handle(strong, rest) or META.match(fold(rest)) or rest.startswith(("(", "·", "•"))
            return "" if beside or len(rest.split()) < 2 or self._is_told(block.text) else rest  # noqa: PLR2004  one word alone is no sentence
        if (said := self._after_handle(block.text)) and not block.bold:
            return said
        lead, colon, rest = block.text.partition(":")
        if not colon or not rest.strip():
            return ""
        if self._leads_in(lead):
            return rest.strip()
        if not authors.is_name(lead):
            return ""
        told = block.strong[:1] if at < self._pressed else ()  # below a button it's advice: “Tip: ...”
        known = {*self._known, *(fold(authors.tidy(run)) for run in told)}
        return rest.strip() if fold(authors.tidy(lead)) in known else ""

    @cached_property
    def _alone(self) -> str:
        """The only name that a picture shows, "" where several are shown."""
        shown = {name for block in self.blocks for name in authors.of_pictures(block.alts)}
        theirs = [name for name in shown if fold(name) not in self._services]
        return theirs[0] if len(theirs) == 1 else ""

    def _after_handle(self, text: str) -> str:
        """What follows the handle of the one who spoke on the same line: “marlowe.bakes ask for the purple one”."""
        first, _, rest = text.partition(" ")
        handle = fold(authors.tidy(first)) in self._known and any(not letter.isalpha() for letter in first[1:-1])
        beside = META.match(fold(rest)) or rest[:1] in "(·•|:–—-"
        return rest.strip() if handle and len(rest.split()) > 1 and not beside and not self._is_told(text) else ""

    def _is_all_there_is(self, at: int) -> bool:
        """Whether no other block above the button may be words."""
        others = range(at + 1, min(self._foot, self._pressed))
        return not any(self.roles[other] in (TEXT, NAME) for other in others)

    def _leads_in(self, lead: str) -> bool:
        """Whether words before a colon end with the verb: “Anna Bell commented”, and not “... on your post”."""
        who = authors.before_verb(lead) if len(lead) <= _LEAD_MAX else ""
        return bool(who) and self._is_known(who) and SPOKE.match(fold(lead.rsplit(maxsplit=1)[-1])) is not None

    def _is_told(self, text: str) -> bool:
        """Whether a block that begins with a name tells what its bearer did, and not what they said."""
        who = authors.before_verb(text.partition("\n")[0])
        return bool(who) and (not self._known or fold(who) in self._known)

    def _is_known(self, who: str) -> bool:
        return any(
            fold(who) == name or is_longer(who, name) or is_longer(name, who) or authors.is_form_of(who, name)
            for name in self._known
        )

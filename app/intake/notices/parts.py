"""What each block of a notice is: a heading, a name, a button, small print, or words that somebody may have said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from app.base.text import fold, words
from app.intake.notices import authors, elsewhere
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
    is_beside,
    is_longer,
    reads_on,
)
from app.intake.notices.naming import Naming
from app.intake.notices.phrases import CHROME, FOOTER, GREETING, LEADS_OVER, META, META_SMALL, OURS, SPOKE, STARS, YOURS
from app.intake.notices.quoting import OPENING, QUOTED
from app.mail.blocks import Block

_HANDLE = re.compile(r"@[\w.·-]{1,60}$")
_HANDLE_AND_TIME = re.compile(r"@[\w.-]{1,60} ?[·•|] ?\w.{0,30}$")
_TO_HANDLE = re.compile(r" @[\w.]{1,40}:?$")
_DATED = re.compile(r"[^\W_]\W{1,3}20\d\d$")
_MOST_DATE_WORDS = 5
_YEAR = re.compile(r"\b20\d\d\b")
_SMALL_PX = 13.0
_MAX_CHROME_CHARS = 48
_MAX_GREETING_WORDS = 6
_HEADLINES, _MAX_HEADLINE_CHARS = 5, 160
_MAX_OCCUPATION_CHARS = 120
_OCCUPIED = "linkedin."
"""The place that shows below a name what its bearer does."""
_MAX_HEADS = 40  # blocks in which headlines are compared
_LATER = 2  # blocks from the top among which small print is no end: "View in browser"


class Parts(Naming):
    """The blocks of one notice, their roles, and the names in it."""

    def __init__(
        self, blocks: Sequence[Block], subject: str, sender: str, services: Collection[str], own: Collection[str]
    ) -> None:
        """`sender` is the name in From, `services` and `own` are what the place and we are called, folded."""
        self._services, self._subject, self._sender = frozenset(services), subject, sender
        shown = [fold(text) for block in blocks for text in (block.text, *block.alts)]
        self._has_stars = any(STARS.search(text) for text in (*shown, fold(subject)))
        about = authors.reviewed_in(subject) if self._has_stars else ""
        self._own = frozenset((*own, *_receivers(subject, blocks), " ".join(words(about)) or "-"))
        self._small_print = ""
        self._from_subject = self._not_ours(authors.before_verb(subject) or authors.before_quotation(subject))
        self._from_sender = authors.of_sender(sender, self._services)
        self._titles = {even(hit["text"]) for hit in QUOTED.finditer(subject)}  # of posts
        self._known = authors.spellings(self._from_subject) | authors.spellings(self._from_sender)
        self._from_headline = ""
        self._reviewed = self._only_in_subject(shown)
        self._shows_occupations = any(_OCCUPIED in link.href for block in blocks for link in block.links)
        self.blocks = list(self._parted(elsewhere.kept(blocks, self._services, sender)))
        self.folded = [fold(block.text) for block in self.blocks]
        self._foot = self._begin_of_foot()
        self._small_print = f" {' '.join(words(' '.join(block.text for block in self.blocks[self._foot :])))} "
        if self._from_subject and self._is_ours(" ".join(words(self._from_subject))):
            self._known -= authors.spellings(self._from_subject)
            self._from_subject = ""
        self.roles = [self._role(at) for at in range(len(self.blocks))]
        if not self._known and (named := self._by_headline()):
            self._known, self._from_headline = authors.spellings(named), named
            self.blocks = list(self._parted(self.blocks))
            self.folded = [fold(block.text) for block in self.blocks]
            self._foot = self._begin_of_foot()
            self.roles = [self._role(at) for at in range(len(self.blocks))]
        ends = (index for index, other in enumerate(self.blocks) if other.is_button or self._leads_on(index))
        self._pressed = next((end for end in ends if self._is_below_words(end)), len(self.blocks))
        self.names = self._weigh_names()
        self._best: str | None = None

    def _by_headline(self) -> str:
        """The name in the first line that tells of somebody having spoken, where the subject names nobody."""
        heads = [at for at in range(min(self._foot, _MAX_HEADS, len(self.blocks))) if self.roles[at] == HEAD]
        told = [(at, self._not_ours(authors.before_verb(self.blocks[at].text.partition("\n")[0]))) for at in heads]
        first, named = next(((at, who) for at, who in told if who), (_HEADLINES, ""))
        block = self.blocks[first] if named else None
        if block is None or first >= _HEADLINES or len(block.text) > _MAX_HEADLINE_CHARS:
            return ""
        digest = any(
            who and who != named and self.blocks[at].shape == block.shape
            and not LEADS_OVER.search(self.blocks[at].text)
            for at, who in told
        )  # fmt: skip
        return named if authors.is_plausible(named) and not digest and not authors.names_others(block.text) else ""

    def _not_ours(self, name: str) -> str:
        """The name, unless it is ours or the place's own."""
        key = " ".join(words(name))
        return "" if self._is_ours(key) or key in self._services else name

    def _only_in_subject(self, shown: Sequence[str]) -> str:
        """The name behind a colon in a review's subject that the letter doesn't show: it may be what was reviewed."""
        name = self._from_subject
        if not self._has_stars or f": {name}" not in self._subject or any(fold(name) in text for text in shown):
            return ""
        self._from_subject = ""
        self._known -= authors.spellings(name)
        return name

    def _parted(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks; a first line that is the name of the one who spoke is a block of its own."""
        for block in blocks:
            first, _, rest = block.text.partition("\n")
            if rest and (fold(authors.tidy(first)) in self._known or self._is_whole_name(first)):
                yield block._replace(text=first, links=())
                yield block._replace(text=rest.lstrip(), alts=())
            elif rest and self._has_stars and authors.is_name(first) and is_beside(rest):
                yield block._replace(text=first, links=())
                yield block._replace(text=rest.lstrip(), alts=(), muted=True)
            else:
                yield block

    def _is_whole_name(self, line: str) -> bool:
        """Whether a line is a name of which the subject or the sender has the beginning."""
        return authors.is_name(line) and any(is_longer(line, name) for name in self._known)

    # --- what each block is

    def _begin_of_foot(self) -> int:
        """The block at which the small print begins; what comes after it is nobody's words."""
        pressed = next((at for at, block in enumerate(self.blocks) if block.is_button), len(self.blocks))
        for at in range(_LATER, len(self.blocks)):
            block = self.blocks[at]
            if self._is_small_print(at, pressed) and (
                block.muted or block.links or at > pressed or at >= len(self.blocks) // 2
            ):
                return at
        return len(self.blocks)

    def _is_small_print(self, at: int, pressed: int) -> bool:
        """Whether a block reads like small print, and does not stand where a member's words would."""
        block, before = self.blocks[at], self.blocks[at - 1].text if at else ""
        if not FOOTER.search(self.folded[at][:400]):
            return False
        if len(set(FOOTER.findall(self.folded[at][:800]))) > 1 and not self._is_quoted(block):
            return True
        pressed_before = CHROME.match(fold(before)) or (at and self._leads_to_link(self.blocks[at - 1]))
        leads = LEADS_OVER.search(before) is not None and not pressed_before
        follows_name = leads or (not pressed_before and authors.is_name(before) and not block.muted and at < pressed)
        return not (block.quoted or self._is_quoted(block) or follows_name)

    def _role(self, at: int) -> str:  # noqa: PLR0911  one question after the other
        block, folded = self.blocks[at], self.folded[at]
        short = len(folded) <= _MAX_CHROME_CHARS
        if at >= self._foot or (at < _LATER and self._is_small_print(at, len(self.blocks))):
            return FOOT
        leads_on = short and (
            (block.is_link and (CHROME.match(folded) or LEADS_OVER.search(folded)))
            or (block.links and CHROME.match(folded) and LEADS_OVER.search(folded))
            or self._leads_to_link(block)
        )
        if block.is_button or leads_on or folded in self._services:
            return CHROME_
        if self._is_greeting(at):
            return HELLO
        if self._is_meta(at):
            return META_
        if OURS.match(folded) and short and fold(authors.before_verb(block.text)) not in self._known:
            return LABEL if folded.rstrip().endswith(":") or ":" not in folded else META_
        if self._is_head(at):
            return HEAD
        if self._is_named_by_picture(block) or self._begins_words_in_box(at):
            return TEXT
        if self._begins_with_name(at) or (self._names(block.text) and not self._is_quoted(block)):
            return HEAD if self._is_more_than_name(block.text) or self._is_headline(at) else NAME
        if short and CHROME.match(folded) and (block.links or block.bold) and not self._is_quoted(block):
            return CHROME_
        return TEXT

    @staticmethod
    def _leads_to_link(block: Block) -> bool:
        """Whether a plain line is what an address says that it ends with: “Answer the review: https://...”."""
        plain = not block.shape and len(block.links) == 1 and not block.links[0].text
        return plain and LEADS_OVER.search(block.text) is not None and not authors.before_verb(block.text)

    def _is_greeting(self, at: int) -> bool:
        """Whether a block greets, and says nothing else."""
        block, folded = self.blocks[at], self.folded[at]
        if not GREETING.match(folded) or "?" in folded or ";" in folded or self._is_quoted(block):
            return False
        if any(folded.startswith(name) for name in self._known):
            return False
        return len(folded.split()) <= _MAX_GREETING_WORDS and at < self._foot // 2 + 1

    def _is_meta(self, at: int) -> bool:  # noqa: PLR0911  one question after the other
        """Whether a block only says when, how many, by which handle or with how many stars."""
        block, folded = self.blocks[at], self.folded[at]
        to_us = OURS.match(folded) is not None and _TO_HANDLE.search(folded) is not None  # Replying to @stand_lemonade
        if to_us or YOURS.match(folded) or self._is_place_reviewed(at) or self._is_dated(at):
            return True
        if _HANDLE_AND_TIME.match(folded) and self._is_named_above(at):
            return True
        if _HANDLE.match(folded):  # beside a name it is a handle; where people are known by it, it is their name
            return fold(authors.tidy(block.text)) not in self._known and self._is_named_above(at)
        counted = folded[:1].isdigit() and not block.muted and reads_on(folded)  # 3 stars is what I'd give.
        if self._is_occupation(at):
            return True
        if (self._is_stars(folded) and not counted) or not words(block.text) or self._is_beside_name(at):
            return True
        if (
            block.muted
            and len(folded) <= _MAX_CHROME_CHARS
            and _YEAR.search(folded)
            and not authors.is_name(block.text)
        ):
            return True  # a date, however the place writes it
        if len(folded) > _MAX_CHROME_CHARS or self._is_quoted(block) or (not block.muted and reads_on(folded)):
            return False
        return (META_SMALL if block.muted else META).match(folded) is not None

    def _is_occupation(self, at: int) -> bool:
        """Whether a plain line, alone just below the name, says what somebody does, where people are shown so."""
        block = self.blocks[at]
        if block.shape or not at or not self._shows_occupations or len(block.text) > _MAX_OCCUPATION_CHARS:
            return False
        ends = block.text.rpartition(" ")[2]
        stops = ends[-1:] in "!?…,:;" or (ends[-1:] == "." and not (ends[0].isupper() or ends.count(".") > 1))
        after = at + 1 < len(self.blocks) and self.blocks[at + 1].cell != block.cell and at + 1 < self._foot
        before = self.blocks[at - 1]
        named = fold(authors.tidy(before.text)) in self._known and before.cell == block.cell
        return (
            named
            and after
            and not stops
            and not self._is_quoted(block)
            and (ends[-1:].isascii() or ends[-1:].isalpha())
        )

    def _is_dated(self, at: int) -> bool:
        """Whether a short line of a review says when it was written, or when somebody was there."""
        folded = self.folded[at]
        short = len(folded) <= _MAX_CHROME_CHARS and len(folded.split()) <= _MOST_DATE_WORDS
        return self._has_stars and short and _DATED.search(folded) is not None

    def _is_place_reviewed(self, at: int) -> bool:
        """Whether a line of a review is our name, and where we are, with the words below it."""
        if not self._has_stars or not authors.is_name(self.blocks[at].text):
            return False
        above = max(map(len, self.folded[:at]), default=0)
        longer = any(len(folded) > above for folded in self.folded[at + 1 : min(at + 5, self._foot)])
        return longer and self._is_ours(" ".join(words(authors.tidy(self.blocks[at].text))))

    def _is_named_above(self, at: int) -> bool:
        """Whether the block just above has the name whose handle a block is, as far as one can tell."""
        if not at or even(self.blocks[at - 1].text) in self._titles:
            return False
        before = self.blocks[at - 1]
        return bool(
            self._names(before.text)
            or authors.before_verb(before.text)
            or any(self._names(run) for run in before.strong)
            or any(fold(name) not in self._services for name in authors.of_pictures(before.alts))
        )

    def _is_beside_name(self, at: int) -> bool:
        """Whether small lines below a reviewer's name are where they are from and how much they wrote."""
        block, before = self.blocks[at], self.blocks[at - 1]
        if not self._has_stars or at < 1 or block.bold or not (block.muted or 0 < block.size <= _SMALL_PX):
            return False
        together = before.cell == block.cell or any(letter.isdigit() for letter in block.text)
        unlike = before.bold or before.size != block.size
        return together and unlike and self._names(before.text) and is_beside(block.text)

    def _is_head(self, at: int) -> bool:
        """Whether a block tells that somebody spoke, or leads over to what they said."""
        block, folded = self.blocks[at], self.folded[at]
        if len(folded) > 240 or self._is_quoted(block):  # noqa: PLR2004  longer than any line of furniture
            return False
        if self._subject and folded.rstrip(" .!:") == fold(self._subject).rstrip(" .!:"):
            return True
        given = STARS.search(folded) and any(folded.startswith(f"{name} ") for name in self._known)
        return bool(given) or self._tells_who_spoke(at)  # Anna Bell gave you 4 stars of 5

    def _tells_who_spoke(self, at: int) -> bool:  # noqa: PLR0911  one question after the other
        block, folded = self.blocks[at], self.folded[at]
        lead = folded.partition("“")[0].partition('"')[0].partition("„")[0].partition("«")[0]
        shown = block.text[: len(lead)] if len(block.text) == len(folded) else lead
        if self._begins_words_in_box(at) or (lead != folded and not self._may_lead(shown)):
            return False
        if LEADS_OVER.search(lead) and len(lead) <= 160 and (SPOKE.search(lead) or authors.is_name(block.text)):  # noqa: PLR2004  longer than any headline
            return True
        if not SPOKE.search(lead) or block.quoted:
            return False
        who = authors.before_verb(block.text.partition("\n")[0])
        known = self._known
        if who and (fold(who) in known or any(fold(who) == fold(run) for run in block.strong)):
            return True
        if who and who in authors.of_pictures(block.alts):
            return True
        if who and not block.boxed and any(fold(who) in name or is_longer(who, name) for name in known):
            return True
        strong = [run for run in block.strong if authors.is_name(run)]
        if strong and block.text.startswith(strong[0]) and len(strong[0]) < len(block.text):
            return True
        if who and block.muted and self._has_stars and not known:
            return True  # in small print: a review by somebody
        told = bool(who) or authors.is_nobodys(block.text)
        return block.heading or (at < 3 and not known and told)  # noqa: PLR2004  among the first three blocks

    def _may_lead(self, text: str) -> bool:
        """Whether what stands before a quotation leads over to it; several sentences may be somebody's who quotes."""
        last = authors.last_sentence(text)
        return last == text or fold(authors.before_verb(last)) in self._known

    def _begins_words_in_box(self, at: int) -> bool:
        """Whether what ends with a colon begins words in a box: “Three questions:”, and not “Comment:”."""
        block = self.blocks[at]
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else block
        inside = 0 < block.holder == after.holder and (block.boxed or block.quoted) and not block.bold
        if self._is_below_name(at) and len(block.text.split()) > 1 and LEADS_OVER.search(block.text):
            return not SPOKE.search(self.folded[at])
        told = SPOKE.match(self.folded[at]) or authors.before_verb(block.text) or authors.is_name(block.text)
        return inside and len(block.text.split()) > 1 and not told and bool(LEADS_OVER.search(block.text))

    def _is_below_name(self, at: int) -> bool:
        """Whether the one who spoke is named in a line of its own just above a block, so that it needn't lead over."""
        return any(fold(authors.tidy(block.text)) in self._known for block in self.blocks[max(0, at - 2) : at])

    def _begins_with_name(self, at: int) -> bool:
        """Whether a block is a name in bold with a handle, a time or a mark after it."""
        block = self.blocks[at]
        run = block.strong[0] if block.strong and not block.bold else ""
        rest = fold(block.text[len(run) :].strip(" ·•|✓✔–—-"))
        if not run or not block.text.startswith(run) or not self._names(run) or "\n" in block.text:
            return False
        return bool(begins_with_handle(run, rest) or META.match(rest) or not rest or "✓" in block.text)

    @staticmethod
    def _is_named_by_picture(block: Block) -> bool:
        """Whether a block is its picture's name in bold with words after it, which may be theirs."""
        run = block.strong[0] if block.strong and not block.bold else ""
        rest = fold(block.text[len(run) :].strip(" ·•|:"))
        words_follow = (
            len(rest.split()) > 1
            and not META.match(rest)
            and not rest.startswith("(")
            and not begins_with_handle(run, rest)
        )
        return bool(run) and run in block.alts and block.text.startswith(run) and words_follow

    def _leads_on(self, at: int) -> bool:
        """Whether a block is a link, below the top, by which one goes on from the words."""
        return at > _LATER and self.roles[at] == CHROME_ and self.blocks[at].is_link

    def _is_below_words(self, at: int) -> bool:
        """Whether a button is not one beside a name, with more to read below it than above: “Follow”."""
        above = max((len(self.folded[one]) for one in range(at) if self.roles[one] in (TEXT, HEAD)), default=0)
        below = range(at + 1, min(at + 3, self._foot))
        beside = at > 0 and self.roles[at - 1] in (TEXT, META_, NAME) and self.blocks[at - 1].muted
        longer = any(self.roles[one] == TEXT and len(self.folded[one]) > above for one in below)
        return not (beside and longer)

    def _is_headline(self, at: int) -> bool:
        """Whether what might be a name tells that something was said, or is the letter's heading, with small words."""
        block = self.blocks[at]
        small = any(token[0].islower() for token in block.text.split()[1:])
        known = fold(authors.tidy(block.text)) in self._known
        return authors.tells(block.text) or (block.heading and small and not known)

    @staticmethod
    def _is_more_than_name(text: str) -> bool:
        """Whether a name is followed by what its bearer did, in a sentence without a stop."""
        who = authors.before_verb(text)
        return bool(who) and fold(text).startswith(fold(who)) and len(words(text)) > len(words(who)) + 1

    @staticmethod
    def _is_stars(folded: str) -> bool:
        found = STARS.search(folded)
        if found is not None and found["drawn"] and len(folded[: found.start()].split()) > 1:
            return False  # Such a day! ⭐
        return found is not None and len(folded) - (found.end() - found.start()) <= 24  # noqa: PLR2004  hardly more than the phrase itself

    @staticmethod
    def _is_quoted(block: Block) -> bool:
        text = block.text.strip()
        return text[:1] in OPENING and len(text) > 2  # noqa: PLR2004  more than the two marks


def _receivers(subject: str, blocks: Sequence[Block]) -> Iterator[str]:
    """Who was written to, by the subject and the headlines: no author, whoever that is."""
    for told in (subject, *(block.text for block in blocks[:_HEADLINES] if len(block.text) <= _MAX_HEADLINE_CHARS)):
        who = authors.received_by(told)
        if who:
            yield " ".join(words(who)) or fold(who)

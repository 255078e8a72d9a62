"""The fields of a form whose labels nobody knows: questions in any language, told from their answers by their look.

Where one block is an address and nothing else, the block before it asks for it; what looks like that block asks too,
and what stands between two of them is an answer. Where questions and answers look alike they take turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.base.text import fold
from app.mail.blocks import Block

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_MAX_ASKED_CHARS = 160
_LEAST = 2  # fields
_MARKS = "*_# "
_OF_NAME = re.compile(r"\bnam(?:e|es)\b|nafn|heit(?:ir|id)|\bnev|hivnak|hivjak|jmen|ονομα|λενε|λεγεσ|call you|who are")
_NO_NAME = re.compile(r"compan|school|group|event|fyrirt|ceg|firm|skol|εταιρ|σχολ|product|pet|dog|user")
_OF_WORDS = re.compile(
    r"help|messag|tell us|question|wish|comment|skilab|fyrirsp|spurn|hjalp|uzenet|segit|kerdes|zprav|vzkaz|pomoc|dotaz"
    r"|napis|μηνυμ|βοηθ|ερωτ|πειτε"
)
_MOST_NAME_WORDS = 5


def asked(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Questions and answers, in order; [] where no block is an address alone, or fewer than two fields are seen."""
    at = next((index for index in range(1, len(blocks)) if ADDRESS.fullmatch(_bare(blocks[index]))), 0)
    if not at or not _may_ask(blocks[at - 1]) or ADDRESS.search(blocks[at - 1].text):
        return []
    asks = _tells_questions(blocks, at)
    found: list[tuple[str, list[str]]] = []
    for index, block in enumerate(blocks):
        if asks(index) and _may_ask(block):
            found.append((_bare(block).rstrip(" :*?;").strip() if len(_bare(block)) > 1 else "", []))
        elif found and (block.is_button or not _bare(block).strip("-–—") or _is_print(blocks, index, at)):
            break
        elif found:
            found[-1][1].append(_bare(block))
    pairs = [(label, "\n".join(value)) for label, value in found if label and value]
    return pairs if len(pairs) >= _LEAST else []


def is_of_name(label: str, value: str) -> bool:
    """Whether a field asks for the visitor's name, and the answer may be one."""
    folded = fold(label)
    short = 0 < len(value.split()) <= _MOST_NAME_WORDS and "\n" not in value
    return short and _OF_NAME.search(folded) is not None and not _NO_NAME.search(folded)


def may_be_name(label: str, value: str) -> bool:
    """Whether an answer just before the address may be the visitor's name, whatever the question."""
    parts = value.split()
    written = all(part[0].isupper() and not any(letter.isdigit() for letter in part) for part in parts)
    return (
        1 < len(parts) < _MOST_NAME_WORDS and written and value[-1] not in ".!?," and not _NO_NAME.search(fold(label))
    )


def is_of_words(label: str) -> bool:
    """Whether a field asks what somebody wants."""
    return _OF_WORDS.search(fold(label)) is not None


def _bare(block: Block) -> str:
    return block.text.strip().strip(_MARKS)


def _may_ask(block: Block) -> bool:
    text = block.text.strip()
    return 0 < len(text) <= _MAX_ASKED_CHARS and any(letter.isalpha() for letter in text) and not block.is_button


def _look(block: Block) -> tuple[object, ...]:
    return block.shape, block.bold, block.muted, block.size, block.heading


def _mark(block: Block) -> str:
    """How a line of plain text is marked as a question: by stars before it, or what it ends with."""
    text = block.text.strip()
    return "*" if text.startswith("*") else ":" if text.endswith(":") else "?" if text.endswith(("?", ";")) else ""


def _tells_questions(blocks: Sequence[Block], at: int) -> Callable[[int], bool]:
    """What tells of a block's index whether it is a question, by the one above the address at `at`."""
    question, answer = blocks[at - 1], blocks[at]
    if question.shape or answer.shape:
        if _look(question) != _look(answer):
            return lambda index: _look(blocks[index]) == _look(question)
        alike = {index for index, block in enumerate(blocks) if _look(block) == _look(question)}
        return lambda index: index in alike and (at - index) % 2 == 1
    if question.cell == answer.cell and (at < 2 or blocks[at - 2].cell != answer.cell):  # noqa: PLR2004  above the two
        return lambda index: index + 1 < len(blocks) and _begins_paragraph(blocks, index)
    mark = _mark(question)
    if mark:
        return lambda index: _mark(blocks[index]) == mark and index not in _last_of(blocks, mark)
    return lambda index: (at - index) % 2 == 1


def _begins_paragraph(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is the first of a paragraph that has more lines."""
    first = index == 0 or blocks[index - 1].cell != blocks[index].cell
    return first and blocks[index + 1].cell == blocks[index].cell


def _last_of(blocks: Sequence[Block], mark: str) -> set[int]:
    """Of marked lines one after the other, as when somebody asks in return, all but the first."""
    return {index for index in range(1, len(blocks)) if _mark(blocks[index]) == _mark(blocks[index - 1]) == mark}


def _is_print(blocks: Sequence[Block], index: int, at: int) -> bool:
    """Whether a block is what a program adds below: small print, or a link where the answers have none."""
    block = blocks[index]
    smaller = block.muted and not blocks[at].muted
    return index > at and (smaller or bool(block.links and block.links[0].href.startswith("http") and block.is_link))

"""A page for paper as HTML: plain words, each with its own direction; no script, no link, nothing from outside.

It keeps to what both a browser and QTextDocument understand, so that window and shell print the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.base.text import is_rtl
from app.base.words import tr

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
_LONG_WORD = re.compile(r"\S{40,}")
_BREAK_EVERY = 30
"""Characters after which a long address may be broken."""
STYLE = """
body { font-size: 10pt; color: #1b1a18; }
h1 { font-size: 16pt; font-weight: 600; margin-top: 0px; margin-bottom: 4px; }
h2 { font-size: 12pt; font-weight: 600; margin-top: 18px; margin-bottom: 6px; }
p { margin-top: 0px; margin-bottom: 5px; line-height: 130%; }
p.meta { color: #57544d; font-size: 9pt; margin-bottom: 2px; }
p.head { font-weight: 600; margin-top: 18px; margin-bottom: 3px; }
p.aside { color: #57544d; margin-top: 12px; }
p.last { color: #57544d; font-size: 9pt; margin-top: 24px; }
span.meta { color: #57544d; font-weight: 400; font-size: 9pt; }
table { border-collapse: collapse; margin-top: 6px; }
th { font-weight: 600; font-size: 9pt; padding: 4px 10px 4px 0px; text-align: left; }
td { font-size: 9pt; padding: 4px 10px 4px 0px; vertical-align: top; border-top: 1px solid #e6e3dc; }
"""
"""Lengths between things in pixels, which is all that QTextDocument takes for them."""
_FOR_BROWSERS = """
@page { size: A4; margin: 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
body { font-family: Inter, "Noto Sans", sans-serif; max-width: 46em; margin: auto; }
p.head { break-after: avoid; } tr { break-inside: avoid; } table { width: 100%; }
"""


class Sheet(NamedTuple):
    """What is printed: a title, which also names the file, and the body in HTML."""

    title: str
    body: str


def document(sheet: Sheet) -> str:
    """The page as an HTML file of its own, with a style for browsers and their page numbers."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{words(sheet.title)}</title>'
        f"<style>{STYLE}{_FOR_BROWSERS}</style></head>\n<body>{sheet.body}</body></html>\n"
    )


def words(text: str) -> str:
    """Text from outside as HTML: without controls of direction, long words made breakable."""
    plain = _LONG_WORD.sub(_broken, _CONTROLS.sub("", text))
    return html.escape(plain)


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return "\u200b".join(word[at : at + _BREAK_EVERY] for at in range(0, len(word), _BREAK_EVERY))


def block(text: str, kind: str = "", tag: str = "p") -> str:
    """A paragraph of text from outside, each line in its own direction; "" for a blank text."""
    if not text.strip():
        return ""
    if tag == "p" and "\n" in text:
        return "".join(_line(line, kind, tag) for line in text.strip("\n").split("\n"))
    return _line(text, kind, tag)


def _line(text: str, kind: str, tag: str) -> str:
    way = ' dir="rtl" align="right"' if is_rtl(text) else ""
    of = f' class="{kind}"' if kind else ""
    return f"<{tag}{of}{way}>{words(text) or '&nbsp;'}</{tag}>"


def headed(name: str, aside: str) -> str:
    """The head of a message: who, and when and to whom in small letters."""
    way = ' dir="rtl" align="right"' if is_rtl(name) else ""
    return f'<p class="head"{way}>{words(name)} <span class="meta">{words(_ordered(aside))}</span></p>'


def _ordered(text: str) -> str:
    """Text that begins in its own direction within a line of the other one."""
    return f"\u200e{text}" if text and not is_rtl(text) else text


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts from outside, its header repeated on each page."""
    heads = "".join(f"<th>{words(cell)}</th>" for cell in header)
    lines = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _cell(text: str) -> str:
    way = ' dir="rtl" align="right"' if is_rtl(text) else ""
    return f"<td{way}>{words(' '.join(text.split()))}</td>"


def pairs(of: Iterable[tuple[str, str]]) -> str:
    """Lines of "Label: value"; those without a value are left out."""
    shown = [tr("{label}: {value}").format(label=label, value=value) for label, value in of if value.strip()]
    return "".join(block(line) for line in shown)

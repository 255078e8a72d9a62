"""A comment's Markdown as its readers see it: pictures, files, folded parts and HTML in words.

GitHub's form of Markdown: https://github.github.com/gfm/; its own attachments are links to github.com/user-attachments.
"""

from __future__ import annotations

import re

from app.base.markdown import alt, fenced, without_comments
from app.base.pictures import in_words

_CODE = re.compile(r"(`[^`\n]{1,1000}+`)")
_PICTURE = re.compile(r"!\[([^\]\n]{0,300}+)\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}+\)")
_HTML_PICTURE = re.compile(r"(?<!\\)<(img|video|audio)\b([^<>\n]{0,2000}+)>", re.IGNORECASE)
_FILE = re.compile(r"(?<!!)\[([^\]\n]{1,300}+)\]\((https://[^()\s]{1,300}?/files/[^()\s]{1,500})\)")
_VIDEO = re.compile(r"^(https://github\.com/user-attachments/assets/[\w-]{8,80})[ ]*$", re.MULTILINE)
_LINK = re.compile(
    r"(?<!\\)<a\b[^<>\n]{0,300}?\bhref=[\"']([^\"'<>\n]{1,1000}+)[\"'][^<>\n]{0,300}+>([^<>\n]{0,500}+)</a>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<!\\)<(?:br|hr)[ ]*/?>\n?", re.IGNORECASE)
_TAG = re.compile(
    r"(?<!\\)</?(?:details|summary|picture|source|video|audio|sub|sup|kbd|b|i|u|s|em|strong|ins|del|small|big|samp|var|tt"
    r"|p|div|span|center|font|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|pre|code|q|cite|a)"
    r"\b[^<>\n]{0,1000}+>",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?<!\\)<li\b[^<>\n]{0,300}+>", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_NO_ALT = ("image", "img", "video", "screenshot")  # what GitHub writes by itself
_KINDS = {"img": "Picture", "video": "Video", "audio": "Sound"}


def typed(text: str) -> str:
    """Escape "<" in a plain text, which GitHub would drop as an HTML tag."""
    return _MARKUP.sub(r"\\<", text)


def words_of(body: str) -> str:
    """Return a Markdown text as it is read; blocks of code stay as they are."""
    body = body.replace("\r\n", "\n")
    if "<" not in body and "](" not in body and "user-attachments" not in body:
        return body
    parts = [part if is_code else _plain(part) for is_code, part in fenced(body)]
    return "\n".join(parts).strip("\n") if body.strip() else body


def _plain(text: str) -> str:
    """A text without blocks of code, in words."""
    changed = without_comments(text)
    pieces = _CODE.split(changed)
    pieces[::2] = map(_without_markup, pieces[::2])
    changed = "".join(pieces)
    return _EMPTY_LINES.sub("\n\n", changed) if len(changed) < len(text) else changed


def _without_markup(text: str) -> str:
    text = _PICTURE.sub(lambda found: _marked(found[1], "Picture"), text)
    text = _HTML_PICTURE.sub(lambda found: _marked(alt(found[2]), _KINDS[found[1].lower()]), text)
    text = _FILE.sub(lambda found: f"{in_words(found[1], kind='File')} {found[2]}", text)
    text = _VIDEO.sub(r"[Video] \1", text)
    text = _LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} ({found[1]})", text)
    text = _ITEM.sub("- ", _BREAK.sub("\n", text))
    return _TAG.sub("", text).replace("\\<", "<")


def _marked(alt: str, kind: str) -> str:
    return in_words("" if alt.strip().lower() in _NO_ALT else alt, kind=kind)

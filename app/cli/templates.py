"""`template list|show|add|check` and `voice check`: answers worth keeping, and how the brand speaks."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from app.base import ids
from app.base.errors import UserError
from app.base.text import preview
from app.base.words import N_, counted, tr
from app.cli.answers import Answer, iso, one_line, table
from app.cli.arguments import Commands, limit
from app.cli.known import known
from app.cli.shapes import Shape
from app.templates import Template, Text, parse, problems
from app.voice import Finding
from app.voice.guard import BLOCK
from app.workbench import Workbench

_FINE = N_("The voice guide has no findings.")
_LARGEST = 200_000  # bytes of a text file; beyond it somebody has named the wrong file


def add(commands: Commands) -> None:
    """The commands."""
    group = commands.group("template", "templates for replies")
    made = group.add("list", show_list, "list templates")
    made.add_argument("words", metavar="LETTERS", nargs="*", help="letters to look for; accents are ignored")
    made.add_argument("--archived", action="store_true", help="show archived templates")
    limit(made)
    made = group.add("show", show, "show a template in all its languages, or filled in for a conversation")
    made.add_argument("key", metavar="KEY")
    made.add_argument("--for", dest="conversation", metavar="ID", help=tr("C-...: filled in for this conversation"))
    made.add_argument("--language", default="", help="only this language")
    made = group.add("add", new, "save a new template, or its text in another language")
    made.add_argument("key", metavar="KEY", help="the shortcut, typed after the slash")
    made.add_argument("--name", default="", help="its name; required for a new template")
    made.add_argument("--use", default="", help="when to use it")
    made.add_argument("--language", required=True, help="is, hu, cs, el, en or another two-letter code")
    made.add_argument("--variant", default="A", help=tr("A, B, ...: other wordings of the same text (default: A)"))
    made.add_argument("--text-file", required=True, metavar="F", help="a file with the text; - reads standard input")
    made = group.add("check", check, "find texts that can't be used, and words that the voice guide flags")
    made.add_argument("key", metavar="KEY", nargs="?", help="leave out for all of them")
    voice = commands.group("voice", "the voice guide")
    made = voice.add(
        "check", voice_check, "show what the voice guide finds in a text; status 1 if it can't be sent as it is"
    )
    made.add_argument("--text-file", required=True, metavar="F", help="a file with the text; - reads standard input")
    made.add_argument("--language", default="", help="the text's language; if left out, all rules apply")


def text_of(name: str) -> str:
    """The text in a file, or on standard input for `-`; raises UserError where it cannot be read."""
    try:
        content = _start_of_input() if name == "-" else _start_of(Path(name))
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        msg = tr("{name} isn't UTF-8 text. Save it as UTF-8 and try again.").format(name=name)
        raise UserError(msg) from why
    except OSError as why:
        msg = tr("Can't read {name}. Check the name and that you have permission to open it.").format(name=name)
        raise UserError(msg) from why
    if len(content) > _LARGEST:
        msg = tr("{name} is too long. A text can have at most {most:,} bytes.").format(name=name, most=_LARGEST)
        raise UserError(msg)
    return text.replace("\r\n", "\n").strip("\n")


def _start_of_input() -> bytes:
    stream: TextIO | None = sys.stdin  # None where the shell has closed it
    if stream is None:
        msg = tr("Standard input is closed. Give a file with the text.")
        raise UserError(msg)
    return stream.buffer.read(_LARGEST + 1)


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def show_list(bench: Workbench, asked: Namespace) -> Answer:
    """The templates, or those that fit the letters, the likeliest first."""
    if asked.words:
        found = [bench.templates.get(number) for number in bench.templates.find(" ".join(asked.words), asked.limit)]
    else:
        found = bench.templates.all(archived=asked.archived)
    found = found[: asked.limit]
    cells = [
        (one.key, one.name, ", ".join(one.languages), counted(one.uses, "{0} use", "{0} uses"), one.use)
        for one in found
    ]
    return Answer([template(one) for one in found], table(cells) or [tr("No templates found.")])


def show(bench: Workbench, asked: Namespace) -> Answer:
    """The template, or its words for a conversation."""
    if asked.conversation:
        return _filled(bench, asked)
    found = bench.templates.get(asked.key)
    language = asked.language and known(N_("language in this template"), asked.language, found.languages)
    texts = [text for text in found.texts if language in ("", text.language)]
    lines = [f"{found.key}  {found.name}", *([found.use] if found.use else [])]
    for text in texts:
        lines += ["", f"{text.language} {text.variant}", *(f"  {line}" for line in text.body.splitlines())]
    return Answer({**template(found), "texts": [_text(text) for text in texts]}, lines)


def _filled(bench: Workbench, asked: Namespace) -> Answer:
    number = ids.number("C", asked.conversation)
    bench.inbox.row(number)
    pick = bench.templates.pick(asked.key, number, asked.language)
    if pick is None:
        raise UserError(which_language(bench.templates.get(asked.key)))
    left = [pick.filled.text[start:end] for start, end in pick.filled.stops]
    told = {
        "key": pick.template.key, "conversation": ids.display("C", number), "language": pick.text.language,
        "variant": pick.text.variant, "text": pick.filled.text, "blanks_left": left, "had_at": iso(pick.had_at),
    }  # fmt: skip
    return Answer(told, pick.filled.text.splitlines())


def which_language(template: Template) -> str:
    """The sentence where nobody can tell the member's language."""
    offered = ", ".join(template.languages) or "none yet"
    return tr("Which language should “{name}” be in? Use --language with one of: {offered}.").format(
        name=template.name, offered=offered
    )


def new(bench: Workbench, asked: Namespace) -> Answer:
    """The template as it stands now."""
    body = text_of(asked.text_file)
    there = next((one for one in bench.templates.all() if one.key == asked.key), None)
    if there is not None:
        bench.templates.put_text(there.id, asked.language, asked.variant, body)
        number = there.id
    elif not asked.name.strip():
        msg = tr("There's no template “{key}” yet. Use --name to create it.").format(key=asked.key)
        raise UserError(msg)
    else:
        number = bench.templates.add(asked.key, asked.name, asked.use, [Text(asked.language, asked.variant, body)])
    found = bench.templates.get(number)
    told = {**template(found), "texts": [_text(text) for text in found.texts]}
    return Answer(
        told,
        [
            tr("Saved “{name}” as /{key}, in {languages}.").format(
                name=found.name, key=found.key, languages=", ".join(found.languages)
            )
        ],
    )


def check(bench: Workbench, asked: Namespace) -> Answer:
    """What is wrong with templates; status 1 where one could not be sent as it is."""
    chosen = [bench.templates.get(asked.key)] if asked.key else bench.templates.all()
    wrong = [(one, text, hit) for one in chosen for text in one.texts for hit in _wrong(bench, text)]
    told = [
        {"key": one.key, "language": text.language, "variant": text.variant, **finding(hit)} for one, text, hit in wrong
    ]
    cells = [
        (one.key, f"{text.language} {text.variant}", hit.level, f"{hit.words}: {hit.why}") for one, text, hit in wrong
    ]
    bad = any(hit.level == BLOCK for _, _, hit in wrong)
    return Answer(
        told,
        table(cells)
        or [tr("No problems found in {count}.").format(count=counted(len(chosen), "{0} template", "{0} templates"))],
        1 if bad else 0,
    )


def _wrong(bench: Workbench, text: Text) -> list[Finding]:
    """What is wrong with a text; that its blanks are not filled in yet is as it should be."""
    broken = [Finding(0, 0, BLOCK, "blank", why, preview(text.body, 40)) for why in problems(text.body)]
    return broken + [hit for hit in bench.voice.check(text.body, text.language) if hit.risk != "blank"]


def template(one: Template) -> Shape:
    """A template as JSON, without its texts."""
    return {
        "key": one.key,
        "name": one.name,
        "use": one.use,
        "languages": list(one.languages),
        "uses": one.uses,
        "used_at": iso(one.used_at),
        "archived": one.archived,
    }


def _text(one: Text) -> Shape:
    return {
        "language": one.language,
        "variant": one.variant,
        "body": one.body,
        "blanks": [{"name": blank.name, "fallback": blank.fallback} for blank in parse(one.body)],
    }


def finding(one: Finding) -> Shape:
    """A finding as JSON; `start` and `end` count characters of the text."""
    return {
        "level": one.level,
        "risk": one.risk,
        "words": one.words,
        "start": one.start,
        "end": one.end,
        "why": one.why,
        "instead": one.instead or None,
    }


def voice_check(bench: Workbench, asked: Namespace) -> Answer:
    """What the guide finds; status 1 where something blocks or asks for a reason."""
    found = bench.voice.check(text_of(asked.text_file), asked.language)
    cells = [(one.level, one_line(one.words, 40), one.why, one.instead and f"better: {one.instead}") for one in found]
    stops = any(one.level in ("block", "ask") for one in found)
    return Answer([finding(one) for one in found], table(cells) or [tr(_FINE)], 1 if stops else 0)

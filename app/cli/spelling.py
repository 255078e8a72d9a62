"""`spelling check|words|dictionaries`: slips in a text, the person's own words, and where dictionaries were found."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output, iso, table
from app.cli.shapes import Shape
from app.cli.text_files import text_of
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.spelling import Slip

_MAX_SUGGESTED = 25  # slips; each takes up to a second
_LANGUAGE = N_("is, hu, cs, el, en or another two-letter code; if left out, it is recognised")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("spelling", tr("spelling: mistakes in a text, your own words, dictionaries"))
    made = group.add(
        "check", check, tr("show the spelling mistakes in a text, with suggestions; status 1 if there are any")
    )
    made.add_argument("file", metavar=tr("FILE"), nargs="?", help=tr("a file with the text; - reads standard input"))
    made.add_argument("--text", metavar=tr("WORDS"), help=tr("the text itself"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr(_LANGUAGE))
    group.add("dictionaries", dictionaries, tr("list the dictionaries that were found, and which are used"))
    words = group.group("words", tr("your own words, which are never marked as mistakes"))
    made = words.add("add", add_word, tr("accept a word from now on"))
    made.add_argument("word", metavar=tr("WORD"), nargs="+")
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("only in this language (default: in all)"))
    made = words.add("remove", remove_word, tr("take a word out again"))
    made.add_argument("word", metavar=tr("WORD"), nargs="+")
    made.add_argument("--language", metavar=tr("L"), help=tr("only in this language"))
    words.add("list", list_words, tr("list your own words"))


def check(bench: Workbench, asked: Namespace) -> Output:
    """Check a text; exit status 1 if it has slips. Raises UserError without a language or a dictionary for it."""
    if (asked.file is None) == (asked.text is None):
        msg = tr("Give either a file with the text or --text.")
        raise UserError(msg)
    text = asked.text if asked.file is None else text_of(asked.file)
    language = bench.spelling.language_of(text, asked.language)
    if not language:
        msg = tr("Which language is the text in? Use --language.")
        raise UserError(msg)
    if problem := bench.spelling.problem(language):
        raise UserError(problem)
    slips = bench.spelling.check(text, language)
    offered: dict[str, tuple[str, ...]] = {}
    for slip in slips:
        if slip.word not in offered and len(offered) < _MAX_SUGGESTED:
            offered[slip.word] = bench.spelling.suggest(slip.word, language)
    shapes = [{**slip_json(slip, text), "suggestions": list(offered.get(slip.word, ()))} for slip in slips]
    cells = [
        (
            tr("line {number}").format(number=text.count("\n", 0, slip.start) + 1),
            slip.word,
            ", ".join(offered.get(slip.word, ())),
        )
        for slip in slips
    ]
    fine = tr("No spelling mistakes found. Checked in: {language}.").format(language=bench.spelling.tag(language))
    return Output(shapes, [*(table(cells) or [fine]), *bench.spelling.left_out()], 1 if slips else 0)


def slip_json(slip: Slip, text: str) -> Shape:
    """The JSON of a slip; `start` and `end` are character offsets in the text, `line` counts from 1."""
    return {"word": slip.word, "start": slip.start, "end": slip.end, "line": text.count("\n", 0, slip.start) + 1}


def dictionaries(bench: Workbench, _asked: Namespace) -> Output:
    """List dictionaries by language; with the sentence that says how to get one for each of ours that lacks one."""
    found = bench.spelling.dictionaries()
    every = (bench.spelling.problem(language) for language in ("en", "is", "hu", "cs", "el"))
    problems = list(dict.fromkeys(filter(None, every)))  # without the extra, all lack the same
    found = bench.spelling.dictionaries()  # once more: loading them showed which are broken
    shapes = [
        {"language": one.dictionary.tag, "file": one.dictionary.place, "source": one.dictionary.source,
         "used": bool(one.used), "problem": one.wrong or None}
        for one in found
    ]  # fmt: skip
    cells = [
        (one.dictionary.tag, tr("used") if one.used else tr("broken") if one.wrong else "", one.dictionary.place)
        for one in found
    ]
    wrong = [one.wrong for one in found if one.wrong and one.wrong not in problems]
    return Output({"dictionaries": shapes, "problems": [*wrong, *problems]}, [*table(cells), *wrong, *problems])


def add_word(bench: Workbench, asked: Namespace) -> Output:
    """Add words."""
    added = [word for word in asked.word if bench.spelling.add(word, asked.language)]
    many = counted(len(added), "Added {count} word.", "Added {count} words.")
    return Output({"added": added}, [many if added else tr("Nothing to add: you have these words already.")])


def remove_word(bench: Workbench, asked: Namespace) -> Output:
    """Remove words; raises NotFoundError at the first that is not there."""
    for word in asked.word:
        bench.spelling.remove(word, asked.language)
    return Output(
        {"removed": asked.word}, [counted(len(asked.word), "Removed {count} word.", "Removed {count} words.")]
    )


def list_words(bench: Workbench, _asked: Namespace) -> Output:
    """List the person's own words."""
    words = bench.spelling.words()
    shapes = [{"word": one.word, "language": one.language or None, "added": iso(one.at)} for one in words]
    cells = [(one.word, one.language or tr("all languages")) for one in words]
    return Output(shapes, table(cells) or [tr("You haven't added any words yet.")])

"""`voice rule` and `voice limit`: what the voice guide watches for, also as files, and in which forms."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from app.base import clock, dates
from app.base.errors import NotFoundError, UserError
from app.base.words import N_, counted, tr
from app.channels.channel import Channel
from app.channels.registry import known
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table
from app.cli.shapes import Shape
from app.csvfile.writing import in_place
from app.voice import KIND_NAMES, LEVEL_NAMES, LEVELS, RISKS, Rule
from app.voice.found_as import found_as
from app.voice.guide import with_forms
from app.voice.limits import LIMITS
from app.voice.listing import sought
from app.voice.rule import SORT_NAMES
from app.voice.starters import LANGUAGES, lacking
from app.workbench import Workbench

_NUMBER = N_("the rule's number, from `voice rule list`")
_MOST_DIGITS = 9


def add(voice: Commands) -> None:
    """Add the commands to the group of the voice guide."""
    group = voice.group("rule", tr("words to watch for"))
    made = group.add("list", show_list, tr("list the rules, in the guide's order"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("only those of this language or of all"))
    made.add_argument("--level", default="", choices=LEVELS, help=tr("only those that do this"))
    made.add_argument("--find", default="", metavar=tr("WORDS"), help=tr("only those that say all of these words"))
    limit(made)
    made = group.add("add", new, tr("watch for words"))
    made.add_argument(
        "--word", action="append", default=[], metavar=tr("WORD"),
        help=tr("a word to look for, with * for any ending; may be given several times"),
    )  # fmt: skip
    made.add_argument(
        "--sort", default="", choices=tuple(filter(None, SORT_NAMES)),
        help=tr("with: only with one of the --also words; either: not both; most: at most N times; emoji, exclaim,"
                " sentence: at most N of them; greeting, closing: how letters begin and end; else avoid the words"),
    )  # fmt: skip
    made.add_argument("--also", action="append", default=[], metavar=tr("WORD"), help=tr("one of the other words"))
    made.add_argument("--most", metavar=tr("N"), help=tr("how many there may be"))
    made.add_argument("--channel", default="", metavar=tr("KIND"), help=tr("only on this kind of channel: email"))
    made.add_argument("--level", required=True, choices=LEVELS, help=tr("note it, ask for a reason, or stop the reply"))
    made.add_argument("--why", default="", metavar=tr("WORDS"), help=tr("shown to whoever is writing"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("only in this language; default: in all"))
    made.add_argument("--instead", default="", metavar=tr("WORDS"), help=tr("what to say instead"))
    made.add_argument("--risk", default="tone", choices=RISKS, help=tr("what it is about"))
    kinds = tuple(filter(None, KIND_NAMES))
    made.add_argument("--kind", default="", choices=kinds, help=tr("what the words are; default: ordinary ones"))
    made.add_argument("--owner", default="", metavar=tr("NAME"), help=tr("who decides about them, and is asked first"))
    _add_forms(made)
    made = group.add("forms", show_forms, tr("show in which forms a rule's words are found; add some, strike some out"))
    made.add_argument("number", metavar=tr("N"), help=tr(_NUMBER))
    _add_forms(made)
    made.add_argument(
        "--as-usual", action="append", default=[], metavar=tr("FORM"),
        help=tr("a form that is neither added nor struck out any more; may be given several times"),
    )  # fmt: skip
    made = group.add("remove", remove, tr("remove a rule"))
    made.add_argument("number", metavar=tr("N"), help=tr(_NUMBER))
    made = group.add("import", take, tr("add the rules of a file: TOML, or a table with a column “words”"))
    made.add_argument("file", metavar=tr("FILE"), help=tr("rules.toml, terms.csv"))
    made = group.add("export", give, tr("write the rules as TOML; `export rules` writes a table"))
    made.add_argument("file", metavar=tr("FILE"), help=tr("a new file name"))
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))

    made = group.add("starter", begin, tr("add rules to begin with in a language: spin, defence, preaching, insults"))
    made.add_argument(
        "language",
        metavar=tr("L"),
        choices=LANGUAGES,
        help=tr("its language: {languages}").format(languages=", ".join(LANGUAGES)),
    )

    made = voice.add("limit", set_limit, tr("show or set how many exclamation marks or how long sentences may be"))
    made.add_argument("what", metavar=tr("WHAT"), choices=LIMITS, help=tr("emoji, exclaim, or sentence: its words"))
    made.add_argument("most", metavar=tr("N"), nargs="?", help=tr("the number, or “any”; leave out to show it"))


def _add_forms(made: ArgumentParser) -> None:
    made.add_argument(
        "--form", action="append", default=[], metavar=tr("FORM"),
        help=tr("a form that is found as well; may be given several times"),
    )  # fmt: skip
    made.add_argument(
        "--not-form", action="append", default=[], metavar=tr("FORM"),
        help=tr("a form that isn't found; may be given several times"),
    )  # fmt: skip


def set_limit(bench: Workbench, asked: Namespace) -> Output:
    """Show or set a limit. Raises UserError if it is neither a number nor "any"."""
    if asked.most is not None:
        if asked.most != "any" and not asked.most.isdecimal():
            msg = tr("“{typed}” isn't a number. Give a number, or “any”.").format(typed=asked.most)
            raise UserError(msg)
        bench.voice.limit(asked.what, None if asked.most == "any" else int(asked.most[:_MOST_DIGITS]))
    most = getattr(bench.voice.limits(), asked.what)
    said = tr("Any number.") if most is None else tr("At most {most}.").format(most=most)
    return Output({"what": asked.what, "most": most}, [said])


def rule_json(rule: Rule) -> Shape:
    """The JSON of a rule."""
    return {
        "number": rule.id, "words": list(rule.words), "level": rule.level, "why": rule.why,
        "language": rule.language or None, "risk": rule.risk, "instead": rule.instead or None,
        "until": iso(rule.until), "kind": rule.kind or None, "owner": rule.owner or None,
        "sort": rule.sort or None, "also": list(rule.also), "most": rule.most, "channel": rule.channel or None,
        "forms": list(rule.forms), "not_forms": list(rule.not_forms),
    }  # fmt: skip


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List rules."""
    found = [
        rule for rule in sought(bench.voice.rules(), asked.find, asked.language) if asked.level in ("", rule.level)
    ][: asked.limit]  # fmt: skip
    lines = table(_cells(rule) for rule in found)
    return Output([rule_json(rule) for rule in found], lines or [tr("No rules found.")])


def _cells(rule: Rule) -> tuple[str, ...]:
    until = ""
    if rule.until is not None:
        until = tr("until {day}").format(day=dates.written(clock.local(rule.until).date().isoformat()))
    return (
        str(rule.id), tr(LEVEL_NAMES[rule.level]), rule.language or tr("all"), one_line(rule.named, 60),
        one_line(rule.why, 60), until,
    )  # fmt: skip


def new(bench: Workbench, asked: Namespace) -> Output:
    """Add a rule."""
    most = asked.most
    channel_of(asked.channel)
    if most is not None and not most.isdecimal():
        msg = tr("“{typed}” isn't a number.").format(typed=most)
        raise UserError(msg)
    rule = Rule(
        0, tuple(asked.word), asked.level, asked.why, asked.language, asked.risk, asked.instead, kind=asked.kind,
        owner=asked.owner, sort=asked.sort, also=tuple(asked.also),
        most=None if most is None else int(most[:_MOST_DIGITS]), channel=asked.channel, forms=tuple(asked.form),
        not_forms=tuple(asked.not_form),
    )  # fmt: skip
    made = bench.voice.rule(bench.voice.add_rule(rule))
    said = tr("Rule {number}: {words}.").format(number=made.id, words=made.named)
    return Output(rule_json(made), [said])


def show_forms(bench: Workbench, asked: Namespace) -> Output:
    """Show the forms in which the words of a rule are found, once the forms asked for are added or struck out."""
    rule = bench.voice.rule(_number(asked.number))
    usual = {form.casefold() for form in asked.as_usual}
    changed = with_forms(
        rule,
        (*(one for one in rule.forms if one.casefold() not in usual), *asked.form),
        (*(one for one in rule.not_forms if one.casefold() not in usual), *asked.not_form),
    )
    if changed != rule:
        bench.voice.change_rule(changed)
        rule = bench.voice.rule(rule.id)
    found = found_as(rule)
    lines = [" ".join(one.forms) for one in found if one.forms]
    if rule.not_forms:
        lines.append(tr("Struck out: {forms}").format(forms=", ".join(rule.not_forms)))
    told = [{"word": one.word, "forms": list(one.forms)} for one in found]
    return Output({**rule_json(rule), "found_as": told}, lines)


def channel_of(kind: str) -> Channel | None:
    """The channel of that kind, None for "". Raises UserError for a kind that there is not."""
    if not kind:
        return None
    found = next((one for one in known() if one.kind == kind), None)
    if found is None:
        msg = tr("There's no kind of channel “{kind}”. Choose from: {kinds}.").format(
            kind=kind, kinds=", ".join(one.kind for one in known())
        )
        raise NotFoundError(msg)
    return found


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Remove a rule."""
    rule = bench.voice.rule(_number(asked.number))
    bench.voice.drop_rule(rule.id)
    said = tr("Removed rule {number}: {words}.").format(number=rule.id, words=rule.named)
    return Output({"number": rule.id, "removed": True}, [said])


def _number(typed: str) -> int:
    if not typed.isdecimal():
        msg = tr("“{typed}” isn't the number of a rule.").format(typed=typed)
        raise NotFoundError(msg)
    return int(typed[:_MOST_DIGITS])


def take(bench: Workbench, asked: Namespace) -> Output:
    """Add the rules of a file; those that are there already are left out."""
    from app.voice.files import read_rules  # noqa: PLC0415  only needed with a file

    found = read_rules(Path(asked.file))
    added = bench.voice.add_rules(found)
    lines = [counted(added, "{count} rule was added.", "{count} rules were added.")]
    there = len(found) - added
    lines += [counted(there, "{count} was there already.", "{count} were there already.")] if there else []
    return Output({"file": asked.file, "added": added, "known": there}, lines)


def begin(bench: Workbench, asked: Namespace) -> Output:
    """Add the rules to begin with of a language, without the words that a rule has already."""
    added = bench.voice.add_rules(lacking(asked.language, bench.voice.every_rule()))
    lines = [counted(added, "{count} rule was added.", "{count} rules were added.")]
    return Output({"language": asked.language, "added": added}, lines)


def give(bench: Workbench, asked: Namespace) -> Output:
    """Write the rules as TOML."""
    from app.voice.files import toml_of  # noqa: PLC0415  only needed with a file

    rules = bench.voice.rules()
    with in_place(Path(asked.file), replace=asked.force) as temporary:
        temporary.write_text(toml_of(rules), encoding="utf-8")
    said = counted(len(rules), "{file}: {count} rule.", "{file}: {count} rules.", file=asked.file)
    return Output({"file": asked.file, "rows": len(rules)}, [said])

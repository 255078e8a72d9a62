"""`template list|show|add|check` and `voice check|forms|emoji`: templates for replies, and the voice guide."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.text import fold, preview
from app.base.words import N_, counted, tr
from app.cli import asking, template_files, voice_drift, voice_rules
from app.cli.arguments import Commands, limit
from app.cli.known import known
from app.cli.output import Output, iso, one_line, table, when
from app.cli.shapes import Shape
from app.cli.text_files import text_of
from app.templates import Template, Text, parse, problems
from app.voice import ASK, BLOCK, LEVEL_NAMES, NOTE, Draft, Finding
from app.wordforms import LANGUAGES, forms
from app.workbench import Workbench

_FINE = N_("The voice guide has no findings.")
_MAX_DIGITS = 9


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("template", tr("templates for replies"))
    made = group.add("list", show_list, tr("list templates"))
    made.add_argument("words", metavar=tr("LETTERS"), nargs="*", help=tr("letters to look for; accents are ignored"))
    made.add_argument("--archived", action="store_true", help=tr("show archived templates"))
    made.add_argument("--folder", metavar=tr("NAME"), default=None, help=tr("only those in this folder"))
    limit(made)
    made = group.add("show", show, tr("show a template in all its languages, or filled in for a conversation"))
    made.add_argument("key", metavar=tr("KEY"))
    made.add_argument("--for", dest="conversation", metavar=tr("ID"), help=tr("C-...: filled in for this conversation"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("only this language"))
    made = group.add("add", new, tr("save a new template, or its text in another language"))
    made.add_argument("key", metavar=tr("KEY"), help=tr("the shortcut, typed after the slash"))
    made.add_argument("--name", metavar=tr("NAME"), default="", help=tr("its name; required for a new template"))
    made.add_argument("--use", metavar=tr("WORDS"), default="", help=tr("when to use it"))
    made.add_argument(
        "--language", metavar=tr("L"), required=True, help=tr("is, hu, cs, el, en or another two-letter code")
    )
    made.add_argument(
        "--variant",
        metavar=tr("LETTER"),
        default="A",
        help=tr("A, B, ...: other wordings of the same text (default: A)"),
    )
    made.add_argument("--folder", metavar=tr("NAME"), default=None, help=tr("the folder to keep it in"))
    made.add_argument(
        "--address", choices=("familiar", "formal"), default=None,
        help=tr("the form of address; if left out, the words of the text tell it"),
    )  # fmt: skip
    made.add_argument(
        "--channel", metavar=tr("WHERE"), default=None,
        help=tr("short: for places of few characters; or a kind of channel, like bluesky"),
    )  # fmt: skip
    made.add_argument(
        "--text-file", required=True, metavar=tr("F"), help=tr("a file with the text; - reads standard input")
    )
    made = group.add("versions", versions, tr("list what a template's texts said before, the latest first"))
    made.add_argument("key", metavar=tr("KEY"))
    limit(made)
    made = group.add("restore", restore, tr("make an earlier version the text again"))
    made.add_argument("key", metavar=tr("KEY"))
    made.add_argument("version", type=int, metavar=tr("NUMBER"), help=tr("the number, as `template versions` shows it"))
    made = group.add("replies", replies, tr("list our last replies to a member, and to others who asked much the same"))
    made.add_argument("conversation", metavar=tr("ID"), help=tr("C-...: the conversation to reply to"))
    limit(made)
    template_files.add(group)
    made = group.add(
        "check", check, tr("find texts that can't be used, words that the voice guide flags, and spelling mistakes")
    )
    made.add_argument("key", metavar=tr("KEY"), nargs="?", help=tr("leave out for all of them"))
    voice = commands.group("voice", tr("the voice guide"))
    voice_rules.add(voice)
    voice_drift.add(voice)
    asking.add(voice)
    made = voice.add("emoji", emoji, tr("show or set how many emoji a message may have before that is noted"))
    made.add_argument("most", metavar=tr("N"), nargs="?", help=tr("the number, or “any”; leave out to show it"))
    made = voice.add(
        "check", voice_check, tr("show what the voice guide finds in a text; status 1 if it can't be sent as it is")
    )
    made.add_argument(
        "--text-file", required=True, metavar=tr("F"), help=tr("a file with the text; - reads standard input")
    )
    made.add_argument(
        "--language", default="", metavar=tr("L"), help=tr("the text's language; if left out, all rules apply")
    )
    made.add_argument("--public", action="store_true", help=tr("everybody will read it: find what is private too"))
    made.add_argument(
        "--channel", default="", metavar=tr("KIND"),
        help=tr("the kind of channel that it will go to, such as email: its rules, and how long it may be there"),
    )  # fmt: skip
    made = voice.add("forms", voice_forms, tr("show the forms in which a word of a rule is found"))
    made.add_argument("word", metavar=tr("WORD"), help=tr("a word, or two in quotation marks"))
    made.add_argument(
        "--language",
        required=True,
        metavar=tr("L"),
        help=tr("its language: {languages}").format(languages=", ".join(LANGUAGES)),
    )


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List templates; with letters to look for, the best matches first."""
    if asked.words:
        templates = [bench.templates.get(number) for number in bench.templates.find(" ".join(asked.words), asked.limit)]
    else:
        templates = bench.templates.all(archived=asked.archived)
    if asked.folder is not None:
        templates = [one for one in templates if within(asked.folder, one.folder)]
    templates = templates[: asked.limit]
    cells = [
        (
            template.key,
            f"{template.folder}/{template.name}" if template.folder else template.name,
            ", ".join(template.languages),
            counted(template.uses, "{count} use", "{count} uses"),
            template.use,
        )
        for template in templates
    ]
    return Output([template_json(template) for template in templates], table(cells) or [tr("No templates found.")])


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show a template, or its text filled in for a conversation."""
    if asked.conversation:
        return _filled(bench, asked)
    template = bench.templates.get(asked.key)
    language = asked.language and known(N_("language in this template"), asked.language, template.languages)
    texts = [text for text in template.texts if language in ("", text.language)]
    lines = [f"{template.key}  {template.name}", *([template.use] if template.use else [])]
    for text in texts:
        marks = [text.language, text.variant, *filter(None, (text.form, text.channel))]
        lines += ["", " ".join(marks), *(f"  {line}" for line in text.body.splitlines())]
    files = template_files.files_json(bench, template.id)
    if files:
        lines += ["", tr("Files: {names}").format(names=", ".join(str(one["name"]) for one in files))]
    shape = {**template_json(template), "texts": [_text_json(text) for text in texts], "files": files}
    return Output(shape, lines)


def _filled(bench: Workbench, asked: Namespace) -> Output:
    number = ids.number("C", asked.conversation)
    bench.inbox.row(number)
    pick = bench.templates.pick(asked.key, number, asked.language)
    if pick is None:
        raise UserError(which_language(bench.templates.get(asked.key)))
    left = [pick.filled.text[start:end] for start, end in pick.filled.stops]
    shape = {
        "key": pick.template.key, "conversation": ids.display("C", number), "language": pick.text.language,
        "variant": pick.text.variant, "text": pick.filled.text, "blanks_left": left, "had_at": iso(pick.had_at),
        "form_of_address": pick.text.form or None, "missing": list(pick.lacks),
    }  # fmt: skip
    return Output(shape, [*pick.filled.text.splitlines(), *pick.lacks])


def which_language(template_json: Template) -> str:
    """The error when the member's language is unknown, with the languages to choose from."""
    offered = ", ".join(template_json.languages) or tr("none yet")
    return tr("Which language should “{name}” be in? Use --language with one of: {offered}.").format(
        name=template_json.name, offered=offered
    )


def new(bench: Workbench, asked: Namespace) -> Output:
    """Add a template, or a text to an existing one."""
    body = text_of(asked.text_file)
    there = next((template for template in bench.templates.all() if template.key == asked.key), None)
    if there is not None:
        number = _put(bench, there, asked, body)
    elif not asked.name.strip():
        msg = tr("There's no template “{key}” yet. Use --name to create it.").format(key=asked.key)
        raise UserError(msg)
    else:
        text = Text(asked.language, asked.variant, body, 0, asked.address or "", asked.channel or "")
        number = bench.templates.add(asked.key, asked.name, asked.use, [text], asked.folder or "")
    template = bench.templates.get(number)
    shape = {**template_json(template), "texts": [_text_json(text) for text in template.texts]}
    return Output(
        shape,
        [
            tr("Saved “{name}” as /{key}, in {languages}.").format(
                name=template.name, key=template.key, languages=", ".join(template.languages)
            )
        ],
    )


def _put(bench: Workbench, there: Template, asked: Namespace, body: str) -> int:
    """Save a text of a template that exists, and its folder if one is named; returns its id."""
    bench.templates.put_text(there.id, asked.language, asked.variant, body, asked.address, asked.channel)
    if asked.folder is not None:
        bench.templates.change(there.id, key=there.key, name=there.name, use=there.use, folder=asked.folder)
    return there.id


def within(folder: str, kept: str) -> bool:
    """Whether a template's folder is this one or within it, in any capitals."""
    wanted, own = fold(folder).strip("/ "), fold(kept)
    return own == wanted or own.startswith(f"{wanted}/")


def versions(bench: Workbench, asked: Namespace) -> Output:
    """List a template's earlier texts."""
    found = bench.templates.versions(bench.templates.get(asked.key).id)[: asked.limit]
    shapes = [
        {"version": one.id, "language": one.language, "variant": one.variant, "body": one.body,
         "form_of_address": one.address or None, "channel": one.channel or None, "until": iso(one.until)}
        for one in found
    ]  # fmt: skip
    cells = [(str(one.id), f"{one.language} {one.variant}", when(one.until), one_line(one.body, 60)) for one in found]
    return Output(shapes, table(cells) or [tr("No earlier versions found.")])


def replies(bench: Workbench, asked: Namespace) -> Output:
    """List what we replied before, to the member of a conversation and to the same question."""
    number = ids.number("C", asked.conversation)
    bench.inbox.row(number)
    found = bench.templates.noticing.earlier(number, bench.members.of_conversation(number))[: asked.limit]
    shapes = [
        {"message": ids.display("M", one.message_id), "conversation": ids.display("C", one.conversation_id),
         "to": one.name or None, "at": iso(one.at), "language": one.language, "text": one.text}
        for one in found
    ]  # fmt: skip
    cells = [(when(one.at), one.name, one.language, one_line(one.text, 60)) for one in found]
    return Output(shapes, table(cells) or [tr("No earlier replies found.")])


def restore(bench: Workbench, asked: Namespace) -> Output:
    """Make an earlier version the text again."""
    template = bench.templates.get(asked.key)
    version = bench.templates.restore(template.id, asked.version)
    said = tr("“{name}” says in {language} {variant} what it said before.").format(
        name=template.name, language=version.language, variant=version.variant
    )
    fresh = bench.templates.get(template.id)
    return Output({**template_json(fresh), "texts": [_text_json(text) for text in fresh.texts]}, [said])


def check(bench: Workbench, asked: Namespace) -> Output:
    """Check templates; exit status 1 if a text has a finding that blocks sending."""
    chosen = [bench.templates.get(asked.key)] if asked.key else bench.templates.all()
    wrong = [(template, text, hit) for template in chosen for text in template.texts for hit in _wrong(bench, text)]
    shapes = [
        {"key": template.key, "language": text.language, "variant": text.variant, **finding_json(hit)}
        for template, text, hit in wrong
    ]
    cells = [
        (template.key, f"{text.language} {text.variant}", tr(LEVEL_NAMES[hit.level]), f"{hit.words}: {hit.why}")
        for template, text, hit in wrong
    ]
    bad = any(hit.level == BLOCK for _, _, hit in wrong)
    return Output(
        shapes,
        table(cells)
        or [
            tr("No problems found in {count}.").format(
                count=counted(len(chosen), "{count} template", "{count} templates")
            )
        ],
        1 if bad else 0,
    )


def _wrong(bench: Workbench, text: Text) -> list[Finding]:
    """The findings in a template's text, and its slips of spelling; unfilled blanks are not among them."""
    broken = [Finding(0, 0, BLOCK, "blank", why, preview(text.body, 40)) for why in problems(text.body)]
    voiced = [hit for hit in bench.voice.check(text.body, text.language) if hit.risk != "blank"]
    slips = bench.spelling.check(text.body, text.language) if bench.spelling.on else ()
    why = tr("Not in the dictionary ({language}).").format(language=bench.spelling.tag(text.language)) if slips else ""
    return [*broken, *voiced, *(Finding(one.start, one.end, NOTE, "spelling", why, one.word) for one in slips)]


def template_json(template: Template) -> Shape:
    """The JSON of a template without its texts."""
    return {
        "key": template.key,
        "name": template.name,
        "use": template.use,
        "folder": template.folder or None,
        "languages": list(template.languages),
        "uses": template.uses,
        "used_at": iso(template.used_at),
        "archived": template.archived,
    }


def _text_json(text: Text) -> Shape:
    return {
        "language": text.language,
        "variant": text.variant,
        "form_of_address": text.form or None,
        "channel": text.channel or None,
        "body": text.body,
        "blanks": [{"name": blank.name, "fallback": blank.fallback} for blank in parse(text.body)],
    }


def finding_json(finding: Finding) -> Shape:
    """The JSON of a finding; `start` and `end` are character offsets in the text."""
    return {
        "level": finding.level,
        "risk": finding.risk,
        "words": finding.words,
        "start": finding.start,
        "end": finding.end,
        "why": finding.why,
        "instead": finding.instead or None,
        "rule": finding.rule_id,
        "kind": finding.kind or None,
        "owner": finding.owner or None,
        "asked": finding.asked or None,
    }


def voice_check(bench: Workbench, asked: Namespace) -> Output:
    """Check a text against the voice guide; exit status 1 if a finding blocks or needs a reason."""
    text, goes_by = text_of(asked.text_file), voice_rules.channel_of(asked.channel)
    public = asked.public or (goes_by is not None and not goes_by.can.private)
    letter = goes_by is not None and goes_by.by_address
    findings = bench.voice.look(Draft(text, asked.language, public=public, channel=asked.channel, letter=letter))
    if asked.channel:
        findings = (*_too_long(text, asked.channel), *findings)
    cells = [
        (
            tr(LEVEL_NAMES[finding.level]),
            one_line(finding.words, 40),
            finding.why,
            finding.instead and tr("better: {instead}").format(instead=finding.instead),
        )
        for finding in findings
    ]
    stops = any(finding.level in (BLOCK, ASK) for finding in findings)
    told = {"findings": [finding_json(finding) for finding in findings]}
    return Output(told, table(cells) or [tr(_FINE)], 1 if stops else 0)


def _too_long(text: str, kind: str) -> tuple[Finding, ...]:
    """The finding for a text that a channel does not take in one message: a note where it can go as a thread."""
    from app.outbox.fitting import room_at  # noqa: PLC0415  only with a channel

    room = room_at(kind)
    try:
        room.refuse([text])
    except UserError as why:
        level = NOTE if room.threads else BLOCK
        return (Finding(0, len(text), level, "length", str(why), one_line(text.strip(), 40)),)
    return ()


def voice_forms(bench: Workbench, asked: Namespace) -> Output:  # noqa: ARG001  the same in every profile
    """The forms in which a word of a rule is found; raises UserError for a language without any or a word of none."""
    if asked.language not in LANGUAGES:
        msg = tr("Rapport knows no forms of words in “{language}”. Choose from: {languages}.").format(
            language=asked.language, languages=", ".join(LANGUAGES)
        )
        raise UserError(msg)
    found = forms(asked.word, asked.language)
    if not found:
        msg = tr("“{word}” has no letters.").format(word=asked.word)
        raise UserError(msg)
    told = [{"word": first, "forms": [first, *others]} for first, *others in found]
    return Output({"language": asked.language, "words": told}, [" ".join(one) for one in found])


def emoji(bench: Workbench, asked: Namespace) -> Output:
    """Show or set how many emoji a message may have; raises UserError if it is neither a number nor "any"."""
    if asked.most is not None:
        if asked.most != "any" and not asked.most.isdecimal():
            msg = tr("“{typed}” isn't a number of emoji. Give a number, or “any”.").format(typed=asked.most)
            raise UserError(msg)
        bench.voice.allow_emoji(None if asked.most == "any" else int(asked.most[:_MAX_DIGITS]))
    most = bench.voice.emoji_most()
    said = tr("A message may have any number of emoji.")
    if most is not None:
        said = counted(most, "A message may have {count} emoji.", "A message may have {count} emoji.")
    return Output({"emoji_most": most}, [said])

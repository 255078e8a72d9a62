"""The public reply that offers to go on in private, made from the template for that."""

from __future__ import annotations

from app.base import resources
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.templates import Pick, Templates, fill, parse, read
from app.voice import Draft

KEY = "move-to-private"
"""The template's key, among the starter templates too."""
MAX_WORDS_SHOWN = 80
"""Characters of the offer that are shown when it was handed over: what is going to stand in public."""
_LANGUAGE = "en"  # where neither theirs nor the conversation's is offered


def offer(templates: Templates, conversation_id: int, answers: int | None = None, language: str = "") -> Draft:
    """The offer to whom a reply to that message goes, in their language if it is known.

    If the person has deleted the template, it is the one that Rapport began with. Raises UserError for one with blanks
    that only a person can fill in.
    """
    try:
        pick = templates.pick(KEY, conversation_id, language, answers) or _in_any(templates, conversation_id, answers)
    except NotFoundError:
        return _starter(language)
    left = parse(pick.filled.text)
    if left:
        msg = tr("“{name}” still needs filling in. Write the offer as a reply instead.").format(name=pick.template.name)
        raise UserError(msg)
    return Draft(pick.filled.text, pick.text.language, pick.template.id, pick.text.variant)


def _in_any(templates: Templates, conversation_id: int, answers: int | None) -> Pick:
    """The template in English, else in the first language that it has."""
    languages = templates.get(KEY).languages
    chosen = _LANGUAGE if _LANGUAGE in languages else next(iter(languages), _LANGUAGE)
    pick = templates.pick(KEY, conversation_id, chosen, answers)
    if pick is None:
        raise NotFoundError(tr("There's no template for that."))
    return pick


def _starter(language: str) -> Draft:
    """The starter template's text, in English if it has none in that language."""
    source = resources.ROOT.joinpath("starter", "templates.toml").read_text("utf-8")
    template = next(template for template in read(source) if template.key == KEY)
    texts = template.in_language(language) or template.in_language(_LANGUAGE)
    return Draft(fill(texts[0].body, {}).text, texts[0].language)

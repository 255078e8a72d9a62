"""What a draft says of facts that is not so any more, and the blanks of facts that can be filled in."""

from __future__ import annotations

from app.base.words import tr
from app.facts.desk import Facts
from app.facts.matching import BLANK
from app.voice import BLOCK, NOTE, Draft, Finding


def findings(facts: Facts, draft: Draft) -> tuple[Finding, ...]:
    """A note for each old value that stands in a draft; each blank that names a fact, with what it says."""
    found = []
    for fact, (start, end), now in facts.changed_in(draft.text):
        why = tr("“{name}” has changed since.").format(name=fact.name)
        found.append(Finding(start, end, NOTE, "fact", why, draft.text[start:end], now, fact=fact.key))
    if "{{" in draft.text:
        known = facts.values(draft.language)
        for hit in BLANK.finditer(draft.text):
            value = known.get(f"fact:{hit[1]}", "")
            if value:
                why = tr("The blank “{name}” isn't filled in.").format(name=f"fact:{hit[1]}")
                found.append(Finding(*hit.span(), BLOCK, "blank", why, hit[0], value, fact=hit[1]))
    return tuple(found)

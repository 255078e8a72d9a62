"""What goes to whom when a merge is taken apart, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.base.words import N_, counted, forms, tr
from app.members.comparing import ADDRESS, TITLES
from app.members.parting import Parting
from app.members.uniting import STREET

_COUNTED = {
    "identity": forms("{count} name", "{count} names"),
    "message": forms("{count} message", "{count} messages"),
    "promise": forms("{count} promise", "{count} promises"),
    "handoff": forms("{count} hand-off", "{count} hand-offs"),
    "gift": forms("{count} gift", "{count} gifts"),
    "template_use": forms("{count} template used", "{count} templates used"),
    "member_label": forms("{count} label", "{count} labels"),
    "member_value": forms("{count} field of your own", "{count} fields of your own"),
    "member_note": forms("{count} dated note", "{count} dated notes"),
    "work": forms("{count} work", "{count} works"),
    "introduction": forms("{count} introduction", "{count} introductions"),
}
_MORE = {"note": N_("Note"), "fits": N_("Ideal audience"), "fits_why": N_("Why they fit"), "consent": N_("Consent")}


def went(planned: Parting, counts: Mapping[str, int], kept: str, gone: str) -> list[str]:
    """Sentences about what goes to whom; `counts` as `Pairs.counted` has them, then both names.

    Facts of whoever was merged need no sentence: they have kept them all along.
    """
    lines = []
    rows = _rows(counts)
    if rows:
        lines.append(tr("Goes to {gone}: {rows}").format(gone=gone, rows=rows))
    changed = fields(planned.facts)
    if changed:
        lines.append(tr("Back to what {kept} had before the merge: {fields}").format(kept=kept, fields=changed))
    edited = fields(planned.edited)
    if edited:
        lines.append(tr("Changed since the merge, so it stays with {kept}: {fields}").format(kept=kept, fields=edited))
    return lines or [tr("Nothing but the member itself: {gone} had nothing to give back.").format(gone=gone)]


def _rows(counts: Mapping[str, int]) -> str:
    sums: dict[str, int] = {}
    for key, count in counts.items():
        table = key.partition(".")[0]
        sums[table] = sums.get(table, 0) + count
    told = [(_COUNTED[table], sums[table]) for table in _COUNTED if sums.get(table)]
    return ", ".join(counted(count, one, many) for (one, many), count in told)


def fields(columns: Iterable[str]) -> str:
    """The titles of columns of a member, each once, with commas; columns that nobody reads have none."""
    named = TITLES | _MORE
    keys = dict.fromkeys(ADDRESS if column in STREET else column for column in columns)
    return ", ".join(tr(named[key]) for key in named if key in keys)

"""Tables of what is given: items, vouchers, rates, give-aways, each as one file: see `app.export.records`.

A voucher's code is in no file: it lies in the system's keyring.
"""

from __future__ import annotations

from app.export.records import Table, iso

_ITEMS = Table(
    ("item_number", "item", "kind", "worth", "currency", "sizes", "supplier", "lead_days", "customs_text", "allergens",
     "note", "counted", "on_hand", "reorder_at", "retired_at"),
    f"""
SELECT i.id, i.name, i.kind, i.worth, i.currency, i.sizes, i.supplier, i.lead_days, i.customs_text, i.allergens, i.note,
  iif(i.is_counted, 'yes', ''), (SELECT coalesce(sum(s.qty), 0) FROM stock_move s WHERE s.item_id = i.id),
  i.reorder_at, {iso("i.retired_at")} FROM {{source}} {{where}} ORDER BY {{order}}
""",
    "gift_item i",
)  # fmt: skip
_PARTS = Table(
    ("box", "item", "qty"),
    """
SELECT b.name, i.name, p.qty FROM {source} JOIN gift_item b ON b.id = p.box_id JOIN gift_item i ON i.id = p.item_id
{where} ORDER BY {order}
""",
    "gift_item_part p",
)
_VOUCHERS = Table(
    ("voucher", "item", "ending", "added_at", "expires_on", "gift", "given_at", "void_at"),
    f"""
SELECT v.id, i.name, v.ending, {iso("v.added_at")}, v.expires_on, v.gift_id, {iso("v.given_at")},
  {iso("v.void_at")} FROM {{source}} JOIN gift_item i ON i.id = v.item_id {{where}} ORDER BY {{order}}
""",
    "voucher v",
    "v.added_at",
)
_REVEALS = Table(
    ("voucher", "at", "how"),
    f"SELECT r.voucher_id, {iso('r.at')}, r.how FROM {{source}} {{where}} ORDER BY {{order}}",
    "voucher_reveal r",
    "r.at",
)
_CHOICES = Table(
    ("gift", "item"),
    "SELECT c.gift_id, i.name FROM {source} JOIN gift_item i ON i.id = c.item_id {where} ORDER BY {order}",
    "gift_choice c",
)
_RATES = Table(
    ("currency", "into", "from_day", "rate"),
    "SELECT r.currency, r.into_currency, r.on_day, r.rate FROM {source} {where} ORDER BY {order}",
    "gift_rate r",
)
_PASSES = Table(
    ("identifier", "member", "at", "until", "why"),
    f"""
SELECT 'P-' || x.member_id, p.name, {iso("x.at")}, x.until_on, x.why
FROM {{source}} JOIN member p ON p.id = x.member_id {{where}} ORDER BY {{order}}
""",
    "gift_pass x",
    "x.at",
)
_GIVEAWAYS = Table(
    ("giveaway", "prize", "item", "prizes", "rules", "seed_promise", "created_at", "opens_at", "closes_at", "closed_at",
     "list_sha256", "seed", "drawn_at", "called_off_at"),
    f"""
SELECT w.name, w.prize, i.name, w.prizes, w.rules, w.seed_promise, {iso("w.created_at")}, {iso("w.opens_at")},
  {iso("w.closes_at")}, {iso("w.closed_at")}, w.list_sha256, w.seed, {iso("w.drawn_at")}, {iso("w.called_off_at")}
FROM {{source}} LEFT JOIN gift_item i ON i.id = w.item_id {{where}} ORDER BY {{order}}
""",
    "giveaway w",
    "w.created_at",
)  # fmt: skip
_SOURCES = Table(
    ("giveaway", "kind", "value"),
    """
SELECT w.name, s.kind, s.value FROM {source} JOIN giveaway w ON w.id = s.giveaway_id {where} ORDER BY {order}
""",
    "giveaway_source s",
)
_ENTRIES = Table(
    ("giveaway", "entry", "identifier", "name", "contact", "channel", "at", "message", "struck", "note", "kept_by_hand",
     "listed", "place", "gift"),
    f"""
SELECT w.name, e.id, 'P-' || e.member_id, e.name, e.contact, e.channel, {iso("e.at")}, 'M-' || e.message_id, e.struck,
  e.note, iif(e.kept_by_hand, 'yes', ''), iif(w.closed_at IS NULL, '', e.listed), e.place, e.gift_id
FROM {{source}} JOIN giveaway w ON w.id = e.giveaway_id {{where}} ORDER BY {{order}}
""",
    "giveaway_entry e",
)  # fmt: skip

TABLES = {
    "items": _ITEMS, "box-contents": _PARTS, "vouchers": _VOUCHERS, "voucher-log": _REVEALS, "gift-choices": _CHOICES,
    "rates": _RATES, "gift-passes": _PASSES, "giveaways": _GIVEAWAYS, "giveaway-sources": _SOURCES, "entries": _ENTRIES,
}  # fmt: skip
"""By the kind, which is the name of the file too."""

"""`gift ask|address|erase-address`: where a gift goes, asked for, taken from the reply, and erased for good."""

from __future__ import annotations

from argparse import Namespace

from app.addresses import Offer
from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output, iso, table
from app.cli.shapes import ADDRESS, Shape, named, spoken
from app.gifts import Gift, lacks_address
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group of gifts."""
    made = group.add(
        "ask", ask, tr("begin the reply that asks where to send a gift; send it with outbox or the window")
    )
    made.add_argument("id", metavar=tr("ID"), help=tr("G-..."))
    made = group.add("address", address, tr("show where a gift goes, or take its address from a message"))
    made.add_argument("id", metavar=tr("ID"), help=tr("G-..."))
    made.add_argument("--from", metavar=tr("MESSAGE"), dest="source", help=tr("take it from this message: M-..."))
    made.add_argument("--latin", action="store_true", help=tr("with --from: write Greek letters in Latin ones"))
    made.add_argument(
        "--set", metavar=tr("KEY=VALUE"), action="append", default=[],
        help=tr("one of: {fields}").format(fields=", ".join(ADDRESS)),
    )  # fmt: skip
    made.add_argument(
        "--erase-on", metavar=tr("DATE"), default=None, help=tr('erase it on this day; "": some days after it arrived')
    )
    made.add_argument("--dry-run", action="store_true", help=tr("only show what would be taken"))
    made = group.add("erase-address", erase, tr("erase a gift's address from the whole profile, for good"))
    made.add_argument("id", metavar=tr("ID"), help=tr("G-..."))
    made.add_argument("--dry-run", action="store_true", help=tr("only say what would be erased, and what can't be"))


def ask(bench: Workbench, asked: Namespace) -> Output:
    """Begin the draft that asks; the gift is asked for once it is submitted."""
    number = ids.number("G", asked.id)
    begun = bench.addresses.ask(number)
    shown = ids.display("C", begun.conversation_id)
    lines = [tr("The reply in {conversation} asks {name} for the address. Check it, then send it.").format(
        conversation=shown, name=bench.gifts.get(number).member
    )]  # fmt: skip
    if begun.public:
        lines.append(tr("Others can read that conversation: ask for a private message there."))
    return Output(
        {
            "gift": ids.display("G", number), "conversation": shown, "answers": named("M", begun.answers),
            "public": begun.public,
        },
        lines,
    )  # fmt: skip


def address(bench: Workbench, asked: Namespace) -> Output:
    """Show the address, take it from a message, or write what was typed."""
    number = ids.number("G", asked.id)
    values = _values(asked.set)
    offer = None
    if asked.source:
        offer = bench.addresses.offered(number, ids.number("M", asked.source))
        offer = offer.in_latin() if asked.latin else offer
        offer = offer._replace(columns=offer.columns | values)
    if asked.dry_run:
        return _offered(offer)
    if offer is not None:
        gift = bench.addresses.take(offer)
    else:
        gift = bench.addresses.put(number, values) if values else bench.gifts.get(number)
    if asked.erase_on is not None:
        gift = bench.addresses.set_erase_on(number, bench.dates.day(asked.erase_on))
    return _shown(bench, gift, offer)


def _values(pairs: list[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or key not in ADDRESS:
            msg = tr("“{pair}” doesn't set anything. Write KEY=VALUE with one of {fields}.").format(
                pair=pair, fields=", ".join(ADDRESS)
            )
            raise UserError(msg)
        values[key] = value.strip()
    return values


def _offered(offer: Offer | None) -> Output:
    if offer is None:
        raise UserError(tr("Say which message to take the address from: --from M-..."))
    shape = {"gift": ids.display("G", offer.gift.id), "message": ids.display("M", offer.message_id)}
    lines = [tr("Would be taken: {address}").format(address=offer.on_one_line), *filter(None, [offer.warning])]
    return Output({**shape, "address": offer.columns, "warning": offer.warning or None}, lines)


def _shown(bench: Workbench, gift: Gift, offer: Offer | None) -> Output:
    day = bench.addresses.erase_on(gift)
    shape: Shape = {
        "gift": ids.display("G", gift.id), "state": spoken(gift.state),
        "address": {key: getattr(gift, key) for key in ADDRESS}, "message": named("M", gift.address_message_id),
        "erase_on": None if day is None else day.isoformat(), "erased_at": iso(gift.address_erased_at),
    }  # fmt: skip
    if gift.address_erased_at is not None:
        on = clock.local(gift.address_erased_at).date().isoformat()
        return Output(shape, [tr("The address was erased on {day}.").format(day=on), *bench.addresses.beyond(gift.id)])
    if not gift.address_1:
        lacks = (
            tr("{item} for {name} has no address yet.")
            if lacks_address(gift)
            else tr("{item} for {name} has no address.")
        )
        return Output(shape, [lacks.format(item=gift.item, name=gift.member)])
    rows = [
        (tr("Recipient"), gift.recipient),
        *((tr("Address"), line) for line in (gift.address_1, gift.address_2, gift.address_3)),
    ]
    rows += [(tr("Town"), f"{gift.postal_code} {gift.city}".strip()), (tr("Country"), gift.country)]
    rows += [(tr("Erased on"), day.isoformat())] if day is not None else []
    return Output(shape, [*table([row for row in rows if row[1]]), *filter(None, [offer.warning if offer else ""])])


def erase(bench: Workbench, asked: Namespace) -> Output:
    """Erase a gift's address; with --dry-run, only say what that does."""
    number = ids.number("G", asked.id)
    if asked.dry_run:
        said = bench.addresses.said_before(number)
        return Output({"gift": ids.display("G", number), "erased": False, "said": said}, said)
    done = bench.addresses.erase(number)
    shape = {
        "gift": ids.display("G", number), "erased": True, "erased_at": iso(done.gift.address_erased_at),
        "messages": done.copies.messages, "other_rows": done.copies.others, "attached_files": done.copies.files,
        "unread_files": list(done.copies.unread),
        "files": list(done.files), "backups": list(done.backups), "rewritten_backups": list(done.rewritten),
        "handed_out": list(done.handed),
        "is_left": done.is_left,
    }  # fmt: skip
    return Output(shape, bench.addresses.said_after(done))

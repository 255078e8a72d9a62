"""`voucher add|list|give|reveal|void`: codes that can be given once; they lie in the system's keyring."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base import codes, ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, limit
from app.cli.items import gift_item_of
from app.cli.output import Output, iso, table
from app.cli.shapes import Shape, named
from app.gifts.vouchers import Voucher
from app.workbench import Workbench

_VOUCHER = N_("V-..., from `voucher list`")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("voucher", tr("codes that can be given once, kept in the system's keyring"))
    made = group.add("add", bring, tr("bring in a file of codes: one a line, or CSV with the day of expiry second"))
    made.add_argument("id", metavar=tr("ITEM"), help=tr("I-..., or the item's name: one of the kind voucher"))
    made.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("a text or CSV file; delete it afterwards"))
    made = group.add("list", show_list, tr("list the vouchers, without their codes"))
    made.add_argument("id", metavar=tr("ITEM"), nargs="?", help=tr("only of this item"))
    limit(made)
    made = group.add("give", give, tr("give a gift its voucher"))
    made.add_argument("gift", metavar=tr("GIFT"), help=tr("G-..."))
    made.add_argument("voucher", metavar=tr("ID"), nargs="?", help=tr("V-...; default: the one that expires first"))
    made = group.add("reveal", reveal, tr("show a voucher's code; that is logged"))
    made.add_argument("id", metavar=tr("ID"), help=tr(_VOUCHER))
    made.add_argument("--again", action="store_true", help=tr("show it though it was shown before"))
    made = group.add("void", void, tr("say that a voucher can't be used"))
    made.add_argument("id", metavar=tr("ID"), help=tr(_VOUCHER))


def bring(bench: Workbench, asked: Namespace) -> Output:
    """Bring in a file of codes."""
    item = gift_item_of(bench, asked.id)
    added = bench.vouchers.add(item.id, asked.file)
    said = counted(
        len(added.numbers), "{count} voucher added: {item}.", "{count} vouchers added: {item}.", item=item.name
    )
    shape = {"added": [named(ids.VOUCHER, number) for number in added.numbers], "left_out": list(added.left_out)}
    rest = [tr("The codes are in this computer's keyring now. Delete the file.")] if added.numbers else []
    return Output(shape, [said, *added.left_out, *rest])


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List vouchers."""
    of = gift_item_of(bench, asked.id).id if asked.id else None
    vouchers = bench.vouchers.listed(of)[: asked.limit]
    cells = [
        (ids.display(ids.VOUCHER, one.id), one.item, f"…{one.ending}" if one.ending else "", state(one), one.warning)
        for one in vouchers
    ]
    return Output([voucher_json(one) for one in vouchers], table(cells) or [tr("No vouchers found.")])


def give(bench: Workbench, asked: Namespace) -> Output:
    """Give a gift its voucher."""
    number = None if asked.voucher is None else ids.number(ids.VOUCHER, asked.voucher)
    voucher = bench.vouchers.assign(ids.number(ids.GIFT, asked.gift), number)
    said = tr("{gift} has {voucher}.").format(gift=asked.gift, voucher=ids.display(ids.VOUCHER, voucher.id))
    how = tr("In a reply write {blank}: the code is filled in when it is sent.").format(blank=codes.blank(voucher.id))
    return Output(voucher_json(voucher), [said, how, *filter(None, (voucher.warning,))])


def reveal(bench: Workbench, asked: Namespace) -> Output:
    """Show a code, and log it."""
    number = ids.number(ids.VOUCHER, asked.id)
    voucher, question = bench.vouchers.get(number), bench.vouchers.asks(number)
    if question and not asked.again:
        raise UserError(tr("{question} Say so with --again.").format(question=question))
    code = bench.vouchers.reveal(number, "shell")
    return Output({**voucher_json(voucher), "code": code}, [code, *filter(None, (voucher.warning,))])


def void(bench: Workbench, asked: Namespace) -> Output:
    """Say that a voucher can't be used."""
    number = ids.number(ids.VOUCHER, asked.id)
    bench.vouchers.void(number)
    voucher = bench.vouchers.get(number)
    return Output(voucher_json(voucher), [voucher.warning])


def state(voucher: Voucher) -> str:
    """Whether it is free, given or void."""
    if voucher.void_at is not None:
        return tr("void")
    given = ids.display(ids.GIFT, voucher.gift_id) if voucher.gift_id is not None else ""
    return tr("given: {gift}").format(gift=given) if given else tr("free")


def voucher_json(voucher: Voucher) -> Shape:
    """The JSON of a voucher, which never holds the code."""
    return {
        "id": ids.display(ids.VOUCHER, voucher.id),
        "item": {"id": ids.display(ids.ITEM, voucher.item_id), "name": voucher.item},
        "ending": voucher.ending, "added_at": iso(voucher.added_at), "expires_on": voucher.expires_on or None,
        "gift": named(ids.GIFT, voucher.gift_id), "given_at": iso(voucher.given_at), "void_at": iso(voucher.void_at),
        "warning": voucher.warning or None,
    }  # fmt: skip

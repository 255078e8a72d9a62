"""`account signature`: what stands under letters, for each address and language."""

from __future__ import annotations

from argparse import Namespace

from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.shapes import Shape
from app.cli.text_files import text_of
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group `account`."""
    says = tr(
        "set the signature of an account's letters, or delete it by an empty text; without --text-file, list them"
    )
    made = group.add("signature", signature, says)
    made.add_argument("name", metavar=tr("NAME"))
    made.add_argument(
        "--address", default="", metavar=tr("ADDRESS"), help=tr("for letters from this address; default: from any")
    )
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("for letters in it; default: in any language"))
    made.add_argument("--text-file", metavar=tr("F"), help=tr("a file with the text; - reads standard input"))


def signature(bench: Workbench, asked: Namespace) -> Output:
    """Set or delete a signature if a text is given; list the account's addresses and signatures."""
    account = bench.accounts.named(asked.name)
    if asked.text_file is None and (asked.address or asked.language):
        msg = tr("Give the text with --text-file; an empty one deletes the signature.")
        raise UserError(msg)
    if asked.text_file is not None:
        text = text_of(asked.text_file)
        bench.accounts.signatures.put(account.id, asked.address.strip(), asked.language.strip().lower(), text)
    return _listed(bench, account.id, account.name)


def _listed(bench: Workbench, number: int, name: str) -> Output:
    desk = bench.accounts.signatures
    lines = [f"{sender.name} <{sender.address}>" if sender.name else sender.address for sender in desk.senders(number)]
    for kept in desk.all(number):
        address, language = kept.address or tr("any address"), kept.language or tr("any language")
        lines += ["", f"{address}, {language}:", *(f"  {line}" for line in kept.text.splitlines())]
    shape: Shape = {
        "name": name,
        "senders": [{"name": sender.name, "address": sender.address} for sender in desk.senders(number)],
        "signatures": [
            {"address": kept.address or None, "language": kept.language or None, "text": kept.text}
            for kept in desk.all(number)
        ],
    }
    return Output(shape, lines or [tr("“{name}” sends no letters.").format(name=name)])

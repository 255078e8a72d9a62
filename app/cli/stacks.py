"""`stack list`: open conversations that ask much the same."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.conversations import lines_of
from app.cli.output import Output
from app.cli.shapes import conversation_json
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("stack", tr("find open conversations that ask much the same"))
    words = tr("list the stacks of the last 7 days with their conversations, the largest first")
    limit(group.add("list", show_list, words))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them."""
    data, lines = [], list[str]()
    for stack in bench.stacks.open()[: asked.limit]:
        rows = bench.inbox.rows(stack.conversations)
        data.append({
            "sample": stack.sample,
            "conversations": [ids.display(ids.CONVERSATION, number) for number in stack.conversations],
            "rows": [conversation_json(row) for row in rows],
        })  # fmt: skip
        lines += ["", counted(len(rows), "{count} asks much the same: {sample}", "{count} ask much the same: {sample}",
                              sample=stack.sample), *lines_of(rows)]  # fmt: skip
    return Output(data, lines[1:] or [tr("No three people asked much the same in the last 7 days.")])

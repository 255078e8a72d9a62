"""What each noun does when another's rows change: on undo and redo, on a join, when our own messages come in.

Only the top of the house knows all nouns. Modules not needed at startup are imported late.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from app.inbox import beside
from app.members import own
from app.members.desk import reindex_after
from app.store.sqlite import Connection
from app.store.undo import Copy, Figures, Hooks, Told

if TYPE_CHECKING:
    from app.gifts.budget import Standing
    from app.inbox.by_rule import Decided
    from app.members.belongings import Belonging
    from app.store.undo import Step


def _ask_outbox(conn: Connection, step: Step) -> None:
    from app.outbox import before_undo

    if step.before.keys() != {"conversation_id"}:  # a join that moved it is undone whether or not it was sent
        before_undo(conn, step.op, step.row_id)


def _forget_file(conn: Connection, step: Step) -> None:
    """A file that came with a message goes with its content, unless another one has the same."""
    if step.op == "insert":
        from app.intake import forget_file

        forget_file(conn, step.row_id)


def let_answers_go(conn: Connection, conversation: int, why: str, at: int | None) -> None:
    """Close the hand-offs of a conversation whose answer its member will not hear, for the reason `why`."""
    from app.handoffs.telling import let_go

    let_go(conn, conversation, why, at)


def _forget_words(conn: Connection, number: int) -> None:
    from app.intake import forget_words

    forget_words(conn, number)


def _remember_words(conn: Connection, number: int) -> None:
    from app.intake import remember_words

    remember_words(conn, number)


def _give_back_parted(conn: Connection, step: Step) -> None:
    if step.op == "insert":
        from app.intake import give_back

        give_back(conn, step.row_id, move_conversation)


def _recount(conn: Connection, step: Step) -> None:
    """Reopen a conversation for whoever waits again, and count what has come since a join or a part."""
    from app.inbox import answers, joins

    answers.after_undo(conn, step)
    joins.after_undo(conn, step)


def _hold_again(conn: Connection, _op: str, number: int) -> None:
    from app.outbox import hold_again

    hold_again(conn, number)


def _refuse_erased(conn: Connection, _op: str, number: int) -> None:
    from app.gifts.addresses import refuse_erased

    refuse_erased(conn, number)


def _follow_message(conn: Connection, step: Step) -> None:
    """What hangs on a message goes where an undo has moved it."""
    if step.op == "update" and "conversation_id" in step.before:
        from app.intake import follow
        from app.moderation.desk import follow_message

        follow(conn, step.row_id, int(step.after["conversation_id"]), move_conversation)
        follow_message(conn, step.row_id)


def _ask_merge(conn: Connection, step: Step) -> None:
    from app.members.parting import before_undo

    before_undo(conn, step)


def _find_and_measure(conn: Connection, step: Step) -> None:
    reindex_after(conn, step)
    if "merged_into" in step.after:
        from app.members.parting import measure_after_undo

        measure_after_undo(conn, step)


def _gather_again(conn: Connection, step: Step) -> None:
    """Whoever is one again has everything."""
    from app.members.belongings import below
    from app.members.parting import after_undo

    after_undo(conn, step, (*below(), *belongings()))


def _join_letter_draft(conn: Connection, step: Step) -> None:
    """Keep the words of a letter that was written on since it was submitted."""
    from app.outbox import letter_drafts

    letter_drafts.after_undo(conn, step)


def _watch_deeds(conn: Connection) -> None:
    from app.involvement import upkeep

    upkeep.watch(conn)


def _settle_deeds(conn: Connection) -> None:
    from app.involvement import upkeep

    upkeep.settle(conn)


def meet_outbox(conn: Connection, account_id: int, remote_ids: Sequence[str]) -> None:
    """Match our own incoming messages with their outbox rows."""
    from app.outbox import meet

    meet(conn, account_id, remote_ids)


def apply_rules(conn: Connection, messages: Sequence[int], decided: Mapping[int, Decided], now: int) -> None:
    """Apply the rules to messages that have just come in; loads nothing while there are none.

    `decided` is what had been decided before about the conversations that went on by them.
    """
    if conn.execute("SELECT 1 FROM rule WHERE active = 1 LIMIT 1").fetchone() is not None:
        from app.rules.applying import arrived

        arrived(conn, messages, decided, now)


def look_between(conn: Connection, messages: Sequence[int], now: int) -> None:
    """Find in messages that have just come in who helped whom, and who quarrels.

    Loads nothing where one person speaks.
    """
    from app.inbox.exchange import with_several

    if with_several(conn, messages):
        from app import helping, quarrels

        helping.arrived(conn, messages)
        quarrels.arrived(conn, messages, now)


def _handoff_undone(conn: Connection, step: Step) -> None:
    from app.handoffs import telling

    telling.after_undo(conn, step)


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give what each noun keeps of one conversation to another; with `messages`, only what is about those."""
    from app import gifts, handling, handoffs, outbox, promises, quarrels, rules, templates
    from app.intake import passing
    from app.moderation import desk as moderation
    from app.today import joins as put_off

    gifts.move_conversation(conn, gone, kept, messages)
    handoffs.move_conversation(conn, gone, kept, messages)
    promises.move_conversation(conn, gone, kept, messages)
    handling.move_conversation(conn, gone, kept, messages)
    rules.move_conversation(conn, gone, kept, messages)
    templates.move_conversation(conn, gone, kept, messages)
    outbox.move_conversation(conn, gone, kept, messages)
    moderation.move_conversation(conn, gone, kept, messages)
    passing.move_conversation(conn, gone, kept, messages)
    put_off.move_conversation(conn, gone, kept, messages)
    quarrels.move_conversation(conn, gone, kept, messages)


def belongings() -> tuple[Belonging, ...]:
    """What nouns above the members keep of one: it goes along with a merge, and back when the two are parted.

    Each is a table with its `hand_over(conn, gone, into, rows=None)`.
    """
    from app import deserving, giveaways
    from app.members.belongings import Belonging, OfMessage

    return (
        Belonging("gift_pass", deserving.hand_over),
        Belonging("giveaway_entry", giveaways.hand_over, hangs=OfMessage),
    )


def _keep_stock(conn: Connection, *_step: object) -> None:
    """Nothing is undone or redone that would leave less than none in stock."""
    from app.gifts.stock import keep_above_zero

    keep_above_zero(conn)


def _look_at_budgets(conn: Connection) -> object:
    from app.gifts.budget import budget_standing

    return budget_standing(conn)


def _tell_of_budgets(conn: Connection, before: Standing) -> str:
    from app.gifts.budget import over_words

    return over_words(conn, before)


HOOKS = Hooks(
    before={
        "outbox": _ask_outbox,
        "conversation": _give_back_parted,
        "attachment": _forget_file,
        "label": own.before_undo,
        "member_label": own.before_undo,
        "member_value": own.before_undo,
        "member_note": own.before_undo,
        "member_merge": _ask_merge,
    },
    after={
        "stock_move": _keep_stock,
        "conversation": _recount,
        "handoff": _handoff_undone,
        "draft": beside.after_undo,
        "draft_beside": beside.follow,
        "letter_draft": _join_letter_draft,
        "member": _find_and_measure,
        "identity": reindex_after,
        "member_merge": _gather_again,
        "label": own.after_undo,
        "member_label": own.after_undo,
        "member_value": own.after_undo,
        "member_note": own.after_undo,
        "message": _follow_message,
    },
    again={"outbox": _hold_again, "gift_address": _refuse_erased, "stock_move": _keep_stock},
    figures=Figures(_watch_deeds, _settle_deeds),
    copies={"message": Copy(_forget_words, _remember_words)},
    told=Told(frozenset({"gift", "gift_budget", "gift_rate"}), _look_at_budgets, _tell_of_budgets),
)
"""What each noun does when an undo or redo touches its rows."""

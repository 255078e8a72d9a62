"""The demo's promises, hand-offs, gifts and kind words, and the year's budget."""

from __future__ import annotations

from app import given
from app.base import clock, money, resources
from app.demo.planting import Plant, Planting, first_speaker
from app.gifts.asking_address import was_asked
from app.gifts.choice import put_choice
from app.gifts.items import put_parts
from app.gifts.moving import put
from app.gifts.rows import LEFT
from app.gifts.vouchers import add_without_code
from app.handoffs.ladder import REMIND
from app.handoffs.steps import record
from app.inbox import conversations, drafts
from app.intake import passing

_ADDRESS = ("address_1", "postal_code", "city", "country")
_HANDLED_SECONDS, _THANKED_SECONDS = 2_400, 9 * 86_400
"""After it was noted a gift is handled so soon; who got one is thanked so long after that."""


def plant(planting: Planting) -> None:
    """Create the promises, hand-offs and gifts of each conversation."""
    for talk in planting.talks:
        conversation, first = planting.conversations[talk["key"]], first_speaker(talk) or ""
        if "passed_on" in talk:
            _passed_on(planting, talk["passed_on"], conversation)
        for promise in talk.get("promise", ()):
            _promise(planting, promise, conversation, planting.members[promise.get("member", first)])
        for handoff in talk.get("handoff", ()):
            _handoff(planting, handoff, conversation)
        for gift in talk.get("gift", ()):
            _gift(planting, gift, conversation, planting.members[gift.get("member", first)])


def _passed_on(planting: Planting, told: Plant, conversation: int) -> None:
    """Note that a teammate passed the first message on."""
    bench, mate = planting.bench, planting.teammates[told["by"]]
    by = passing.By(bench.teammates.get(mate).name, mate, told.get("note", ""))
    with bench.store.write() as conn:
        first = conn.execute(
            "SELECT account_id, remote_id FROM message WHERE conversation_id = ? ORDER BY at, id LIMIT 1",
            (conversation,),
        ).fetchone()
        passing.note(conn, first["account_id"], {first["remote_id"]: by})


def plant_drafts(planting: Planting) -> None:
    """Begin the replies that are not sent yet, in the language of their conversations."""
    for talk in planting.talks:
        if "draft" in talk:
            row = planting.bench.inbox.row(planting.conversations[talk["key"]])
            template = planting.bench.templates.get(talk["draft_template"]).id if "draft_template" in talk else None
            with planting.bench.store.write() as conn:
                drafts.save(conn, drafts.Draft(row.id, talk["draft"], row.language, template_id=template))


def _promise(planting: Planting, promise: Plant, conversation: int, member: int) -> None:
    due = planting.day(promise.get("due", ""))
    made = planting.bench.promises.add(member, promise["what"], due, conversation, planting.moment(promise["at"]))
    planting.promises.append((made, promise))


def _handoff(planting: Planting, handoff: Plant, conversation: int) -> None:
    """Create a hand-off, given out in a file at once unless it says `given = false`."""
    desk, at = planting.bench.handoffs, planting.moment(handoff["at"])
    mate = planting.teammates[handoff["to"]]
    made = desk.add(
        conversation,
        mate,
        handoff["ask"],
        kind=handoff.get("kind", "problem"),
        needed_by=planting.day(handoff.get("needed_by", "")),
        at=at,
    )
    if handoff.get("given", True):
        give_out(planting, made, handoff["to"], at)
    planting.handoffs.append((made, handoff))
    if "reminded" in handoff:
        with planting.bench.store.write() as conn:
            mate = planting.teammates[handoff["to"]]
            record(conn, made, REMIND, planting.moment(handoff["reminded"]), teammate_id=mate)


def give_out(planting: Planting, made: int, to: str, at: int) -> None:
    """Note that a hand-off went to a teammate (their key) in a file, `at` (Unix seconds)."""
    name = f"handoffs-{to.title()}-{clock.local(at).date().isoformat()}.csv"
    with planting.bench.store.write() as conn:
        planting.bench.handoffs.mark_exported(conn, [made], at)
        given.register(conn, "handoffs", planting.teammates[to], name, [(made, 1)], at=at)


def _gift(planting: Planting, gift: Plant, conversation: int, member: int) -> None:
    """Log a gift when it was noted, and move it to where it stands when that was (`moved`): never in one minute."""
    noted, state = planting.moment(gift["at"]), gift.get("state", "idea")
    number = planting.bench.gifts.log(
        member,
        gift["item"],
        gift["why"],
        str(gift["cost"]),
        gift.get("currency", "EUR"),
        at=noted,
        occasion=gift.get("occasion", "thank_you"),
        conversation_id=conversation,
        charity=gift.get("charity", ""),
        details=dict(zip(_ADDRESS, gift.get("address", ()), strict=False)),
    )
    if state != "idea":
        handled = noted + _HANDLED_SECONDS
        usual = handled + _THANKED_SECONDS if state == "thanked" else handled
        with planting.bench.store.write() as conn:
            if state in LEFT:
                put(conn, number, "shipped", handled)
            moved = planting.moment(gift["moved"]) if "moved" in gift else usual
            put(conn, number, state, moved)
            if state in ("asked", "address_in"):
                was_asked(conn, number, moved)
    if "offered" in gift:
        planting.choices.append((number, gift["item"], gift["offered"]))


def plant_answers(planting: Planting) -> None:
    """Mark promises as kept, and record the teammates' answers to hand-offs."""
    for number, promise in planting.promises:
        if "kept" in promise:
            planting.bench.promises.keep(number, at=planting.moment(promise["kept"]))
    for number, handoff in planting.handoffs:
        status, answered_on = handoff.get("status", "sent"), planting.day(handoff.get("answered_at", ""))
        if status != "sent":
            status = "solved" if status == "closed" else status
            planting.bench.handoffs.answer(
                number, status, handoff.get("answer", ""), answered_on, at=_last_change(planting, handoff)
            )


def plant_closings(planting: Planting) -> None:
    """Close the hand-offs whose member was told, and what the answer had opened again."""
    for number, handoff in planting.handoffs:
        if handoff.get("status") == "closed":
            planting.bench.handoffs.tell(number, at=_last_change(planting, handoff))
    told = {number for number, handoff in planting.handoffs if handoff.get("status") == "closed"}
    for talk in planting.talks:
        number = planting.conversations[talk["key"]]
        if talk.get("done") and any(one.id in told for one in planting.bench.handoffs.of_conversation(number)):
            with planting.bench.store.write() as conn:
                conversations.close(conn, number, max(planting.moment(said["at"]) for said in talk["message"]) + 60)


def _last_change(planting: Planting, handoff: Plant) -> int:
    return planting.moment(handoff["answered_at"] if "answered_at" in handoff else handoff["at"])


def plant_kind_words(planting: Planting) -> None:
    """Keep the kind words on the shelf."""
    for kept in resources.table("demo", "kind_words.toml")["kind_word"]:
        planting.bench.kind_words.keep(planting.messages[kept["message"]], planting.moment(kept["kept"]))


def plant_budget(planting: Planting) -> None:
    """Set the year's budgets, the rates from its first day on, what one person gets at most; enter items with stock."""
    plan = resources.table("demo", "budget.toml")
    for rate in plan.get("rate", ()):
        planting.bench.gifts.rates.set(rate["from"], rate["to"], rate["rate"], f"{planting.now.year}-01-01")
    for budget in plan.get("budget", ()):
        amount = money.amount(str(budget["amount"]), budget["currency"])
        year, occasion = planting.now.year, budget.get("occasion", "")
        planting.bench.gifts.budgets.set(year, budget["currency"], amount, occasion)
    for key, value in plan["settings"].items():
        planting.bench.settings.put(key, value)
    numbers = dict[str, int]()
    for item in plan.get("item", ()):
        facts = {key: value for key, value in item.items() if key not in ("name", "made_of")}
        numbers[item["name"]] = planting.bench.gifts.items.add(item["name"], **facts)
        with planting.bench.store.write() as conn:
            inside = {numbers[part]: qty for part, qty in item.get("made_of", {}).items()}
            put_parts(conn, numbers[item["name"]], inside)
    for name, vouchers in plan.get("vouchers", {}).items():
        with planting.bench.store.write() as conn:
            for one in vouchers:
                add_without_code(conn, numbers[name], planting.moment(one["at"]), planting.day(one["expires"]))
    for number, chosen, offered in planting.choices:
        with planting.bench.store.write() as conn:
            put_choice(conn, number, [numbers[name] for name in offered], numbers[chosen])
    for stock in plan.get("stock", ()):
        planting.bench.gifts.count_stock(stock["item"], stock["left"], stock.get("reorder_at", 0))

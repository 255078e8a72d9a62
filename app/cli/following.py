"""`handoff remind|pass-on|tell|edit|answer|close|reopen`: hand-offs followed up until the member has heard."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.handoff_shape import handoff_json
from app.cli.output import Output
from app.cli.shapes import Shape, spoken
from app.handoffs import ANSWERED, KINDS, PRIORITIES, STATUSES, Handoff
from app.handoffs.ladder import PASS_ON
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the commands to the group of hand-offs."""
    _one(group.add("remind", remind, tr("draft a letter that reminds the teammate; nothing is sent")))
    made = group.add("pass-on", pass_on, tr("give a hand-off to another teammate"))
    _one(made)
    made.add_argument("--to", metavar=tr("TEAMMATE"), help=tr("left out: their stand-in, else the next likeliest"))
    made.add_argument("--needed-by", default="", metavar=tr("DATE"), help=tr("left out: it stays as it is"))
    made = group.add("tell", tell, tr("draft the reply that tells the member the answer, or that you're still on it"))
    _one(made)
    made.add_argument("--told", action="store_true", help=tr("they have been told already: draft nothing"))
    made = group.add("edit", edit, tr("change a hand-off; what you leave out stays as it is"))
    _one(made)
    made.add_argument("--ask", metavar=tr("TEXT"), help=tr("what you need, in one sentence"))
    made.add_argument("--kind", choices=KINDS)
    made.add_argument("--needed-by", metavar=tr("DATE"), help=tr("friday, in 3 days, 24.12. or 2026-11-30"))
    made.add_argument("--priority", choices=PRIORITIES)
    made.add_argument("--ticket", metavar=tr("TICKET"))
    made.add_argument("--translation", metavar=tr("TEXT"), help=tr("what was said, in a language that they know"))
    made = group.add("answer", answer, tr("write down what a teammate answered"))
    _one(made)
    made.add_argument(
        "--status", choices=[spoken(one) for one in STATUSES], default="solved", help=tr("default: solved")
    )
    made.add_argument("--text", default="", metavar=tr("TEXT"), help=tr("the answer"))
    made.add_argument("--on", default="", metavar=tr("DATE"), help=tr("when they answered; default: today"))
    made = group.add("close", close, tr("close a hand-off"))
    _one(made)
    made.add_argument("--why", default="", metavar=tr("TEXT"), help=tr("why, if the member hasn't been told"))
    _one(group.add("reopen", reopen, tr("reopen a hand-off")))


def _one(made: ArgumentParser) -> None:
    made.add_argument("id", metavar=tr("ID"), help=tr("H-..."))


def _handoff(bench: Workbench, asked: Namespace) -> Handoff:
    return bench.handoffs.get(ids.number(ids.HANDOFF, asked.id))


def _told(bench: Workbench, number: int, *lines: str, **more: object) -> Output:
    shape: Shape = {**handoff_json(bench.handoffs.get(number)), **more}
    return Output(shape, lines)


def remind(bench: Workbench, asked: Namespace) -> Output:
    """Draft the reminder; without a way to send it, print its words."""
    handoff = _handoff(bench, asked)
    done = bench.following.remind(handoff.id)
    if done.draft is None:
        lines = [
            tr("There's no e-mail address for {name}, or no account that sends e-mail. Copy this:").format(
                name=handoff.teammate or tr("the teammate")
            ),
            "", done.subject, "", done.text,
        ]  # fmt: skip
        return _told(bench, handoff.id, *lines, letter=None, subject=done.subject, text=done.text)
    words = tr("Reminder to {name} drafted, not sent: letter {number}.").format(
        name=handoff.teammate, number=done.draft.id
    )
    return _told(bench, handoff.id, words, letter=done.draft.id, subject=done.subject, text=done.text)


def pass_on(bench: Workbench, asked: Namespace) -> Output:
    """Give it to the second name."""
    handoff = _handoff(bench, asked)
    if asked.to is not None:
        mate = bench.teammates.serving(bench.teammates.named(asked.to).id)
    else:
        found = bench.following.seconds(handoff.id)
        if not found:
            raise UserError(tr("There's nobody else to pass it on to."))
        mate = found[0].teammate
    bench.following.pass_on(handoff.id, mate.id, bench.dates.day(asked.needed_by))
    words = tr("Passed on to {name}, who gets it with the next file: handoff file FILE --to NAME")
    return _told(bench, handoff.id, words.format(name=mate.name), step=spoken(PASS_ON))


def tell(bench: Workbench, asked: Namespace) -> Output:
    """Draft the reply to the member, or note that they were told."""
    handoff = _handoff(bench, asked)
    if asked.told:
        bench.handoffs.tell(handoff.id)
        return _told(bench, handoff.id, tr("Noted: {member} has been told.").format(member=handoff.member))
    following = bench.following
    draft = following.draft_answer(handoff.id) if handoff.status in ANSWERED else following.still_on_it(handoff.id)
    to = "" if handoff.member_id is None else f" --to {ids.display(ids.MEMBER, handoff.member_id)}"
    call = f"reply {ids.display(ids.CONVERSATION, handoff.conversation_id or 0)}{to} --text-file FILE"
    words = tr("Drafted to {member}, not sent. To send it: open it in the window, or {command}").format(
        member=handoff.member or tr("the member"), command=call
    )
    return _told(bench, handoff.id, words, "", draft.text, draft=draft.text, language=draft.language)


def edit(bench: Workbench, asked: Namespace) -> Output:
    """Change what is given."""
    handoff = _handoff(bench, asked)
    given = {key: getattr(asked, key) for key in ("ask", "kind", "priority", "ticket", "translation")}
    values = {key: value for key, value in given.items() if value is not None}
    if asked.needed_by is not None:
        values["needed_by"] = bench.dates.day(asked.needed_by)
    if not values:
        raise UserError(tr("Say what to change; --help lists what there is."))
    bench.following.guard(values.get("ask", ""), values.get("translation", ""))
    bench.handoffs.edit(handoff.id, values)
    return _told(bench, handoff.id, tr("{id} saved.").format(id=ids.display(ids.HANDOFF, handoff.id)))


def answer(bench: Workbench, asked: Namespace) -> Output:
    """Write down the answer, and say who has to hear it."""
    handoff = _handoff(bench, asked)
    on = bench.dates.day(asked.on, back=True)
    bench.handoffs.answer(handoff.id, asked.status.replace("-", "_"), asked.text, on)
    lines = [tr("{id} saved.").format(id=ids.display(ids.HANDOFF, handoff.id))]
    now = bench.handoffs.get(handoff.id)
    if now.status in ANSWERED and now.member and now.told_at is None:
        words = tr("{member} hasn't been told yet: handoff tell {id}")
        lines.append(words.format(member=now.member, id=ids.display(ids.HANDOFF, handoff.id)))
    return _told(bench, handoff.id, *lines)


def close(bench: Workbench, asked: Namespace) -> Output:
    """Close it, with the reason where the member has not been told."""
    handoff = _handoff(bench, asked)
    bench.handoffs.close(handoff.id, asked.why)
    return _told(bench, handoff.id, tr("{id} closed.").format(id=ids.display(ids.HANDOFF, handoff.id)))


def reopen(bench: Workbench, asked: Namespace) -> Output:
    """Reopen it."""
    handoff = _handoff(bench, asked)
    bench.handoffs.reopen(handoff.id)
    return _told(bench, handoff.id, tr("{id} reopened.").format(id=ids.display(ids.HANDOFF, handoff.id)))

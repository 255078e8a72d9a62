"""What is offered when no answer comes, and what was done: in words, and done when somebody presses the button."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.base import clock
from app.handoffs.ladder import OFFERS, PASS_ON, REMIND, STEP_NAMES, TELL, Taken
from ui.frame.doing import show_errors, undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.following import Offered
    from app.workbench import Workbench
    from ui.frame.page import Frame


def offered(found: Offered) -> str:
    """Why a step is offered: "No answer for 3 working days. Next: ask Petra."."""
    waited = text.counted(
        found.offer.days, "{count} working day late.", "{count} working days late.",
    )  # fmt: skip
    if found.offer.step == PASS_ON and found.second is not None:
        return tr("{late} Offered: pass it on to {name}.").format(
            late=waited, name=text.name(found.second.teammate.name)
        )
    if found.offer.step == TELL:
        name = text.name(found.handoff.member)
        return tr("{late} Offered: tell {name} that you're still on it.").format(late=waited, name=name)
    return tr("{late} Offered: remind {name}.").format(late=waited, name=text.name(found.handoff.teammate))


def button(found: Offered) -> str:
    """The title of the button that does it."""
    return tr(OFFERS[found.offer.step])


def taken(steps: list[Taken], names: dict[int, str], today: date) -> str:
    """What was done so far, a line each; "" for nothing."""
    lines = []
    for step in steps:
        day = text.day(clock.local(step.at).date(), today)
        words = tr(STEP_NAMES[step.step])
        if step.step == PASS_ON:
            words = tr("Passed on from {first} to {second}").format(
                first=text.name(names.get(step.from_teammate_id or 0, "") or tr("nobody")),
                second=text.name(names.get(step.teammate_id or 0, "") or tr("nobody")),
            )
        if step.step != PASS_ON and step.outbox_id is None:
            words = tr("{step} (drafted, not sent)").format(step=words)
        lines.append(tr("{day}: {words}").format(day=day, words=words))
    return "\n".join(lines)


def do(bench: Workbench, frame: Frame, found: Offered) -> None:
    """Do the step that is offered; nothing is sent by it."""
    handoff = found.handoff
    if found.offer.step == REMIND:
        _remind(bench, frame, handoff.id, handoff.teammate)
    elif found.offer.step == PASS_ON and found.second is not None:
        mate = found.second.teammate
        words = tr("Passed on to {name}, who finds out from the next file you send.")
        with undoable(frame, words.format(name=text.name(mate.name))):
            bench.following.pass_on(handoff.id, mate.id)
    elif found.offer.step == TELL and handoff.conversation_id is not None:
        words = tr("Drafted for {name}. Nothing is sent yet.")
        with show_errors(frame):
            with undoable(frame, words.format(name=text.name(handoff.member))):
                bench.following.still_on_it(handoff.id)
            frame.go("inbox", handoff.conversation_id)
            frame.run("reply")


def _remind(bench: Workbench, frame: Frame, number: int, name: str) -> None:
    with show_errors(frame):
        done = bench.following.remind(number)
        if done.draft is not None:
            frame.go("letter", ("draft", done.draft.id))
            return
        QGuiApplication.clipboard().setText(done.text)
        words = tr("{name} has no e-mail address here. The reminder is copied: paste it where they read.")
        frame.toast(words.format(name=text.name(name)))

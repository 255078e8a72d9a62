"""Every strip of the window with words in it, and how a test opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from app.giveaways import NewEntry, Plan
from app.outbox import offer
from app.voice import Rule
from tests.app.returns.returning import letter_of_jon
from tests.stories.hand import Hand
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

UNHAPPY, PARTY, OTHER = "Το κουτί έφτασε σπασμένο", "Street party verdict", "Tasting twelve lemonades, blind"


def _in_inbox(command: str, title: str = UNHAPPY) -> Callable[[Window], Any]:
    def opens(window: Window) -> Any:
        page = inbox(window)
        open_talk(page, title)
        window.run(command)
        return page.talk.strip

    return opens


def _of_several(window: Window) -> Any:
    page = inbox(window)
    page.list.focus_rows()
    page.marks.clear()
    page.list.rows.choose(0)
    Hand(window).keys("Shift+J")
    window.run("handoff")
    return page.talk.strip


def _later(window: Window) -> Any:
    page = inbox(window)
    open_talk(page, UNHAPPY)
    page.answering.later._chosen("D")
    return page.talk.strip


def _solved(window: Window) -> Any:
    page = inbox(window)
    open_talk(page, UNHAPPY)
    page.talk.composer.field.setPlainText("We will make it good.")
    window.run("send_done")
    return page.talk.strip


def _ask_first(window: Window) -> Any:
    page = inbox(window)
    open_talk(page, PARTY)
    page.talk.composer.field.setPlainText("Ginger is a cure for colds.")
    Hand.until(lambda: page.talk.composer.words.voice.stopped() is not None)
    window.run("ask_first")
    return page.talk.strip


def _on_page(page_id: str, command: str, target: object = None) -> Callable[[Window], Any]:
    def opens(window: Window) -> Any:
        window.go(page_id, target)
        page: Any = window.page(page_id)
        QApplication.processEvents()
        if page_id != "templates":
            page.list.choose(0)
        window.run(command)
        return page.strip

    return opens


def _of_facts(view: str) -> Callable[[Window], Any]:
    def opens(window: Window) -> Any:
        window.go("facts", view)
        QApplication.processEvents()
        window.run("new_fact")
        page: Any = window.page("facts")
        return page.strip

    return opens


def _of_a_teammate(window: Window) -> Any:
    window.go("handoffs", ("teammate", window.bench.teammates.named("Jón").id))
    window.run("thank_teammate")
    page: Any = window.page("handoffs")
    return page.strip


def _of_member(command: str) -> Callable[[Window], Any]:
    def opens(window: Window) -> Any:
        window.go("members", window.bench.members.find("")[0])
        page: Any = window.page("members")
        window.run(command)
        return page.profile.strip

    return opens


def _unmarked(window: Window) -> Any:
    """Of a member who isn't marked as the audience: a mark would be taken away at once."""
    window.go("members", window.bench.members.find("hrafnkell")[0])
    page: Any = window.page("members")
    window.run("mark_fits")
    return page.profile.strip


def _introduced(window: Window) -> Any:
    made = window.bench.introductions.listed("to_look_after")[0]
    window.go("members", made.one.member_id)
    window.run("introduction_outcome")
    page: Any = window.page("members")
    return page.profile.strip


def _of_letter(window: Window) -> Any:
    window.go("handoffs", ("letter", letter_of_jon(window.bench)))
    page: Any = window.page("handoffs")
    return page.strip


def _dropped(window: Window) -> Any:
    page = inbox(window)
    open_talk(page, UNHAPPY)
    bench = window.bench
    row = page.opened.row
    promises = bench.promises.to_keep(row.id, None)
    page.adding.drop_promise(promises[0].id if promises else bench.promises.add(row.member_id, "write", "", row.id))
    return page.talk.strip


def _offered(window: Window) -> Any:
    page = inbox(window)
    open_talk(page, PARTY)
    words = offer(window.bench.templates, page.opened.row.id, None).text.split()
    longest = max((word.strip(".,:;!?") for word in words), key=len)
    window.bench.voice.add_rule(Rule(0, (longest,), "ask", "It needs a reason."))
    window.run("to_private")
    return page.talk.strip


def _giveaway(window: Window) -> Any:
    """One that waits for its seed."""
    desk = window.bench.giveaways
    if desk.listed()[0].name != "Mugs":
        number = desk.add(Plan("Mugs", 1))
        desk.enter_rows(number, [NewEntry("Ana", "ana@x.example")])
        desk.close(number)
    return _on_page("delight", "giveaways")(window)


def _about_giveaway(command: str) -> Callable[[Window], Any]:
    """A form about one that is open, or that was drawn."""

    def opens(window: Window) -> Any:
        desk, name = window.bench.giveaways, "Drawn" if command == "giveaway_pass_on" else "Caps"
        if all(one.name != name for one in desk.listed()):
            number = desk.add(Plan(name, 1))
            desk.enter_rows(number, [NewEntry(who, f"{who}@x.example") for who in ("ana", "bo")])
            if name == "Drawn":
                desk.close(number)
                desk.draw(number, "7")
        window.go("delight")
        page: Any = window.page("delight")
        page._give_away(desk.named(name).id)
        window.run(command)
        return page.strip

    return opens


def _new_giveaway(window: Window) -> Any:
    _on_page("delight", "giveaways")(window).buttons["new"].click()
    page: Any = window.page("delight")
    return page.strip


STRIPS: dict[str, Callable[[Window], Any]] = {
    "GiftStrip": _in_inbox("gift"),
    "HandoffStrip": _in_inbox("handoff"),
    "AskFirstStrip": _ask_first,
    "NoteStrip": _in_inbox("note"),
    "NoteStrip of a member": _of_member("note"),
    "DatedNoteStrip": _of_member("member_note"),
    "MemberHandoffStrip": _of_member("handoff"),
    "RhythmStrip": _of_member("set_rhythm"),
    "FitsStrip": _unmarked,
    "GiftHandoffStrip": _on_page("delight", "handoff"),
    "PromiseStrip": _in_inbox("promise"),
    "PromiseStrip of a hand-off": _on_page("handoffs", "promise"),
    "AskStrip": _in_inbox("permission"),
    "SaidStrip": _in_inbox("permission", "Limonáda mojí maminky"),
    "IntroduceStrip": _of_member("introduce_to"),
    "OutcomeStrip": _introduced,
    "SubjectStrip": _on_page("handoffs", "own_subject"),
    "DropStrip": _dropped,
    "OfferStrip": _offered,
    "ReasonStrip": _in_inbox("done"),
    "ModerationStrip": _in_inbox("moderate"),
    "JoinStrip": _in_inbox("join", OTHER),
    "LinkStrip": _in_inbox("link"),
    "CorrectionStrip": _in_inbox("correct", PARTY),
    "DateStrip": _later,
    "SolvedStrip": _solved,
    "HandOverStrip": _of_several,
    "LogStrip": _on_page("delight", "gift"),
    "EditStrip": _on_page("delight", "edit_gift"),
    "AddressStrip": _on_page("delight", "gift_address"),
    "CountStrip": _on_page("delight", "count_stock"),
    "BudgetStrip": _on_page("delight", "set_budget"),
    "RateStrip": _on_page("delight", "set_rate"),
    "GiftItemStrip": _on_page("delight", "items"),
    "StageStrip": _on_page("delight", "gift_stage"),
    "GiveawayStrip": _giveaway,
    "NewGiveawayStrip": _new_giveaway,
    "StrikeStrip": _about_giveaway("giveaway_strike"),
    "SeedStrip": _about_giveaway("giveaway_promise"),
    "PassOnStrip": _about_giveaway("giveaway_pass_on"),
    "TeammateStrip": _on_page("handoffs", "teammates"),
    "ThankStrip": _of_a_teammate,
    "EditHandoffStrip": _on_page("handoffs", "edit_handoff"),
    "CloseStrip": _on_page("handoffs", "close_handoff"),
    "LetterStrip": _of_letter,
    "FactStrip": _of_facts("facts"),
    "EmbargoStrip": _of_facts("embargoes"),
    "RuleStrip": _on_page("templates", "new_template", "rules"),
    "TraitStrip": _on_page("templates", "new_template", "voice"),
}
"""Every strip with words in it, and how it is opened."""

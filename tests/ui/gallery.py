"""Pictures of every page of the demo, light and dark: `python -m tests.ui.gallery FOLDER [WIDTHxHEIGHT]`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.app.spelling.small import write
from tests.ui.parts import palette

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.accounts import assistable, connectable
from app.base import clock
from app.base.errors import UserError
from app.base.paths import Profile, profile
from app.demo import build
from app.store.sqlite import connect
from app.workbench import Workbench
from ui.dialogs.lending import TakeBack
from ui.frame.registry import pages
from ui.look.theme import theme
from ui.pages.accounts.form import AccountForm
from ui.palette.keysheet import KeySheet
from ui.shell.application import Application
from ui.shell.pulse import look_at_pen
from ui.shell.recovery import Recovery
from ui.shell.window import Window

MAILBOX = "email"
"""The kind whose form finds things out: all of these addresses are in its table, so nobody is asked."""


def settle(seconds: float = 0.15) -> None:
    """Let timers and paints run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def shoot(window: QWidget, folder: Path, name: str) -> None:
    """One picture in light and one in dark."""
    for scheme in ("light", "dark"):
        theme().choose(scheme)
        settle()
        window.grab().save(str(folder / f"{name}_{scheme}.png"))
    theme().choose("light")


def _open(window: Window, title: str) -> Any:
    """The inbox page with the conversation of that title."""
    window.go("inbox")
    page: Any = window.page("inbox")
    page.open(window.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0])
    settle()
    return page


def _answer(window: Window) -> None:
    """The conversation about the broken box, with an answer begun that the voice guide has something to say about."""
    composer = _open(window, "Το κουτί έφτασε σπασμένο").talk.composer
    composer.field.setPlainText(
        "Γεια σου, Ελένη, λυπάμαι πολύ για τα σπασμένα μπουκάλια! Μίλησα ήδη με τον Jón στην υποστήριξη"
        " και η επιστροφή χρημάτων γίνεται σήμερα.\nΣου στέλνω και ένα νέο κουτί 🍋 Πες μου, ποια γεύση προτιμάς;"
    )
    composer.words.check()


def _misspell(window: Window, folder: Path) -> None:
    """A Greek reply with two slips, by a small dictionary of the tests', so that every machine shows the same."""
    window.bench.settings.put("spelling", value=True)
    composer = _open(window, "Ποια αντέχει ως την Κυριακή;").talk.composer
    composer.write()
    composer.manners.dismiss()
    composer.field.setPlainText("Καλημέρα, το όνομά μου ειναι λόγοσ. ΕΥΧΑΡΙΣΤΩ")
    spelling = composer.words.voice.spelling
    end = time.monotonic() + 10
    while not composer.field.marks.slips() and time.monotonic() < end:
        settle()
    spelling.next()
    settle(0.5)
    menu: Any = window.findChild(QMenu)
    for scheme in ("light", "dark") if menu is not None else ():
        theme().choose(scheme)
        settle(0.3)
        picture = window.grab()
        painter = QPainter(picture)
        painter.drawPixmap(window.mapFromGlobal(menu.pos()), menu.grab())  # a window of its own
        painter.end()
        picture.save(str(folder / f"spelling_{scheme}.png"))
    theme().choose("light")
    if menu is not None:
        menu.close()
    window.bench.settings.put("spelling", value=False)
    composer.field.clear()
    page: Any = window.page("inbox")
    page.list.focus_rows()


def talks(window: Window, folder: Path) -> None:
    """What is said of a message there, what goes out later, what is too long for one message, and the log."""
    _open(window, "Η λεμονιά μου μεγάλωσε")
    window.run("pictures")
    settle(0.5)
    shoot(window, folder, "pictures")
    for title, name in (
        ("Tasting evening at the bench shop", "invitation"), ("Τα τελάρα του χειμώνα", "quotation"),
        ("Árlista a címkékről", "damaged"),
    ):  # fmt: skip
        _open(window, title)
        shoot(window, folder, name)
    _misspell(window, folder)
    page = _open(window, "Nem nyílik meg az ötödik recept")
    window.run("moderate")
    shoot(window, folder, "moderation")
    page.talk.close_strip()
    _open(window, "Same lemonade, half the price")
    window.run("moderation_log")
    shoot(window, folder, "moderation_log")
    sheet = window.findChild(QWidget, "overlay")
    assert sheet is not None
    sheet.close()
    for title, name in (
        ("Wooden crates for Sunday’s swap", "reported"), ("The label vote: has it been counted twice?", "closed"),
        ("Why does my elderflower syrup turn cloudy?", "solution"),
    ):  # fmt: skip
        _open(window, title)
        shoot(window, folder, name)
    _open(window, "Ποια αντέχει ως την Κυριακή;")
    shoot(window, folder, "later")
    composer = _open(window, "Fæst límonaðið í Noregi?").talk.composer
    composer.field.setPlainText(
        "Hæ Sigrún Helga! Ekki enn, en við spurðum Ondřej hvað það kostar að senda kassa til Bergen. " * 7
    )
    composer.words.check()
    shoot(window, folder, "thread")
    composer.field.clear()
    window.go("letter", ("draft", window.bench.letters.drafts()[0].id))
    settle()
    shoot(window, folder, "post")
    window.run("back")


def _voice(window: Window, folder: Path) -> None:
    """The voice guide, its rules, what they find in a draft and what is put instead; facts and embargoes."""
    for view, name in (("voice", "voice_guide"), ("rules", "voice_rules"), ("drift", "drift")):
        window.go("templates", view)
        settle(2.0 if view == "drift" else 0.3)  # all that was sent is read
        shoot(window, folder, name)
    window.go("templates", "templates")
    for target, name in ((0, "facts"), ("embargoes", "embargoes")):
        window.go("facts", target)
        settle()
        shoot(window, folder, name)
    page = _open(window, "Street party verdict")
    composer = page.talk.composer
    composer.field.setPlainText(
        "Hi Marcus! That hedge is the best thing we have heard in years. May we tell it to an old consumer of ours?"
    )
    composer.words.check()
    shoot(window, folder, "underlined")
    window.run("take_hint")
    composer.words.check()
    shoot(window, folder, "replaced")
    composer.field.setPlainText("Hi Marcus! Ginger cures more than a cold, it seems. Wait for the 2027 flavours!")
    composer.words.check()
    shoot(window, folder, "blocked")
    composer.field.clear()
    for title, name in (("Limonáda pro svatbu", "held"), ("I print shirts for a living", "allowed")):
        _open(window, title).talk.composer.words.check()
        shoot(window, folder, name)


def pictures(window: Window, folder: Path) -> None:
    """Every page, the palette, the key sheet, a toast with progress, and the narrow window."""
    for entry in pages():
        if entry.id == "letter":
            window.run("new_message")
        else:
            window.go(entry.id)
        if entry.id == "inbox":
            _answer(window)
        shoot(window, folder, entry.id)
    talks(window, folder)
    _hand_offs(window, folder)
    _members(window, folder)
    _delight(window, folder)
    _voice(window, folder)
    window.go(window.first_page())
    window.run("palette")
    palette(window)._field.setText("ελενη")
    palette(window)._answer()
    shoot(window, folder, "palette")
    palette(window).dismiss()
    window.run("keysheet")
    shoot(window, folder, "keysheet")
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    sheet.close()
    settle()
    window.toast("Done.", settle)
    window.progress("Importing", 1240, 8300, settle)
    settle(0.4)
    shoot(window, folder, "toast")
    window.resize(860, window.height())
    shoot(window, folder, "narrow")
    large(window, folder)


def _hand_offs(window: Window, folder: Path) -> None:
    """A reply that promises something, the teammates, and a file that came back."""
    page = _open(window, "Ποια για το κέικ πορτοκαλιού;")
    page.answering.reply()
    page.talk.composer.field.setPlainText("Θα ρωτήσω τον Jón και θα σου γράψω την Παρασκευή.")
    settle(0.8)
    window.run("take_promise")
    settle(0.4)
    shoot(window, folder, "promise")
    window.go("handoffs")
    shown: Any = window.page("handoffs")
    shown.turn(mates=True)
    settle(0.3)
    shoot(window, folder, "teammates")
    shown.turn(mates=False)
    shown.open(window.bench.returns.waiting(window.bench.profile.folder)[:1])
    settle(2.0)
    shoot(window, folder, "returned")


def _members(window: Window, folder: Path) -> None:
    """Several who are marked, who may be one person, and who is quiet or new; and a quarrel with both its sides."""
    window.go("members")
    page: Any = window.page("members")
    page.list.setFocus()
    for by in (0, 1, 1):
        page.many.marks.extend(by) if by else page.many.marks.toggle()
    settle(0.5)
    shoot(window, folder, "many")
    page.many.marks.clear()
    for key in ("same", "quiet", "new"):
        window.go("members", key)
        settle(1.0)
        shoot(window, folder, f"members_{key}")
    window.go("members", "people")
    window.go("members", window.bench.members.find("Žofie")[0])
    settle(0.4)
    shoot(window, folder, "member")
    _open(window, "Doboz vagy üveg?")
    settle(0.6)
    shoot(window, folder, "quarrel")


def _delight(window: Window, folder: Path) -> None:
    """Who deserves one beside the gifts; items, a count, a give-away, another stage, and a new gift."""
    window.go("delight")
    settle(1.0)
    shoot(window, folder, "delight")
    for command, name in (
        ("items", "items"), ("count_stock", "stock"), ("giveaways", "giveaway"), ("gift_stage", "gift_stage"),
        ("gift", "gift"), ("set_budget", "budget"), ("set_rate", "rates"),
    ):  # fmt: skip
        window.run(command)
        settle(0.4)
        shoot(window, folder, name)
        window.run("back")
        settle(0.2)


def large(window: Window, folder: Path) -> None:
    """Letters of twice the size in a small window, with a reply begun and something that went wrong."""
    before = window.size()
    window.progress("")
    window.resize(900, 700)
    window.appearance._set_text_size(200)
    _answer(window)
    page: Any = window.page("inbox")
    page.answering.reply()
    window.fail("The server didn't answer. Rapport will try again in 5 minutes.")
    settle(0.5)
    shoot(window, folder, "large")
    window.appearance._set_text_size(100)
    window.resize(before)


def forms(window: Window, folder: Path) -> None:
    """The form of each channel, as docs/connecting.md shows it; those of e-mail in light and dark, as it is found."""
    form = AccountForm(window.bench, window)
    form.show()
    settle()
    shoot(form, folder, "connect")
    for channel in connectable():
        form.choose(channel.kind)
        settle()
        form.grab().save(str(folder / f"connect_{channel.kind}.png"))
    form.choose(assistable()[0].kind)
    settle()
    form.grab().save(str(folder / "connect_assisted.png"))
    form.reject()
    _guide(window, folder)
    for name, address in (("", "jana@gmail.com"), ("_guess", "jana@simnet.is"), ("_signin", "jana@outlook.cz")):
        form = AccountForm(window.bench, window, kind=MAILBOX)
        form.show()
        field: Any = form._inputs["address"]
        field.setText(address)
        form.try_out()
        while form.busy:
            settle(0.05)
        shoot(form, folder, f"connect_email{name}")
        form.reject()


def _guide(window: Window, folder: Path) -> None:
    """The page on connecting beside the form, with the pictures that were there before this run."""
    form = AccountForm(window.bench, window, kind="mastodon")
    form.show()
    for scheme in ("light", "dark"):
        theme().choose(scheme)
        form.guiding.show()
        settle(0.3)
        assert form.guiding.dialog is not None
        form.guiding.dialog.grab().save(str(folder / f"guide_{scheme}.png"))
    theme().choose("light")
    form.reject()


def _why_not(there: Profile) -> UserError:
    """Why the file can't be opened."""
    try:
        Workbench(there).close()
    except UserError as why:
        return why
    raise AssertionError


def safety(folder: Path) -> None:
    """A community whose file is damaged: what is said above every page, what is shown instead of it, and after."""
    there = profile(Path.home() / "Rapport")
    build(there)
    bench = Workbench(there)
    bench.backups.make()
    bench.audit.look(clock.now())
    bench.store.empty_log()
    bench.close()
    with closing(connect(str(there.file), isolation_level=None)) as conn:
        conn.execute("UPDATE message SET text = 'X' || text WHERE id = (SELECT max(id) FROM message)")
    hurt = Application(there)
    window = hurt.start()
    assert hurt.bench is not None
    hurt.bench.audit.look(clock.now())
    hurt.show_damage()
    settle(1.0)
    shoot(window, folder, "damage")
    hurt.close()
    there.file.write_bytes(bytes(40) + there.file.read_bytes()[40:])
    dialog = Recovery(there, _why_not(there))
    dialog.show()
    shoot(dialog, folder, "recovery")
    dialog.repair()
    while not dialog.open_button.isVisible():
        settle(0.2)
    shoot(dialog, folder, "recovered")
    dialog.reject()


def lending(folder: Path) -> None:
    """A desk that is lent: the strip at home, and what comes back with the copy."""
    there, stick = profile(Path.home() / "Lent"), Path.home() / "Katerina"
    build(there)
    lent = Application(there)
    window = lent.start()
    assert lent.bench is not None
    lent.bench.lending.lend(stick, "Kateřina")
    copy = Workbench(Profile(stick))
    copy.inbox.label([3, 5], ["for Jana"])
    copy.members.edit(2, {"note": "likes tea"})
    copy.members.add("Halldóra Ösp Björnsdóttir")
    copy.lending.hand_back()
    copy.close()
    window.go("inbox")
    look_at_pen(lent.bench, window)
    settle(1.0)
    shoot(window, folder, "lent")
    loan = lent.bench.lending.lent()
    assert loan is not None
    back = TakeBack(window, loan)
    back.show()
    back._seen(lent.bench.lending.look(stick))
    shoot(back, folder, "take_back")
    back.reject()
    window.strips.show_obstacle(None)
    lent.close()


def main(words: list[str]) -> int:
    """Write the pictures; how many is printed."""
    folder = Path(words[0] if words else "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    wide, tall = (int(part) for part in (words[1] if len(words) > 1 else "1280x800").split("x"))
    shelf = Path(tempfile.mkdtemp())
    write(shelf)
    os.environ["RAPPORT_DICTIONARIES"] = str(shelf)
    demo = Application(profile(folder / "nowhere"), demo=True)
    window = demo.start()
    window.bench.settings.put("spelling", value=False)  # but for the picture of it: the small dictionary knows little
    window.resize(wide, tall)
    settle(1.0)
    assert window._toast is not None  # the demo says what it is
    window._toast.dismiss()
    pictures(window, folder)
    demo.close()
    os.environ["HOME"] = str(Path(tempfile.mkdtemp()))
    first = Application(profile(Path.home() / "Documents" / "Rapport"))
    window = first.start()
    window.resize(wide, tall)
    shoot(window, folder, "firstrun")
    forms(window, folder)
    first.close()
    safety(folder)
    lending(folder)
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Writes the profile that a release of Rapport leaves behind, with that release's own code.

A release that changed the file's schema keeps one, at the latest when the next step of migration is written:

    git worktree add ../release v0.2
    .venv/bin/python -m tests.profiles.make ../release step_2

The second command puts that checkout's `app` on the path, does with it what a person does in a month (`story.py` has
the words), and packs the file as `tests/profiles/step_2.rapport.xz`. From then on it is never written again: a file of
that release would not be either. `test_profiles.py` opens it with each Rapport to come, and needs no change, unless a
migration is meant to change what somebody wrote. A new table wants a few rows of its own: add a part to `Month`. What
an old release calls differently is looked up by `_old`; that is the one place to mend when modules are moved again.
"""

from __future__ import annotations

import lzma
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.profiles.story import DAY, HOUR, LONG, MBOX, MEMBERS, NAMES, NOW, TALKS

HERE = Path(__file__).resolve().parent
_OLD = {"base.clock": "clock", "base.paths": "paths", "base.message": "channels.base", "base.money": "money"}
"""Modules of the product, and their names before there was `app/base`."""


def _old(name: str) -> Any:
    """A module of the release at hand, whatever it is called there."""
    with suppress(ModuleNotFoundError):
        return import_module(f"app.{name}")
    return import_module(f"app.{_OLD[name]}")


class Channel:
    """Stands in for a channel's session: what is sent becomes what `answer` says, and what is moderated is done."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self.answer = answer

    def send(self, reply: Any) -> Any:
        return self.answer(reply)

    def correct(self, change: Any) -> Any:
        return self.answer(change)

    def moderate(self, verb: str, on: Any) -> None:
        del verb, on


class Month:
    """A month of somebody's work with the release, written into `folder`."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.message, self.base = _old("base.clock"), _old("base.message"), _old("channels.base")
        self.now = NOW - 30 * DAY
        self.clock.now = lambda: self.now
        self.bench = import_module("app.workbench").Workbench(_old("base.paths").profile(folder))
        self.talk: dict[str, int] = {}
        self.template = 0
        self.folder = folder

    def accounts(self) -> None:
        """Three that are read, one that is not, and the settings."""
        for kind, name, fields in (
            ("email", "Post", {"address": "hello@sitrona.example", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}),
            ("wordpress", "Blog", {"site": "https://blog.sitrona.example", "name": "vera"}),
            ("mastodon", "Mastodon", {"server": "https://social.example"}),
            ("facebook", "Facebook", {"page": "https://www.facebook.com/sitrona"}),
        ):
            self.bench.accounts.add(kind, name, fields, {})
        register = import_module("app.accounts.register").Register
        self.bench.accounts.register(1, register("Vera", "Ari", "the safe", "2027-03-01", "the contract"))
        for key, value in (("community", "Sítróna"), ("speaks_as", "Vera"), ("currency", "ISK")):
            self.bench.settings.put(key, value)

    def talks(self) -> None:
        """What came in; of one message the raw mail is kept, one has a file, one was taken away."""
        numbers = {name: n for n, name in enumerate(TALKS, 1)}
        for account, talks in TALKS.items():
            for thread, title, said in talks:
                items = list(self._incoming(account, thread, title, said))
                taken = self.bench.intake.take(numbers[account], items, {"place": thread})
                self.talk[f"{account} {thread}"] = next(iter(taken.conversation_ids))
        author = self.message.Author("eleni@example.gr", "eleni@example.gr", "Ελένη Παπαδοπούλου")
        broken = self.message.Incoming("mail-raw", NOW - 3 * DAY, "This mail cannot be read.", author,
            kind="unreadable", raw=b"Subject: =?utf-8?B?broken", title="?", public=False)  # fmt: skip
        self.bench.intake.take(1, [broken])
        self.bench.written_down.take(4, "Sigrún Jónsdóttir", "Hvenær opnið þið?", link="https://www.facebook.com/p/1")
        self.now = NOW - DAY

    def _incoming(self, account: str, thread: str, title: str, said: list[tuple[str, int, str]]) -> Iterator[Any]:
        for number, (who, hours, words) in enumerate(said):
            key, name = NAMES[who]
            blog, mail = account == "Blog", account == "Post"
            files = (self.message.Attached("kassi.txt", "text/plain", b"brotinn"),) if thread == "order" else ()
            yield self.message.Incoming(
                f"{account}-{thread}-{number}", NOW - hours * HOUR, words, self.message.Author(key, key, name),
                thread="" if mail else thread, refs=(f"{thread}@example.com",) if mail else (),
                title="" if blog else title, public=not mail, attached=files,
                post_title=title if blog else "", post_text="The whole post." if blog else "",
                post_url=f"https://blog.sitrona.example/{title.lower().replace(' ', '-')}" if blog else "",
            )  # fmt: skip

    def members(self) -> None:
        """One is two, one has an address, one is known from a fair."""
        find, desk = self._member, self.bench.members
        desk.edit(find("Guðrún Ásta"), {"note": "Allergic to mint.", "city": "Akureyri", "address_1": "Hafnarstræti 1",
            "postal_code": "600", "country": "IS", "phone": "+354 555 0100", "consent": "offers"})  # fmt: skip
        desk.merge(find("Guðrún Ásta"), find("Guðrún Á."))
        desk.edit(find("Ελένη"), {"kind": "press", "language": "el"})
        self.bench.in_person.note(find("Tom"), "Would love a tour of the cellar.", "the fair", "2026-11-20")
        self.bench.promises.keep(self.bench.promises.add(find("Jana"), "Send the recipe", "2026-12-01"))
        self.bench.promises.drop(self.bench.promises.add(find("Tom"), "Ask the post office"), "They never answer")
        self.bench.promises.add(find("Anna"), "Tell her about Malta", conversation_id=self.talk["Mastodon s3"])

    def _member(self, name: str) -> int:
        row = self.bench.store.read.execute("SELECT id FROM member WHERE name GLOB ? || '*' ORDER BY id", (name,))
        return int(row.fetchone()[0])

    def decisions(self) -> None:
        """Conversations in every state, with labels, marks and a draft."""
        inbox, talk = self.bench.inbox, self.talk
        inbox.done([talk["Post thanks"]])
        inbox.snooze([talk["Blog 14"]], NOW + 7 * DAY)
        inbox.label(talk["Post order"], ["damage", "Iceland"])
        inbox.mark(talk["Post order"], "unhappy", on=True)
        inbox.keep_draft(talk["Mastodon s3"], "We do, since", "en")
        inbox.seen(talk["Post invoice"])

    def lists(self) -> None:
        """A label in another colour, a saved view, and a second draft of one reply; from step 8 on."""
        if not hasattr(self.bench, "views"):
            return
        query = import_module("app.inbox").Query
        labels = self.bench.labels
        labels.colour(next(label.id for label in labels.every() if label.name == "Iceland"), "teal")
        self.bench.views.add("Broken", "brotinn", query("all", label="damage"))
        for words in ("Of the shell", "Of the window"):
            self.bench.inbox.keep_draft(self.talk["Post press"], words, "en", seen="")

    def letters(self) -> None:
        """What machines sent: one letter stays quiet, one was written by a person after all; from step 4 on."""
        if not hasattr(self.message, "Addressee"):
            return
        copy = (self.message.Addressee("cc", "Béla", "bela@example.hu"),)
        for name, why in (("news", "newsletter"), ("away", "away")):
            author = self.message.Author(f"{name}@example.org", f"{name}@example.org", name.title())
            item = self.message.Incoming(
                f"mail-{name}", NOW - 2 * DAY, "We are out of lemons.", author, title=name.title(), public=False,
                letter=name, named=copy, quiet=why, person=False,
            )  # fmt: skip
            self.talk[name] = next(iter(self.bench.intake.take(1, [item]).conversation_ids))
        self.bench.intake.by_person([self.talk["away"]])

    def correspondence(self) -> None:
        """Letters written here, two conversations linked, a mailbox that others use too; from step 5 on."""
        if not hasattr(self.bench, "letters"):
            return
        places = import_module("app.outbox.files")
        letters, attached = self.bench.letters, self.message.Attached
        self.bench.accounts.signatures.put(1, "", "en", "Vera\nSítróna")
        bela = (self.message.Addressee("to", "Béla", "bela@example.hu"),)
        draft = letters.save(letters.new()._replace(receivers=bela, subject="Aratás", text="Kedves Béla,"))
        self.bench.files.add_content(places.of_letter(draft.id), attached("lemons.txt", "text/plain", b"yellow"))
        self.bench.inbox.link(self.talk["Post order"], self.talk["Blog 11"])
        for number, name in enumerate(("Pat Smith", "Kim Smith")):
            author = self.message.Author("smiths@example.com", "smiths@example.com", name)
            item = self.message.Incoming(
                f"mail-smith-{number}", NOW - 2 * DAY, f"It is {name}.", author, title="Two of us", public=False,
                refs=("smiths@thread",), letter=name, place=self.message.Place("INBOX", 7 + number),
                named=(self.message.Addressee("from", name, "smiths@example.com"),),
            )  # fmt: skip
            self.bench.intake.take(1, [item])
        self.bench.intake.same_person(self._message("mail-smith-1"), same=True)

    def correct(self) -> None:
        """A reply of ours is corrected; from step 5 on."""
        if not hasattr(self.bench, "letters"):
            return
        guard = import_module("app.voice")
        row = self.bench.store.read.execute("SELECT id FROM message WHERE remote_id = 'sent-2'").fetchone()
        words = self.bench.voice.clear(guard.Draft("Thank you so much!", "en"), reason="The office knows")
        number = self.bench.outbox.correct(row[0], words, hold_seconds=0)
        self.now += 60
        self.bench.outbox.deliver(number, Channel(lambda _change: self.base.Sent("sent-2")))

    def voice(self) -> None:
        """A rule and a template of one's own."""
        guard = import_module("app.voice")
        self.bench.voice.add_rule(guard.Rule(0, ("refund*",), "ask", "Only the office promises money.", risk="legal"))
        text = import_module("app.templates.desk").Text
        texts = [text("en", "A", "Dear {{name}}, thank you!"), text("cs", "A", "Milá {{name}}, děkujeme!")]
        self.template = self.bench.templates.add("own-thanks", "Own thanks", "After a kind word", texts)

    def colleagues(self) -> None:
        """Hand-offs in every status, to two teammates of whom one is away."""
        ari = self.bench.teammates.add("Ari", team="Office", email="ari@sitrona.example", languages="is en")
        lena = self.bench.teammates.add("Lena", away_from="2026-11-01", away_until="2026-12-01", stand_in_id=ari)
        desk = self.bench.handoffs
        made = [
            desk.add(self.talk[f"Post {thread}"], who, ask, needed_by="2026-11-30")
            for thread, who, ask in (
                ("order", ari, "Send a new box"), ("invoice", ari, "Send the invoice again"),
                ("press", lena, "Who talks to the press?"), ("lost", ari, "Ask the post office"),
            )
        ]  # fmt: skip
        desk.answer(made[0], "solved", "A new box is on its way.")
        desk.answer(made[1], "in_work", "Tomorrow.")
        desk.answer(made[3], "declined", "They do not answer us.")
        desk.close(made[3], "It will not be found")
        self.bench.export.write("handoffs", self.folder / "handoffs.csv")

    def gifts(self) -> None:
        """One in each stage, a budget, things on the shelf."""
        desk, money = self.bench.gifts, _old("base.money").Money
        desk.budgets.set(2026, "ISK", 50_000)
        desk.count_stock("Mug", 12, 3)
        for number, state in enumerate(("idea", "approved", "to_ship", "shipped", "thanked")):
            who = self._member(("Jana", "Tom", "Guðrún Ásta", "Anna", "Kovács")[number])
            desk.log(who, "Mug", "A kind word", money(1_500 + number, "ISK"), state=state,
                details={"card_text": "Með bestu kveðju, Vera", "recipient": "Herself"})  # fmt: skip
        self.bench.export.write("gifts", self.folder / "gifts.csv")

    def delight(self) -> None:
        """A box, a choice, a rate, a voucher that was shown, a give-away whose winner passes it on; from step 12 on."""
        if not hasattr(self.bench, "giveaways"):
            return
        desk, plan = self.bench.gifts, import_module("app.giveaways.rows").Plan
        mug, jam = desk.items.named("Mug").id, desk.items.add("Jam", worth=900, currency="ISK")
        desk.items.fill(desk.items.add("Box of both", kind="box", worth=2_400, currency="ISK"), {mug: 1, jam: 2})
        idea = desk.log(self._member("Tom"), "Mug", "Found the leak", _old("base.money").Money(1_500, "ISK"))
        desk.choices.offer(idea, [mug, jam])
        desk.rates.set("CZK", "ISK", "5.6", "2026-01-01")
        with self.bench.store.write("New voucher") as conn:  # no keyring, and so no code
            conn.execute("INSERT INTO voucher (item_id, added_at, ending) VALUES (?, ?, 'X9')", (jam, self.now))
            conn.execute("INSERT INTO voucher_reveal (voucher_id, at, how) VALUES (1, ?, 'shell')", (self.now,))
        self.bench.deserving.pass_over(self._member("Anna"), "2027-06-01", "She would rather not")
        made = self.bench.giveaways.add(plan("A jar a week", 1, "Jam", jam, seed_promise="The lottery"))
        new_entry = import_module("app.giveaways.entering").NewEntry
        takers = (("Jana Nováková", "jana@example.cz"), ("Tom Baker", "tom@example.com"), ("Ελένη", "eleni@example.gr"))
        self.bench.giveaways.enter_rows(made, [new_entry(*taker) for taker in takers])
        with self.bench.store.write("Entered by tag") as conn:
            conn.execute("INSERT INTO giveaway_source (giveaway_id, kind, value) VALUES (?, 'tag', '#jam')", (made,))
        self.bench.giveaways.close(made)
        (winner,) = self.bench.giveaways.draw(made, "31 7 12")
        self.bench.giveaways.pass_on(made, winner.id, "Eats no jam")

    def imports(self) -> None:
        """A mailbox and a table of members, one column of which the person had to explain."""
        options = import_module("app.imports.shapes").Options
        for name, content, mapping in (("old.mbox", MBOX, {}), ("people.csv", MEMBERS, {"where we met": "note"})):
            path = self.folder / name
            path.write_text(content, encoding="utf-8")
            self.bench.imports.run(path, options(mapping=mapping))

    def moderate(self) -> None:
        """Done, still held, and taken back."""
        desk, number = self.bench.moderation, self._message
        done = desk.do(number("Blog-12-0"), "spam", "No advertising", "Pills", hold_seconds=0)
        desk.carry(done, Channel(lambda _reply: None))
        desk.do(number("Blog-15-0"), "hide", "Be kind", evidence="A picture of it", hold_seconds=20 * DAY)
        desk.undo(desk.do(number("Blog-11-1"), "delete", "By mistake", hold_seconds=20 * DAY))

    def spelling(self) -> None:
        """A word that the dictionaries do not have, of one language and of all; a release without spelling has none."""
        if hasattr(self.bench, "spelling"):
            self.bench.spelling.add("krækiberjasíróp", "is")
            self.bench.spelling.add("Límonaði")

    def day(self) -> None:
        """Blocks, times, a rule with a hit, a kind word, a question let come back, a "thanks" heard; from step 9 on."""
        if not hasattr(self.bench, "blocks"):
            return
        rules = import_module("app.rules.rule")
        self.bench.blocks.add("Tue 17-19")
        self.bench.handling.note("reply", self.talk["Post order"], 240, "sent")
        self.bench.rules.add(
            "Broken", rules.Conditions(words=("brotinn",)), rules.Deeds(label="damage"), to_lately=True, now=NOW
        )
        self.bench.kind_words.keep(self._message("Blog-11-0"))
        eleni = self.message.Author("eleni@example.gr", "eleni@example.gr", "Ελένη Παπαδοπούλου")
        ours = self.message.Author("hello@sitrona.example", "hello@sitrona.example", "Vera")
        for thread, said in (
            ("asked", ((eleni, 400), (ours, 390))),
            ("heard", ((eleni, 60), (ours, 50), (eleni, 40))),
        ):
            words = ("Do you ship to Greece?", "Which town do you live in?", "Ευχαριστώ πολύ!")
            if thread == "heard":
                words = ("Do you ship to Greece?", "We do.", "Ευχαριστώ πολύ!")
            for number, (who, hours) in enumerate(said):
                item = self.message.Incoming(
                    f"{thread}-{number}", NOW - hours * HOUR, words[number], who, title=thread, public=False,
                    refs=(f"{thread}@example.com",), letter=f"{thread}-{number}", out=who is ours,
                )  # fmt: skip
                self.talk[thread] = next(iter(self.bench.intake.take(1, [item]).conversation_ids))
        self.bench.intake.bring_back([self.talk["heard"]])
        self.bench.inbox.questions.come_back(NOW - DAY)
        self.bench.today.put_off(self.bench.today.queue(45, NOW).fits[0].thing, NOW)

    def following(self) -> None:
        """Files given and read back, thanks, a second name, whose an account is, a form half typed; from step 10 on."""
        if not hasattr(self.bench, "following"):
            return
        ari, lena = (self.bench.teammates.named(name).id for name in ("Ari", "Lena"))
        self.bench.responsible.set_account(2, ari, lena)
        asked = self.bench.handoffs.add(self.talk["Blog 13"], ari, "Which shops have it?", needed_by="2026-11-24")
        table = self.folder / "for-ari.csv"
        self.bench.giving.save(ari, table)
        lines = table.read_text(encoding="utf-8-sig").splitlines()
        place = lines[0].split(",").index("answer")
        lines[1:] = [",".join([*cells[:place], "Every one in town", *cells[place + 1 :]])
                     for line in lines[1:] if len(cells := line.split(",")) == len(lines[0].split(","))]  # fmt: skip
        table.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
        self.bench.returns.apply(self.bench.returns.read(table))
        waiting = self.bench.handoffs.add(self.talk["Blog 14"], ari, "Is it vegan?", needed_by="2026-11-24")
        self.bench.following.pass_on(waiting, lena)
        self.bench.teammates.thank(ari, "For the list of shops", asked)
        jana = self.message.Author("jana@example.cz", "jana@example.cz", "Jana Nováková")
        self.bench.intake.take(1, [self.message.Incoming(
            "passed-1", NOW - 30 * HOUR, "Kdy otevíráte?", jana, title="Opening hours", public=False,
            refs=("passed@example.com",), letter="passed-1", passed="Lena",
        )])  # fmt: skip
        self.bench.kept_forms.keep("handoff", f"C-{self.talk['Blog 14']}", '{"title": "Hand off", "fields": []}')

    def remembering(self) -> None:
        """Facts, notes, two who are not one, a list, an introduction, a quarrel, leave for a work; from step 11 on."""
        if not hasattr(self.bench, "works"):
            return
        members, own = self.bench.members, self.bench.members.own
        jana, tom, anna = (self._member(name) for name in ("Jana", "Tom", "Anna"))
        members.edit(jana, {"birthday": "03-14", "languages": "en", "interests": "rhubarb", "rhythm_days": 30})
        members.edit(tom, {"do_not_gift": True, "do_not_why": "He asked us not to", "pinned": "core"})
        own.label([jana, tom], ["regular"])
        own.add_note(jana, "Tells everybody about the market.", NOW - 3 * DAY)
        own.set_values(jana, {own.add_field("Allergies"): "nuts"})
        self.bench.member_lists.add("Regulars", "label:regular")
        members.pairs.set_apart(anna, members.add("Anna Bellová"), "Two Annas")
        made = self.bench.introductions.add(jana, tom, "Both grow rhubarb.")
        self.bench.introductions.asked(made, jana, NOW - 2 * DAY)
        self.bench.introductions.note_word(made, jana, yes=True)
        said = import_module("app.works.desk").Said
        work = self.bench.works.add(self._message("Blog-11-0"), "recipe", "Rhubarb cake", "the blog")
        self.bench.works.grant(work, said(note="By letter", credit="Recipe: Jana", until_on="2027-11-24"))
        self.bench.quarrels.settle(self.bench.quarrels.raise_case(self.talk["Blog 11"]).id, "A misunderstanding")
        self.bench.helps.mark(self._message("Blog-11-1"))
        author = self.message.Author("tom@example.com", "tom@example.com", "Tom Baker")
        self.bench.intake.take(2, [self.message.Incoming(
            "Blog-13-1", NOW - 9 * HOUR, "The shop by the station has it.", author, thread="13",
        )])  # fmt: skip
        self.bench.helps.mark(self._message("Blog-13-1"))
        self.bench.helps.unmark(self._message("Blog-13-1"))

    def one_voice(self) -> None:
        """A text with what it said before, a fact that was told, an embargo, somebody forgotten; from step 13 on."""
        if not hasattr(self.bench, "facts"):
            return
        self.bench.templates.put_text(self.template, "en", "A", "Dear {{name}}, thank you so much!")
        facts = self.bench.facts
        number = facts.add("Opening hours", {"": "10 to 18", "cs": "10 až 18"}, owner="Ari")
        facts.insert("opening-hours", "en", self.talk["Blog 11"])
        told = facts.get(number).values[0].id
        out = self.bench.store.read.execute("SELECT id FROM message WHERE out = 1 ORDER BY id LIMIT 1").fetchone()
        facts.note_told(told, int(out[0]))
        facts.set("opening-hours", "", "10 to 19")
        self.bench.embargoes.add("Quince lemonade", ["quince"], "2027-03-01", {"en": "We'll tell in March."},
                                 {"en": "It's here."}, at=NOW)  # fmt: skip
        author = self.message.Author("gone@example.com", "gone@example.com", "Gone Forever")
        self.bench.intake.take(2, [self.message.Incoming("Blog-99-1", NOW - HOUR, "Forget me.", author, thread="99")])
        self.bench.forgetting.forget(self._member("Gone Forever"))

    def kept_for_so_long(self) -> None:
        """A rule of keeping, and what it erased; from step 15 on."""
        if not hasattr(self.bench, "retention"):
            return
        rule = import_module("app.retention").Rule
        author = self.message.Author("old@example.com", "old@example.com", "Old Friend")
        old = self.message.Incoming("Blog-98-1", NOW - 400 * DAY, "See you next year.", author, thread="98")
        self.bench.intake.take(2, [old])
        made = self.bench.retention.add(rule(months=12, account_id=2))
        self.bench.retention.run(self.bench.retention.trial(self.bench.retention.get(made)))

    def _message(self, remote_id: str) -> int:
        row = self.bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()
        return int(row[0])

    def mistakes(self) -> None:
        """Something that was taken back at once, so that the log holds actions of both kinds."""
        self.bench.inbox.label(self.talk["Post invoice"], ["oops"])
        self.bench.actions.undo()

    def replies(self, target: Path) -> None:
        """One in each state; while the last one is being sent the file is copied to `target`."""
        sent = self.base.Sent
        self._reply("Post order", "A new box left today.", lambda _reply: sent("sent-1", at=self.now))
        self._reply(
            "Blog 11",
            "Thank you for these words!",
            lambda _reply: sent("sent-2"),
            template_id=self.template,
            variant="A",
        )
        self.correct()
        self._reply("Mastodon s2", LONG, lambda _reply: sent("sent-3"), thread=True)
        self._reply("Post lost", "We asked for a refund.", self._raise(self.base.Refused("No such mailbox.")))
        self._reply("Mastodon s1", "Já, allt er vegan.", self._raise(self.base.UnknownOutcome("The line broke.")))
        self._reply("Post press", "Ίσως αύριο.", None, hold_seconds=DAY)
        self.bench.outbox.discard(self.bench.outbox.entries(("held",))[0].id)
        self._reply("Mastodon s4", "Ano, skořicová.", None, at=NOW + 3 * DAY)
        self._reply("Blog 13", "V každém obchodě.", None)
        copy = import_module("app.store.backup").copy

        def copied(reply: Any) -> Any:
            copy(self.bench.store.read, target)
            return sent(f"sent-{reply.key}")

        self._reply("Post long", "Rhubarb it is.", copied)
        self.bench.close()

    def _reply(self, talk: str, words: str, answer: Callable[[Any], Any] | None, **more: Any) -> None:
        guard = import_module("app.voice")
        of_draft = {name: more.pop(name) for name in ("template_id", "variant") if name in more}
        draft = guard.Draft(words, "en", **of_draft)
        cleared = self.bench.voice.clear(draft, reason="The office knows")
        more.setdefault("hold_seconds", 0)
        self.now += 60
        number = self.bench.outbox.submit(cleared, self.talk[talk], **more)
        if answer is not None:
            self.bench.outbox.deliver(number, Channel(answer))

    @staticmethod
    def _raise(error: Exception) -> Callable[[Any], Any]:
        def do(_reply: Any) -> Any:
            raise error

        return do


def write(checkout: Path, target: Path) -> None:
    """Write the profile's file to `target` with the release in `checkout`."""
    sys.path.insert(0, str(checkout.resolve()))
    with tempfile.TemporaryDirectory() as folder:
        month = Month(Path(folder))
        for part in (
            "accounts",
            "talks",
            "members",
            "decisions",
            "lists",
            "letters",
            "correspondence",
            "voice",
            "colleagues",
            "gifts",
            "delight",
            "imports",
            "spelling",
            "day",
            "following",
            "remembering",
            "one_voice",
            "kept_for_so_long",
        ):
            getattr(month, part)()
        month.moderate()
        month.mistakes()
        month.replies(target)


def main() -> None:
    """As the head of this file says."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["TZ"] = "UTC"
    checkout, name = Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "community.rapport"
        write(checkout, file)
        packed = lzma.compress(file.read_bytes(), preset=9)
    (HERE / f"{name}.rapport.xz").write_bytes(packed)


if __name__ == "__main__":
    main()

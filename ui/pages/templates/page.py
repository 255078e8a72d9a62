"""The Templates & Voice page: templates, the voice guide, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import N_
from app.templates import Template
from ui.frame.doing import undoable
from ui.frame.listed import Listed
from ui.frame.saving import saved_after
from ui.frame.strip_page import StripPage
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.templates.editor import TemplateEditor
from ui.pages.templates.guide import GuideView
from ui.pages.templates.listing import TemplateDelegate, TemplateModel
from ui.pages.templates.more import MoreButton
from ui.pages.templates.rule_files import RuleFiles
from ui.pages.templates.rule_view import RulesView
from ui.pages.templates.strips import RuleStrip, TraitStrip
from ui.pages.templates.suits import change
from ui.pages.templates.try_out import TryPanel
from ui.widgets.buttons import CommandButton, LinkButton
from ui.widgets.fields import SearchField
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.panes import Panes
from ui.widgets.rowview import RowView
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from ui.frame.page import Frame
    from ui.pages.templates.drift import DriftView

_MIN_WIDTH_WITH_SIDE, _MIN_WIDTH_WITH_TITLE = 960, 640
_NO_LIMIT = 100_000
_STORE_DELAY_MS = 1_000
_TEMPLATE_TABLES = ("template", "template_text", "template_use", "outgoing_file")
_VOICE_TABLES = ("voice_guide", "voice_trait", "voice_example", "voice_rule")


class TemplatesPage(StripPage):
    """Three views, for templates, voice guide and rules, with a draft to try beside each; and one for the drift."""

    id, title, icon = "templates", N_("Templates & Voice"), "quote"

    def build(self) -> None:
        """Build the three views and the panel to try a draft; the view of the drift is built when it is asked for."""
        self._archived = False
        self.drift: DriftView | None = None
        self.switch = SegmentSwitch(
            [
                ("templates", tr("Templates")),
                ("voice", tr("Voice guide")),
                ("rules", tr("Rules")),
                ("drift", tr("Drift")),
            ],
            "templates",
            tr("View"),
        )
        self.switch.set_tip("drift", tr("What the rules find in your sent messages, month by month"))
        self.switch.chosen.connect(self._switched)
        self.header = PageHeader(tr("Templates & Voice"))
        self.header.add_left(self.switch)
        self.new = CommandButton("new_template", self.frame)
        self.more = MoreButton(self.bench, self.frame)
        self.more.made.connect(self.open)
        self.header.add(CommandButton("facts", self.frame, kind="plain"))
        self.header.add(self.more)
        self.header.add(self.new)
        self.side = TryPanel(self.bench)
        self.side.edit.connect(self._to_guide)
        self.views = Stack(self)
        self.guide = GuideView(self.views)
        self.rules = RulesView(RuleFiles(self.bench, self.frame), self.views)
        self.guide.who.connect(self._who)
        self.guide.limited.connect(partial(_set_limit, self.frame))
        self.guide.trait.connect(self._trait)
        self.rules.asked.connect(self._rule)
        self.rules.list.menu_asked.connect(self.frame.show_menu)
        self.split = Panes(self.views, self._left, self._right, (272, 488), (0, 1), (232, 420), 420)
        self.split.left.connect(self._to_list)
        for view in (self.split, self.guide, self.rules):
            self.views.addWidget(view)
        self.under = QVBoxLayout()
        self.under.setSpacing(0)
        self.under.addWidget(self.views, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(self.under, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        self._kept = self.bench.templates.unfinished()
        self.editor.take_up(self._kept)
        self._store_timer = saved_after(self.frame, _STORE_DELAY_MS, self.keep, self)
        self._reload()
        self._reload_voice()

    def _right(self, parent: QWidget) -> QWidget:
        self.right = Stack(parent)
        self.editor = TemplateEditor(self.bench, self.frame, self.right)
        self.editor.edited.connect(self._mark)
        self.editor.asked.connect(self._asked)
        self.editor.suits.wanted.connect(lambda what, value: change(self, self.editor.suits, what, value))
        empty = EmptyState(
            "quote",
            tr("Save your next good reply as a template"),
            buttons=[CommandButton("new_template", self.frame)],
            more=tr("To find it, type / and a few letters in any reply."),
        )
        self.right.addWidget(self.editor)
        self.right.addWidget(empty)
        return self.right

    def _left(self, parent: QWidget) -> QWidget:
        left = QWidget(parent)
        self.search = SearchField(tr("Filter"), "filter")
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self._to_list)
        self.search.below.connect(self._to_list)
        self.search.returnPressed.connect(self._to_list)
        self.model = TemplateModel()
        delegate = TemplateDelegate(self)
        self.list = RowView(tr("Templates"), delegate)
        self.list.setModel(self.model)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(self._open)
        self.list.menu_asked.connect(self.frame.show_menu)
        self.archive = LinkButton("")
        self.archive.clicked.connect(self._toggle_archive)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(14, 14, 14, 0)
        top.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(22, 0, 14, 10)
        foot.addWidget(self.archive)
        foot.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        return left

    # Reading

    def _reload(self, keep: int | None = None) -> None:
        """Reload the templates; the one being edited, or `keep` if given, stays selected."""
        templates = self.bench.templates
        listed = {template.id: template for template in templates.all(archived=self._archived)}
        archived = templates.all(archived=True)
        typed = self.search.text().strip()
        if typed and not self._archived:
            shown = [listed[number] for number in templates.find(typed, _NO_LIMIT) if number in listed]
        else:
            shown = list(listed.values())
        keep = keep or self.editor.number or None
        self.model.show_rows(shown)
        self.switch.set_counts({"templates": len(templates.all()), "rules": len(self.bench.voice.rules())})
        self.archive.set_title(
            tr("Back to active templates") if self._archived else tr("Archived: {count}").format(count=len(archived))
        )
        self.archive.setVisible(self._archived or bool(archived))
        writing_new = self.editor.template is None and self.editor.unsaved()
        self.right.setCurrentIndex(0 if shown or writing_new or typed else 1)
        if not writing_new or keep:
            place = self.model.place_of(keep) if keep else 0
            self.list.choose(max(place, 0))
            self._moved(self.list.place())
        self._mark()

    def _reload_voice(self) -> None:
        guide = self.bench.voice.guide()
        self.guide.show_guide(guide)
        self.guide.show_limits(self.bench.voice.limits())
        self.rules.show_rules(guide.rules)
        self.switch.set_counts({"rules": len(guide.rules)})
        self.side.show_guide(guide, traits=self.switch.current() == "templates")

    def _mark(self) -> None:
        self.model.mark(self.editor.unsaved_templates())
        self._store_timer.start()

    def keep(self) -> None:
        """Store the unsaved changes in the file, so that they survive a crash."""
        self._store_timer.stop()
        unfinished = self.editor.unfinished()
        if unfinished != self._kept:
            self.bench.templates.keep_unfinished(unfinished)
            self._kept = unfinished

    def _moved(self, place: int) -> None:
        chosen = self.model.row_at(place)
        if chosen is None or (self.editor.template is not None and chosen.id == self.editor.template.id):
            if chosen is not None:
                self.editor.show_template(chosen)
            return
        if self.editor.unsaved() and self.editor.is_whole():
            self.save()
        self.editor.show_template(chosen)

    def _typed(self, _typed: str) -> None:
        self._reload()

    def _toggle_archive(self) -> None:
        self._archived = not self._archived
        self.search.clear()
        self._reload()

    def _drift(self) -> DriftView:
        if self.drift is None:
            from ui.pages.templates.drift import DriftView  # noqa: PLC0415  few sessions need it

            self.drift = DriftView(self.frame, self.views)
            self.drift.turned.connect(lambda: self.home().setFocus())
            self.drift.list.menu_asked.connect(self.frame.show_menu)
            self.views.addWidget(self.drift)
        return self.drift

    def _switched(self, view: str) -> None:
        self.end_strip()
        if view == "drift":
            self._drift().begin()
        self.views.setCurrentIndex(("templates", "voice", "rules", "drift").index(view))
        self.more.setVisible(view == "templates")
        self.new.setVisible(view != "drift")
        titles = {"voice": tr("New trait"), "rules": tr("New rule")}
        self.new.set_title(titles.get(view, tr("New template")))
        self._reload_voice()
        self._fit()

    # Page

    def selected(self) -> object:
        """The view, and the row of its list."""
        shown = self.rules.list if self.switch.current() == "rules" else self.list
        return self.switch.current(), shown.place()

    def listed(self) -> Listed | None:
        """The templates or the rules of the list; the voice guide is none."""
        if self.switch.current() == "templates":
            return Listed("templates", self.model.numbers, tr("Templates"))
        if self.switch.current() == "rules":
            return Listed("rules", self.rules.model.numbers, tr("Rules"))
        return None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        handlers: dict[str, Callable[[], object]] = {
            "new_template": self._new,
            "filter": self._filter,
            "search": self._filter,
            "back": self.back,
        }
        view, drift = self.switch.current(), self.drift
        if view == "drift" and drift is not None:
            return {"next": drift.next, "previous": drift.previous, "open": drift.open, "back": self.back}
        if view == "voice":
            return handlers | {"save": self.guide.keep}
        if view == "rules":
            handlers |= {"next": self.rules.list.next, "previous": self.rules.list.previous, "open": self.rules.change}
            return handlers | {"drop_rule": self.rules.drop}
        handlers |= {"next": self.list.next, "previous": self.list.previous, "open": self._open, "save": self.save}
        handlers |= {"take_hint": self._take_hint, "next_hint": self._next_hint}
        return handlers | {"next_slip": self.editor.spelling.next, "attach": self.editor.files.ask}

    def panes(self) -> Sequence[QWidget]:
        """The switch, the widgets of the current view, the strip, and the draft to try."""
        middle: dict[str, tuple[QWidget, ...]] = {
            "templates": (self.list, self.editor.tabs, self.editor.field),
            "voice": (self.guide.page, self.guide.tabs),
            "rules": (self.rules.list,),
        }
        if self.switch.current() == "drift":
            return (self.switch, self.home())
        return (self.switch, *middle[self.switch.current()], *([self.strip] if self.strip else []), self.side.field)

    def home(self) -> QWidget:
        """The current view's list; for an unsaved new template its text, since the list would select another."""
        view = self.switch.current()
        if view == "templates" and self.editor.template is None and self.editor.unsaved():
            return self.editor.field
        if view == "drift" and self.drift is not None:
            return self.drift.home()
        homes: dict[str, QWidget] = {"templates": self.list, "voice": self.guide.page, "rules": self.rules.list}
        return homes[view]

    def open(self, target: object) -> None:
        """Show a template by its id, or a view by its name ("voice", "rules", "drift")."""
        if isinstance(target, str):
            self.switch.set_current(target)
            self._switched(target)
        elif isinstance(target, int):
            self.switch.set_current("templates")
            self._switched("templates")
            self._archived = self.bench.templates.get(target).archived
            self.search.clear()
            self._reload(target)

    def refresh(self, changes: Changes) -> None:
        """Reload what changed."""
        if changes.touches(*_TEMPLATE_TABLES):
            self._reload()
        if changes.touches(*_VOICE_TABLES):
            self._reload_voice()
        if self.drift is not None:
            self.drift.refresh(changes)

    def may_leave(self) -> bool:
        """Save the guide and the template being edited; always True."""
        self.guide.keep()
        if self.editor.unsaved() and self.editor.is_whole():
            self.save()
        return True

    def closing(self) -> None:
        """Save the guide; store a template's unsaved changes for the next run."""
        self.guide.keep()
        self.keep()
        if self.drift is not None:
            self.drift.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the draft to try if there is no room beside the editor, and the title if there's none for the views."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        view, wide = self.switch.current(), self.width() >= fonts.px(_MIN_WIDTH_WITH_SIDE)
        self.header.title.setVisible(self.width() >= fonts.px(_MIN_WIDTH_WITH_TITLE))  # the rail says it too
        self.side.setVisible(view != "drift" and (view != "templates" or wide))

    # Commands

    def _filter(self) -> None:
        if self.switch.current() == "templates":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif self.switch.current() == "rules":
            self.rules.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back(self) -> None:
        """Handle Esc: close the strip, else go back to the list; in the drift to the table, or stop counting."""
        if self.switch.current() == "drift" and self.drift is not None and self.drift.back():
            return
        if self.strip is None:
            self.split.to_left()
        super().back()

    def _to_list(self) -> None:
        self.list.setFocus()

    def _to_guide(self) -> None:
        self.open("voice")

    def _open(self, _place: int = 0) -> None:
        self.split.to_right()
        self.editor.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _new(self) -> None:
        view = self.switch.current()
        if view == "voice":
            self._trait(None)
        elif view == "rules":
            self._rule("new")
        else:
            if self.editor.unsaved() and self.editor.template is not None:
                self.save()
            self.list.choose(-1)
            self.editor.begin()
            self.right.setCurrentIndex(0)
            self.split.to_right()
            self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_hint(self) -> None:
        self.side.take(0)

    def _next_hint(self) -> None:
        if self.side.findings:
            self.side.field.go_to(self.side.findings[0])

    def _asked(self, action: str) -> None:
        if action == "save":
            self.save()
        elif action == "archive":
            self._archive()
        else:
            self._drop_text(*action.split()[1:])

    def save(self) -> None:
        """Save the template being edited as one undo step, and select it."""
        editor, templates = self.editor, self.bench.templates
        if not editor.unsaved():
            return
        before = editor.template
        if before is None and not editor.changes():
            editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
        with undoable(self.frame, tr("{name} saved.").format(name=text.name(editor.name.text()))):
            texts = editor.changes()
            name, key, use = editor.name.text(), editor.key.text(), editor.use.text()
            if before is None:
                number = templates.add(key, name, use, texts)
                editor.forget()
            else:
                number = before.id
                self._save_changes(before, name, key, use)
                editor.forget()
            editor.template = templates.get(number)
            editor.name.setText(editor.template.name)
            editor.key.setText(editor.template.key)
            editor.use.setText(editor.template.use)
            self._reload(number)

    def _save_changes(self, before: Template, name: str, key: str, use: str) -> None:
        templates = self.bench.templates
        with self.bench.store.write(f"Changed template: {name}"):
            if self.editor.named():
                templates.change(before.id, key=key, name=name, use=use)
            for text_ in self.editor.changes():
                if text_.body.strip():
                    templates.put_text(before.id, text_.language, text_.variant, text_.body)
                else:
                    templates.drop_text(before.id, text_.language, text_.variant)

    def _archive(self) -> None:
        template = self.editor.template
        if template is None:
            return
        words = tr("{name} was unarchived.") if template.archived else tr("{name} was archived.")
        with undoable(self.frame, words.format(name=template.name)):
            self.bench.templates.archive(template.id, archived=not template.archived)
        self.editor.template = None
        self.editor.show_template(None)
        self._reload()
        self.list.setFocus()

    def _drop_text(self, language: str, variant: str) -> None:
        template = self.editor.template
        if template is not None:
            with undoable(self.frame, tr("Text of {name} removed.").format(name=text.name(template.name))):
                self.bench.templates.drop_text(template.id, language, variant)
            self._reload(template.id)

    def _who(self, words: str) -> None:
        with undoable(self.frame, tr("“Who we are” saved.")):
            self.bench.voice.say_who_we_are(words)
        self._reload_voice()

    def _trait(self, number: int | None) -> None:
        trait = next((candidate for candidate in self.bench.voice.traits() if candidate.id == number), None)
        self.show_strip(TraitStrip(self.bench, trait, self.guide.language()))

    def _rule(self, action: str) -> None:
        rule = self.rules.rule()
        if action == "new":
            self.show_strip(RuleStrip(self.bench, None, self.rules.language.key()))
        elif rule is not None and action == "change":
            self.show_strip(RuleStrip(self.bench, rule))
        elif rule is not None and action == "drop":
            with undoable(self.frame, tr("Rule removed: {words}.").format(words=text.embed(rule.named, 60))):
                self.bench.voice.drop_rule(rule.id)
            self._reload_voice()

    def finish(self, done: str) -> None:
        """Close the strip and reload the voice guide, which strips edit here."""
        super().finish(done)
        if done:
            self._reload_voice()


def _set_limit(frame: Frame, what: str, most: object) -> None:
    with undoable(frame, tr("Limit saved.")):
        frame.bench.voice.limit(what, most if isinstance(most, int) else None)

"""The pictures and files that go with a template: kept with it at once, each change one that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.outgoing_files import OutgoingFilesRow

if TYPE_CHECKING:
    from app.templates import Template
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.bringing import Brought


class TemplateFilesRow(OutgoingFilesRow):
    """A chip for each file of the template that is being edited. Hidden while it has none."""

    def __init__(self, bench: Workbench, frame: Frame, number: Callable[[], int]) -> None:
        """`number` says which template a file is added to (its id), saving it first; 0 if that was not possible."""
        super().__init__(bench, frame, lambda: None)
        self._of, self._shown = number, 0

    def show_template(self, template: Template | None) -> None:
        """Show the files of a template; none for one that is not saved yet."""
        from app.outbox import of_template  # noqa: PLC0415  drafts without files do without

        self._shown = template.id if template is not None else 0
        self.show_files(of_template(self._shown) if self._shown else None, "")

    def take(self, files: Sequence[Brought]) -> None:
        """Keep these with the template: all of them, or none where one cannot be read, which is said."""
        number = self._of() if files else 0
        if not number:
            return
        name = text.name(self._bench.templates.get(number).name)
        said = text.counted(len(files), "{count} file goes with {name}.", "{count} files go with {name}.", name=name)
        with undoable(self._frame, said):
            self._bench.template_files.add(number, files)
        self.show_template(self._bench.templates.get(number))

    def _remove(self, number: int) -> None:
        with undoable(self._frame, tr("The file no longer goes with the template.")):
            self._bench.template_files.remove(self._shown, number)
        self.show_template(self._bench.templates.get(self._shown))

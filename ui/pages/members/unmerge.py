"""The strip that parts a member's last merge, and says before what goes to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.members.parting_words import went
from ui.look import text
from ui.look.text import tr
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class UnmergeStrip(Strip):
    """Says what goes to whom, and parts on its button."""

    def __init__(self, bench: Workbench, member: int) -> None:
        """For the member with this id. Raises UserError if there is nothing to part."""
        planned = bench.pairs.plan(member)
        names = bench.members.names([planned.kept, planned.gone])
        self._kept, self._gone = (text.name(names[number]) for number in (planned.kept, planned.gone))
        super().__init__(tr("Part {gone} from {kept}?").format(gone=self._gone, kept=self._kept), "split", tr("Part"))
        self._bench, self._member = bench, member
        self.about = planned.merge
        told = went(planned, bench.pairs.counted(planned), names[planned.kept], names[planned.gone])
        self.lines = [Label(text.plain(line), wrap=True) for line in told]
        for row, line in enumerate(self.lines):
            self.form.addWidget(line, row, 0)
        self.aside.setText(tr("Messages go with the names that they were written under."))

    def start(self) -> None:
        """Focus the button."""
        self.go.setFocus()

    def do(self) -> str:
        """Part the two; return the toast. Raises UserError if that is no longer possible."""
        self._bench.pairs.part(self._member)
        return tr("{gone} is no longer merged with {kept}.").format(gone=self._gone, kept=self._kept)

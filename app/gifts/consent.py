"""What is asked once before it is done: a step that goes over the budget, or back from where a gift has left us."""

from __future__ import annotations

from app.base.errors import UserError

Answer = bool | str
"""True agrees to whatever is asked, a text to the sentences that stand in it; False and "" agree to nothing."""


class NotYetError(UserError):
    """Nothing was written: `over` and `back` hold the sentences that ask, "" for what is not asked.

    The same step with `over` (or `back`) True, or with the sentence that was shown, is done; if by then another
    sentence is true, that is asked anew.
    """

    def __init__(self, over: str = "", back: str = "") -> None:
        """At least one of the two asks."""
        super().__init__(" ".join(filter(None, (back, over))))
        self.over, self.back = over, back


def agreed(answer: Answer, sentence: str) -> bool:
    """Whether the answer agrees to this sentence: True to any, a text to the sentences that stand in it."""
    return answer if isinstance(answer, bool) else sentence in answer

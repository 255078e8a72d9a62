"""The pages that somebody came through by following links, so that Esc leads back along them."""

from __future__ import annotations

_MOST = 20


class Trail:
    """Page ids, the latest last. Going to a page by the rail or its key begins anew: nobody means to go back then."""

    def __init__(self) -> None:
        """Nowhere to go back to."""
        self._pages: list[str] = []

    def went(self, here: str, there: str, *, by_link: bool) -> None:
        """Remember a step from one page to another; a link back to the page before is a step back."""
        if here == there:
            return
        if not by_link or not here:
            self._pages.clear()
        elif self._pages and self._pages[-1] == there:
            self._pages.pop()
        else:
            self._pages = [*self._pages, here][-_MOST:]

    def previous(self) -> str:
        """The page to go back to; "" if there is none."""
        return self._pages[-1] if self._pages else ""

"""The sentences of window and shell, in the language of the screen.

English stands in the code; `tr` and `counted` look it up in a catalogue of gettext's, where one was chosen. pybabel
gathers the sentences by these names: `tr("…")`, `counted(n, "{count} file", "{count} files")` for plurals, and
`N_("…")` where a table is made when a module is loaded and its words are looked up when they are shown
(`forms("…", "…")` for plurals there). Values are put in afterwards, by name, so that a translator knows what stands
there and can move it: `tr("To {name}").format(name=name)`. A number that decides the plural is `{count}`.
"""

from __future__ import annotations

from typing import Protocol

KEYWORDS = {"tr": None, "N_": None, "counted": (2, 3), "form": (2, 3), "forms": (1, 2)}
"""What pybabel gathers, and which arguments of it are the singular and the plural."""


class Catalogue(Protocol):
    """What is asked of a catalogue; `gettext.GNUTranslations` is one."""

    def gettext(self, message: str, /) -> str:
        """The sentence translated, or as it is."""
        ...

    def ngettext(self, one: str, several: str, many: int, /) -> str:
        """The form for that number."""
        ...


_chosen: list[Catalogue] = []


def use(catalogue: Catalogue | None) -> None:
    """Look sentences up in this catalogue from now on; None: as they stand in the code."""
    _chosen[:] = [] if catalogue is None else [catalogue]


def tr(sentence: str) -> str:
    """The sentence in the language of the screen."""
    return _chosen[0].gettext(sentence) if _chosen and sentence else sentence


def N_(sentence: str) -> str:  # noqa: N802  gettext's own name for it
    """The sentence as it is, marked to be gathered; `tr` looks it up where it is shown."""
    return sentence


def forms(one: str, several: str) -> tuple[str, str]:
    """Both forms as they are, marked to be gathered, for a table; `counted(many, *pair)` looks them up."""
    return one, several


def form(many: int, one: str, several: str) -> str:
    """The form for that number, with nothing put into it."""
    if _chosen:
        return _chosen[0].ngettext(one, several, many)
    return one if many == 1 else several


def counted(many: int, one: str, several: str, **values: object) -> str:
    """The sentence for one or several, with the number as `{count}`: `counted(2, "{count} file", "{count} files")`.

    `values` are what else is put in, by name.
    """
    return form(many, one, several).format(count=many, **values)

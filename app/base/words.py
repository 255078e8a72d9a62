"""Translation of the sentences shown by window and shell, with gettext.

The code holds the English text; `tr` and `counted` look it up in the catalogue in use, if any. pybabel extracts
sentences by these names: `tr("…")`, `counted(n, "{count} file", "{count} files")` for plurals, and for tables that are
built at import time and translated when shown, `N_("…")` and `forms("…", "…")` (plurals). Values are inserted
afterwards by name, so that a translator knows what each is: `tr("To {name}").format(name=name)`. A number that
decides the plural is `{count}`.
"""

from __future__ import annotations

from typing import Protocol

KEYWORDS = {"tr": None, "N_": None, "counted": (2, 3), "form": (2, 3), "forms": (1, 2)}
"""Function names for pybabel, with the positions of the singular and plural arguments."""


class Catalogue(Protocol):
    """The part of `gettext.GNUTranslations` that is used."""

    def gettext(self, message: str, /) -> str:
        """The translation, or the message itself if there is none."""
        ...

    def ngettext(self, one: str, several: str, many: int, /) -> str:
        """The translated plural form for the number `many`."""
        ...


_chosen: list[Catalogue] = []


def use(catalogue: Catalogue | None) -> None:
    """Use this catalogue from now on; None for the English text of the code."""
    _chosen[:] = [] if catalogue is None else [catalogue]


def tr(sentence: str) -> str:
    """Translate a sentence."""
    return _chosen[0].gettext(sentence) if _chosen and sentence else sentence


def N_(sentence: str) -> str:  # noqa: N802  gettext's own name for it
    """Mark a sentence for extraction and return it unchanged; call `tr` when it is shown."""
    return sentence


def forms(one: str, several: str) -> tuple[str, str]:
    """Mark both plural forms for extraction and return them unchanged; call `counted(many, *pair)` when shown."""
    return one, several


def form(many: int, one: str, several: str) -> str:
    """The translated plural form for `many`, with its placeholders left in."""
    if _chosen:
        return _chosen[0].ngettext(one, several, many)
    return one if many == 1 else several


def counted(many: int, one: str, several: str, **values: object) -> str:
    """The translated plural form, its number filled in: `counted(2, "{count} file", "{count} files")` is "2 files".

    `values` are inserted by name.
    """
    return form(many, one, several).format(count=many, **values)

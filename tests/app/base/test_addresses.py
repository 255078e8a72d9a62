"""One form for addresses, wherever they come from."""

from __future__ import annotations

import pytest

from app.base.addresses import address_key


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Hanna@Example.ORG", "hanna@example.org"),
        (" hanna@example.org. ", "hanna@example.org"),
        ("\u200bhanna@example.org\u200e", "hanna@example.org"),
        ("\ufeffhanna@example.org", "hanna@example.org"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("post@BÜCHER.example", "post@xn--bcher-kva.example"),
        ("post@bu\u0308cher.example", "post@xn--bcher-kva.example"),  # the letter and its dots apart
        ("post@xn--bcher-kva.example", "post@xn--bcher-kva.example"),
        ("þóra@dæmi.is", "þóra@xn--dmi-yla.is"),
        ("info@ταβέρνα.gr", "info@xn--ixahbc0dxar.gr"),
        ("post@straße.example", "post@xn--strae-oqa.example"),  # not strasse.example, which is somebody else's
        ("", ""),
        ("nobody", "nobody"),
    ],
)
def test_an_address_as_it_is_compared(written: str, compared: str) -> None:
    assert address_key(written) == compared


def test_a_mark_within_an_address_makes_it_another_one() -> None:
    assert address_key("des\u200bk@brand.example") != address_key("desk@brand.example")


def test_a_label_that_cannot_be_encoded_stays() -> None:
    long = "ü" * 80
    assert address_key(f"a@{long}.example") == f"a@{long}.example"

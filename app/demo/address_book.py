"""The demo's address book: contacts as a phone exports them, lying in the profile's folder, ready to be dropped."""

from __future__ import annotations

from app.base import resources
from app.demo.planting import Planting

FILE = "contacts.vcf"


def plant(planting: Planting) -> None:
    """Write the file: one contact is a member already, whose address was written by hand; two are nobody yet."""
    content = resources.ROOT.joinpath("demo", FILE).read_bytes()
    (planting.bench.profile.folder / FILE).write_bytes(content)

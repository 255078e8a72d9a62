"""docs/connecting.md has a section for every channel, which names what its form asks for, and shows the form."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from app.accounts import assistable, connectable
from app.base.resources import table
from app.channels.base import Channel
from app.channels.email import oauth

DOCS = Path(__file__).parents[1] / "docs"
PARTS = ("**You need**", "**There:**", "**Rapport asks**", "**What it can:**", "**It cannot**", "**What goes wrong:**")


@cache
def sections() -> dict[str, str]:
    """The text below each heading, by the heading."""
    text = (DOCS / "connecting.md").read_text("utf-8")
    found = re.split(r"^#{2,3} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("of", [of for of in connectable() if of.kind != "email"], ids=lambda of: of.kind)
def test_every_channel_has_its_section(of: Channel) -> None:
    section = folded(sections()[of.title])
    assert not [part for part in PARTS if part not in section]
    asked = [field.label for field in of.fields if field.required and not field.default]
    assert not [label for label in asked if f"**{label}**" not in section]
    assert f"(screenshots/connect_{of.kind}.png)" in section


@pytest.mark.parametrize("of", assistable(), ids=lambda of: of.kind)
def test_every_assisted_channel_has_its_section(of: Channel) -> None:
    assert sections()[of.title].strip().startswith("**There:**")
    shared = folded(sections()["Assisted channels"])
    assert not [part for part in PARTS[2:3] + PARTS[5:] if part not in shared]
    assert not [field.label for field in of.fields if f"**{field.label}**" not in shared]


def test_the_mailbox_has_its_chapter() -> None:
    text = (DOCS / "connecting.md").read_text("utf-8")
    chapter = folded(text.partition("\n## E-mail\n")[2].partition("\n## ")[0])
    wanted = ["**You need**", "**Rapport asks**", "**What it can:**", "**It cannot**", "### What goes wrong"]
    wanted += ["**E-mail address**", "**Password**", "**OAuth client ID**", "**Client secret**", "**Sign-in server**"]
    for provider in oauth.PROVIDERS.values():
        wanted += [scope.rpartition("/")[2] or scope for scope in provider.scope.split()]
    assert not [part for part in wanted if part not in chapter]
    assert "It has **not** been tried against Google or Microsoft themselves" in chapter
    for name in ("RAPPORT_GOOGLE_CLIENT_ID", "RAPPORT_GOOGLE_CLIENT_SECRET", "RAPPORT_MICROSOFT_CLIENT_ID"):
        assert name in chapter


def test_every_picture_is_there() -> None:
    text = (DOCS / "connecting.md").read_text("utf-8")
    pictures = re.findall(r"\]\(([^)]+\.png)\)", text)
    assert len(pictures) > 15
    assert not [name for name in pictures if not (DOCS / name).is_file()]


def test_the_packagers_file_is_shipped_empty() -> None:
    rows = table("mail", "clients.toml")
    assert set(rows) == set(oauth.PROVIDERS)
    assert not [value for row in rows.values() for value in row.values() if value]

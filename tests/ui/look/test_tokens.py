"""Contrast, computed from the very tokens that are drawn with."""

from __future__ import annotations

import itertools

import pytest

from app.inbox.labels import COLOURS
from ui.look.stylesheet import BUTTON_EDGE
from ui.look.tokens import DARK, DARK_HIGH, LIGHT, LIGHT_HIGH, Tokens, contrast

GROUNDS = ("rail", "surface", "subtle", "card", "hover", "nav", "selected")
PAIRS = [
    *itertools.product(("text", "text2"), GROUNDS),
    *itertools.product(("text3",), ("surface", "subtle", "card")),
    *itertools.product(("accent",), ("surface", "subtle", "card", "selected", "accent_bg")),
    *((tone, ground) for tone in ("delight", "warn", "danger", "ok") for ground in ("surface", "card", f"{tone}_bg")),
    ("on_accent", "accent"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("letter", "ground"), PAIRS)
def test_text_is_at_least_4_8_to_1(tokens: Tokens, letter: str, ground: str) -> None:
    assert contrast(getattr(tokens, letter), getattr(tokens, ground)) >= 4.8


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("ground", ["surface", "subtle"])
def test_edges_of_fields_are_at_least_3_4_to_1(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.control, getattr(tokens, ground)) >= (3.5 if ground == "surface" else 3.38)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_initials_can_be_read_on_every_avatar(tokens: Tokens) -> None:
    assert min(contrast(ground, letter) for ground, letter in tokens.avatars) >= 4.8


@pytest.mark.parametrize("tokens", [LIGHT, DARK, LIGHT_HIGH, DARK_HIGH], ids=lambda tokens: tokens.name)
def test_each_colour_of_labels_has_shades_that_can_be_read(tokens: Tokens) -> None:
    assert set(tokens.labels) == set(COLOURS) - {""}
    assert min(contrast(ground, letter) for ground, letter in tokens.labels.values()) >= 4.8
    assert len({ground for ground, _ in tokens.labels.values()}) == len(tokens.labels)


HIGH = pytest.mark.parametrize("tokens", [LIGHT_HIGH, DARK_HIGH], ids=lambda tokens: tokens.name)


@HIGH
@pytest.mark.parametrize(("letter", "ground"), PAIRS)
def test_with_more_contrast_text_is_at_least_7_to_1(tokens: Tokens, letter: str, ground: str) -> None:
    assert contrast(getattr(tokens, letter), getattr(tokens, ground)) >= 7


@HIGH
@pytest.mark.parametrize("ground", GROUNDS)
def test_with_more_contrast_edges_of_fields_and_buttons_are_at_least_4_5_to_1(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.control, getattr(tokens, ground)) >= 4.5
    assert contrast(BUTTON_EDGE[tokens.name], tokens.surface) >= 4.5


@HIGH
def test_with_more_contrast_initials_lines_and_the_focus_ring_stand_out(tokens: Tokens) -> None:
    assert min(contrast(ground, letter) for ground, letter in tokens.avatars) >= 7
    assert contrast(tokens.border, tokens.surface) >= 3
    assert min(contrast(tokens.accent, getattr(tokens, ground)) for ground in GROUNDS) >= 4.5


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1

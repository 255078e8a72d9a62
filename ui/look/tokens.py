"""The colour tokens, a light and a dark set, and one of each for those who asked their system for more contrast.

Text reaches a contrast of 4.8:1 and field borders 3.5:1, with more contrast 7:1 (WCAG 2.2, 1.4.6) and 4.5:1;
`tests/ui/look/test_tokens.py` checks these values.
"""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """A set of colours, all `#RRGGBB`; `avatars` has (background, text) pairs."""

    name: str
    rail: str
    surface: str
    subtle: str
    card: str
    hover: str
    nav: str
    selected: str
    border: str
    control: str
    track: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    accent_bg: str
    delight: str
    delight_bg: str
    warn: str
    warn_bg: str
    danger: str
    danger_bg: str
    ok: str
    ok_bg: str
    avatars: tuple[tuple[str, str], ...]
    labels: dict[str, tuple[str, str]]
    """Background and text of each colour of `app.inbox.labels.COLOURS` but grey."""


LIGHT = Tokens(
    name="light",
    rail="#F4F3EF",
    surface="#FFFFFF",
    subtle="#FAF9F6",
    card="#FAF9F6",
    hover="#EFEDE7",
    nav="#E7E4DC",
    selected="#E4F0EC",
    border="#E6E3DC",
    control="#8C877D",
    track="#EFEDE7",
    text="#1B1A18",
    text2="#57544D",
    text3="#6B675F",
    accent="#0B6B5B",
    on_accent="#FFFFFF",
    accent_bg="#E4F0EC",
    delight="#A93463",
    delight_bg="#FAEAF0",
    warn="#835400",
    warn_bg="#FDF3DC",
    danger="#AE2B20",
    danger_bg="#FCECEA",
    ok="#1F6B3A",
    ok_bg="#E7F3EA",
    avatars=(
        ("#DCE9F5", "#1F4E79"),
        ("#F3E1EA", "#8A2D55"),
        ("#E3EFD9", "#3B5F1E"),
        ("#F6E6D2", "#7A4A0C"),
        ("#E6E1F4", "#4B3A8C"),
        ("#D9EFEC", "#0B5A50"),
    ),
    labels={
        "red": ("#FBE3DF", "#9A241A"),
        "amber": ("#F8E8CB", "#744705"),
        "green": ("#E1F0DA", "#2F5E1E"),
        "teal": ("#D6EEEA", "#0A574D"),
        "blue": ("#DBE8F6", "#1C4A76"),
        "violet": ("#E6E0F6", "#4A3990"),
        "pink": ("#F6DFEA", "#8A2A56"),
    },
)

DARK = Tokens(
    name="dark",
    rail="#131514",
    surface="#191C1B",
    subtle="#1E2220",
    card="#131514",
    hover="#262B29",
    nav="#262B29",
    selected="#1D332D",
    border="#2B302E",
    control="#6F7773",
    track="#262B29",
    text="#ECEEEC",
    text2="#B3B9B6",
    text3="#969D99",
    accent="#63CDB7",
    on_accent="#06231D",
    accent_bg="#1D332D",
    delight="#F294B5",
    delight_bg="#3A222D",
    warn="#EBBE5B",
    warn_bg="#332A16",
    danger="#FF9489",
    danger_bg="#3B2120",
    ok="#7FD39A",
    ok_bg="#1C3324",
    avatars=(
        ("#1F3345", "#A9CFF0"),
        ("#40243A", "#F0B3D0"),
        ("#27371D", "#BBDD9E"),
        ("#40301B", "#EBC58E"),
        ("#2E2A47", "#C6BCF2"),
        ("#17372F", "#8FDCC9"),
    ),
    labels={
        "red": ("#452521", "#FFAEA4"),
        "amber": ("#3F301A", "#EFC886"),
        "green": ("#26371C", "#B8DE9C"),
        "teal": ("#16382F", "#8BDCC8"),
        "blue": ("#1E3347", "#A8D0F2"),
        "violet": ("#2F2A4A", "#CBC1FC"),
        "pink": ("#42253B", "#F3B4D4"),
    },
)


LIGHT_HIGH = LIGHT._replace(
    name="light_high",
    border="#8C877D",
    control="#57544D",
    text="#000000",
    text2="#2B2925",
    text3="#38352F",
    accent="#06473C",
    delight="#731A41",
    warn="#573600",
    danger="#7A130D",
    ok="#0E4523",
    avatars=(
        ("#DCE9F5", "#123555"),
        ("#F3E1EA", "#661A3C"),
        ("#E3EFD9", "#284512"),
        ("#F6E6D2", "#573300"),
        ("#E6E1F4", "#32266A"),
        ("#D9EFEC", "#06403A"),
    ),
)

DARK_HIGH = DARK._replace(
    name="dark_high",
    rail="#000000",
    surface="#0B0D0C",
    subtle="#121514",
    card="#000000",
    hover="#1E2220",
    nav="#1E2220",
    selected="#0F2A24",
    border="#7E8682",
    control="#B3B9B6",
    track="#1E2220",
    text="#FFFFFF",
    text2="#DDE2DF",
    text3="#C6CCC9",
    accent="#8FE6D3",
    on_accent="#00120E",
    accent_bg="#0F2A24",
    delight="#FFBAD2",
    warn="#FFD98A",
    danger="#FFB9B1",
    ok="#A6EBBD",
    avatars=(
        ("#1F3345", "#D3E8FA"),
        ("#40243A", "#FAD5E5"),
        ("#27371D", "#D7F0C0"),
        ("#40301B", "#F8E2BE"),
        ("#2E2A47", "#DDD7FA"),
        ("#17372F", "#B8F0E4"),
    ),
)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#RRGGBB` (WCAG 2.2, relative luminance)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004  the standard's constant
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)

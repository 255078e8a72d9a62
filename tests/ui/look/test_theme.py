"""One palette and one stylesheet, changed while running; sizes follow the text size."""

from __future__ import annotations

import subprocess
import sys

import pytest
import shiboken6
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from ui.look import fonts, icons
from ui.look.stylesheet import BUTTON_EDGE
from ui.look.theme import theme
from ui.look.tokens import DARK, DARK_HIGH, LIGHT, LIGHT_HIGH
from ui.widgets.buttons import ActionButton


def test_dark_changes_palette_and_sheet_at_run_time(qt: QApplication) -> None:
    heard = []
    theme().changed.connect(lambda: heard.append(theme().dark))
    theme().choose("dark")
    assert qt.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.surface
    assert DARK.accent in qt.styleSheet()
    theme().choose("light")
    assert qt.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.surface
    assert heard == [True, False]


def test_the_system_that_says_nothing_is_light() -> None:
    theme().choose("dark")
    theme().choose("system")
    assert not theme().dark


def test_more_contrast_is_had_where_it_is_asked_for_in_light_and_dark(qt: QApplication) -> None:
    theme().choose("dark", contrast="high")
    assert theme().tokens is DARK_HIGH
    assert theme().dark
    assert DARK_HIGH.accent in qt.styleSheet()
    theme().choose("light")
    assert theme().tokens is LIGHT_HIGH
    assert theme().edge() == BUTTON_EDGE["light_high"]
    theme().choose(contrast="usual")
    assert theme().tokens is LIGHT
    theme().choose(contrast="system")
    assert theme().tokens is LIGHT  # this platform asks for nothing


def test_text_size_is_kept_within_90_and_200_percent() -> None:
    for asked, got in ((0.5, 0.9), (1.5, 1.5), (3.0, 2.0)):
        theme().choose(scale=asked)
        assert fonts.scale() == got
        assert fonts.px(20) == round(20 * got)


def test_widgets_grow_with_the_text() -> None:
    button = ActionButton("Done", "check", "E")
    before = button.sizeHint()
    theme().choose(scale=2.0)
    assert button.sizeHint().height() == 2 * before.height()
    assert button.sizeHint().width() > 1.8 * before.width()


def test_inter_is_there_with_true_weights() -> None:
    assert QFontInfo(fonts.font("body")).family() == "Inter"
    widths = [QFontMetricsF(fonts.font("body", weight)).horizontalAdvance("Guðrún Ελένη") for weight in (400, 500, 600)]
    assert widths == sorted(set(widths))


def test_columns_of_figures_are_of_one_width() -> None:
    metrics = QFontMetricsF(fonts.font("number"))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))
    assert fonts.font("body").featureTags() == []
    assert QFont.Tag("tnum") in fonts.font("count").featureTags()


def test_icons_are_tinted_sharp_and_kept() -> None:
    drawn = icons.pixmap("gift", "#A93463", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert drawn is icons.pixmap("gift", "#A93463", 16, 2.0)
    image = drawn.toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours <= {"#a93463", "#a83463"}


def test_nothing_heavy_is_loaded_with_the_window() -> None:
    heavy = "requests keyring sqlite_utils justmyresource fontpkg babel nh3 rapidfuzz feedparser PySide6.QtNetwork"
    code = f"import sys, ui.shell.application; print([name for name in {heavy.split()!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_text_size_that_is_set_in_steps_shows_nothing_half_done(qt: QApplication) -> None:
    heard = []
    theme().changed.connect(lambda: heard.append(fonts.scale()))
    button = ActionButton("Done", "check", "E")
    button.show()
    sheet = qt.styleSheet()
    theme().begin(scale=1.5)
    assert (fonts.scale(), qt.styleSheet(), heard) == (1.0, sheet, [])
    left = theme().step()
    while left:
        assert (fonts.scale(), heard) == (1.0, [])
        assert not button.updatesEnabled()
        left = theme().step()
    assert (fonts.scale(), heard) == (1.5, [1.5])
    assert qt.styleSheet() not in ("", sheet)
    assert button.updatesEnabled()
    assert not theme().step()  # nothing is left to be done


def test_what_is_chosen_between_two_steps_has_its_way(qt: QApplication) -> None:
    theme().begin(scale=1.5)
    theme().step()
    theme().choose("dark")
    assert fonts.scale() == 1.5
    assert DARK.accent in qt.styleSheet()
    theme().begin(scale=1.2)
    theme().step()
    theme().choose(scale=1.5)
    assert (fonts.scale(), theme().step()) == (1.5, False)
    assert DARK.accent in qt.styleSheet()


def test_a_window_that_is_closed_between_two_steps_is_no_trouble() -> None:
    button = ActionButton("Done", "check", "E")
    button.show()
    theme().begin(scale=1.5)
    theme().step()
    shiboken6.delete(button)
    theme().apply()
    assert fonts.scale() == 1.5

"""The current appearance: tokens, palette and stylesheet, which can change at run time.

`theme()` is the process's only Theme. Widgets and delegates get colours from it (`theme().color("text2")`) when they
paint, and listen to `changed`. Scheme "system" follows the desktop, and is light if that does not tell (offscreen).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.look import fonts
from ui.look.stylesheet import BUTTON_EDGE, stylesheet
from ui.look.tokens import DARK, DARK_HIGH, LIGHT, LIGHT_HIGH, Tokens

SCHEMES = ("system", "light", "dark")
CONTRASTS = ("system", "usual", "high")
_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "surface"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "subtle"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "danger"),
    (QPalette.ColorRole.ToolTipBase, "text"),
    (QPalette.ColorRole.ToolTipText, "surface"),
    (QPalette.ColorRole.PlaceholderText, "text3"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Light, "hover"),
    (QPalette.ColorRole.Midlight, "hover"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "control"),
    (QPalette.ColorRole.Shadow, "control"),
)


def palette(tokens: Tokens) -> QPalette:
    """The QPalette of a set of tokens; disabled text is text3."""
    made = QPalette()
    for role, name in _ROLES:
        made.setColor(role, QColor(getattr(tokens, name)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


class Theme(QObject):
    """The current tokens and text size; on `changed` widgets get new fonts and repaint."""

    changed = Signal()

    def __init__(self) -> None:
        """Start with the light tokens; nothing is applied before `apply`."""
        super().__init__()
        self.scheme = self.contrast = "system"
        self.tokens = LIGHT
        self._colors: dict[str, QColor] = {}
        self._hints: QStyleHints | None = None
        self._applied: tuple[str, float] | None = None
        self._steps = deque[Callable[[], object]]()
        self._held: list[QWidget] = []

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in use."""
        return self.tokens in (DARK, DARK_HIGH)

    def color(self, token: str) -> QColor:
        """The QColor of a token; it is shared, so treat it as read-only."""
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = QColor(str(getattr(self.tokens, token)))
        return color

    def hex(self, token: str) -> str:
        """The `#RRGGBB` of a token; a value that starts with # is returned unchanged."""
        return token if token.startswith("#") else str(getattr(self.tokens, token))

    def edge(self) -> str:
        """The `#RRGGBB` of a button's border, fainter than a field's."""
        return BUTTON_EDGE[self.tokens.name]

    def choose(self, scheme: str = "", scale: float = 0.0, contrast: str = "") -> None:
        """Set the scheme ("system", "light", "dark") and the text size (1.0 = 100 %); "" or 0 leaves it unchanged.

        `contrast` is "usual", "high", or, as long as nobody chooses, what the "system" asks for.
        """
        self.begin(scheme, scale, contrast)
        self._finish()

    def begin(self, scheme: str = "", scale: float = 0.0, contrast: str = "") -> None:
        """Choose, and take no step before `step`: all at once would hold up a key for as long as three of them."""
        if scheme in SCHEMES:
            self.scheme = scheme
        if contrast in CONTRASTS:
            self.contrast = contrast
        self._prepare(scale)

    def apply(self) -> None:
        """Set the application's palette, font and stylesheet, unless they are current."""
        self._prepare()
        self._finish()

    def step(self) -> bool:
        """Take the next step of what was begun; whether another one is left. Nothing is painted in between."""
        if self._steps:
            self._steps.popleft()()
        return bool(self._steps)

    def _finish(self) -> None:
        while self.step():
            pass

    def _prepare(self, scale: float = 0.0) -> None:
        usual, high = (DARK, DARK_HIGH) if self._wants_dark() else (LIGHT, LIGHT_HIGH)
        self.tokens = high if self._wants_contrast() else usual
        begun = self._applied[1] if self._applied is not None and self._steps else fonts.scale()
        wanted = (self.tokens.name, fonts.clamped(scale) if scale else begun)
        if self._applied == wanted:
            return
        self._applied = wanted
        self._steps.clear()
        self._steps.extend(
            (
                partial(self._take_off, wanted[1]),
                _rest,
                partial(self._put_on, wanted[1]),
                _rest,
                partial(self._tell, wanted[1]),
            )
        )

    def _take_off(self, scale: float) -> None:
        """Remove the stylesheet: replacing it takes four times as long as this and setting the next (measured).

        The font comes before both: fields keep the one in which the sheet finds them.
        """
        self._colors.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._held += [widget for widget in app.topLevelWidgets() if widget.isVisible() and widget.updatesEnabled()]
            for widget in self._held:
                widget.setUpdatesEnabled(False)
            app.setPalette(palette(self.tokens))
            app.setFont(fonts.sized(*fonts.SIZES["body"], scale=scale))
            app.setStyleSheet("")

    def _put_on(self, scale: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(stylesheet(self.tokens, scale, rounded=rounded_popups()))

    def _tell(self, scale: float) -> None:
        """Let everybody follow, and show it."""
        fonts.set_scale(scale)
        self.changed.emit()
        held, self._held = self._held, []
        for widget in held:
            if isValid(widget):  # a dialog may have been closed since
                widget.setUpdatesEnabled(True)

    def follow_system(self) -> None:
        """Follow the desktop between light and dark, and to more contrast; call it once per application."""
        hints = self._system()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self, _wanted: object) -> None:
        self.apply()

    def _wants_dark(self) -> bool:
        if self.scheme != "system":
            return self.scheme == "dark"
        return self._system().colorScheme() == Qt.ColorScheme.Dark

    def _wants_contrast(self) -> bool:
        if self.contrast != "system":
            return self.contrast == "high"
        return self._system().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def _system(self) -> QStyleHints:
        """The system's wishes; kept, since what PySide6 gives of them ends with the object that gave it (observed)."""
        if self._hints is None:
            self._hints = QGuiApplication.styleHints()
        return self._hints


def _rest() -> None:
    """A step in which the layouts follow what the step before has changed."""


_theme: list[Theme] = []


def theme() -> Theme:
    """The process's only Theme, created at the first call."""
    if not _theme:
        _theme.append(Theme())
    return _theme[0]


def color(token: str) -> QColor:
    """Short for `theme().color(token)`."""
    return theme().color(token)


def rounded_popups() -> bool:
    """Whether popup windows may have round corners: on X11 without a compositor the corners would be black."""
    return QGuiApplication.platformName() != "xcb"

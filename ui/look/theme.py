"""The appearance in use: tokens, one palette and one stylesheet, changed while running.

`theme()` is the one Theme of the process. Widgets and delegates ask it for colours (`theme().color("text2")`) when they
paint and listen to `changed`. Scheme "system" follows the desktop; where that says nothing (offscreen) it is light.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.look import fonts
from ui.look.stylesheet import BUTTON_EDGE, stylesheet
from ui.look.tokens import DARK, LIGHT, Tokens

SCHEMES = ("system", "light", "dark")
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
    """The QPalette of a set of tokens; what is disabled is written in text3."""
    made = QPalette()
    for role, name in _ROLES:
        made.setColor(role, QColor(getattr(tokens, name)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


class Theme(QObject):
    """Which tokens and text size hold now; `changed` tells widgets to take new fonts and paint again."""

    changed = Signal()

    def __init__(self) -> None:
        """Start light at 100 %; nothing is applied before `apply`."""
        super().__init__()
        self.scheme = "system"
        self.tokens = LIGHT
        self._colors: dict[str, QColor] = {}
        self._applied: tuple[str, float] | None = None

    @property
    def dark(self) -> bool:
        """Whether the dark tokens hold."""
        return self.tokens is DARK

    def color(self, token: str) -> QColor:
        """The QColor of a token by name; treat it as read-only, it is shared."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(str(getattr(self.tokens, token)))
        return found

    def hex(self, token: str) -> str:
        """The `#RRGGBB` of a token by name; a value that starts with # comes back as it is."""
        return token if token.startswith("#") else str(getattr(self.tokens, token))

    def edge(self) -> str:
        """The colour of a button's edge: quieter than a field's, for the words say what it is."""
        return BUTTON_EDGE[self.tokens.name]

    def choose(self, scheme: str = "", scale: float = 0.0) -> None:
        """Take a scheme ("system", "light", "dark") and a text size (1.0 = 100 %); empty or 0 leaves it as it is."""
        if scheme in SCHEMES:
            self.scheme = scheme
        if scale:
            fonts.set_scale(scale)
        self.apply()

    def apply(self) -> None:
        """Give the application its style, font, palette and stylesheet, unless they hold already."""
        self.tokens = DARK if self._wants_dark() else LIGHT
        if self._applied == (self.tokens.name, fonts.scale()):
            return
        self._applied = (self.tokens.name, fonts.scale())
        self._colors.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self.tokens))
            app.setFont(fonts.font("body"))
            app.setStyleSheet(stylesheet(self.tokens, fonts.scale(), rounded=rounded_popups()))
        self.changed.emit()

    def follow_system(self) -> None:
        """Listen for the desktop's change between light and dark; once per application."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self.apply()

    def _wants_dark(self) -> bool:
        if self.scheme != "system":
            return self.scheme == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_theme: list[Theme] = []


def theme() -> Theme:
    """The one Theme of this process, made at the first call."""
    if not _theme:
        _theme.append(Theme())
    return _theme[0]


def color(token: str) -> QColor:
    """Short for `theme().color(token)`."""
    return theme().color(token)


def rounded_popups() -> bool:
    """Whether windows of their own may have round corners: on X without a compositor what is beside them is black."""
    return QGuiApplication.platformName() != "xcb"

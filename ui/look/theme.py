"""The current appearance: tokens, palette and stylesheet, which can change at run time.

`theme()` is the process's only Theme. Widgets and delegates get colours from it (`theme().color("text2")`) when they
paint, and listen to `changed`. Scheme "system" follows the desktop, and is light if that does not tell (offscreen).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

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
        if scheme in SCHEMES:
            self.scheme = scheme
        if contrast in CONTRASTS:
            self.contrast = contrast
        if scale:
            fonts.set_scale(scale)
        self.apply()

    def apply(self) -> None:
        """Set the application's palette, font and stylesheet, unless they are current."""
        usual, high = (DARK, DARK_HIGH) if self._wants_dark() else (LIGHT, LIGHT_HIGH)
        self.tokens = high if self._wants_contrast() else usual
        if self._applied == (self.tokens.name, fonts.scale()):
            return
        self._applied = (self.tokens.name, fonts.scale())
        self._colors.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self.tokens))
            app.setFont(fonts.font("body"))
            app.setStyleSheet(
                ""
            )  # replacing one takes four times as long as removing it and setting the next (measured)
            app.setStyleSheet(stylesheet(self.tokens, fonts.scale(), rounded=rounded_popups()))
        self.changed.emit()

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

"""The system's libraries that a window needs, and the line that installs what is missing: for develop.py and main.py.

The wheel holds this file as well: an installed Rapport names the same line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

# What Qt opens, and the Debian package that holds it. Found with readelf on the wheel's libraries and plugins.
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
ON_WAYLAND = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}


def libraries(environ: Mapping[str, str], system: str) -> dict[str, str]:
    """The system libraries that a window needs here, by the package that holds each; none outside Linux."""
    if system != "linux":
        return {}
    needed = dict(ALWAYS)
    if environ.get("DISPLAY"):
        needed |= ON_X11
    if environ.get("WAYLAND_DISPLAY"):
        needed |= ON_WAYLAND
    return needed


def missing(wanted: Mapping[str, str], there: Callable[[str], bool]) -> list[str]:
    """The packages of what is not there, each once, in the order of the table."""
    return list(dict.fromkeys(package for library, package in wanted.items() if not there(library)))


def install_line(packages: Iterable[str]) -> str:
    """The line for a person to paste."""
    return "sudo apt-get install -y " + " ".join(packages)

"""Writes resources/emoji/names.tsv: the emoji that are offered while one types, with their names in five languages.

The names are those of Unicode's Common Locale Data Repository (CLDR), in its npm packages `cldr-annotations-full` and
`cldr-annotations-derived-full` (flags, joined emoji). The selection is ours: what a community manager writes.

    npm pack cldr-annotations-full cldr-annotations-derived-full
    .venv/bin/python packaging/emoji.py cldr-annotations-full-*.tgz cldr-annotations-derived-full-*.tgz

The licence of the data (Unicode-3.0) is copied beside the table.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "emoji"
LANGUAGES = ("en", "is", "hu", "cs", "el")
MAX_NAMES = 5
"""For each emoji and language: its name, and so many words less one that it is found by."""
# The first ones are what is written most, by which equal matches are put in order.
CHOSEN = """
❤️ 👍 🙏 😊 😂 🥰 😍 🎉 👏 🙌 💪 😉 😢 🔥 ✨ 🍋 👋 🤗 😋 ☀️ 🎁 💛 🌿 🥳 😅 🤔 ✅ 📦 😀
😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😗 ☺️ 😚 😙 🥲 😋 😛 😜 🤪 😝 🤗 🤭 🤫 🤔
🤐 🤨 😐 😑 😶 😏 😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤧 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁
😮 😯 😲 😳 🥺 😦 😨 😰 😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 🥱 😤 😡 😠 😈 💀 💩 🤡 👻 👽 🤖 😺
😸 😻 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💞 💕 💔 ❤️ 🧡 💛 💚 💙 💜 🤎 🖤 🤍 🩷 💯 💥 💫 💦 💨
💬 💭 💤 👋 🤚 ✋ 👌 🤌 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 ☝️ 👍 👎 ✊ 👊 👏 🙌 👐 🤲 🤝 🙏 ✍️
💪 👀 🧠 👶 🧒 👦 👧 🧑 👩 👨 👵 👴 🙋 🙇 🤦 🤷 👮 🧑‍🍳 🧑‍🌾 🧑‍💻 🧑‍🎨 🎅 🧙 🧚 🚶 🏃
💃 🕺 🧘 👪 👫 👯 🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🐤 🦆 🦉 🐴 🦄 🐝 🐛 🦋
🐌 🐞 🐢 🐍 🐙 🐟 🐬 🐳 🦈 🐑 🐐 🐈 🐕 🦔 🐾 💐 🌸 🌹 🌺 🌻 🌼 🌷 🌱 🌲 🌳 🌴 🌵 🌿 ☘️ 🍀
🍁 🍂 🍃 🍄 🌍 🌙 ⭐ 🌟 ✨ ⚡ 🔥 🌈 ☀️ 🌤️ ⛅ ☁️ 🌧️ ⛈️ ❄️ ⛄ 🌊 💧 ☔ 🌋 🍇 🍈 🍉
🍊 🍋 🍌 🍍 🥭 🍎 🍏 🍐 🍑 🍒 🍓 🫐 🥝 🍅 🫒 🥥 🥑 🍆 🥔 🥕 🌽 🌶️ 🥒 🥬 🥦 🧄 🧅 🥜 🌰 🫚
🍞 🥐 🥖 🥨 🧀 🥚 🍳 🥞 🧇 🥓 🍗 🍔 🍟 🍕 🌭 🥪 🌮 🥗 🍝 🍜 🍲 🍣 🍦 🍨 🍩 🍪 🎂 🍰 🧁 🥧
🍫 🍬 🍭 🍯 🍼 🥛 ☕ 🫖 🍵 🍷 🍸 🍹 🍺 🍻 🥂 🥃 🥤 🧋 🧃 🧉 🧊 🥢 🍽️ 🍴 🥄 🎃 🎄 🎆 🎇 🎈
🎉 🎊 🎁 🎀 🎟️ 🏆 🏅 🥇 🥈 🥉 ⚽ 🏀 🏐 🎾 🏓 ⛸️ 🎿 🎯 🎲 🧩 🎮 🎨 🎵 🎶 🎤 🎧 🎸 🎹 🎺
🎻 🥁 🎬 📷 📸 📹 📺 📻 🏠 🏡 🏢 🏪 🏫 ⛪ ⛺ 🏖️ 🏝️ 🏔️ 🎪 🚗 🚕 🚌 🚂 🚲 🛴 ✈️ 🚀 ⛵
🚚 📍 🗺️ 🧭 ⏰ ⏳ ⌛ 🕒 📅 📆 👕 👗 👟 🎒 👓 🕶️ 👑 🎓 💍 💎 💄 📱 💻 ⌨️ 🖨️ 🔋 🔌 💡
🔦 🕯️ 📖 📚 📰 🏷️ 💰 💶 💳 🧾 ✉️ 📧 📨 📩 📦 📫 ✏️ 🖊️ 📝 📁 📊 📈 📉 📌 📎 ✂️ 🔒
🔓 🔑 🔨 🔧 🧰 🧪 🔍 🔗 🛒 🛍️ 🧺 🧼 🗑️ 🚪 🪑 🛁 🧸 📣 📢 🔔 🔕 ✅ ☑️ ✔️ ❌ ❎ ➕ ➖
❓ ❔ ❗ ‼️ ⚠️ ⛔ 🚫 ♻️ ♥️ 🔴 🟠 🟡 🟢 🔵 🟣 ⚫ ⚪ ➡️ ⬅️ ⬆️ ⬇️ 🔄 🔙 🔜 🆕 🆗
🆒 🆓 🆘 ℹ️ ©️ ™️ 🏁 🏳️‍🌈 🇮🇸 🇭🇺 🇨🇿 🇬🇷 🇨🇾 🇬🇧 🇺🇸 🇪🇺 🇸🇰 🇦🇹 🇩🇪 🇵🇱 🇩🇰
🇳🇴 🇸🇪 🇫🇮 🇮🇹 🇫🇷 🇪🇸 🇺🇦
"""


def _annotations(archives: Sequence[Path], language: str) -> dict[str, dict[str, list[str]]]:
    """What CLDR says of each emoji in a language: `tts` is its name, `default` the words that it is found by."""
    found: dict[str, dict[str, list[str]]] = {}
    for archive in archives:
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if member.name.endswith(f"/{language}/annotations.json"):
                    content = packed.extractfile(member)
                    parsed: dict[str, Any] = json.load(content) if content is not None else {}
                    found.update(next(iter(parsed.values()))["annotations"])
    return found


def names(annotations: dict[str, dict[str, list[str]]], symbol: str) -> list[str]:
    """The emoji's name, then the words that it is found by, shortest first, without those that the name has."""
    about = annotations.get(symbol) or annotations.get(symbol.replace("\ufe0f", ""), {})
    (name,) = about["tts"]
    rest = sorted((word for word in about.get("default", []) if word.lower() not in name.lower()), key=len)
    return [name, *dict.fromkeys(rest)][:MAX_NAMES]


def main() -> int:
    """Write the table, and the licence beside it."""
    archives = [Path(name) for name in sys.argv[1:]]
    by_language = {language: _annotations(archives, language) for language in LANGUAGES}
    chosen = list(dict.fromkeys(CHOSEN.split()))
    rows = ["\t".join([symbol, *("|".join(names(by_language[one], symbol)) for one in LANGUAGES)]) for symbol in chosen]
    FOLDER.mkdir(exist_ok=True)
    head = "# Names: Unicode CLDR, see LICENSE. Written by packaging/emoji.py. Columns: emoji, " + ", ".join(LANGUAGES)
    (FOLDER / "names.tsv").write_text("\n".join([head, *rows, ""]), "utf-8")
    with tarfile.open(archives[0]) as packed:
        licence = packed.extractfile("package/LICENSE")
        (FOLDER / "LICENSE").write_bytes(licence.read() if licence is not None else b"")
    print(f"{len(chosen)} emoji")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

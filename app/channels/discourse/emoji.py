"""Emoji that a forum's own keyboard writes as names: ":slight_smile:". The usual ones; the others stay as names."""

from __future__ import annotations

import re

_NAMED = re.compile(r"`[^`\n]{1,300}+`|(?<!\w):([a-z0-9_+\-]{1,40}+):(?:t[2-6]:)?")
_TABLE = """
+1 👍 -1 👎 100 💯 angry 😠 arrow_right ➡️ beer 🍺 beers 🍻 blue_heart 💙 blush 😊 broken_heart 💔
bug 🐛 bulb 💡 clap 👏 coffee ☕ confused 😕 crossed_fingers 🤞 cry 😢 disappointed 😞
exclamation ❗ eyes 👀 facepalm 🤦 fire 🔥 frowning 😦 gift 🎁 green_heart 💚 grin 😁 grinning 😀
heart ❤️ heart_eyes 😍 heavy_check_mark ✔️ hugs 🤗 information_source ℹ️ innocent 😇 joy 😂
kissing_heart 😘 laughing 😆 lemon 🍋 muscle 💪 neutral_face 😐 ok_hand 👌 open_mouth 😮
partying_face 🥳 pizza 🍕 point_right 👉 pray 🙏 purple_heart 💜 question ❓ rage 😡
raised_hands 🙌 rocket 🚀 rofl 🤣 roll_eyes 🙄 scream 😱 see_no_evil 🙈 shrug 🤷 slight_frown 🙁
slight_smile 🙂 smile 😄 smiley 😃 sob 😭 sparkles ✨ star ⭐ stuck_out_tongue 😛
stuck_out_tongue_winking_eye 😜 sunglasses 😎 sunny ☀️ sweat_smile 😅 tada 🎉 thinking 🤔
thumbsup 👍 thumbsdown 👎 trophy 🏆 upside_down_face 🙃 warning ⚠️ wave 👋 white_check_mark ✅
wink 😉 yellow_heart 💛 yum 😋
"""
_CELLS = _TABLE.split()
SIGNS = dict(zip(_CELLS[::2], _CELLS[1::2], strict=True))
"""Name -> emoji, by Discourse's lib/emoji/data."""


def with_signs(text: str) -> str:
    """A text with the usual emoji as signs; names in code stay as they are."""
    return _NAMED.sub(lambda found: SIGNS.get(found[1], found[0]) if found[1] else found[0], text)

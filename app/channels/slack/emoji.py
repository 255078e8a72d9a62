"""Emoji by the names that Slack has for them, `:lemon:`: it writes them so in every text, and reacts by name.

Most names are Unicode's own; those that are not are listed here, as far as they are in common use
(https://docs.slack.dev/messaging/formatting-message-text, "Emoji"). Names of a workspace's own emoji stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

REACTIONS = {
    "👍": "+1", "❤️": "heart", "🎉": "tada", "🙏": "pray", "😄": "smile", "👀": "eyes", "✅": "white_check_mark",
}  # fmt: skip
"""What can be given as a reaction -> its name; the usual one first."""
_SIGNS = {
    **{name: sign for sign, name in REACTIONS.items()},
    "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "ok_hand": "👌", "clap": "👏", "wave": "👋", "muscle": "💪",
    "point_up": "☝️", "point_down": "👇", "point_left": "👈", "point_right": "👉", "raised_hands": "🙌", "v": "✌️",
    "hugging_face": "🤗", "grinning": "😀", "smiley": "😃", "grin": "😁", "laughing": "😆", "satisfied": "😆",
    "sweat_smile": "😅", "joy": "😂", "rolling_on_the_floor_laughing": "🤣", "slightly_smiling_face": "🙂",
    "upside_down_face": "🙃", "wink": "😉", "blush": "😊", "innocent": "😇", "heart_eyes": "😍", "kissing_heart": "😘",
    "yum": "😋", "stuck_out_tongue": "😛", "sunglasses": "😎", "smirk": "😏", "neutral_face": "😐",
    "expressionless": "😑",
    "no_mouth": "😶", "thinking_face": "🤔", "unamused": "😒", "face_with_rolling_eyes": "🙄", "relieved": "😌",
    "pensive": "😔", "sleepy": "😪", "sleeping": "😴", "mask": "😷", "confused": "😕", "worried": "😟",
    "slightly_frowning_face": "🙁", "open_mouth": "😮", "astonished": "😲", "flushed": "😳", "cry": "😢", "sob": "😭",
    "scream": "😱", "disappointed": "😞", "sweat": "😓", "weary": "😩", "tired_face": "😫", "angry": "😠", "rage": "😡",
    "skull": "💀", "poop": "💩", "hankey": "💩", "broken_heart": "💔", "yellow_heart": "💛", "green_heart": "💚",
    "blue_heart": "💙", "purple_heart": "💜", "two_hearts": "💕", "sparkling_heart": "💖", "100": "💯", "boom": "💥",
    "sweat_drops": "💦", "dash": "💨", "zzz": "💤", "fire": "🔥", "sparkles": "✨", "star": "⭐",
    "star2": "🌟", "zap": "⚡",
    "sunny": "☀️", "cloud": "☁️", "umbrella": "☔", "snowflake": "❄️", "coffee": "☕", "beers": "🍻", "beer": "🍺",
    "cake": "🍰", "birthday": "🎂", "gift": "🎁", "balloon": "🎈", "rocket": "🚀", "car": "🚗", "package": "📦",
    "email": "✉️", "phone": "☎️", "telephone_receiver": "📞", "computer": "💻", "memo": "📝", "pencil": "📝",
    "calendar": "📆", "date": "📅", "bulb": "💡", "mag": "🔍", "lock": "🔒", "key": "🔑", "bell": "🔔", "warning": "⚠️",
    "x": "❌", "heavy_check_mark": "✔️", "question": "❓", "exclamation": "❗", "heavy_exclamation_mark": "❗",
    "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️", "hourglass": "⌛", "watch": "⌚",
    "dog": "🐶", "cat": "🐱", "bee": "🐝", "tangerine": "🍊", "apple": "🍎", "strawberry": "🍓", "seedling": "🌱",
    "partying_face": "🥳", "pleading_face": "🥺", "wave-hand": "👋", "robot_face": "🤖", "simple_smile": "🙂",
}  # fmt: skip
_JOINER, _WITH_COLOUR = "\u200d", "\ufe0f"
_PEOPLE = {"female": "👩", "male": "👨"}
_WORK = {
    "farmer": "🌾", "cook": "🍳", "student": "🎓", "singer": "🎤", "teacher": "🏫", "factory-worker": "🏭",
    "technologist": "💻", "office-worker": "💼", "mechanic": "🔧", "scientist": "🔬", "artist": "🎨",
    "firefighter": "🚒",
    "astronaut": "🚀", "doctor": "⚕️", "judge": "⚖️", "pilot": "✈️",
}  # fmt: skip
_TONES = {f"skin-tone-{number}": chr(0x1F3F9 + number) for number in range(2, 7)}
_NAME = re.compile(r":([a-z0-9_+'-]{1,60}):(?::(skin-tone-[2-6]):)?")
_FIRST_PICTURE = 0x2600  # what has a name below it is a letter or a mark


def sign_of(name: str) -> str:
    """Return the emoji of that name, "" for one that is not known."""
    if name in _SIGNS:
        return _SIGNS[name]
    who, _, work = name.partition("-")
    if who in _PEOPLE and work in _WORK:
        return f"{_PEOPLE[who]}{_JOINER}{_WORK[work]}"
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return sign if ord(sign[0]) >= _FIRST_PICTURE and unicodedata.category(sign[0]) == "So" else ""


def in_signs(text: str) -> str:
    """Return a text with the names of emoji replaced by what they name, in the colour of skin that they have."""

    def sign(found: re.Match[str]) -> str:
        made, tone = sign_of(found[1]), _TONES.get(found[2] or "", "")
        if not made:
            return found[0]
        return f"{made[0]}{tone}{made[1:].removeprefix(_WITH_COLOUR)}" if tone else made

    return _NAME.sub(sign, text) if ":" in text else text

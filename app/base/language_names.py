"""Languages by what people call them: the code, the English name, the language's own. Names are CLDR's."""

from __future__ import annotations

from app.base.text import fold

_NAMES = {
    "el": ("Greek", "Ελληνικά"), "en": ("English",), "hu": ("Hungarian", "Magyar"), "cs": ("Czech", "Čeština"),
    "is": ("Icelandic", "Íslenska"), "de": ("German", "Deutsch"), "fr": ("French", "Français"),
    "es": ("Spanish", "Español"), "it": ("Italian", "Italiano"), "pl": ("Polish", "Polski"),
    "sk": ("Slovak", "Slovenčina"), "pt": ("Portuguese", "Português"), "nl": ("Dutch", "Nederlands"),
    "da": ("Danish", "Dansk"), "sv": ("Swedish", "Svenska"), "nb": ("Norwegian", "Norsk"), "no": ("Norwegian", "Norsk"),
    "fi": ("Finnish", "Suomi"), "ro": ("Romanian", "Română"), "bg": ("Bulgarian", "Български"),
    "uk": ("Ukrainian", "Українська"), "ru": ("Russian", "Русский"), "sr": ("Serbian", "Српски"),
    "hr": ("Croatian", "Hrvatski"), "sl": ("Slovenian", "Slovenščina"), "tr": ("Turkish", "Türkçe"),
    "he": ("Hebrew", "עברית"), "ar": ("Arabic", "العربية"), "fa": ("Persian", "فارسی"), "ja": ("Japanese", "日本語"),
    "zh": ("Chinese", "中文"), "ko": ("Korean", "한국어"), "sq": ("Albanian", "Shqip"),
    "mk": ("Macedonian", "Македонски"),
    "lt": ("Lithuanian", "Lietuvių"), "lv": ("Latvian", "Latviešu"), "et": ("Estonian", "Eesti"),
    "ca": ("Catalan", "Català"), "ga": ("Irish", "Gaeilge"), "vi": ("Vietnamese", "Tiếng Việt"),
}  # fmt: skip
HOUSE_NAMES = ("Greek", "Hungarian", "Czech", "Icelandic", "English")
_CODE_LETTERS = 2


def codes(typed: str) -> list[str]:
    """The ISO 639-1 codes of a language by code, name, or a name that begins so; else any two letters."""
    asked = fold(typed).strip()
    same = [code for code, called in _NAMES.items() if asked == code or asked in map(fold, called)]
    if same or not asked:
        return same
    begun = [code for code, called in _NAMES.items() if any(fold(name).startswith(asked) for name in called)]
    is_code = len(asked) == _CODE_LETTERS and asked.isascii() and asked.isalpha()
    return begun or ([asked] if is_code else [])


def known(typed: str) -> str:
    """The code of a language of the list by its code, its name, or an unambiguous beginning of one; "" if none fits."""
    found = [code for code in codes(typed) if code in _NAMES]
    return found[0] if found and len({name(code) for code in found}) == 1 else ""


def offered() -> list[str]:
    """The codes, our five languages first."""
    return list(_NAMES)


def name(code: str) -> str:
    """The English name; the code where it is not known."""
    return _NAMES.get(code, (code,))[0]

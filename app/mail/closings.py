"""Tells what ends a letter, its greeting and signature, from what it says: where a title is made of its words."""

from __future__ import annotations

from app.base.text import folded_words

_MARK = "--"  # above a signature, by RFC 3676, 4.3
_MAX_LINES, _MAX_CHARS = 6, 60
_CLOSINGS = tuple(
    folded_words(words)
    for words in (
        "Regards", "Best", "Kind regards", "Best regards", "Best wishes", "Warm regards", "Many thanks", "Thanks",
        "Thank you", "Cheers", "Sincerely", "Yours", "Sent from", "S pozdravem", "S přátelským pozdravem", "Zdravím",
        "Děkuji", "Díky", "Hezký den", "Odesláno z", "Üdvözlettel", "Üdv", "Köszönöm", "Köszönettel", "Köszi", "Kveðja",
        "Með kveðju", "Bestu kveðjur", "Kær kveðja", "Takk", "Kærar þakkir", "Με εκτίμηση", "Ευχαριστώ", "Χαιρετισμούς",
        "Φιλικά", "Mit freundlichen Grüßen", "Viele Grüße", "Danke", "Cordialement", "Merci", "Saludos", "Gracias",
        "Cordiali saluti", "Grazie",
    )
)  # fmt: skip


def without_closing(text: str) -> str:
    """The text without the signature below "--"; "" where the rest is only a greeting at its end and a name."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.rstrip() == _MARK:
            break
        lines += [line.strip()] if line.strip() else []
    return "" if _is_closing(lines) else "\n".join(lines)


def _is_closing(lines: list[str]) -> bool:
    """Whether these lines are a greeting and a signature alone: short, and the first of them begins with one."""
    if not lines or len(lines) > _MAX_LINES or any(len(line) > _MAX_CHARS or "?" in line for line in lines):
        return not lines
    first = f"{folded_words(lines[0])} "
    return any(first.startswith(f"{closing} ") for closing in _CLOSINGS)

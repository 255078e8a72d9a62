"""Taking messages in: the one road into `message`."""

from app.intake.desk import QUIET_DAYS, ROOM, Intake, Taken
from app.intake.letters import Seen, told_apart
from app.intake.standing import COLUMNS, forget_words, remember_words, retold, settle, words_of

__all__ = [
    "COLUMNS", "QUIET_DAYS", "ROOM", "Intake", "Seen", "Taken", "forget_words", "remember_words", "retold", "settle",
    "told_apart", "words_of",
]  # fmt: skip

"""Intake: stores incoming messages; the only writer of `message`."""

from app.intake.desk import Intake, Joined
from app.intake.files import forget_file
from app.intake.joins import follow, give_back, to_say
from app.intake.letters import Seen, resolve_shared_ids
from app.intake.messages import forget_words, remember_words, words_of
from app.intake.numbers import ROOM
from app.intake.source import QUIET_DAYS
from app.intake.taking import Taken

__all__ = [
    "QUIET_DAYS", "ROOM", "Intake", "Joined", "Seen", "Taken", "follow", "forget_file", "forget_words", "give_back",
    "remember_words", "resolve_shared_ids", "to_say", "words_of",
]  # fmt: skip

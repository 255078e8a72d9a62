"""Finding messages: one language of words and operators for window and shell.

`language` takes apart what is typed, `understanding` reads it with what there is in the file, `desk` answers.
"""

from app.search.asked import Asked
from app.search.choosing import Choice, Group, toggled
from app.search.desk import COUNTED_MOST, PAGE, Count, Filter, Hit, Page, Search
from app.search.hints import Hint
from app.search.marks import Marker, around
from app.search.telling import in_words

__all__ = [
    "COUNTED_MOST",
    "PAGE",
    "Asked",
    "Choice",
    "Count",
    "Filter",
    "Group",
    "Hint",
    "Hit",
    "Marker",
    "Page",
    "Search",
    "around",
    "in_words",
    "toggled",
]

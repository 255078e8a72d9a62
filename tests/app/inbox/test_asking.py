"""Whether a text asks for anything, in the five languages and without a mark as well as with one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inbox.asking import asks

QUESTIONS = (
    ("en", "Is it vegan?"), ("en", "Can you send two more"), ("en", "I wonder. Where do I find the recipe"),
    ("en", "Lovely! But the second bottle was broken."), ("en", "Please send the invoice."),
    ("el", "Πότε θα έρθει;"), ("el", "Έφτασε το δέμα σήμερα; Όλα καλά."), ("el", "Πού είναι το μαγαζί"),
    ("el", "Πότε θα έρθει\u037e"), ("el", "Μπορείτε να μου στείλετε το τιμολόγιο."), ("el", "Το μπουκάλι έσπασε."),
    ("hu", "Mikor jön a csomag"), ("hu", "Meg tudnátok nézni, hol jár?"), ("hu", "Törötten érkezett az üveg."),
    ("hu", "Kérlek, írjátok meg az árát."), ("cs", "Máte otevřeno v neděli"), ("cs", "Kdy přijde balík?"),
    ("cs", "Láhev přišla rozbitá."), ("cs", "Pošlete mi prosím fakturu."), ("is", "Hvenær kemur sendingin"),
    ("is", "Er þetta vegan?"), ("is", "Flaskan var brotin."), ("is", "Gætuð þið sent tvær í viðbót"),
    ("", "Mikor jön a csomag"), ("", "？"), ("de", "Wann kommt es?"),
)  # fmt: skip
THANKS = (
    ("en", "Thank you so much!"), ("en", "What a lovely surprise!"), ("en", "❤️🍋"), ("en", "How kind of you!"),
    ("en", "Great; I like it."), ("en", "See https://lemonade.example/?page=2"), ("en", ""),
    ("en", "> Did it arrive?\nYes, and it was delicious."), ("el", "Ευχαριστώ πολύ!"), ("el", "Τι ωραίο!"),
    ("el", "Τέλειο ;)"), ("el", "Υπέροχο ;-) φιλιά"), ("hu", "Köszönöm szépen, nagyon finom volt!"), ("hu", "Imádom ❤️"),
    ("cs", "Děkuji, moc dobré!"), ("cs", "Limonáda dorazila v pořádku."), ("is", "Takk kærlega fyrir mig!"),
    ("is", "Þetta var æðislegt, takk."), ("", "Děkuji, všechno v pořádku"), ("", "Merci beaucoup !"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
def test_what_asks_for_something(language: str, text: str) -> None:
    assert asks(text, language)
    assert asks(text), "in whichever language"
    assert asks(f"Thank you!\n\n{text}", language)


@pytest.mark.parametrize(("language", "text"), THANKS)
def test_what_asks_for_nothing(language: str, text: str) -> None:
    assert not asks(text, language)


@given(st.text(), st.sampled_from(("", "en", "el", "hu", "cs", "is", "xx")))
def test_any_text_is_decided_and_a_question_mark_in_it_decides(text: str, language: str) -> None:
    assert asks(f"{text}\nReally?", language)
    asks(text, language)

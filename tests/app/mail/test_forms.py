"""Letters of website forms: who filled it in, and what they asked; a person's letter is never taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import forms
from app.mail.paragraphs import of_text
from app.mail.parse import parse
from tests.app.mail.form_letters import FORMS, MORE, FormLetter

OWN = ("hello@stand.example",)


@pytest.mark.parametrize("letter", FORMS, ids=lambda letter: letter.name)
def test_the_visitor_is_the_author_and_their_message_the_words(letter: FormLetter) -> None:
    mail = parse(letter.octets, OWN)
    name, address, message, page = letter.right
    assert (mail.author.name, mail.author.handle, mail.url) == (name, address, page)
    assert mail.text.split("\n\n")[0] == message.split("\n\n")[0]
    assert mail.text.startswith(message)
    assert all(field in mail.text for field in letter.fields)
    assert (mail.out, mail.quiet, mail.person) == (False, "", True)


@pytest.mark.parametrize("letter", MORE, ids=lambda letter: letter.name)
def test_labels_in_five_languages_and_other_builds(letter: FormLetter) -> None:
    mail = parse(letter.octets, OWN)
    name, address, message, _ = letter.right
    assert (mail.author.name, mail.author.handle, mail.quiet) == (name, address, "")
    assert f"{mail.text}\n\n".startswith(f"{message}\n\n")


@pytest.mark.parametrize(
    "letter",
    [
        b"From: Anna <anna@home.example>\nTo: hello@stand.example\n\nName: Anna\nE-mail: a@b.example\nMessage: Hi\n",
        b"From: noreply@shop.example\nTo: hello@stand.example\n\nYour parcel is on its way.\nE-mail: it@shop.example\n",
        b"From: hello@stand.example\nTo: anna@home.example\n\nName: Anna\nE-mail: a@b.example\nMessage: Hi\n",
    ],
)
def test_another_letter_is_no_form(letter: bytes) -> None:
    mail = parse(letter, OWN)
    assert mail.author.handle in ("anna@home.example", "noreply@shop.example", "hello@stand.example")


@given(st.text(st.sampled_from("Name: Email@x.is\nMessage<>*-"), max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    form = forms.read(of_text(text))
    assert form is None or "@" in form.address

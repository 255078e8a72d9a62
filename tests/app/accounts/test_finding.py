"""Which ways to log in a form offers, by what was found."""

from __future__ import annotations

from app.accounts import channel
from app.accounts.finding import ways_in


def test_only_the_provider_that_fits_is_offered_and_both_where_none_is_known() -> None:
    mail = channel("email")
    assert ways_in(mail, "google") == ("", "google")
    assert ways_in(mail, "microsoft") == ("", "microsoft")
    assert ways_in(mail, "") == ("", "google", "microsoft")
    assert ways_in(channel("wordpress"), "") == ()

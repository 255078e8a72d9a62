"""What the receiving server says about a letter's origin."""

from __future__ import annotations

import pytest

from app.mail.authentic import FAILED, PASSED, verdict
from app.mail.parse import parse

FROM = "notification@facebookmail.com"


@pytest.mark.parametrize(
    ("results", "right"),
    [
        ("mx.example; dkim=pass header.i=@facebookmail.com header.s=s1; dmarc=pass (p=REJECT)", PASSED),
        ("mx.example; dkim=pass header.d=facebookmail.com", PASSED),
        ("mx.example; spf=pass smtp.mailfrom=bounce@mail.facebookmail.com", PASSED),
        ("mx.example; dkim=pass header.d=evil.example; dmarc=fail (p=NONE) header.from=facebookmail.com", FAILED),
        ("mx.example; dkim=pass header.d=evil.example; spf=softfail smtp.mailfrom=x@evil.example", ""),
        ("mx.example; dkim=fail header.d=facebookmail.com", FAILED),
        ("mx.example; none", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_server_s_verdict_is_read(results: str, right: str) -> None:
    assert verdict(results, FROM) == right


def test_the_topmost_counts() -> None:
    head = b"Authentication-Results: mx.us; dmarc=fail\nAuthentication-Results: x; dmarc=pass\n"
    assert parse(head + b"From: Facebook <notification@facebookmail.com>\nSubject: A\n\nB").forged
    assert not parse(b"From: Facebook <notification@facebookmail.com>\nSubject: A\n\nB").forged

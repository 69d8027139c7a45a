"""Authentication-Results: only the topmost header of our own server counts, for the domain in From alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mail_authentication import Proof, dmarc

OURS = "mx.mofa.example"


@pytest.mark.parametrize(
    "header",
    [
        "mx.mofa.example; dmarc=pass header.from=example.vn",
        "mx.mofa.example 1; spf=fail smtp.mailfrom=a@b.example; dmarc=pass (p=reject) header.from=example.vn",
        'mx.mofa.example;\n dkim=pass header.d="example.vn";\n dmarc = pass header.from = "example.vn"',
        "(checked (twice)) MX.MOFA.example; DMARC=Pass header.from=Example.VN",
    ],
)
def test_our_servers_word_counts_however_it_is_written(header):
    assert dmarc([header], OURS, "example.vn") is Proof.PASSED


@pytest.mark.parametrize(
    "header",
    [
        "mx.mofa.example; dmarc=none header.from=example.vn",
        "mx.mofa.example; dmarc=pass header.from=evil.example",
        "mx.mofa.example; dmarc=pass",
        "mx.mofa.example; none",
        "mx.mofa.example; dmarc=pass header.from=example.vn header.from=evil.example",
        "mx.mofa.example; spf=pass (dmarc=pass header.from=example.vn) smtp.mailfrom=x",
        'mx.mofa.example; spf=pass reason="; dmarc=pass header.from=example.vn"',
        "mx.mofa.example.evil; dmarc=pass header.from=example.vn",
        "evil.example; mx.mofa.example; dmarc=pass header.from=example.vn",
        "",
    ],
)
def test_what_is_not_said_plainly_proves_nothing(header):
    assert dmarc([header], OURS, "example.vn") is Proof.NONE


def test_a_header_below_that_of_another_server_was_not_written_by_ours():
    ours = "mx.mofa.example; dmarc=pass header.from=example.vn"
    assert dmarc(["relay.example; none", ours], OURS, "example.vn") is Proof.NONE
    assert (
        dmarc(["mx.mofa.example; dmarc=fail header.from=example.vn", ours], OURS, "example.vn")
        is Proof.FAILED
    )
    assert dmarc([ours, "evil.example; dmarc=fail"], OURS, "example.vn") is Proof.PASSED


def test_two_verdicts_in_one_header_are_as_bad_as_the_worse_one():
    both = "mx.mofa.example; dmarc=pass header.from=example.vn; dmarc=fail header.from=example.vn"
    assert dmarc([both], OURS, "example.vn") is Proof.FAILED


def test_without_a_name_for_our_server_nobody_is_believed():
    assert dmarc(["; dmarc=pass header.from=example.vn"], "", "example.vn") is Proof.NONE
    assert dmarc([], OURS, "example.vn") is Proof.NONE


@given(st.text(alphabet=st.sampled_from('mx.ofaexample;="()\\ dcrpsh\n'), max_size=200))
def test_no_text_breaks_the_reader_or_passes_by_chance(header):
    assert dmarc([header], OURS, "example.vn") is not Proof.PASSED

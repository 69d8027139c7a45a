"""What a finished message looks like."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import clean_line, clean_paragraph
from app.mail import mailbox
from app.mail.compose import Letter
from app.mail.mime import CalendarPart, Recipient, build

AT = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
ICS = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
LETTER = Letter("[Cần trả lời trước 20/10] Tọa đàm", "Kính gửi\n", "<p>Kính gửi</p>")


def _built(letter: Letter = LETTER, **changes: object) -> bytes:
    arguments = {
        "sender": ("Bàn Tròn", "bantron@example.vn"),
        "to": Recipient("songoaivu@quangtri.gov.vn", "Sở Ngoại vụ Quảng Trị", "vi"),
        "message_id": "<abc123@example.vn>",
        "at": AT,
        "calendar": CalendarPart("REQUEST", ICS, "rsvp+abc@example.vn", "uid.guest"),
    }
    return build(letter, **{**arguments, **changes})  # type: ignore[arg-type]  # the changes name the same arguments


def test_the_same_message_is_the_same_bytes() -> None:
    """A repeated delivery can be recognised: nothing in it is made anew."""
    assert _built() == _built()


def test_every_reader_finds_text_html_and_calendar() -> None:
    """The recipient reads the text, sees the HTML, and can save the calendar file."""
    message = message_from_bytes(_built(), policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == "<abc123@example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_names_cannot_break_the_header() -> None:
    """Quotes, semicolons and commas of a display name do not cut it into several recipients."""
    message = message_from_bytes(_built(to=Recipient("a@b.vn", 'Sở "QT"; x, y', "vi")), policy=policy.default)
    assert [address.addr_spec for address in message["To"].addresses] == ["a@b.vn"]


@given(st.text(), st.text(), st.text())
def test_whatever_was_written_is_read(subject: str, text: str, name: str) -> None:
    """Subject, name and both texts come back letter by letter, in lines that every mail server takes."""
    subject, text, name = clean_line(subject), clean_paragraph(text), clean_line(name)
    letter = Letter(subject, text, f"<p>{text}</p>")
    built = _built(letter, to=Recipient("a@b.vn", name, "vi"))
    message = message_from_bytes(built, policy=policy.default)
    bodies = [
        part.get_content().replace("\r\n", "\n")
        for part in message.walk()
        if part.get_content_maintype() == "text"
    ]
    assert bodies[:2] == [letter.text, letter.html]
    assert message["Subject"] == subject
    assert [address.addr_spec for address in message["To"].addresses] == ["a@b.vn"]
    lines = built.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) < 998


def test_encoded_lines_keep_their_measure() -> None:
    """A long Vietnamese subject and name are folded as RFC 5322 asks (78 octets), no letter cut in two."""
    long = "Tọa đàm trực tuyến kết nối địa phương Việt Nam và các chủ thể Liên bang Nga " * 3
    letter = Letter(clean_line(long), f"{long}\n", f"<p>{long}</p>")
    built = _built(letter, to=Recipient("songoaivu@quangtri.gov.vn", clean_line(long), "vi"))
    assert max(len(line) for line in built.split(b"\r\n")) <= 78
    message = message_from_bytes(built, policy=policy.default)
    assert message["Subject"] == letter.subject
    assert mailbox.Caught("1", message).words("To") == f"{clean_line(long)} <songoaivu@quangtri.gov.vn>"


def test_a_text_that_looks_encoded_is_shown_as_it_was_written() -> None:
    """Nobody can hide other words behind the signs of an encoded word."""
    looks = "=?utf-8?q?other?="
    message = message_from_bytes(_built(Letter(looks, "a\n", "<p>a</p>")), policy=policy.default)
    assert message["Subject"] == looks


@pytest.mark.parametrize(("method", "name"), [("REQUEST", "invite.ics"), ("CANCEL", "cancel.ics")])
def test_c04_calendar_stands_among_the_alternatives_and_once_more_as_a_file(method: str, name: str) -> None:
    """RFC 6047 as mail programs agree on it: method in the type, no disposition, the same bytes twice."""
    part = CalendarPart(method, ICS, "rsvp+abc@example.vn", "uid.guest")
    message = message_from_bytes(_built(calendar=part), policy=policy.default)
    alternative, file = message.iter_parts()
    inline = list(alternative.iter_parts())[-1]
    assert inline["Content-Type"].params == {"method": method, "charset": "UTF-8"}
    assert inline["Content-Disposition"] is None
    assert (file.get_filename(), file.get_content_disposition()) == (name, "attachment")
    assert inline.get_payload(decode=True) == file.get_payload(decode=True) == ICS.encode()


def test_answers_go_to_the_guests_own_address_and_mails_of_one_entry_hang_together() -> None:
    """Reply-To is ORGANIZER; References names the entry, so that an update stands below its invitation."""
    message = message_from_bytes(_built(), policy=policy.default)
    assert message["Reply-To"] == "rsvp+abc@example.vn"
    assert message["References"] == "<uid.guest@example.vn>"
    plain = message_from_bytes(_built(calendar=None), policy=policy.default)
    assert plain["Reply-To"] is plain["References"] is None

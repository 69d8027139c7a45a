"""What a finished message looks like."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

from app.mail.compose import Letter
from app.mail.mime import Recipient, build

AT = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
LETTER = Letter("[Cần trả lời trước 20/10] Tọa đàm", "Kính gửi\n", "<p>Kính gửi</p>")


def _built(**changes: object) -> bytes:
    arguments = {
        "sender": ("Bàn Tròn", "bantron@example.vn"),
        "to": Recipient("songoaivu@quangtri.gov.vn", "Sở Ngoại vụ Quảng Trị", "vi"),
        "message_id": "<abc123@example.vn>",
        "at": AT,
        "calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    }
    return build(LETTER, **{**arguments, **changes})  # type: ignore[arg-type]  # the changes name the same arguments


def test_the_same_message_is_the_same_bytes() -> None:
    """A repeated delivery can be recognised: nothing in it is made anew."""
    assert _built() == _built()


def test_every_reader_finds_text_html_and_calendar() -> None:
    """The recipient reads the text, sees the HTML, and can save the calendar file."""
    message = message_from_bytes(_built(), policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == "<abc123@example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_names_cannot_break_the_header() -> None:
    """Quotes, semicolons and commas of a display name do not cut it into several recipients."""
    message = message_from_bytes(_built(to=Recipient("a@b.vn", 'Sở "QT"; x, y', "vi")), policy=policy.default)
    assert [address.addr_spec for address in message["To"].addresses] == ["a@b.vn"]

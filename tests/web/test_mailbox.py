"""The demo shows every mail as its recipient has it; elsewhere there is no such page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from app.mail.compose import Letter
from app.mail.mime import CalendarPart, Recipient, build
from tests.site import ApartClient


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path, now: datetime) -> Iterator[Path]:
    """The demo's mailbox with one mail in it."""
    before = app.extensions["bantron"]
    app.extensions["bantron"] = replace(before, demo=True, instance=tmp_path)
    folder = tmp_path / "mailbox"
    folder.mkdir()
    letter = Letter("Giấy mời", "Kính gửi <b>Quý cơ quan</b>\n", "<p>Kính gửi</p><script>alert(1)</script>")
    raw = build(
        letter,
        sender=("Bàn Tròn", "bantron@example.vn"),
        to=Recipient("a@example.vn", "Sở Ngoại vụ tỉnh Bà Rịa – Vũng Tàu", "vi"),
        message_id="<1@example.vn>",
        at=now,
        calendar=CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a+t@example.vn", "uid"),
    )
    (folder / "1.eml").write_bytes(raw)
    yield folder
    app.extensions["bantron"] = before


def test_every_mail_is_listed_with_its_raw_form(mailbox: Path, client: ApartClient) -> None:
    """PRODUCT.md: each one's raw form is a link that ends in .eml."""
    page = client.get("/mailbox").get_data(as_text=True)
    assert "Giấy mời" in page
    assert "Sở Ngoại vụ tỉnh Bà Rịa – Vũng Tàu &lt;a@example.vn&gt;" in page
    assert 'href="/mailbox/1.eml"' in page
    assert client.get("/mailbox/1.eml").data == (mailbox / "1.eml").read_bytes()


def test_attachments_are_there_and_the_look_may_do_nothing(mailbox: Path, client: ApartClient) -> None:
    """The HTML part is framed in a sandbox; text stays text."""
    page = client.get("/mailbox/1").get_data(as_text=True)
    assert "invite.ics" in page
    assert "&lt;b&gt;Quý cơ quan" in page
    assert client.get("/mailbox/1/0").data.startswith(b"BEGIN:VCALENDAR")
    assert client.get("/mailbox/1/1").status_code == 404
    policy = client.get("/mailbox/1.html").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("name", ["2", "..%2fsecret_key", "x", "1.eml.eml"])
def test_other_files_are_out_of_reach(mailbox: Path, client: ApartClient, name: str) -> None:
    """Only the names of caught mails answer."""
    assert client.get(f"/mailbox/{name}").status_code == 404


def test_there_is_no_mailbox_outside_the_demo(client: ApartClient) -> None:
    """Caught mail exists in the demo alone."""
    assert client.get("/mailbox").status_code == 404
    assert client.get("/mailbox/1.eml").status_code == 404

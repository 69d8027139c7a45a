"""Names of downloads."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.filenames import ascii_filename, printed_filename


def test_names_of_a_vietnamese_title():
    title = "Tọa đàm: Kết nối/phát triển"
    assert ascii_filename(title, "ics") == "toa-dam-ket-noi-phat-trien.ics"
    assert printed_filename(title, "ics") == "Tọa đàm Kết nối phát triển.ics"


def test_a_long_title_ends_with_a_whole_word():
    title = "Danh sách đại biểu – Tọa đàm kết nối địa phương, doanh nghiệp Việt Nam"
    assert printed_filename(title, "xlsx") == "Danh sách đại biểu – Tọa đàm kết nối địa phương, doanh.xlsx"
    assert printed_filename("ế" * 90, "xlsx") == "ế" * 60 + ".xlsx"


def test_title_without_letters_still_has_a_name():
    assert (ascii_filename("…", "ics"), printed_filename("..", "xlsx")) == ("bantron.ics", "bantron.xlsx")


@given(st.text())
def test_any_title_gives_names_every_disk_takes(title):
    assert ascii_filename(title, "ics").isascii()
    name = printed_filename(title, "ics")
    assert len(name.encode()) <= 255
    assert not set(name) & set('\\/:*?"<>|\r\n\0')
    assert not name.startswith((".", " "))

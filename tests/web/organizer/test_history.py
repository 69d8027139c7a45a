"""The history of a roundtable: every act in words, the latest first, page by page."""

from app.domain.event_facts import EventFacts
from app.services.events import editing, lifecycle
from tests.roundtables import facts, publish, store_directory


def _read(client, slug, query=""):
    answer = client.get(f"/organizer/events/{slug}/history{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_acts_are_told_with_who_when_and_from_where(context, organizer, organizer_client, now):
    store_directory()
    slug = publish(organizer, now)
    page = _read(organizer_client, slug)
    assert page.index("Đã công bố</p>") < page.index("Tạo bản thảo"), "the latest first"
    assert '01/09/2027 <span class="hours">09:00 Hà Nội (GMT+7)</span>' in page
    assert "Nguyễn Thị Hà" in page
    assert "tại bàn làm việc" in page
    assert "Создан черновик" in _read(organizer_client, slug, "?lang=ru")


def test_a_long_history_is_paged(context, organizer, organizer_client, now):
    store_directory()
    slug = publish(organizer, now)
    for number in range(26):
        command: EventFacts = facts(titles={"vi": f"Tên {number}"})
        editing.edit(actor=organizer, slug=slug, command=command, now=now)
        lifecycle.close(actor=organizer, slug=slug, now=now)
        lifecycle.reopen(actor=organizer, slug=slug, now=now)
    assert "/history?page=2" in _read(organizer_client, slug)
    assert "Tạo bản thảo" not in _read(organizer_client, slug)
    assert "Tạo bản thảo" in _read(organizer_client, slug, "?page=2")


def test_readers_read_it_too_and_strangers_sign_in(context, organizer, colleague_client, client, now):
    store_directory()
    slug = publish(organizer, now)
    assert "Đã công bố</p>" in _read(colleague_client, slug)
    assert client.get(f"/organizer/events/{slug}/history").status_code == 302

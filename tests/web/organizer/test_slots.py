"""The speaking slots of the sides at the desk."""

import re

from app.domain.policy import SYSTEM
from app.services.programme import appointments
from tests import guests

PAGE = f"/organizer/events/{guests.SLUG}/programme/slots"


def test_a30_the_slots_of_a_side_are_seen_and_given_by_a_button(app, organizer_client, colleague_client, now):
    with app.app_context():
        side = guests.event(sides=("B",)).sides[0].public_id
        (only,) = guests.invited(guests.localities(1), now)
        appointments.reserve(actor=SYSTEM, slug=guests.SLUG, side=side, slots=5, now=now)
    text = organizer_client.get(PAGE).get_data(as_text=True)
    assert text.count("còn trống") == 5
    slot = re.search(r"slots/(\w{12})/give", text)[1]
    for _ in range(2):
        assert organizer_client.post(f"{PAGE}/{slot}/give", data={"invitation": only}).status_code == 303
    text = organizer_client.get(PAGE).get_data(as_text=True)
    assert "Tỉnh 01" in text
    assert text.count("còn trống") == 4
    assert "/give" not in colleague_client.get(PAGE).get_data(as_text=True)
    assert organizer_client.post(f"{PAGE}/{slot}/free").status_code == 303
    assert organizer_client.get(PAGE).get_data(as_text=True).count("còn trống") == 5

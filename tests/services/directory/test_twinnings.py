"""Use-cases of twinnings."""

from datetime import date

import pytest

from app.domain.errors import InvalidInput
from app.queries import directory
from app.queries import organizations as lookup
from app.services.directory import twinnings

pytestmark = pytest.mark.usefixtures("real_directory", "context")


def twin(actor, now, here, partner):
    row = directory.get_by_code(here)
    return twinnings.twin(
        actor=actor, organization=row.public_id, partner=partner, since=date(1995, 5, 19), now=now
    )


def partners(code):
    row = directory.get_by_code(code)
    return [(twin.second if twin.first is row else twin.first).code for twin in lookup.list_twinnings(row)]


def test_b17_a_twinning_is_listed_on_both_localities(organizer, now):
    twin(organizer, now, "VN34-79", "Saint Petersburg")
    assert partners("VN34-79") == ["RU-SPE"]
    assert partners("RU-SPE") == ["VN34-79"]


def test_b17_twinning_again_from_the_other_side_makes_nothing_twice(organizer, now):
    assert twin(organizer, now, "VN34-79", "RU-SPE") == twin(organizer, now, "RU-SPE", "VN34-79")
    assert partners("RU-SPE") == ["VN34-79"]


@pytest.mark.parametrize(
    ("partner", "code"),
    [
        ("VN34-79", "twin_of_itself"),
        ("EMB-RU-HAN", "twin_not_locality"),
        ("Atlantis", "organization_unknown"),
    ],
)
def test_b17_only_two_different_localities_can_be_twinned(organizer, now, partner, code):
    with pytest.raises(InvalidInput) as refused:
        twin(organizer, now, "VN34-79", partner)
    assert (refused.value.code, refused.value.field) == (code, "partner")


def test_b17_a_twinning_is_removed_from_both(organizer, now):
    twinning = twin(organizer, now, "VN34-79", "RU-SPE")
    here = directory.get_by_code("RU-SPE").public_id
    twinnings.untwin(actor=organizer, organization=here, twinning=twinning, now=now)
    assert partners("VN34-79") == []

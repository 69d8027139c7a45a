"""The tiles of the localities: every unit of both generations has one of its own."""

from collections import Counter

from app.documents import directory
from app.documents.tiles import read_tiles
from app.domain.coverage import Region
from app.domain.directory import OrganizationKind


def test_a17_every_locality_of_both_generations_has_its_tile():
    known = {
        facts.code for facts in directory.read_own_organizations() if facts.kind is OrganizationKind.LOCALITY
    }
    assert set(read_tiles()) == known
    assert len(known) == 97


def test_no_two_localities_of_a_generation_share_a_tile():
    places = Counter((tile.code[:4], tile.row, tile.column) for tile in read_tiles().values())
    assert max(places.values()) == 1


def test_every_region_has_localities_of_both_generations():
    regions = {(tile.code.partition("-")[0], tile.region) for tile in read_tiles().values()}
    assert regions == {(generation, region) for generation in ("VN", "VN34") for region in Region}


def test_both_archipelagos_stand_beside_their_locality_in_both_generations():
    named = Counter((tile.code.partition("-")[0], tile.label, tile.islands) for tile in read_tiles().values())
    assert {key for key in named if key[2]} == {
        (generation, *pair)
        for generation in ("VN", "VN34")
        for pair in (("Đà Nẵng", "Hoàng Sa"), ("Khánh Hòa", "Trường Sa"))
    }

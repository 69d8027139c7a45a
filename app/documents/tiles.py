"""Where the localities of Viet Nam lie in a rough grid of tiles, and in which region they are counted.

A schematic picture made from general geography, both generations of localities; it is not a map.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.coverage import Region

_FILE = Path(__file__).parents[1] / "data" / "locality_tiles.csv"


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the grid, counted from the north-west; `label` is short enough to stand on it.

    `islands` is the archipelago that belongs to the locality: no picture of Viet Nam leaves it out.
    """

    code: str
    row: int
    column: int
    label: str
    region: Region
    islands: str = ""


@cache
def read_tiles() -> Mapping[str, Tile]:
    """Return the tile of each locality by its code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {line["code"]: _tile(line) for line in csv.DictReader(file)}


def _tile(line: Mapping[str, str]) -> Tile:
    place = int(line["row"]), int(line["column"])
    return Tile(line["code"], *place, line["label"], Region(line["region"]), line["islands"])

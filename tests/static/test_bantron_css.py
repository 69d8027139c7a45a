"""Paper and ink: readable in both schemes, light to load."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "app/static"
CSS = (STATIC / "bantron.css").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", CSS)
}
SURFACES = ("paper", "leaf", "shade")
INKS = ("ink", "ink-soft", "celadon", "cinnabar", "lacquer-ink", "amber")
TEXTS = [
    *((text, ground) for text in INKS for ground in SURFACES),
    *((text, "celadon-wash") for text in ("ink", "celadon")),
    *((text, "cinnabar-wash") for text in ("ink", "ink-soft", "cinnabar")),
    *((text, "amber-wash") for text in ("ink", "amber")),
    ("on-lacquer", "lacquer"),
    ("on-lacquer", "lacquer-deep"),
]
SHAPES = [
    *(("edge", ground) for ground in SURFACES),
    ("celadon", "celadon-wash"),
    ("lacquer", "paper"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_stand_out_from_their_ground(text, ground, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SHAPES)
def test_edges_of_controls_stand_out(edge, ground, scheme):
    assert contrast(TOKENS[edge][scheme], TOKENS[ground][scheme]) >= 3


def test_colours_come_from_tokens_alone():
    components = CSS.split("@layer base {", 1)[1]
    assert re.findall(r"#[0-9a-f]{3,8}\b(?!;?\s*--)", components.split("@media print", 1)[0]) == [
        "#fff"
    ]  # behind QR


def test_every_used_token_is_defined():
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", CSS))


def test_gold_is_a_hairline_and_never_a_text():
    lines = r"(?:border|background|text-decoration)[\w-]*-color: var\(--gold\)"
    assert "color: var(--gold)" not in re.sub(lines, "", CSS)


def test_nothing_is_loaded_from_elsewhere():
    assert set(re.findall(r"url\(\"?([^\")]+)", CSS)) == {"/static/motif.svg"}
    assert "@import" not in CSS
    assert "</" not in CSS  # it also stands inside pages
    assert re.search(r"https?:|//cdn|import\s", (STATIC / "bantron.js").read_text()) is None


@pytest.mark.parametrize(("ending", "limit"), [("css", 35), ("js", 25)])
def test_all_that_is_hand_written_keeps_to_its_weight(ending, limit):
    assert sum(file.stat().st_size for file in STATIC.glob(f"*.{ending}")) <= limit * 1024


def test_every_brace_is_closed_once():
    """A brace too many makes browsers drop the rules behind it without a word."""
    depth = 0
    for char in re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL):
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0

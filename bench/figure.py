"""One figure: what is measured, its target, and what it is held against."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A value and the words for what it was compared with."""

    value: float
    against: str


@dataclass(frozen=True)
class Figure:
    """A figure that is ok at or below its target."""

    name: str
    unit: str
    target: float
    measure: Callable[[], Measured]

    def line(self) -> str:
        """Measure, and return the line to print."""
        measured = self.measure()
        verdict = "ok" if measured.value <= self.target else "short"
        value = f"{measured.value:.3g}" if measured.value < 100 else f"{measured.value:.0f}"
        target = f"target ≤ {self.target:g}; against {measured.against}"
        return f"{self.name}: {value} {self.unit} ({target}) {verdict}"

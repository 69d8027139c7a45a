"""`python -m bench [name]`: print one line per figure."""

import sys

from bench import answers, board, crowds, directory_imports, footprint, imports, mails, pages, paint, work
from bench.figure import Figure

FIGURES: tuple[Figure, ...] = (
    *pages.FIGURES,
    *work.FIGURES,
    *board.FIGURES,
    *mails.FIGURES,
    *crowds.FIGURES,
    *imports.FIGURES,
    *directory_imports.FIGURES,
    *answers.FIGURES,
    *paint.FIGURES,
    *footprint.FIGURES,
)


def main(wanted: list[str]) -> int:
    """Measure the wanted figures, or all; return 1 when one is short."""
    if unknown := set(wanted) - {figure.name for figure in FIGURES}:
        print(f"No figure is called {', '.join(unknown)}. There are: {', '.join(f.name for f in FIGURES)}.")
        return 2
    lines = []
    for figure in FIGURES:
        if not wanted or figure.name in wanted:
            lines.append(figure.line())
            print(lines[-1], flush=True)
    return int(any(line.endswith("short") for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

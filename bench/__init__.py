"""Measurements: `make bench`, `make bench ONLY=name`."""

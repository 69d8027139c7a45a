"""Use-cases of registrations: one file per act; places.py keeps the counters."""

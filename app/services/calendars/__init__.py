"""Use-cases of guests' calendars: bring them up to date by scheduling messages."""

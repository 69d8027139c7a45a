"""Use-cases of mail that comes back: take it in, judge it, apply it, let the organiser decide."""

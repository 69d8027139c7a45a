"""Use-cases: one public keyword-only function per intention of a user, one transaction each."""

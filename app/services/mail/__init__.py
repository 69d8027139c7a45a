"""Use-cases of mail: deliver, release, retry."""

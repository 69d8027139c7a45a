"""Use-cases of the directory: organisations, contacts, twinnings, and loading data files."""

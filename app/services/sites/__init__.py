"""Use-cases of connection sites."""

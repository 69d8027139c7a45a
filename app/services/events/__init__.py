"""Use-cases of the life of an event: editing, cloning, life cycle, calling off."""

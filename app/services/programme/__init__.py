"""Use-cases of the programme: sides, sessions, agenda, appointments."""

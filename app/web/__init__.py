"""HTTP to form, to service or query, to template or redirect."""

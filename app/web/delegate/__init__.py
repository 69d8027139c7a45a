"""Pages behind the links of institutions and delegates."""

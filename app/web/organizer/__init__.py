"""Pages of the organiser, behind sign-in."""

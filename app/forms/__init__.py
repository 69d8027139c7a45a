"""Forms: request text to typed commands of the domain; never the database."""

"""iCalendar bytes from value objects (RFC 5545, RFC 7986)."""

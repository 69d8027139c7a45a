"""Mail: composing, the outbox, delivery over SMTP."""

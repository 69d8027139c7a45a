"""When a mail is tried again."""

from datetime import UTC, datetime, timedelta

from app.domain.mail import MAX_ATTEMPTS, next_attempt

AT = datetime(2027, 9, 1, tzinfo=UTC)


def test_retries_go_on_for_at_least_a_day_and_end() -> None:
    """Soon at first, then hourly, for two days (SECURITY: at least 24 h)."""
    now, attempts = AT, 0
    while (again := next_attempt(attempts + 1, now)) is not None:
        assert again > now
        now, attempts = again, attempts + 1
    assert attempts + 1 == MAX_ATTEMPTS
    assert timedelta(hours=24) < now - AT < timedelta(hours=50)
    assert next_attempt(1, AT) == AT + timedelta(seconds=10)

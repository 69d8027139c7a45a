"""Where one process counts: in a dictionary; limits' own store starts a thread at every hit."""

from threading import Lock

from limits.storage import Storage

from app.domain import clock

_FEW = 1_000


class Counts(Storage):
    """Numbers that are forgotten when their time is over."""

    STORAGE_SCHEME = ["counts"]  # noqa: RUF012  as the library declares it

    def __init__(self, uri: str | None = None, *, wrap_exceptions: bool = False, **_: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self.counted: dict[str, tuple[int, float]] = {}
        """By key: how many, and until when (seconds since 1970)."""
        self._most = _FEW
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what can go wrong."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how many there are; `expiry` seconds after the first they are forgotten."""
        now = clock.now().timestamp()
        with self._lock:
            if len(self.counted) >= self._most:
                self._forget(now)
            before, until = self.counted.get(key, (0, 0.0))
            number, until = (before + amount, until) if until > now else (amount, now + expiry)
            self.counted[key] = number, until
        return number

    def get(self, key: str) -> int:
        """Return how many there are."""
        number, until = self.counted.get(key, (0, 0.0))
        return number if until > clock.now().timestamp() else 0

    def get_expiry(self, key: str) -> float:
        """Return when they will be forgotten."""
        now = clock.now().timestamp()
        return max(self.counted.get(key, (0, now))[1], now)

    def check(self) -> bool:
        """Tell that it works."""
        return True

    def reset(self) -> int:
        """Forget all."""
        number = len(self.counted)
        self.counted.clear()
        return number

    def clear(self, key: str) -> None:
        """Forget one."""
        self.counted.pop(key, None)

    def _forget(self, now: float) -> None:
        """Leave out what is over, and look again when there are twice as many as remain."""
        self.counted = {key: kept for key, kept in self.counted.items() if kept[1] > now}
        self._most = max(2 * len(self.counted), _FEW)

"""A wrong configuration is told in one sentence that names the variable."""

from pathlib import Path

import pytest

import config

GOOD = {
    "BANTRON_SECRET_KEY": "k3Jd82hfAlq0ZmVbN5xW7yRtU1oPsE6g",
    "BANTRON_BASE_URL": "https://toadam.example.vn/",
}


def test_the_least_that_is_needed() -> None:
    """Key and address are enough; the rest has defaults that are safe."""
    settings = config.load({**GOOD, "PATH": "/usr/bin", "BANTRON_TEST_POSTGRES_URL": "left to the tests"})
    assert settings.base_url == "https://toadam.example.vn"
    assert settings.is_https
    assert not settings.demo
    assert settings.trusted_proxies == 0


def test_the_database_lies_in_the_instance_folder(tmp_path: Path) -> None:
    """README: the default is a SQLite file in the instance folder, wherever that is."""
    settings = config.load({**GOOD, "BANTRON_INSTANCE": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/bantron.db"
    assert config.load(GOOD).database_url == f"sqlite:///{config.ROOT}/instance/bantron.db"


@pytest.mark.parametrize("missing", list(GOOD))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_needed_and_missing_is_named(missing: str, value: str | None) -> None:
    """There is no working default for the key or the address."""
    environ = {name: text for name, text in GOOD.items() if name != missing}
    if value is not None:
        environ[missing] = value
    with pytest.raises(config.ConfigurationError, match=f"^{missing} "):
        config.load(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BANTRON_SECRET_KEY", "short"),
        ("BANTRON_SECRET_KEY", "a" * 64),
        ("BANTRON_SECRET_KEY_FALLBACKS", "weak-secret"),
        ("BANTRON_BASE_URL", "toadam.example.vn"),
        ("BANTRON_BASE_URL", "ftp://toadam.example.vn"),
        ("BANTRON_BASE_URL", "https://toadam.example.vn:port"),
        ("BANTRON_BASE_URL", "https://toadam.example.vn/?x=1"),
        ("BANTRON_DATABASE_URL", "mysql://localhost/x"),
        ("BANTRON_SMTP_URL", "mail.example.vn"),
        ("BANTRON_SMTP_URL", "smtp://[::1"),
        ("BANTRON_MAIL_FROM", "Cục Ngoại vụ"),
        ("BANTRON_MAIL_FROM", "a@b, c@d"),
        ("BANTRON_MAIL_FROM", "X <a@b\nBcc: c@d>"),
        ("BANTRON_IMAP_URL", "pop3://user:secret@mail.example.vn"),
        ("BANTRON_IMAP_URL", "imaps://mail.example.vn"),
        ("BANTRON_IMAP_URL", "imaps://user@mail.example.vn/INBOX"),
        ("BANTRON_IMAP_URL", "imap://user:secret@mail.example.vn"),
        ("BANTRON_LISTEN_LMTP", "8024"),
        ("BANTRON_LISTEN_LMTP", "mail.example.vn:8024"),
        ("BANTRON_LISTEN_LMTP", "127.0.0.1:99999"),
        ("BANTRON_LISTEN_LMTP", "unix:relative"),
        ("BANTRON_WEBHOOK_SECRET", "short"),
        ("BANTRON_REDIS_URL", "http://localhost"),
        ("BANTRON_OFFICE", "Bộ\nNgoại giao"),
        ("BANTRON_DEMO", "maybe"),
        ("BANTRON_TRUSTED_PROXIES", "-1"),
        ("BANTRON_TRUSTED_PROXIES", "99"),
        ("BANTRON_TYPO", "x"),
    ],
)
def test_every_wrong_value_names_its_variable(name: str, value: str) -> None:
    """One sentence, beginning with the variable, never with its secret value."""
    with pytest.raises(config.ConfigurationError, match=f"^{name} ") as refusal:
        config.load({**GOOD, name: value})
    assert "\n" not in str(refusal.value)
    if name == "BANTRON_SECRET_KEY_FALLBACKS":
        assert value not in str(refusal.value)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """The instance folder must be a folder."""
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(config.ConfigurationError, match=r"^BANTRON_INSTANCE "):
        config.load({**GOOD, "BANTRON_INSTANCE": str(file)})


def test_the_sender_is_a_name_and_an_address() -> None:
    """Commas belong to the name of an office; a bare address is good as well."""
    told = {**GOOD, "BANTRON_MAIL_FROM": "Cục Ngoại vụ, Bộ Ngoại giao <toadam@example.vn>"}
    assert config.load(told).mail_from == ("Cục Ngoại vụ, Bộ Ngoại giao", "toadam@example.vn")
    assert config.load({**GOOD, "BANTRON_MAIL_FROM": "toadam@example.vn"}).mail_from == (
        "",
        "toadam@example.vn",
    )


def test_every_door_that_answers_may_take_can_be_configured() -> None:
    """A mailbox over TLS or on this machine, a listener on an address or a socket, a webhook."""
    for name, field, values in (
        (
            "BANTRON_IMAP_URL",
            "imap_url",
            (
                "imaps://toadam%40example.vn:p%40ss@mail.example.vn/Answers",
                "imap+starttls://u:p@mail.example.vn:143",
                "imap://u:p@127.0.0.1:1143/INBOX",
                "imap://u:p@localhost",
            ),
        ),
        ("BANTRON_LISTEN_LMTP", "listen_lmtp", ("127.0.0.1:8024", "[::1]:24", "unix:/run/bantron/lmtp")),
        ("BANTRON_WEBHOOK_SECRET", "webhook_secret", ("k3Jd82hfAlq0ZmVbN5xW7yRtU1oPsE6g",)),
    ):
        assert getattr(config.load(GOOD), field) is None
        for value in values:
            assert getattr(config.load({**GOOD, name: value}), field) == value

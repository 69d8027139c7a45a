"""A real IMAP server: Dovecot, started for the suite with a configuration and ports of its own."""

import datetime
import grp
import ipaddress
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.mail.mailbox import free_port
from tests.plugins.found import Found, Missing

_NUMBERS = count(1)
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
first_valid_uid = 1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:~/mail:INDEX=MEMORY
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/homes/%u
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
"""


def find(environ: Mapping[str, str], started: ExitStack) -> Found | Missing:
    """Return where a Dovecot listens that was started for the suite: `port/port of TLS/certificate`."""
    if named := environ.get("BANTRON_TEST_DOVECOT"):
        return _start(named, started) if Path(named).is_file() else Missing(f"{named} is not there")
    program = shutil.which("dovecot", path=f"{environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return _start(program, started) if program else Missing("none on PATH; make test could not install one")


def new_mailbox(where: str) -> str:
    """Return the address of a mailbox that nobody has used."""
    port, _, _ = where.split("|")
    return f"imap://test-{os.getpid()}-{next(_NUMBERS)}:secret@127.0.0.1:{port}"


def over_tls(where: str, url: str) -> tuple[str, str]:
    """Return the same mailbox as an address of imaps, and the certificate to trust."""
    port, tls_port, certificate = where.split("|")
    return url.replace("imap:", "imaps:").replace(f":{port}", f":{tls_port}"), certificate


def _start(program: str, started: ExitStack) -> Found | Missing:
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="bantron-imap-")))
    port, tls_port = free_port(), free_port()
    _prepare(folder, port, tls_port)
    server = subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    started.callback(lambda: (server.terminate(), server.communicate(timeout=10)))
    for _ in range(100):
        if server.poll() is not None:
            return Missing(f"{program} does not start: {server.stderr.read().decode().strip()[-200:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return Found(version[0] if version else "?", f"{port}|{tls_port}|{folder}/certificate.pem")
        time.sleep(0.05)
    return Missing(f"{program} does not answer")


def _prepare(folder: Path, port: int, tls_port: int) -> None:
    """Write the configuration; mail never belongs to root, whom Dovecot does not serve."""
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    (homes := folder / "homes").mkdir()
    if os.geteuid() == 0:
        os.chown(homes, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    _write_certificate(folder)
    values = {"user": account.pw_name, "group": grp.getgrgid(account.pw_gid).gr_name}
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(folder=folder, port=port, tls_port=tls_port, **values)
    )


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, pem, serialization.NoEncryption())
    )

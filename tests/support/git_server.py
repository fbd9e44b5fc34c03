"""A server that git itself answers, by https on this machine: asks for a password, or breaks."""

from __future__ import annotations

import base64
import datetime as dt
import http.server
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "noor", "CANARY-PASSWORD-4417"
"""Who may come in: looked for in all that is printed and written."""


class GitServer(http.server.ThreadingHTTPServer):
    """Serve the bare repositories in ``folder``; a ``status`` other than 0 is all it answers."""

    daemon_threads = True

    def __init__(self, folder: Path, certificate: Path) -> None:
        """Listen on a free port, with the certificate in a file."""
        super().__init__(("127.0.0.1", 0), _Request)
        self.folder, self.status = folder, 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    @property
    def host(self) -> str:
        """Host and port, as an address has them."""
        return f"localhost:{self.server_address[1]}"

    def handle_error(self, *_: Any) -> None:
        """Say nothing of clients that do not trust us."""


class _Request(http.server.BaseHTTPRequestHandler):
    server: GitServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        if self.headers.get("transfer-encoding") == "chunked":
            self._answer(b"".join(iter(self._chunk, b"")))
        else:
            self._answer(self.rfile.read(int(self.headers["content-length"])))

    def _chunk(self) -> bytes:
        data = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return data

    def _answer(self, body: bytes) -> None:
        given = self.headers.get("authorization", "")
        if self.server.status:
            self.send_error(self.server.status)
        elif given != f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}":
            self.send_response(401)
            self.send_header("www-authenticate", 'Basic realm="git"')
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self._ask_git(body)

    def _ask_git(self, body: bytes) -> None:
        address = urlsplit(self.path)
        asked = {
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("content-encoding", ""),
            "REMOTE_USER": USER,
        }
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env={**os.environ, **asked},
            capture_output=True,
            check=False,
        )
        head, _, data = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in {**fields, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def write_certificate(file: Path) -> None:
    """Write a certificate for ``localhost`` that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(pem))


@contextmanager
def git_server(folder: Path, certificate: Path) -> Iterator[GitServer]:
    """Serve repositories while a block runs, with a certificate that is written to a file."""
    write_certificate(certificate)
    with GitServer(folder, certificate) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

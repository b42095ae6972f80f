"""The viewer's server: files of its folder, to this machine alone, and nothing else."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.request

import pytest
from support.command_line import LONGEST_S
from web.viewer.conftest import http as serving

from align.errors import UsageError
from align.web.viewer.serve import own_hosts, served


@pytest.fixture
def folder(tmp_path):
    """A folder with a page, a folder in it, a link out of it, and a secret beside it."""
    root = tmp_path / "viewer"
    (root / "data").mkdir(parents=True)
    (root / "index.html").write_text("<!doctype html>hello", encoding="utf-8")
    (root / "data" / "a b.js").write_text("align.add('x',1);", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "out").symlink_to(tmp_path)
    return root


def asked(address, path, *, host=None, method="GET"):
    """Status, body and headers of one request, its path sent as it is."""
    name, port = address.removeprefix("http://").rstrip("/").split(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=LONGEST_S)
    connection.putrequest(method, path, skip_host=True)
    if host != "":
        connection.putheader("Host", host or f"{name}:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, {name.title(): value for name, value in answer.getheaders()}


def test_files_are_served_with_their_kinds_and_never_framed(folder):
    """The folder's own address is its index; its files have their kinds, and are not to be guessed, framed or kept."""
    with serving(folder) as address:
        status, body, headers = asked(address, "/")
        assert (status, body) == (200, b"<!doctype html>hello")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-cache"
        status, body, headers = asked(address, "/data/a%20b.js?v=1")
        assert status == 200
        assert "javascript" in headers["Content-Type"]
        assert asked(address, "/index.html", method="HEAD")[:2] == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/data/../../secret.txt", "/..%2fsecret.txt", "/..\\secret.txt",
        "/%5c..%5csecret.txt", "/link.txt", "/out/secret.txt", "/out/", "/data/", "/data", "/none", "/index.html/",
        "/%00", "//etc/passwd", "/index.html%00.js",
    ],
)  # fmt: skip
def test_nothing_else(folder, path):
    """Neither what stands outside, nor links out of the folder, nor lists of its files are given."""
    with serving(folder) as address:
        status, body, _ = asked(address, path)
        assert status == 404
        assert b"secret" not in body
        assert b"a b.js" not in body


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "localhost.evil.example:80"])
def test_other_hosts_are_refused(folder, host):
    """A request in another host's name is refused, as a page of another site would make it."""
    with serving(folder) as address:
        assert asked(address, "/", host=host)[0] in (400, 421)
        port = address.rstrip("/").rpartition(":")[2]
        assert asked(address, "/", host=f"localhost:{port}")[0] == 200


def test_the_port_of_http_is_left_out():
    """On port 80, which clients leave out, the bare names are this machine's too; on others they are not."""
    assert own_hosts(80) == {"127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80"}
    assert own_hosts(8000) == {"127.0.0.1:8000", "localhost:8000"}


def test_port_80(folder):
    """A client that asks a server on port 80 in its usual way is answered."""
    try:
        server = served(folder, port=80)
    except UsageError:
        pytest.skip("port 80 cannot be had here")
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        with urllib.request.urlopen("http://127.0.0.1/", timeout=LONGEST_S) as answer:
            assert answer.read() == b"<!doctype html>hello"
        assert asked("http://127.0.0.1:80/", "/", host="evil.example")[0] == 421
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(folder, method):
    """Other methods than reading are not there."""
    with serving(folder) as address:
        assert asked(address, "/index.html", method=method)[0] == 501


def test_this_machine_alone(folder):
    """The server listens on 127.0.0.1 alone, and a port that is taken is one sentence."""
    with serving(folder) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match="another one with --port"):
            served(folder, port=port)
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
        for other in others:
            with socket.socket() as probe:
                probe.settimeout(2)
                assert probe.connect_ex((other, port)) != 0 or other.startswith("127.")

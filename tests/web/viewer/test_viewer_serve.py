"""The viewer's server: files of its folder, to this machine alone, and nothing else."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import urllib.request
from contextlib import suppress

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


def asked(address, path, *, host=None, method="GET", tags=None):
    """Status, body and headers of one request, its path sent as it is."""
    name, port = address.removeprefix("http://").rstrip("/").split(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=LONGEST_S)
    connection.putrequest(method, path, skip_host=True)
    if host != "":
        connection.putheader("Host", host or f"{name}:{port}")
    if tags is not None:
        connection.putheader("If-None-Match", tags)
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


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"])
def test_nothing_can_be_written(folder, method):
    """Other methods than reading are refused, and those that there are are named."""
    with serving(folder) as address:
        status, _, headers = asked(address, "/index.html", method=method)
        assert status == 405
        assert headers["Allow"] == "GET, HEAD"


def sent(address, *parts):
    """All that the server answers to these bytes, till it closes the connection."""
    name, port = address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        for part in parts:
            connection.sendall(part.replace(b"@", f"{name}:{port}".encode()))
        answer = b""
        with suppress(ConnectionResetError):
            while more := connection.recv(65_536):
                answer += more
        return answer


REFUSED = {
    "half an address": b"GET http://[ HTTP/1.1\r\nHost: @\r\n\r\n",
    "another server's address": b"GET http://evil.example/index.html HTTP/1.1\r\nHost: @\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: @\r\nHost: evil.example\r\n\r\n",
    "the host twice": b"GET / HTTP/1.1\r\nHost: @\r\nhost: @\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
    "a folded line": b"GET / HTTP/1.1\r\nHost: @\r\nX: a\r\n b\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost: @\r\nX : a\r\n\r\n",
    "a line without a colon": b"GET / HTTP/1.1\r\nHost: @\r\nX\r\n\r\n",
    "a hidden host": b"GET / HTTP/1.1\r\nHost: @\r\nX: a\r\r\nHost: evil.example\r\n\r\n",
    "a mark of mail": b"GET / HTTP/1.1\r\nFrom x\r\nHost: @\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: @\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
    "a length that is none": b"GET / HTTP/1.1\r\nHost: @\r\nContent-Length: +5\r\n\r\n",
    "length and chunks": b"GET / HTTP/1.1\r\nHost: @\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
    "two spaces": b"GET  / HTTP/1.1\r\nHost: @\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "an old version": b"GET / HTTP/0.9\r\nHost: @\r\n\r\n",
    "a mark of a place": b"GET /index.html#x HTTP/1.1\r\nHost: @\r\n\r\n",
}


@pytest.mark.parametrize("request_", REFUSED.values(), ids=REFUSED)
def test_doubtful_requests_are_refused(folder, request_):
    """What two programs may understand in two ways is refused, and nothing after it is answered."""
    with serving(folder) as address:
        answer = sent(address, request_, b"GET / HTTP/1.1\r\nHost: @\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"hello" not in answer


def test_chunks_are_not_there(folder):
    """A body in chunks is refused as something that this server does not do."""
    with serving(folder) as address:
        answer = sent(address, b"GET / HTTP/1.1\r\nHost: @\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 501 ")


def test_a_body_is_no_request(folder):
    """What comes after a request with a body is not taken for the next request."""
    with serving(folder) as address:
        inner = b"GET /index.html HTTP/1.1\r\nHost: @\r\n\r\n"
        answer = sent(address, b"GET / HTTP/1.1\r\nHost: @\r\nContent-Length: 3\r\n\r\n", inner)
        assert answer.count(b"HTTP/1.1 ") == answer.count(b"HTTP/1.1 200 ") == 1


@pytest.mark.parametrize(
    ("request_", "answered"),
    [
        (b"GET http://@/index.html HTTP/1.1\r\nHost: @\r\nConnection: close\r\n\r\n", True),
        (b"\r\nGET / HTTP/1.0\r\nHost: @\r\n\r\n", True),
        (b"GET / HTTP/1.0\r\n\r\n", False),
    ],
)
def test_rare_requests_that_are_right(folder, request_, answered):
    """The whole address, an empty line before a request, and HTTP/1.0 are right, if the host is this server's own."""
    with serving(folder) as address:
        answer = sent(address, request_)
        assert answer.startswith(b"HTTP/1.1 200 " if answered else b"HTTP/1.1 421 ")
        assert answer.endswith(b"hello") == answered


@pytest.mark.parametrize("path", ["/" + "a" * 300, "/" + "a/" * 3000, "/%ff%fe", "/%d8%00", "/%2e%2e%2f" * 200])
def test_paths_that_no_file_can_have(folder, path):
    """A path that the file system refuses is one that is not there."""
    with serving(folder) as address:
        assert asked(address, path)[0] == 404


def test_what_a_browser_has_is_not_sent_again(folder):
    """A file that did not change since the browser got it is not sent again; one that changed is."""
    with serving(folder) as address:
        _, _, headers = asked(address, "/")
        for tags in (headers["Etag"], f'"x", W/{headers["Etag"]}', "*"):
            status, body, again = asked(address, "/", tags=tags)
            assert (status, body, again["Etag"]) == (304, b"", headers["Etag"])
        (folder / "index.html").write_text("<!doctype html>other", encoding="utf-8")
        assert asked(address, "/", tags=headers["Etag"])[:2] == (200, b"<!doctype html>other")


def test_head_says_what_get_says(folder):
    """HEAD has the headers of GET, and no body, also where there is no such file."""
    with serving(folder) as address:
        for path in ("/", "/none"):
            (got, body, headers), (status, nothing, alike) = (asked(address, path, method=m) for m in ("GET", "HEAD"))
            assert (got, int(headers["Content-Length"])) == (status, len(body))
            assert nothing == b""
            assert alike["Content-Length"] == headers["Content-Length"]


def test_clients_that_go_away_are_no_news(folder, capfd, caplog):
    """A client that leaves in the middle of an answer is logged for those who ask, and nothing is printed."""
    (folder / "large.jpg").write_bytes(b"x" * 20_000_000)
    caplog.set_level("DEBUG")
    with serving(folder) as address:
        name, port = address.removeprefix("http://").rstrip("/").split(":")
        for _ in range(3):
            with socket.create_connection((name, int(port)), timeout=10) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.sendall(f"GET /large.jpg HTTP/1.1\r\nHost: {name}:{port}\r\n\r\n".encode())
                assert connection.recv(100)
        while sum("request_" not in r.message and r.exc_info is not None for r in caplog.records) < 3:
            assert asked(address, "/")[0] == 200
    assert {record.levelname for record in caplog.records} == {"DEBUG"}
    assert capfd.readouterr().err == ""


def test_many_clients_at_once(folder):
    """The system holds more connections than a browser with many windows makes."""
    with served(folder, port=0) as server:
        assert server.request_queue_size >= 128


def test_a_request_that_never_ends_is_given_up(folder):
    """A client that never ends its request is let go, and others are served."""
    with served(folder, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        server.connections.idle = 0.0
        assert sent(address, b"GET / HTTP/1.1\r\nHo") == b""
        server.connections.idle = 30.0
        assert asked(address, "/")[0] == 200
        server.shutdown()
        thread.join()


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

"""`align review` and `align serve`: what they build, say and refuse, and that no acknowledged decision is lost."""

from __future__ import annotations

import json
import random
import shutil
import signal
import socket
import sqlite3
import threading
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from support.front_end import needs_front_end
from support.invented_volume import Entry, write_invented
from support.review_process import started

from align.cli.main import command, main
from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.web.report.write import _SCRIPT
from align.web.review.page_assets import NEEDED
from align.web.viewer.site import ASSETS

SENTENCES = [f"Предложение номер {n}." for n in range(120)]
PASSWORD = "a long password"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An invented collection with its results, and with the report and the viewer."""
    needs_front_end(*ASSETS, _SCRIPT, *NEEDED)
    root = tmp_path_factory.mktemp("review") / "diary"
    root.mkdir()
    write_invented(root, [Entry("1934", SENTENCES, None)])
    with started("review", str(root), "--no-open", "--by", "Anna") as server:
        assert any("Making the report" in line for line in server.said)
        assert any("Making the viewer" in line for line in server.said)
        assert server.client.get("/report/").status_code == 200
        assert server.client.get("/viewer/").status_code == 200
    shutil.rmtree(root / "review")
    return root


@pytest.fixture
def collection(made, tmp_path):
    """A copy of it of which a test may make what it wants."""
    return Path(shutil.copytree(made, tmp_path / "diary"))


def keys(root: Path) -> list[str]:
    """The keys of the links."""
    rows = (root / "aligned" / "v" / "links.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["key"] for row in rows]


def store(root: Path) -> DecisionStore:
    """The decisions of a collection, as another process reads them."""
    return DecisionStore(opened(root / "review" / "decisions.sqlite"))


@pytest.mark.slow
def test_killed_at_any_moment_no_acknowledged_decision_is_lost(collection):
    """The server is killed at random moments while decisions come in; each that it acknowledged is kept, once."""
    chance = random.Random(14)
    wanted, acknowledged = keys(collection), {}
    for _ in range(4):
        with started("review", str(collection), "--no-open") as server:
            assert not any("Making" in line for line in server.said)
            killing = threading.Timer(chance.uniform(0.05, 0.7), server.process.kill)
            killing.start()
            try:
                for key in wanted:
                    if key not in acknowledged:
                        answer = server.decide(key)
                        if answer.status_code == 412:  # it was kept, and its acknowledgement was lost
                            acknowledged[key] = answer.json()["standing"]["event"]
                            continue
                        assert answer.status_code == 200, answer.text
                        acknowledged[key] = answer.json()["event"]["event"]
            except httpx.TransportError:
                pass
            killing.join()
        kept = [event for _, event in store(collection).events()]
        assert acknowledged.items() <= {event.subject.key: event.event for event in kept}.items()
        assert len({event.subject for event in kept}) == len(kept)
    assert acknowledged


@pytest.mark.slow
def test_it_ends_properly_and_tells_open_pages(collection):
    """Ctrl-C ends the server at once with exit code 0, also while a page listens; what was said holds no trace."""
    with started("review", str(collection), "--no-open") as server:
        decided = keys(collection)[0]
        with server.client.stream("GET", "/api/events") as stream:
            lines = stream.iter_lines()
            assert next(lines) == ": begins"
            with httpx.Client(base_url=server.origin, cookies=server.client.cookies) as other:
                server.client, listening = other, server.client
                assert server.decide(decided).status_code == 200
            server.client = listening
            data = next(line for line in lines if line.startswith("data: "))
            assert json.loads(data.removeprefix("data: "))["event"]["subject"]["key"] == decided
            server.process.send_signal(signal.SIGINT)
            assert list(lines) == [""]
        assert server.process.wait(60) == 0
        assert "Traceback" not in server.process.stderr.read()


@pytest.mark.slow
def test_a_run_that_finishes_is_seen(collection):
    """Results that a run put there while the server is on are shown, with a report and a viewer of their own."""
    other = collection.parent / "other"
    other.mkdir()
    write_invented(other, [Entry("1934", SENTENCES[:50], None)])
    with started("review", str(collection), "--no-open") as server:
        before = server.client.get("/api/state").json()["results"]
        with server.client.stream("GET", "/api/events") as stream:
            shutil.copytree(other / "aligned", collection / "aligned", dirs_exist_ok=True)
            run = (collection / "aligned" / "run.json").read_bytes()
            (collection / "aligned" / "run.new").write_bytes(run)
            (collection / "aligned" / "run.new").replace(collection / "aligned" / "run.json")
            data = next(line for line in stream.iter_lines() if line.startswith("data: "))
        now = json.loads(data.removeprefix("data: "))["results"]
        assert before != now == server.client.get("/api/state").json()["results"]
        assert f'data-results="{now}"' in server.client.get("/report/").text


@pytest.mark.slow
def test_two_servers_on_one_store(collection):
    """A second server says that there is another one, and shows what is decided there; neither overwrites the other."""
    key = keys(collection)[0]
    with (
        started("review", str(collection), "--no-open", "--by", "Anna") as first,
        started("review", str(collection), "--no-open", "--by", "Boris") as second,
    ):
        assert not any("Another server" in line for line in first.said)
        assert any("Another server is open" in line for line in second.said)
        with second.client.stream("GET", "/api/events") as stream:
            assert first.decide(key).status_code == 200
            data = next(line for line in stream.iter_lines() if line.startswith("data: "))
        assert json.loads(data.removeprefix("data: "))["event"]["by"] == "Anna"
        assert second.decide(key).status_code == 412


@pytest.mark.slow
def test_several_sign_in(collection):
    """People who were added sign in at a real server, and are known by their cookie."""
    added = CliRunner().invoke(command, ["serve", str(collection), "--add-user", "Anna"], input=f"{PASSWORD}\n" * 2)
    assert (added.exit_code, "chief editor" in added.output) == (0, True)
    with started("serve", str(collection), "--port", "0") as server:
        assert server.client.get("/api/state").status_code == 401
        page = server.client.get("/login").text
        token = page.split('name="token" value="')[1].split('"')[0]
        form = {"token": token, "name": "anna", "password": PASSWORD}
        assert server.client.post("/login", data=form, headers={"Origin": server.origin}).status_code == 303
        assert server.client.get("/api/state").json()["user"] == {"name": "Anna", "role": "chief"}
        assert "Server" not in server.client.get("/").headers


def refused(capfd, *arguments: str) -> tuple[int, str]:
    """The exit code of the command, and the last line that it said."""
    code = main([*arguments])
    return code, capfd.readouterr().err.strip().splitlines()[-1]


def test_what_cannot_be_reviewed_is_one_sentence(collection, capfd):
    """Results that are absent or of another version, and stores that cannot be used, are told in one sentence."""
    review = ("review", str(collection), "--no-open")
    code, said = refused(capfd, *review, "--out", str(collection / "nowhere"))
    assert (code, "run align run first" in said) == (3, True)
    run = collection / "aligned" / "run.json"
    kept = run.read_text(encoding="utf-8")
    run.write_text(kept.replace('"schema_version": ', '"schema_version": 9'), encoding="utf-8")
    code, said = refused(capfd, *review)
    assert (code, "run align run again" in said) == (3, True)
    run.write_text(kept, encoding="utf-8")
    damaged = collection / "review" / "decisions.sqlite"
    damaged.parent.mkdir()
    damaged.write_bytes(b"no database " * 1000)
    code, said = refused(capfd, *review)
    assert (code, "is damaged" in said) == (3, True)
    assert damaged.read_bytes() == b"no database " * 1000
    damaged.unlink()
    opened(damaged).close()
    with sqlite3.connect(damaged) as connection:
        connection.execute("UPDATE align_version SET version_num = '9999'")
    connection.close()
    code, said = refused(capfd, *review)
    assert (code, "newer version" in said) == (3, True)


def test_a_port_that_is_taken(collection, capfd):
    """A port that another program holds is told, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = str(held.getsockname()[1])
        code, said = refused(capfd, "review", str(collection), "--no-open", "--port", port)
    assert code == 2
    assert said.startswith(f"align: Port {port} of 127.0.0.1 cannot be used")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "0.0.0.0"], "--address"),
        (["--address", "review.example"], "with nothing after the name"),
        (["--address", "https://review.example/diary"], "with nothing after the name"),
        (["--address", "https://"], "with nothing after the name"),
        (["--address", "ftp://review.example"], "with nothing after the name"),
        (["--role", "reader"], "--role is for --add-user"),
        (["--decisions", "mysql://x/y"], "cannot be kept in"),
        ([], "Nobody can sign in yet"),
    ],
)
def test_serve_says_what_it_needs(collection, capfd, words, said):
    """Words that do not go together, and a server into which nobody could come, are told."""
    code, line = refused(capfd, "serve", str(collection), *words)
    assert (code, said in line) == (2, True)


def test_people_are_added_from_the_terminal(collection):
    """The first person is chief editor and the next ones editors, unless told otherwise; passwords are asked for."""
    for name, words, said in (
        ("Anna", [], "as chief editor"),
        ("Boris", [], "as editor"),
        ("Clara", ["--role", "reader"], "as reader"),
    ):
        arguments = ["serve", str(collection), "--add-user", name, *words]
        done = CliRunner().invoke(command, arguments, input=f"{PASSWORD}\n" * 2)
        assert (done.exit_code, said in done.output, PASSWORD in done.output) == (0, True, False)
    again = CliRunner().invoke(command, ["serve", str(collection), "--add-user", "anna"], input=f"{PASSWORD}\n" * 2)
    assert "Somebody is named anna already" in str(again.exception)

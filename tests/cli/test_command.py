"""The command: help, dry run, doctor, exit codes, and what goes to which stream."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.command_line import CHECKOUT, LONGEST_S, FakeTesseract, align, fake_tesseract, plain_environment
from support.small_collection import LINES, files_of, make_collection

from align.cli import command, main
from align.errors import AlignError, ExitCode
from align.version import VERSION

pytestmark = pytest.mark.slow  # each test starts the command


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> FakeTesseract:
    return fake_tesseract(tmp_path_factory.mktemp("bin"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection")


@pytest.fixture
def with_tool(tool, monkeypatch) -> FakeTesseract:
    monkeypatch.setenv("PATH", f"{tool.folder}{os.pathsep}{os.environ['PATH']}")
    return tool


@pytest.fixture
def without_tool(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


# Help


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["run", "--help"], ["doctor", "--help"]])
def test_help_shows_an_example(arguments):
    """Each command's help says what it does and shows a call that can be copied."""
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0
    assert "\n  Example:\n    align " in result.output
    assert "Usage: " in result.output


def test_help_of_run_names_every_option_and_exit_code():
    """The options of the contract and all exit codes stand in the help."""
    text = CliRunner().invoke(command, ["run", "--help"]).output
    for option in ["out", "volume", "document", "jobs", "engine", "overlays", "retry", "dry-run", "fail-on"]:
        assert f"--{option}" in text
    for code in ExitCode:
        assert str(int(code)) in text


def test_the_version_is_that_of_the_distribution():
    """`align --version` says which version is installed, or that this is a checkout."""
    assert VERSION in CliRunner().invoke(command, ["--version"]).output


# Streams and exit codes


def test_run_writes_nothing_to_standard_output(root, with_tool, capsys):
    """Progress and summary are no requested data: they go to standard error."""
    assert main(["run", str(root), "--jobs", "1"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "sentences in 3 documents, on 3 pages" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run"],
        ["run", "x", "--jobs", "0"],
        ["run", "x", "--overlays", "gif"],
        ["run", "x", "--fail-on", "y"],
    ],
)
def test_wrong_use_is_exit_code_2(arguments, capsys):
    """What the command cannot understand is said on standard error, with the way to the help."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--help" in err or "-h" in err


def test_each_error_has_the_exit_code_of_the_contract():
    """The exit codes of the error tree are those that section 7 of the design fixes."""
    codes = {kind.__name__: int(kind.exit_code) for kind in _kinds(AlignError)}
    assert codes == {
        "UsageError": 2,
        "UnknownNameError": 2,
        "InputError": 3,
        "StaleDecision": 3,
        "ClashingDecision": 3,
        "ScanError": 3,
        "TextError": 3,
        "OutputError": 3,
        "MissingDependencyError": 4,
        "EngineError": 5,
    }


def _kinds(base: type[AlignError]) -> list[type[AlignError]]:
    return [kind for own in base.__subclasses__() for kind in (own, *_kinds(own))]


@pytest.mark.parametrize(
    ("change", "options", "code"),
    [
        ("nothing", [], 0),
        ("finding", [], 0),
        ("finding", ["--fail-on", "error"], 6),
        ("finding", ["--fail-on", "warning"], 6),
        ("warning", ["--fail-on", "error"], 0),
        ("warning", ["--fail-on", "warning"], 6),
        ("failed", [], 5),
        ("both", ["--fail-on", "error"], 5),
    ],
)
def test_how_a_run_ends(root, with_tool, change, options, code):
    """0 done, 5 some pages failed, 6 findings at or above --fail-on; of several, 5 before 6."""
    if change in ("finding", "both"):
        (root / "transcripts/diary/bad.ru.txt").write_bytes(bytes(range(256)) * 40)
    if change in ("failed", "both"):
        (root / "images/diary/0003.png").write_bytes(b"")
    if change == "warning":
        (root / "transcripts/nowhere").mkdir()
        (root / "transcripts/nowhere/x.ru.txt").write_text("Письмо.", encoding="utf-8")
    assert main(["run", str(root), "--jobs", "1", *options]) == code


def test_an_error_is_one_sentence_and_has_its_traceback_with_verbose(tmp_path, capsys):
    """A known error shows no traceback unless it is asked for."""
    assert main(["run", str(tmp_path / "nothing")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["-v", "run", str(tmp_path / "nothing")]) == 3
    assert "Traceback" in capsys.readouterr().err


# Dry run


def test_a_dry_run_writes_nothing(root, capsys):
    """--dry-run says on standard output what would be read, needs no Tesseract, and leaves every file as it is."""
    before = files_of(root, hidden=True)
    folders = sorted(path for path in root.rglob("*") if path.is_dir())
    assert main(["run", str(root), "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert files_of(root, hidden=True) == before
    assert sorted(path for path in root.rglob("*") if path.is_dir()) == folders
    assert "Volume diary: 3 scan files, images/diary/0001.png to images/diary/0003.png" in out
    assert "transcripts/diary/1934-12-18.ru.txt: document 1934-12-18, language ru, UTF-8; " in out


def test_a_dry_run_says_what_is_wrong_with_texts(root, capsys):
    """What a run would report about texts, a dry run reports too."""
    (root / "transcripts/diary/bad.ru.txt").write_bytes(bytes(range(256)) * 40)
    assert main(["run", str(root), "--dry-run"]) == 0
    assert "Error: transcripts/diary/bad.ru.txt " in capsys.readouterr().out


def test_a_dry_run_without_tesseract(root, without_tool, capsys):
    """What would be read can be seen where nothing is installed yet."""
    assert main(["run", str(root), "--dry-run"]) == 0


@pytest.mark.parametrize(
    ("option", "code"), [(["--volume", "no"], 2), (["--document", "no"], 2), (["--volume", "diary"], 0)]
)
def test_a_dry_run_of_a_part(root, option, code):
    """A dry run takes the same --volume and --document as a run, and refuses the same."""
    assert main(["run", str(root), "--dry-run", *option]) == code


# Doctor


def test_doctor_where_all_is_there(with_tool, capsys):
    """Exit code 0, and each thing that was looked for is found."""
    assert main(["doctor"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Tesseract 5.3.0: found" in out
    assert out.endswith("Nothing is missing.\n")


def test_doctor_where_tesseract_is_missing(without_tool, capsys):
    """Exit code 4, and the one command that installs the program and its languages."""
    assert main(["doctor"]) == 4
    out = capsys.readouterr().out
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-rus tesseract-ocr-eng" in out


def test_doctor_where_a_language_is_missing(with_tool, capsys):
    """Exit code 4, and the command that installs that language."""
    assert main(["doctor", "ru", "de"]) == 4
    out = capsys.readouterr().out
    assert "Tesseract's data for ru (rus): found" in out
    assert "sudo apt-get install tesseract-ocr-deu" in out
    assert "Nothing is missing" not in out


def test_doctor_with_a_language_that_tesseract_has_not(with_tool, capsys):
    """A tag that names no language of Tesseract's is said to be so, with exit code 4."""
    assert main(["doctor", "xx-yy"]) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_doctor_goes_on_after_a_language_that_is_none(with_tool, capsys):
    """All languages are looked for, an unknown one is said to be unknown, and the exit code is 4."""
    assert main(["doctor", "ru", "zz", "rusian", "en", "de"]) == 4
    out = capsys.readouterr().out
    assert "Tesseract's data for ru (rus): found" in out
    assert "Tesseract's data for en (eng): found" in out
    assert "sudo apt-get install tesseract-ocr-deu" in out
    assert "Language zz: there is no such language code" in out
    assert 'Language rusian: there is no such language code (did you mean "rus"?)' in out
    assert "collection.toml" not in out
    assert "Nothing is missing" not in out


@pytest.mark.engine
def test_doctor_with_the_real_tesseract_and_no_data(tmp_path):
    """Where Tesseract is installed and its language data is not, doctor and run end with exit code 4."""
    import shutil

    if shutil.which("tesseract") is None:
        pytest.skip("needs Tesseract: sudo apt-get install tesseract-ocr")
    empty = tmp_path / "data"
    empty.mkdir()
    env = {**plain_environment(), "TESSDATA_PREFIX": str(empty)}
    said = align("doctor", env=env)
    assert said.returncode == 4, said.stderr
    assert "sudo apt-get install" in said.stdout
    root = make_collection(tmp_path / "collection")
    said = align("run", str(root), env=env)
    assert said.returncode == 4, said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert "tesseract-ocr-rus" in said.stderr


# As a process


def test_the_module_is_the_command():
    """`python -m align` shows the help of the command, on standard output."""
    said = align("--help")
    assert said.returncode == 0
    assert said.stdout.startswith("Usage: align ")
    assert said.stderr == ""


def test_the_console_script_is_the_command(root):
    """The installed script does what the module does."""
    script = Path(sys.executable).parent / "align"
    if not script.exists():
        pytest.skip("the distribution is not installed beside this interpreter")
    said = subprocess.run(
        [script, "run", str(root), "--dry-run"], capture_output=True, text=True, check=False, env=plain_environment()
    )
    assert said.returncode == 0, said.stderr
    assert "Volume diary" in said.stdout


def test_output_into_a_closed_pipe(root):
    """A reader that stops early, as head does, ends the command without a word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "align", "run", str(root), "--dry-run"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=plain_environment(),
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=LONGEST_S) == 0


def test_a_run_goes_on_when_nobody_listens(root, tool):
    """A run whose standard error is closed, as after `2>&1 | head`, is done all the same."""
    process = subprocess.Popen(
        [sys.executable, "-m", "align", "run", str(root), "--jobs", "1"],
        cwd=CHECKOUT,
        stderr=subprocess.PIPE,
        env=tool.environment(),
    )
    process.stderr.close()
    assert process.wait(timeout=LONGEST_S) == 0
    assert (root / "aligned/run.json").exists()


def test_the_library_from_elsewhere(tmp_path):
    """`from align import locate_lines, align_sentences` works in any folder and writes nothing."""
    program = (
        "from align import locate_lines, align_sentences\n"
        "print(locate_lines(['Утром приехал Петров', 'из Ленинграда.'], 'Утром приехал Петров из Ленинграда.'))\n"
        "beads = align_sentences(['Да.'], ['Yes.'], left_language='ru', right_language='en')\n"
        "print([(bead.left, bead.right) for bead in beads])\n"
    )
    env = {**plain_environment(), "PYTHONPATH": str(CHECKOUT)}
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, env=env, check=False
    )
    assert said.stderr == ""
    assert said.stdout == "[(0, 20), (21, 35)]\n[((0,), (0,))]\n"
    assert list(tmp_path.iterdir()) == []


def test_progress_in_a_log(root, tool):
    """Where standard error is no terminal, each stage is a plain line without control characters."""
    said = align("run", str(root), "--jobs", "1", env=tool.environment())
    assert said.returncode == 0
    assert said.stdout == ""
    assert f"Reading pages: {len(LINES)} of {len(LINES)}\n" in said.stderr
    assert "\x1b" not in said.stderr
    assert "\r" not in said.stderr


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is a thing of POSIX systems")
def test_progress_on_a_terminal(root, tool):
    """Where standard error is a terminal, bars are drawn there, and standard output stays empty."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "align", "run", str(root), "--jobs", "1"],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=follower,
        env=tool.environment(),
    )
    os.close(follower)
    shown = b""
    try:
        while data := os.read(leader, 65536):
            shown += data
    except OSError:  # Linux says so that the other side is closed
        pass
    os.close(leader)
    out, _ = process.communicate(timeout=LONGEST_S)
    text = shown.decode("utf-8")
    assert process.returncode == 0, text
    assert out == b""
    assert "\x1b[" in text
    assert "━" in text
    assert f"{len(LINES)}/{len(LINES)}" in text
    assert "sentences in 3 documents" in text


def test_a_run_loads_no_library_of_other_commands():
    """Starting a run loads neither the libraries of reports, viewers and data frames, nor any other command's."""
    code = "import sys, align.cli; align.cli.command.get_command(None, 'run'); print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "align.cli.run" in loaded
    assert not {
        "jinja2",
        "pandas",
        "pyarrow",
        "xlsxwriter",
        "snowballstemmer",
        "align.web.report",
        "align.web.viewer",
        "align.cli.report",
    } & set(loaded)

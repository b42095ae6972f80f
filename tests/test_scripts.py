"""The scripts can be started, and no file depends on this machine or on a package registry's address."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest

# The folders with packages of npm: the viewer's front end, and what the browser tests load.
NPM = ("align/web/client", "tests/browser")
ROOT = Path(__file__).parents[1]
SCRIPTS = [p for p in sorted([*ROOT.glob("scripts/*"), *ROOT.glob(".ci/*")]) if p.is_file() and not p.suffix]
SHELL = [p for p in SCRIPTS if p.read_bytes().startswith(b"#!/usr/bin/env bash\n")]

# Spelled with spaces for their points, or this file would be found.
REGISTRIES = [
    name.replace(" ", ".")
    for name in (
        "pypi org", "pythonhosted org", "npmjs org", "npmjs com", "yarnpkg com", "deb debian org",
        "security debian org", "crates io", "anaconda org", "proxy golang org",
    )
]  # fmt: skip


def tracked() -> list[Path]:
    """The files of the project: those that git knows or would know, or all where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so the project's files cannot be told from others")
    return [path for name in listed.split(b"\0") if name and (path := ROOT / os.fsdecode(name)).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and content of each text among them."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")))
    return found


def test_no_file_names_a_registry():
    """No file names a package registry's host: installers know where to look."""
    assert [(name, host) for name, text in texts() for host in REGISTRIES if host in text.lower()] == []


def test_no_file_names_a_path_of_this_machine():
    """No file names the checkout, the folder it stands in, or the user's home."""
    paths = {str(ROOT.resolve()), os.path.realpath(sys.prefix)}
    usual = {Path("/"), Path(tempfile.gettempdir()).resolve()}
    paths |= {f"{path}/" for path in {ROOT.resolve().parent, Path.home()} - usual}
    assert [(name, path) for name, text in texts() for path in sorted(paths) if path in text] == []


def test_no_lock_file():
    """No lock file but npm's is in the project: others hold download addresses."""
    locks = [p for p in tracked() if re.search(r"(?:\.lock|-lock\.(?:json|yaml))$", p.name)]
    assert [p.relative_to(ROOT).as_posix() for p in locks] == [f"{folder}/package-lock.json" for folder in NPM]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_are_executable(path):
    """Every script can be started by its name, and says in its second line or docstring what it is for."""
    assert os.access(path, os.X_OK)
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert first in ("#!/usr/bin/env bash", "#!/usr/bin/env python3")
    assert second.startswith(("# ", '"""'))


@pytest.mark.parametrize("path", SHELL, ids=lambda p: p.name)
def test_shell_scripts_are_sound(path):
    """Every shell script is one by `bash -n`, and stops at errors and at names that are not set."""
    assert subprocess.run(["bash", "-n", path], capture_output=True, check=False).returncode == 0
    assert re.search(r"^set -e?uo pipefail$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_ci_runs_the_readme_s_test_command():
    """Continuous integration runs the README's test command and nothing else."""
    body = [s for s in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[1:] if s and s[0] != "#"]
    assert body[0] == "set -euo pipefail"
    assert [line for line in body[1:] if "scripts/test" not in line] == []
    assert "\n    scripts/test\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_requirement_is_pinned():
    """Every package that pyproject.toml asks for, the build tool too, has its version in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["build-system"]["requires"] + project["project"]["dependencies"]
    wanted += [r for extra in project["project"]["optional-dependencies"].values() for r in extra]
    names = {re.split(r"[<>=!~ \[;]", r)[0].lower().replace("_", "-") for r in wanted}
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    pins = [re.fullmatch(r'([\w.-]+)==[\w.]+(; python_version [<>=]+ "3\.\d+")?', line) for line in lines]
    assert all(pins)
    assert names <= {pin[1].lower().replace("_", "-") for pin in pins if pin}


# A machine of straw for scripts/setup: every program that it calls writes down its words.


@pytest.fixture
def machine(tmp_path):
    """A checkout under a name with spaces, and a folder that is the whole path: bash's own programs and fakes."""
    checkout = tmp_path / "a check out"
    (checkout / "scripts").mkdir(parents=True)
    packages = [f"{folder}/{name}" for folder in NPM for name in ("package.json", "package-lock.json")]
    for name in ("scripts/setup", "pyproject.toml", "constraints.txt", *packages):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "cat", "dirname", "env", "grep", "head", "rm", "sha256sum", "mkdir", "chmod"):
        found = next(Path(f) / name for f in ("/usr/bin", "/bin") if (Path(f) / name).exists())
        (programs / name).symlink_to(found)
    return Machine(checkout, programs, tmp_path / "calls")


class Machine:
    def __init__(self, checkout, programs, calls):
        self.checkout, self.programs, self.log = checkout, programs, calls

    def has(self, name, body="exit 0"):
        """Give the machine a program that notes its call and then does this."""
        path = self.programs / name
        path.write_text(f'#!/usr/bin/env bash\necho "{name} $*" >>"{self.log}"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def has_python(self):
        """Give it a Python that makes an environment with a Python like it."""
        fake = r"""
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cat "$0" >"$3/bin/python"; chmod 755 "$3/bin/python"; fi"""
        self.has("python3", fake)

    def has_everything(self, *, user=0):
        self.has_python()
        self.has("tesseract", "printf 'List of languages\\neng\\nosd\\nrus\\n'")
        self.has("dpkg", "echo 'Status: install ok installed'")
        self.has("node")
        self.has("npm", '[ "$1" = run ] || mkdir -p node_modules')
        self.has("chromium")
        self.has("pdftotext")
        self.has("id", f"echo {user}")
        self.has("apt-get")
        self.has("sudo", 'exec "$@"')

    def set_up(self, *words):
        """Run scripts/setup from another folder."""
        self.log.unlink(missing_ok=True)
        return subprocess.run(
            [self.checkout / "scripts/setup", *words], cwd="/", env={"PATH": str(self.programs)},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def calls(self, name):
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in lines if line.startswith(f"{name} ")]

    def pip(self):
        return [line for line in self.calls("python3") if " install " in line]


def test_setup_calls_no_apt_when_nothing_is_missing(machine):
    """Where everything is there, neither apt-get nor sudo is called, and packages are installed by the constraints."""
    machine.has_everything()
    done = machine.set_up("--dev")
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.calls("apt-get") == machine.calls("sudo") == []
    assert all("--constraint constraints.txt" in call for call in machine.pip())
    assert machine.pip()[-1].endswith("--editable .[dev]")


def test_setup_again_installs_nothing(machine):
    """A second set-up installs nothing, nor does one for the demo after one for the tests; a changed pin does."""
    machine.has_everything()
    machine.set_up("--dev")
    for words in (("--dev",), ()):
        assert machine.set_up(*words).returncode == 0
        assert machine.pip() == []
    with (machine.checkout / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("another==1.0\n")
    machine.set_up()
    assert machine.pip()


def test_setup_for_tests_after_the_demo_adds_what_they_need(machine):
    """A set-up for the tests after one for the demo installs the rest."""
    machine.has_everything()
    machine.set_up()
    assert machine.pip()[-1].endswith("--editable .")
    machine.set_up("--dev")
    assert machine.pip()[-1].endswith("--editable .[dev]")


def test_setup_installs_what_is_missing_as_root(machine):
    """Root installs just the missing packages, without sudo."""
    machine.has_everything()
    machine.has("tesseract", "printf 'List of languages\\neng\\nosd\\n'")
    assert machine.set_up().returncode == 0
    assert machine.calls("apt-get")[-1].endswith("install -q -y --no-install-recommends tesseract-ocr-rus")
    assert machine.calls("sudo") == []


def test_setup_installs_by_sudo_for_others(machine):
    """Another user installs by sudo, without questions."""
    machine.has_everything(user=1000)
    machine.has("dpkg", "exit 1")
    assert machine.set_up("--dev").returncode == 0
    (update, install) = machine.calls("sudo")
    assert update.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get update")
    assert install.endswith(" fonts-liberation postgresql")


def test_setup_installs_npm_packages_once_and_bundles_each_time(machine):
    """The demo needs the viewer's packages, the tests a browser's too; none is installed twice; a new pin is."""
    machine.has_everything()
    machine.set_up()
    assert [call.split()[1] for call in machine.calls("npm")] == ["ci", "run"]
    machine.set_up("--dev")
    assert [call.split()[1] for call in machine.calls("npm")] == ["run", "ci"]
    (machine.checkout / "tests/browser/package.json").write_text("{}", encoding="utf-8")
    machine.set_up("--dev")
    assert [call.split()[1] for call in machine.calls("npm")] == ["run", "ci"]


def test_setup_installs_node_and_a_browser(machine):
    """Node and npm come from Debian where there are none, and for the tests Chromium."""
    machine.has_everything()
    for name in ("node", "npm", "chromium"):
        (machine.programs / name).unlink()
    machine.has("apt-get", f'for name in node npm; do cp "$0" "{machine.programs}/$name"; done; mkdir -p node_modules')
    machine.set_up("--dev")
    assert machine.calls("apt-get")[-1].endswith(" nodejs npm chromium")


def test_no_package_lock_names_a_host():
    """Lock files of npm name versions and digests, and no address from which packages come."""
    for folder in NPM:
        lock = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
        assert '"resolved"' not in lock
        assert "omit-lockfile-registry-resolved=true" in (ROOT / folder / ".npmrc").read_text(encoding="utf-8")


@pytest.mark.parametrize(("gone", "user", "words"), [
    (("apt-get", "tesseract"), 0, "has no apt-get; install what these Debian packages hold"),
    (("sudo", "tesseract"), 1000, "run this as root once: apt-get install tesseract-ocr"),
    (("python3",), 0, "has no Python 3.11 or newer"),
])  # fmt: skip
def test_setup_says_what_is_needed(machine, gone, user, words):
    """What cannot be installed is one sentence that names it, and the set-up fails."""
    machine.has_everything(user=user)
    for name in gone:
        (machine.programs / name).unlink()
    done = machine.set_up()
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_setup_remakes_an_environment_whose_python_is_gone(machine):
    """An environment without its Python is made anew, and so is one whose checkout was moved."""
    machine.has_everything()
    machine.set_up()
    (machine.checkout / ".venv/bin/python").unlink()
    (machine.checkout / ".venv/left over").touch()
    assert machine.set_up().returncode == 0
    assert machine.pip()
    assert not (machine.checkout / ".venv/left over").exists()
    machine.checkout = machine.checkout.rename(machine.checkout.parent / "moved")
    (machine.checkout / ".venv/left over").touch()
    assert machine.set_up().returncode == 0
    assert machine.pip()
    assert not (machine.checkout / ".venv/left over").exists()


def test_setup_passes_pip_s_failure_on(machine):
    """Where pip fails the set-up fails with its message, and the next one tries again."""
    machine.has_everything()
    machine.set_up()
    python = machine.checkout / ".venv/bin/python"
    works = python.read_text(encoding="utf-8")
    (machine.checkout / ".venv/.set-up").unlink()
    python.write_text(works + '\ncase "$*" in *" install "*) echo "no such package" >&2; exit 1 ;; esac\n')
    done = machine.set_up()
    assert done.returncode == 1
    assert "no such package" in done.stderr
    assert "pip could not install" in done.stderr
    python.write_text(works)
    assert machine.set_up().returncode == 0
    assert machine.pip()

"""Everything is installed by its hash: what the lock does not hold, or holds otherwise, is refused."""

import base64
import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
FILES = {
    "tiny.py": b"SAID = 'as locked'\n",
    "tiny-1.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny\nVersion: 1\n",
    "tiny-1.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}

needs_uv = pytest.mark.skipif(not UV.exists(), reason="the installer is in the extra build")


def installed(folder, wants="tiny"):
    """Return the status and the message of an installation as the Makefile does it, from a folder of wheels alone."""
    (folder / "pyproject.toml").write_text(f'[project]\nname = "some"\nversion = "1"\ndependencies = ["{wants}"]\n')
    command = [UV, "pip", "install", "--require-hashes", "--constraint", "lock.txt", "--requirement", "pyproject.toml"]
    command += ["--no-index", "--find-links", folder, "--no-cache", "--target", folder / "there"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return run.returncode, run.stderr


@pytest.fixture
def wheel(tmp_path):
    """Return a wheel of one module, beside a lock that holds its hash."""
    path = write_wheel(tmp_path / "tiny-1-py3-none-any.whl", FILES)
    (tmp_path / "lock.txt").write_text(f"tiny==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n")
    return path


def write_wheel(path, files):
    record = f"{path.name.split('-')[0]}-1.dist-info/RECORD"
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text).digest()).rstrip(b"=") for name, text in files.items()
    }
    lines = "".join(f"{name},sha256={digests[name].decode()},{len(text)}\n" for name, text in files.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (files | {record: f"{lines}{record},,\n".encode()}).items():
            archive.writestr(name, text)
    return path


@needs_uv
def test_the_locked_wheel_is_installed(wheel, tmp_path):
    status, said = installed(tmp_path)
    assert status == 0, said
    assert (tmp_path / "there" / "tiny.py").exists()


@needs_uv
def test_a_tampered_wheel_is_refused(wheel, tmp_path):
    write_wheel(wheel, FILES | {"tiny.py": b"SAID = 'something else'\n"})
    status, said = installed(tmp_path)
    assert status != 0
    assert "Hash mismatch" in said
    assert not (tmp_path / "there" / "tiny.py").exists()


@needs_uv
def test_what_is_not_in_the_lock_is_refused(wheel, tmp_path):
    others = {name.replace("tiny", "other"): text.replace(b"tiny", b"other") for name, text in FILES.items()}
    write_wheel(tmp_path / "other-1-py3-none-any.whl", others)
    status, said = installed(tmp_path, "other")
    assert status != 0
    assert "no trusted hash was provided for: `other`" in said


def test_every_line_of_the_lock_has_a_hash():
    entries = re.split(r"(?m)^(?=[a-z0-9])", LOCK)
    assert len(entries) > 100
    assert [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", ".github/workflows/test.yml"])
def test_every_installation_is_by_hash_but_that_of_the_project_and_of_other_versions(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    text = text.partition("\ntested-%:")[0] + text.partition("\n.venv/lab:")[2]
    lines = re.findall(r"(?m)^\s*(?:install|.*\bpip install|.*\(INSTALL\)) .+$", text)
    assert lines
    for line in lines:
        assert re.search(r"--require-hashes|\$\(INSTALL\)|--no-deps|--quiet \"\$@\"", line), line


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_workflows_may_only_read_and_use_what_cannot_change(path):
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    uses = re.findall(r"uses: (.+)", text)
    assert uses
    for use in uses:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}  # v[\d.]+", use), use

"""What is shipped around the program: the image's recipe, the compose file, what they promise."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def compose() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(ROOT / "compose.yaml"))


def instructions(word: str) -> list[str]:
    text = DOCKERFILE.replace("\\\n", " ")
    return [line[len(word) + 1 :] for line in text.splitlines() if line.startswith(f"{word} ")]


def test_hadolint_finds_nothing_to_say() -> None:
    result = subprocess.run(
        [BIN / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, timeout=60
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("broken", [False, True])
def test_the_compose_file_follows_its_schema(tmp_path: Path, broken: bool) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    file = tmp_path / "compose.yaml"
    file.write_text(text.replace("read_only:", "read_onyl:") if broken else text)
    result = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", file],
        capture_output=True,
        timeout=60,
    )
    assert (result.returncode != 0) is broken


def test_the_image_runs_as_nobody_in_particular_and_keeps_only_data() -> None:
    assert instructions("USER") == ["10001:10001"]
    assert instructions("VOLUME") == ['["/data"]']
    assert instructions("ENTRYPOINT") == ['["monitor"]']
    assert instructions("CMD") == ['["run"]']
    assert [line.split()[-2:] for line in instructions("HEALTHCHECK")] == [
        ['["monitor",', '"health"]']
    ]


def test_the_base_is_an_argument_and_no_frontend_is_fetched() -> None:
    assert instructions("ARG") == ["PYTHON_IMAGE=python:3.13-slim"]
    assert {line.split()[0] for line in instructions("FROM")} == {"${PYTHON_IMAGE}"}
    assert not re.search(r"^#\s*syntax\s*=|<<", DOCKERFILE, re.MULTILINE | re.IGNORECASE)


def test_L1_dependencies_come_from_the_lock_with_their_hashes() -> None:
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-index" in installs[1]


def test_L1_another_file_under_the_name_of_a_locked_release_is_not_installed(
    tmp_path: Path,
) -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8") + DOCKERFILE
    locked = [line for line in recipe.splitlines() if re.search(r"install.* -r \S+\.lock", line)]
    assert len(locked) == 3
    assert all("--require-hashes" in line for line in locked)
    wheel = tmp_path / "served-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("served-1.0.dist-info/METADATA", "Name: served\nVersion: 1.0\n")
        file.writestr("served-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        file.writestr("served-1.0.dist-info/RECORD", "")
    lock = tmp_path / "requirements.lock"
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--require-hashes"]
    pip += [f"--target={tmp_path / 'installed'}", "--no-index", f"--find-links={tmp_path}"]
    for hashed, wrong in ((wheel.read_bytes(), False), (b"the release that was locked", True)):
        lock.write_text(f"served==1.0 --hash=sha256:{sha256(hashed).hexdigest()}\n")
        done = subprocess.run([*pip, "-r", lock], capture_output=True, text=True, timeout=60)
        assert (done.returncode != 0) is wrong, done.stderr
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_everything_that_is_copied_is_let_through_to_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = {line[1:] for line in lines if line.startswith("!")}
    copied = [line.split()[:-1] for line in instructions("COPY") if "--from" not in line]
    names = {name.removeprefix("./") for words in copied for name in words}
    assert names == let_through
    assert all((ROOT / name).exists() for name in names)


def test_secrets_and_caches_stay_out_of_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    after = lines[lines.index("!config") :]
    for path in ("config/secrets", "monitor/demo/__pycache__", "monitor/a.pyc"):
        assert any(fnmatch(path, pattern) for pattern in after if not pattern.startswith("!"))


def test_the_container_is_locked_down() -> None:
    service = compose()["services"]["monitor"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert service["restart"] == "unless-stopped"
    assert service["user"] == "10001:10001"
    assert service["healthcheck"]["test"] == ["CMD", "monitor", "health"]
    assert "ports" not in service


def test_state_lives_in_a_volume_and_the_configuration_is_read_only() -> None:
    service = compose()["services"]["monitor"]
    assert service["volumes"] == ["data:/data", "./config:/app/config:ro"]
    assert "data" in compose()["volumes"]

"""The five floors, and what the whole tree has promised about itself."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from importlinter import cli as import_linter

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("app", "screens", "widgets", "db", "policy")
MODULES = sorted(path.relative_to(ROOT) for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
TEST_MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
COMMAND_LINE = sorted(
    path.relative_to(ROOT)
    for pattern in ("__main__.py", "cli.py", "cli/**/*.py", "cli_*.py")
    for path in (ROOT / "app").glob(pattern)
)
LONGEST_MODULE = 400
DATA_ENDINGS = {".toml", ".csv", ".tcss", ".json", ".txt"}
HTTP_CLIENTS = {
    "aiohttp",
    "httpcore",
    "httplib2",
    "httpx",
    "niquests",
    "pycurl",
    "requests",
    "tornado",
    "treq",
    "twisted",
    "urllib3",
    "urllib3-future",
    "websocket-client",
    "websockets",
}
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("pendulum", "now"),
    ("pendulum", "today"),
    ("time", "time"),
    ("time", "localtime"),
}


def _tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    matches = (re.match(r"([a-z0-9-]+)==([^ ;]+)", line) for line in lines)
    return {match[1]: match[2] for match in matches if match}


def _loaded_by(*arguments: str) -> set[str]:
    """Top-level packages that a fresh interpreter loads on the way through these arguments."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    names = re.findall(r"^import time:[^|]*\|[^|]*\|\s*(\S+)$", done.stderr, flags=re.MULTILINE)
    return {name.partition(".")[0] for name in names}


def test_imports_go_down_the_floors_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = import_linter.lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_the_command_line_starts_without_loading_textual() -> None:
    loaded = _loaded_by("-m", "app", "--help")
    assert "app" in loaded or "click" in loaded
    assert "textual" not in loaded


@pytest.mark.parametrize("module", COMMAND_LINE, ids=str)
def test_a_module_of_the_command_line_loads_without_textual(module: Path) -> None:
    name = ".".join(module.with_suffix("").parts).removesuffix(".__init__")
    loaded = _loaded_by("-c", f"import {name}")
    assert "app" in loaded
    assert "textual" not in loaded


def test_every_floor_has_modules_to_check() -> None:
    assert {module.parts[0] for module in MODULES} == set(FLOORS)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_and_its_public_names_have_docstrings(module: Path) -> None:
    tree = _tree(module)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]
    silent = [node.name for node in public if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), f"{module} has no docstring"
    assert silent == []


@pytest.mark.parametrize("module", [*MODULES, *TEST_MODULES], ids=str)
def test_a_module_is_at_most_400_lines(module: Path) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] in ("policy", "widgets")], ids=str)
def test_policy_and_widgets_never_ask_what_day_it_is(module: Path) -> None:
    asked = [
        f"line {node.lineno}: {owner.id}.{node.attr}"
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Attribute)
        and isinstance(owner := node.value, ast.Name)
        and (owner.id, node.attr) in CLOCKS
    ]
    assert asked == []


def test_no_test_folder_is_a_package() -> None:
    assert [module for module in TEST_MODULES if module.name == "__init__.py"] == []


def test_no_http_client_is_locked() -> None:
    assert HTTP_CLIENTS & set(_locked()) == set()


def test_the_lock_names_no_index_and_hashes_every_package() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.search(r"://|--index|--extra-index|--find-links|file:", text) is None


def test_the_locked_build_backend_is_the_one_asked_for() -> None:
    project = _pyproject()
    asked = project["build-system"]["requires"]
    assert asked == project["dependency-groups"]["build"]
    assert [f"hatchling=={_locked()['hatchling']}"] == asked


def test_every_direct_dependency_is_locked() -> None:
    project = _pyproject()
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    named = {re.split(r"[^A-Za-z0-9_-]", line)[0] for group in groups for line in group}
    assert named - set(_locked()) == set()


def test_every_file_beside_the_code_ships_in_the_wheel() -> None:
    shipped = {Path(file.distribution_path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    data = {
        path.relative_to(ROOT)
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*")
        if path.suffix in DATA_ENDINGS and path.is_file()
    }
    assert {*MODULES, *data} - shipped == set()

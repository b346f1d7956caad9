"""Imports run one way, and the making of models never reaches the run time."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nlp

ROOT = Path(nlp.__file__).parent
#: A file may import from its own layer (where listed together) and from the layers above it in this list.
LAYERS = [
    {
        "errors",
        "schema",
        "paths",
        "segmentation",
        "pins",
        "windows",
        "progress",
        "cards",
        "folders",
        "words",
        "spelling",
        "networks",
    },
    {"knowledge", "wording", "encoder", "decoder", "language", "versions"},
    {"examples", "references", "features", "estimator", "phrases", "drafts", "notes", "worth"},
    {"table", "model_store", "taught", "feedback"},
    {"training", "components", "rewording", "vectors", "comparison"},
    {"own", "verdict"},
    {"fitting", "telling"},
    {"pipeline", "retraining"},
    {"batch", "evaluation", "shipping", "report", "job"},
    {"ui", "server"},
    {"cli"},
]


def imports(path: Path) -> set[str]:
    """Return the modules of the package that a file imports, by their first name under it."""
    found = set()
    package = ["nlp", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            full = [*base, *(node.module.split(".") if node.module else [])]
            if len(full) == 1:
                found |= {alias.name for alias in node.names}
            else:
                found.add(full[1])
    return found


def test_imports_run_one_way() -> None:
    place = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if name in ("__init__", "making"):
            continue
        assert name in place, f"{path.name} stands in no layer"
        source = path.read_text(encoding="utf-8")
        for other in imports(path) - {"__version__", name, "Assistant", "Reflection", "LABELS"}:
            if other == "pipeline" and "TYPE_CHECKING" in source:
                continue
            assert place[other] <= place[name], f"{path.name} imports {other}, which is built on it"


def test_the_run_time_needs_neither_pytorch_nor_a_network_library_of_models() -> None:
    code = "import sys; from nlp import Assistant; Assistant.load().reflect('you never call me'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    ).stdout.split()
    assert not {"torch", "transformers", "nlp.making"} & set(loaded)


def test_the_command_starts_without_what_only_fitting_and_the_pages_need() -> None:
    code = "import sys, nlp.cli, nlp.batch, nlp.report; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    ).stdout.split()
    assert not {"sklearn", "pandas", "streamlit"} & set(loaded)


def test_code_names_no_machine_path_and_no_package_index() -> None:
    root = ROOT.parent
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    for name in listed:
        path = root / name
        if name and path.suffix in (".py", ".toml", ".lock", ".md", ".cfg", "") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not re.search(r"--(extra-)?index-url http|pypi\.org/simple", text), name

"""Rules of ARCHITECTURE.md that no linter knows."""

import ast
from pathlib import Path

import pytest

from crawler import settings
from crawler.checks import RANGES

PROJECT = Path(__file__).parents[1]
MODULES = sorted([*PROJECT.glob("crawler/**/*.py"), *PROJECT.glob("pipelines/**/*.py")])


def _reads_environment(module: Path) -> bool:
    tree = ast.parse(module.read_text("utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return bool(names & {"environ", "getenv"})


def test_only_the_settings_read_the_environment() -> None:
    readers = [str(m.relative_to(PROJECT)) for m in MODULES if _reads_environment(m)]
    assert readers == ["crawler/settings.py"]


@pytest.mark.parametrize("name", sorted(RANGES))
def test_default_of_each_checked_setting_is_in_its_range(name: str) -> None:
    assert RANGES[name].keeps(getattr(settings, name))


def test_file_of_the_dataset_documentation_names_every_column() -> None:
    from pipelines.dataset.schema import SCHEMAS

    text = (PROJECT / "docs" / "dataset.md").read_text("utf-8")
    missing = [
        f"{dataset}.{column}"
        for dataset, schema in SCHEMAS.items()
        for column in schema.names
        if column not in text
    ]
    assert missing == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "docs/dataset.md", "docs/operations.md"])
def test_lines_of_the_documents_fit_a_terminal(page: str) -> None:
    lines = (PROJECT / page).read_text("utf-8").splitlines()
    commands = (".venv/bin/",)  # a command stands on one line, and so does a row of a table
    assert [
        line for line in lines if len(line) > 100 and not line.startswith(("|", *commands))
    ] == []

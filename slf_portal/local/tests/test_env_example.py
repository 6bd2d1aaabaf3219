"""Every variable that the settings read is listed in .env.example, and nothing else is."""

import ast
import re

from slf_portal.local.state import ROOT


def test_every_variable_is_listed() -> None:
    listed = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(_read_by_settings())


def _read_by_settings() -> set[str]:
    tree = ast.parse((ROOT / "slf_portal" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }

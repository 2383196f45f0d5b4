"""How the wheel gets its contracts compiled, so that no start has to, and the README."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledContracts(BuildHookInterface[Any]):
    """Puts each contract's compiled form into the wheel, beside the files it is made from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the contracts; an editable install does so by itself when they change."""
        if version == "editable":
            return
        root = Path(self.root)
        readme = "mock_server/_shipped/README.md"
        build_data["force_include"][str(root / "README.md")] = readme
        sys.path.insert(0, str(root))
        from mock_server.contract.document import compiled, compiled_path

        for folder in sorted(path for path in (root / "openapi").iterdir() if path.is_dir()):
            compiled(folder)
            kept = compiled_path(folder)
            target = f"mock_server/_shipped/openapi/{folder.name}/__compiled__/{kept.name}"
            build_data["force_include"][str(kept)] = target

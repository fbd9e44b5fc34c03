"""Only the room `disk` opens, makes, renames or removes files: nothing else can follow a link."""

from __future__ import annotations

import ast
import re
from collections import Counter

from support.build import REPOSITORY

PACKAGE = REPOSITORY / "stopjihad"

OF_OS = {
    *("open", "listdir", "scandir", "walk", "fwalk", "unlink", "remove", "removedirs", "rmdir"),
    *("rename", "renames", "replace", "mkdir", "makedirs", "link", "symlink", "truncate", "chmod"),
    *("chown", "utime", "mkfifo", "mknod"),
}
OF_SHUTIL = {"rmtree", "copy", "copy2", "copyfile", "copytree", "move"}
OF_PATHS = {
    *("read_bytes", "read_text", "write_bytes", "write_text", "iterdir", "glob", "rglob", "unlink"),
    *("mkdir", "rmdir", "touch", "symlink_to", "hardlink_to", "rename", "chmod"),
}

ALLOWED = {
    "catalog": "files of the program itself",
    "check/placeholders.py": "a file of the program itself",
    "build/work/processes.py": "the system's list of threads",
    "build/work/driver_comm.py": "bytes of a connection",
    "translate/review_sheet.py": "a file of the program itself",
    "cli/preview.py": "a new file in a new folder for temporary files",
    "cli/init.py": "the new workspace that the user names",
    "cli/export.py": "the folder that the user names",
    "cli/card.py": "the folder that the user names",
    "cli/common.py": "the file that the user names",
    "cli/elsewhere.py": "the file that the user names",
    "build/invitation.py": "a file beside the user's key",
    "cli/translate.py": "the files that the user names",
    "cli/signature.py": "the files that the user names",
    "publish/folder.py": "the folder that the user names",
    "publish/sftp.py": "folders of another machine",
}
"""Places that open what no workspace brings along."""


HELD = re.compile(r"(held|here|folder|root|above|aside|beside|top|way\b.*)$")
"""Names of folders that are held open: their methods are those of `disk.Folder`."""


def calls(source: str) -> Counter[str]:
    """Name what a module does with files by itself."""
    found: Counter[str] = Counter()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            found["open"] += 1
        if isinstance(node.func, ast.Attribute):
            of, name = ast.unparse(node.func.value), node.func.attr
            if of == "os" and name in OF_OS:
                found[f"os.{name}"] += 1
            elif of == "shutil" and name in OF_SHUTIL:
                found[f"shutil.{name}"] += 1
            elif name in OF_PATHS and of != "disk" and not HELD.match(of):
                found[name] += 1
    return found


def test_nothing_else_opens_files() -> None:
    wrong = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith("disk/") or any(name.startswith(one) for one in ALLOWED):
            continue
        found = calls(path.read_text("utf-8"))
        if found:
            wrong[name] = dict(found)
    assert wrong == {}

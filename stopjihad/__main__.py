"""Run the command line as ``python -m stopjihad``."""

from __future__ import annotations

from stopjihad.cli.main import main

if __name__ == "__main__":
    main(prog_name="stopjihad")

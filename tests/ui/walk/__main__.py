"""Walks every screen in every look, by hand: `python -m tests.ui.walk --language es`."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import itertools
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.ui import loop
from tests.ui.walk import looks
from tests.ui.walk.looks import LANGUAGES, Look

SCALES = (1.0, 1.5, 2.0)
APPEARANCES = ("light", "dark", "contrast")


def main(arguments: list[str]) -> int:
    """Tell what each look finds, and how long it takes."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.walk", description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--scale", type=float, action="append")
    parser.add_argument("--appearance", choices=APPEARANCES, action="append")
    parser.add_argument("--closely", action="store_true", help="names, roles and the keyboard too")
    parser.add_argument("--only", default="", help="stops with this in their name")
    asked = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    chosen = itertools.product(
        asked.language or LANGUAGES, asked.scale or SCALES, asked.appearance or APPEARANCES
    )
    count = 0
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        for language, scale, appearance in chosen:
            look, began = Look(language, scale, appearance, asked.closely), time.process_time()
            with looks.spoken(application, language):
                found = loop.run(application, looks.walk(Path(folder), look, asked.only))
            missed = [f"never came by {one}" for one in looks.left_out([found])]
            print(*sorted(set(found.faults)), *missed, sep="\n")
            seconds = time.process_time() - began
            print(f"{look}: {len(found.stops)} stops, {len(found.faults)} faults, "
                  f"{seconds:.0f} s of processor", flush=True)  # fmt: skip
            count += len(found.faults)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

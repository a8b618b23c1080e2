"""The door: a command goes to the command line, no command opens the window."""

import logging
import sys

from desktop.errors import CompanionError
from desktop.settings import Settings

LINK = "toolboxai:"
"""How a link begins that a browser or another program hands over."""


def main() -> None:
    """Run the command in `sys.argv`, or open the window when there is none."""
    arguments = sys.argv[1:]
    # A link opens the window, and nothing behind it is an option.
    if not arguments or arguments[0].startswith(LINK):
        sys.exit(_open_at_once())
    from desktop.cli import main as cli

    sys.exit(cli.run(arguments, open_window))


def _open_at_once() -> int:
    """Open the window as a double click does: the command line takes longer to load than it."""
    logging.basicConfig(level=logging.ERROR)
    try:
        return open_window(Settings.load())
    except CompanionError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def open_window(settings: Settings) -> int:
    """Open the window and return its exit code; Qt is imported only now."""
    from desktop import app

    return app.run(settings)


if __name__ == "__main__":
    main()

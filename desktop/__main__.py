"""The door: a command goes to the command line, no command opens the window."""

import sys

from desktop.settings import Settings

LINK = "toolboxai:"
"""How a link begins that a browser or another program hands over."""


def main() -> None:
    """Run the command in `sys.argv`, or open the window when there is none."""
    from desktop.cli import main as cli

    arguments = sys.argv[1:]
    if arguments and arguments[0].startswith(LINK):
        arguments = []  # a link opens the window, and nothing behind it is an option
    sys.exit(cli.run(arguments, open_window))


def open_window(settings: Settings) -> int:
    """Open the window and return its exit code; Qt is imported only now."""
    from desktop import app

    return app.run(settings)


if __name__ == "__main__":
    main()

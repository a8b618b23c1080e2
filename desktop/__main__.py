"""The door: a command goes to the command line, no command opens the window."""

import sys

from desktop.settings import Settings


def main() -> None:
    """Run the command in `sys.argv`, or open the window when there is none."""
    from desktop.cli import main as cli

    sys.exit(cli.run(sys.argv[1:], open_window))


def open_window(settings: Settings) -> int:
    """Open the window and return its exit code; Qt is imported only now."""
    from desktop import app

    return app.run(settings)


if __name__ == "__main__":
    main()

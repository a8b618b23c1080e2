"""The door: a command goes to the command line, no command opens the window."""

import sys


def main() -> None:
    """Run the command in `sys.argv`, or open the window when there is none."""
    from desktop.cli import main as cli

    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()

"""Standard output is a command's own: the log never mixes into it."""

import subprocess
import sys


def test_what_is_logged_goes_beside_the_result() -> None:
    code = (
        "import sys, structlog\n"
        "from desktop.cli import main\n"
        "main.cli.get_command(None, 'doctor')\n"
        "import logging; logging.basicConfig(level=logging.INFO)\n"
        "structlog.get_logger('desktop.test').warning('a thing happened', about='it')\n"
        "print('the result')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "the result\n"
    assert "event='a thing happened' about='it'" in done.stderr

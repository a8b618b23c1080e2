"""A process in which everything is imported already: it forks the devices that will be killed."""

import json
import os
import signal
import sys

from tests.crash import life
from tests.simulation import quiet


def main() -> None:
    """Fork a life for each plan that comes in, one a line; end with the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to be waited for
    quiet.hush()
    life.tell(ready=os.getpid())
    while line := sys.stdin.readline():
        if os.fork() == 0:
            code = 1
            try:
                life.run(life.Plan(**json.loads(line)))
                code = 0
            except BaseException as error:  # noqa: BLE001  (the one who watches hears of it)
                life.tell(broke=f"{type(error).__name__}: {error}")
            finally:
                os._exit(code)


if __name__ == "__main__":
    main()

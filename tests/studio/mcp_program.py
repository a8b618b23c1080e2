"""The program of a stand-in for Studio's own MCP server: its pipes go to the test, as they are.

    mcp_program.py PORT [stubborn]

The real one is such a go-between too: Studio does the work. A stubborn one starts a process of its
own, says its id first, and does not end when its input does.
"""

import os
import socket
import subprocess
import sys
import threading
import time

port, *manner = sys.argv[1:]
line = socket.create_connection(("127.0.0.1", int(port)))
arriving = line.makefile("rb")


def tell() -> None:
    for told in arriving:
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    os._exit(0)  # Studio hung up; the other thread would wait for input for ever


if manner == ["stubborn"]:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    line.sendall(b'{"child":%d}\n' % child.pid)
threading.Thread(target=tell, daemon=True).start()
for asked in sys.stdin.buffer:
    line.sendall(asked)
if manner == ["stubborn"]:
    time.sleep(120)

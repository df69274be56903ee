"""What `pools.py` has pools call: a module of its own, because children look for functions in modules."""

import os
import signal
import subprocess
import time
from pathlib import Path


def nothing() -> int:
    """Import what a report needs."""
    import analysis.site.reports  # noqa: F401

    return os.getpid()


def leave_a_process(mark: str) -> None:
    """Start a process that outlives its parent, say so, and hang."""
    Path(mark).write_text(str(subprocess.Popen(["sleep", "300"]).pid))
    time.sleep(300)


def kill_itself() -> None:
    """End the process that serves the call."""
    os.kill(os.getpid(), signal.SIGKILL)

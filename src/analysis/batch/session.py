"""Imported first by the forkserver: what it must not inherit from the command that started it.

It gets a session of its own, so that a terminal's Ctrl-C reaches the batch alone, which then ends its children; one
that was just forked must not answer Ctrl-C with a traceback. It must hear of the ends of its children, though the
command's parent may have blocked that signal. And what kept modules from being looked for in the current
folder has done so by now; what a notebook starts in its own folder is as in Jupyter. The environment variable
`ANALYSIS_OWN_SESSION` tells the forkserver from whoever else imports this.
"""

import os

if "ANALYSIS_OWN_SESSION" in os.environ:
    import signal

    from analysis.batch.forkserver import SAFE_PATH

    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    for name, value in SAFE_PATH.items():
        if os.environ.get(name) == value:
            del os.environ[name]

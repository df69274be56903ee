"""Imported first by the forkserver: a session of its own, so that a terminal's Ctrl-C reaches the batch alone.

The batch then ends its children; one that was just forked must not answer Ctrl-C with a traceback. The environment
variable `ANALYSIS_OWN_SESSION` tells the forkserver from whoever else imports this.
"""

import os

if "ANALYSIS_OWN_SESSION" in os.environ:
    os.setsid()

"""What the worker gives up before it sees any of a user's code."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def give_up(settings: dict[str, Any]) -> None:
    """Other descriptors than the first three, the right to gain privileges, and the user the service runs as."""
    os.closerange(3, max(1_024, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 20)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_NO_NEW_PRIVS)")
    user = settings.get("user")
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    # Ends with its parent; a change of user clears this, so it comes last.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.chdir("/tmp")


def lock(settings: dict[str, Any], memory: int) -> None:
    """The limits of the program that is about to be loaded; they can't be raised again."""
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, settings["files"]),
        (resource.RLIMIT_FSIZE, settings["fileSize"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))


def allow_seconds(seconds: float) -> None:
    """Processor time until the kernel ends the worker, should the service not have done so by the clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + seconds) + 1, resource.RLIM_INFINITY))

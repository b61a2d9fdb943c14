"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file at `path`, which may be new; its permissions are kept.

    Readers see the old content or the new, never a part. A link stays a link: what it leads to is written. A device or
    pipe, such as /dev/null, stays what it is and is written to.

    Raises:
        OSError: if the folder or the file can not be written; the file is then as it was.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied", str(path))
    temporary = target.with_name(f".caveat-{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_atomically(path: Path, data: bytes) -> None:
    """Put `data` in the place of whatever is at `path`: a link there is replaced, never followed.

    Raises:
        OSError: if the folder can not be written, or another thread of this process writes there.
    """
    temporary = path.with_name(f".caveat-{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
        temporary.replace(path)
    except FileExistsError:  # left by a process that was killed, or laid there
        temporary.unlink(missing_ok=True)
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise

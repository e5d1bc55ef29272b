"""One run per site: a lock that the system frees with the process, and who holds it."""

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from pipelines.errors import DatasetError, SiteLocked


class SiteLock:
    """The lock of one site, taken. Beside it lies a note that says by whom.

    Raises SiteLocked with the owner's identity when another run holds it.
    """

    def __init__(self, folder: Path, site: str) -> None:
        name = quote(site, safe="")[:200]
        self._note = folder / f"{name}.owner.json"
        self._lock = FileLock(folder / f"{name}.lock")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
            self._note.write_text(json.dumps(_identity()), "utf-8")
        except Timeout:
            raise SiteLocked(_who_holds(site, self._note)) from None
        except OSError as error:
            raise DatasetError(
                f"the folder {folder} cannot be written: {error.strerror}. It holds the locks; "
                "give yourself the right to write there, or name another OUTPUT_DIR"
            ) from error

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):
            self._note.unlink()
        self._lock.release()


def _identity() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _who_holds(site: str, note: Path) -> str:
    """One line: who crawls the site, whether that process lives, and what to do."""
    said = f"the site {site} is being crawled by another run"
    try:
        owner = json.loads(note.read_text("utf-8"))
        pid, host, started_at = int(owner["pid"]), str(owner["host"]), owner["started_at"]
    except (OSError, ValueError, KeyError, TypeError):  # it is just beginning or ending
        return f"{said} that is beginning or ending; run the same command again"
    said = f"{said}: process {pid} on {host}, since {started_at}"
    if host != socket.gethostname():
        return f"{said}; wait for it, or end it there"
    if not _lives(pid):
        return f"{said}; that process is gone and its workers are ending: try again in a minute"
    return f"{said}; wait for it, or end it with: kill {pid}"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

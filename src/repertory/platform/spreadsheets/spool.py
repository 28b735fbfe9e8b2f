"""What a child process writes, line by line into a nameless file: readable while it still writes, and again afterwards."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_PAUSE_SECONDS = 0.01


class TookTooLong(Exception):
    """The child had not ended in time; it has been stopped."""


class Spool:
    """Starts the command at once. The file has no name any more when the command starts, so nothing is left behind."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], seconds: float, folder: Path | None
    ) -> None:
        handle, name = tempfile.mkstemp(dir=folder)
        try:
            self._file = Path(name).open("rb")  # noqa: SIM115 - see close
        finally:
            Path(name).unlink()
        try:
            self._child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=handle, stderr=subprocess.DEVNULL, env=environment
            )
        except BaseException:
            self._file.close()
            raise
        finally:
            os.close(handle)
        self._deadline = time.monotonic() + seconds

    def lines(self) -> Iterator[bytes]:
        """Every whole line from the first; waits for the child where there is none yet. One pass at a time.
        Raises TookTooLong."""
        self._file.seek(0)
        while True:
            start = self._file.tell()
            line = self._file.readline()
            if line.endswith(b"\n"):
                yield line
                continue
            self._file.seek(start)
            if self._child.poll() is not None:
                # It may have written its last lines between our look and its end.
                if not self._file.readline().endswith(b"\n"):
                    if self._child.returncode == -signal.SIGXCPU:
                        raise TookTooLong
                    return
                self._file.seek(start)
            elif time.monotonic() > self._deadline:
                self._stop()
                raise TookTooLong
            else:
                time.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        self._stop()
        self._file.close()

    def _stop(self) -> None:
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()

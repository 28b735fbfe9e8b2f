"""A second process that reads rows while the first one matches them: `python -m repertory.platform.exchange.worker`.

Only our own two processes speak over its pipe: a ReadingPlan first, then batches of lines of a Table, each answered by a
ReadBatch, in order, until the pipe closes. It never touches the database.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Queue
from typing import Any

import django
from django.utils import translation

from repertory.core.loading import quick_loading

from .reading import BatchReader, ReadBatch, ReadingPlan

# A short file is read before a second process has started.
LINES_WITHOUT_HELP = 12
LINES_SENT = 4
BATCHES_SENT = 3
BATCHES_AHEAD = 6


def read_batches(plan: ReadingPlan, lines: Iterator[bytes]) -> Iterator[ReadBatch]:
    """The rows of all lines of a table, in order; of a long file by a second process too, as far as it keeps ahead of us."""
    own = BatchReader(plan)
    raw = _batches(lines)
    for batch in islice(raw, LINES_WITHOUT_HELP // LINES_SENT):
        yield own.read(batch)
    following = next(raw, None)
    if following is None:
        return
    if (os.cpu_count() or 1) < 2:
        yield own.read(following)
        yield from map(own.read, raw)
        return
    with _Helper(plan) as helper:
        ahead: deque[ReadBatch | None] = deque()  # None: the second process has it
        while following is not None or ahead:
            if following is not None and helper.ready.is_set() and helper.sent < BATCHES_SENT:
                helper.send(following)
                ahead.append(None)
                following = next(raw, None)
            elif ahead and (read := ahead[0]) is not None:
                ahead.popleft()
                yield read
            elif ahead and (following is None or len(ahead) >= BATCHES_AHEAD or helper.has_answered):
                ahead.popleft()
                yield helper.receive()
            elif following is not None:
                ahead.append(own.read(following))  # rather than wait
                following = next(raw, None)


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(lines, LINES_SENT)):
        yield batch


class _Helper:
    """The second process, as the first one sees it. Threads move the bytes, so that neither waits for the other's pipe."""

    def __init__(self, plan: ReadingPlan) -> None:
        self.ready = threading.Event()
        self.sent = 0
        ours, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._batches: Queue[bytes | None] = Queue()
        self._answers: Queue[bytes | None] = Queue()
        self._batches.put(_packed(plan))
        threading.Thread(target=self._feed, args=(ours,), daemon=True).start()
        threading.Thread(target=self._listen, args=(ours,), daemon=True).start()

    def __enter__(self) -> "_Helper":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._batches.put(None)
        self._process.kill()
        self._process.wait()

    def send(self, batch: list[bytes]) -> None:
        self.sent += 1
        self._batches.put(_packed(batch))

    @property
    def has_answered(self) -> bool:
        return not self._answers.empty()

    def receive(self) -> ReadBatch:
        answer = self._answers.get()
        if answer is None:
            raise RuntimeError("the helping process has ended")
        self.sent -= 1
        return pickle.loads(answer)  # noqa: S301 - our own process

    def _feed(self, pipe: Connection) -> None:
        with suppress(OSError):
            while (batch := self._batches.get()) is not None:
                pipe.send_bytes(batch)

    def _listen(self, pipe: Connection) -> None:
        with suppress(OSError, EOFError), pipe:
            pipe.recv_bytes()
            self.ready.set()
            while True:
                self._answers.put(pipe.recv_bytes())
        self._answers.put(None)


def _packed(message: Any) -> bytes:
    return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)


def main(pipe: Connection) -> None:
    """Answer until nothing more comes."""
    with quick_loading():
        django.setup()
    plan = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process
    reader = BatchReader(plan)
    answer: Any = True
    with translation.override(plan.language), suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send_bytes(_packed(answer))
            answer = reader.read(pickle.loads(pipe.recv_bytes()))  # noqa: S301


if __name__ == "__main__":
    # A channel of its own: what a library prints must not get between the answers.
    main(Connection(int(sys.argv[1])))

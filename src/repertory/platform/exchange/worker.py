"""A second process that reads rows while the first one matches them: `python -m repertory.platform.exchange.worker`.

Only our own two processes speak over its pipes: a ReadingPlan first, then batches of raw rows, each answered by a
ReadBatch, in order, until the pipe closes. It never touches the database.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from queue import Queue
from typing import IO, Any

import django
from django.utils import translation

from .reading import BatchReader, RawRow, ReadBatch, ReadingPlan

# A short file is read before a second process has started.
ROWS_WITHOUT_HELP = 6_000
BATCHES_AHEAD = 4


def read_batches(plan: ReadingPlan, raw: Iterator[list[RawRow]], *, batch_rows: int) -> Iterator[ReadBatch]:
    """Every batch read, in order; of a long file by a second process, as far as it keeps ahead of us."""
    own = BatchReader(plan)
    for batch in islice(raw, ROWS_WITHOUT_HELP // batch_rows):
        yield own.read(batch)
    following = next(raw, None)
    if following is None:
        return
    if (os.cpu_count() or 1) < 2:
        yield own.read(following)
        yield from map(own.read, raw)
        return
    with _Helper(plan) as helper:
        while following is not None and not helper.ready.is_set():
            yield own.read(following)
            following = next(raw, None)
        while following is not None or helper.waiting:
            while following is not None and helper.waiting < BATCHES_AHEAD:
                helper.send(following)
                following = next(raw, None)
            yield helper.receive()


class _Helper:
    """The second process, as the first one sees it. A thread feeds it, so that neither waits for the other's pipe."""

    def __init__(self, plan: ReadingPlan) -> None:
        self.ready = threading.Event()
        self.waiting = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._batches: Queue[Any] = Queue()
        self._answers: Queue[Any] = Queue()
        self._batches.put(plan)
        threading.Thread(target=self._feed, daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> "_Helper":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._batches.put(None)
        self._process.kill()
        self._process.wait()

    def send(self, batch: list[RawRow]) -> None:
        self.waiting += 1
        self._batches.put(batch)

    def receive(self) -> ReadBatch:
        answer = self._answers.get()
        if answer is None:
            raise RuntimeError("the helping process has ended")
        self.waiting -= 1
        return answer

    def _feed(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError), self._process.stdin as pipe:
            while (batch := self._batches.get()) is not None:
                pickle.dump(batch, pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(OSError, EOFError), self._process.stdout as pipe:
            pickle.load(pipe)  # noqa: S301 - our own process
            self.ready.set()
            while True:
                self._answers.put(pickle.load(pipe))  # noqa: S301
        self._answers.put(None)


def main(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer until nothing more comes."""
    django.setup()
    plan = pickle.load(incoming)  # noqa: S301 - our own process
    reader = BatchReader(plan)
    answer: Any = True
    with translation.override(plan.language), suppress(EOFError, BrokenPipeError):
        while True:
            pickle.dump(answer, outgoing, pickle.HIGHEST_PROTOCOL)
            outgoing.flush()
            answer = reader.read(pickle.load(incoming))  # noqa: S301


if __name__ == "__main__":
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, answers)

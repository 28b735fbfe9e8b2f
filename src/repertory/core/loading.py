"""Loading the program: nothing of it will ever be garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quick_loading() -> Iterator[None]:
    """What is loaded inside stays for good. The collector does not look for garbage meanwhile, which is a fifth of the
    time, and leaves all of it alone afterwards: walking it again and again would cost an import a seventh of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@contextmanager
def without(library: str) -> Iterator[None]:
    """What is loaded inside finds this library missing; for libraries that load another just in case."""
    loaded = sys.modules.get(library)
    sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[library]
        if loaded is not None:
            sys.modules[library] = loaded

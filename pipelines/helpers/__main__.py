"""``python -m pipelines.helpers ROOT``: batches on the input, findings of each on the output, till the input ends."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.examine import Examined


def main(root: Path) -> None:
    """Examine what is sent; ends with whoever sends it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is our parent's, which closes our input
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    from pipelines.examine import Examiner
    from pipelines.validate import load

    load()
    examiner = Examiner(root, write=True)
    found: list[Examined] = []  # the first answer says that we are ready
    while True:
        pickle.dump(found, answers)
        answers.flush()
        try:
            batch = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        found = examiner.examine(batch, lambda *_: None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""One processor for linear algebra: our matrices are too small to share out.

On a busy machine several threads that wait for each other in every product of two small matrices
take ten times as long as one thread alone.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # carries no types


def one_thread() -> AbstractContextManager[object]:
    """Keep the linear algebra inside a `with` block to one thread.

    Returns
    -------
    context manager
        Gives the threads back at its end.
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits

"""One worker that keeps a result up to date: newer work ends older work, and nothing stale is told."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

log = logging.getLogger("sslint.lsp")

T = TypeVar("T")
R = TypeVar("R")

DELAY = 0.2
"""Seconds without a change after which work begins."""
COLLECT_AFTER = 2.0
COLLECT_EVERY = 10
"""What is garbage goes when nothing has changed for that many seconds, or after so many analyses."""


class Cancelled(BaseException):
    """The work is no longer wanted. No `Exception`, so that nobody takes it for a failure."""


class Token:
    """Tells work that runs in another thread that it is no longer wanted."""

    def __init__(self) -> None:
        self.cancelled = False

    def check(self) -> None:
        """Raise Cancelled if so."""
        if self.cancelled:
            raise Cancelled


class Engine(Generic[T]):
    """Works out a result again after each change, once there was no other for a moment.

    `prepare` is called in the loop and gives the work to do; that runs in a thread, one at a time.
    `done` is told each result that is still current.
    """

    def __init__(
        self, prepare: Callable[[Token], Callable[[], T]], done: Callable[[T], Awaitable[None]], delay: float = DELAY
    ) -> None:
        self._prepare = prepare
        self._done = done
        self._delay = delay
        self._generation = 0
        self._current = -1
        self._uncollected = 0
        self._collection: asyncio.TimerHandle | None = None
        self._touched = 0.0
        self._token = Token()
        self._waiting: list[asyncio.Future[T | None]] = []
        self._changed = asyncio.Event()
        self._worker = ThreadPoolExecutor(1, "sslint-analysis")
        self._task: asyncio.Task[None] | None = None
        self.result: T | None = None
        """The newest one, perhaps of before the latest change."""

    def touch(self) -> None:
        """Something changed."""
        self._generation += 1
        self._token.cancelled = True
        self._touched = asyncio.get_running_loop().time()
        self._changed.set()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def fresh(self) -> T | None:
        """The result for everything that has happened so far; None when it could not be worked out."""
        if self._current == self._generation or not self._generation:
            return self.result
        waiter: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        return await waiter

    async def run(self, work: Callable[[], R]) -> R:
        """Other work in the same thread, behind the analysis that is going on."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def stop(self) -> None:
        """End the work that is going on, and begin no other."""
        self._token.cancelled = True
        if self._task is not None:
            self._task.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._changed.wait()
            await self._settle()
            generation, self._token = self._generation, Token()
            found: T | None = None
            try:
                found = await loop.run_in_executor(self._worker, _guarded(self._prepare(self._token)))
            except Exception:
                log.exception("the analysis failed")
            if generation != self._generation:
                continue
            self.result = found if found is not None else self.result
            self._current = generation
            await self._tell(found)
            self._tidy()

    def _tidy(self) -> None:
        """Collect garbage, which Python does not do while the models are built: soon, or now if there is much."""
        self._uncollected += 1
        if self._collection is not None:
            self._collection.cancel()
        delay = 0.0 if self._uncollected >= COLLECT_EVERY else COLLECT_AFTER
        self._collection = asyncio.get_running_loop().call_later(delay, self._collect)

    def _collect(self) -> None:
        self._uncollected = 0
        gc.collect()

    async def _settle(self) -> None:
        """Wait until nothing has changed for a moment; the first result is wanted at once."""
        loop = asyncio.get_running_loop()
        while self.result is not None and (rest := self._touched + self._delay - loop.time()) > 0:
            await asyncio.sleep(rest)
        self._changed.clear()

    async def _tell(self, found: T | None) -> None:
        waiting, self._waiting = self._waiting, []
        if found is not None:
            try:
                await self._done(found)
            except Exception:
                log.exception("the result could not be told")
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(found)


def _guarded(work: Callable[[], T]) -> Callable[[], T | None]:
    """The work, with nothing as its result where it was cancelled."""

    def run() -> T | None:
        try:
            return work()
        except Cancelled:
            return None

    return run

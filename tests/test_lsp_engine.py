"""The worker behind the server: newer work ends older work, and nothing stale is told."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

from sslint.lsp.engine import Engine, Token

Told = list[int]


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 20))


def counting(told: Told, work: Callable[[int, Token], int]) -> Engine[int]:
    """An engine whose n-th work is given n and a token."""
    numbers = iter(range(100))

    def prepare(token: Token) -> Callable[[], int]:
        number = next(numbers)
        return lambda: work(number, token)

    async def done(result: int) -> None:
        told.append(result)

    return Engine(prepare, done, 0.02)


def test_a_burst_of_changes_is_one_piece_of_work() -> None:
    async def scene() -> None:
        told: Told = []
        engine = counting(told, lambda number, _: number)
        assert await engine.fresh() is None
        engine.touch()
        assert await engine.fresh() == 0
        for _ in range(20):
            engine.touch()
        assert await engine.fresh() == 1
        assert await engine.fresh() == 1
        assert told == [0, 1]
        engine.stop()

    run(scene)


def test_work_that_is_no_longer_wanted_ends_and_is_not_told() -> None:
    async def scene() -> None:
        told: Told = []
        begun = threading.Event()

        def work(number: int, token: Token) -> int:
            while number == 1:
                begun.set()
                token.check()
                time.sleep(0.001)
            return number

        engine = counting(told, work)
        engine.touch()
        await engine.fresh()
        engine.touch()
        waiting = asyncio.create_task(engine.fresh())
        while not begun.is_set():
            await asyncio.sleep(0.01)
        assert engine.result == 0
        engine.touch()
        assert await waiting == 2
        assert told == [0, 2]
        engine.stop()

    run(scene)


def test_work_that_fails_leaves_the_last_result_and_the_next_one_comes() -> None:
    async def scene() -> None:
        told: Told = []

        def work(number: int, _: Token) -> int:
            if number == 1:
                raise RuntimeError("a fault")
            return number

        engine = counting(told, work)
        for wanted in (0, None, 2):
            engine.touch()
            assert await engine.fresh() == wanted
        assert engine.result == 2
        assert told == [0, 2]
        engine.stop()

    run(scene)


def test_other_work_waits_for_its_turn() -> None:
    async def scene() -> None:
        engine = counting([], lambda number, _: number)
        engine.touch()
        assert await engine.run(threading.get_ident) != threading.get_ident()
        assert await engine.fresh() == 0
        engine.stop()

    run(scene)

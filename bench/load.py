"""An open load: so many requests a second, each on a connection of its own, timed from the moment it was due.

A server that falls behind makes the waiting long here, as it would for citizens; nothing waits for the answer before.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

MILLI = 1000.0
STATUS = slice(9, 12)
LIMIT = 30.0


@dataclass(frozen=True)
class Arrived:
    """Milliseconds of each request from when it was due, and how many of each status came back (0: none)."""

    waits: list[float]
    statuses: dict[int, int]
    rate: float

    def quantile(self, percent: int) -> float:
        return statistics.quantiles(self.waits, n=100)[percent - 1]

    def line(self, name: str) -> str:
        told = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        figures = "".join(f"{self.quantile(percent):9.0f}" for percent in (50, 95, 99))
        return f"{name:44}{self.rate:8.0f}{figures}{max(self.waits):9.0f}   {told}"


HEAD = f"{'':44}{'a second':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}   answers"


def send_all(port: int, requests: Sequence[bytes], a_second: float) -> Arrived:
    """Send prepared HTTP requests at an even pace. Answers are read to their end."""
    return asyncio.run(_send_all(port, requests, a_second))


async def _send_all(port: int, requests: Sequence[bytes], a_second: float) -> Arrived:
    start = time.perf_counter() + 0.1
    due = [start + number / a_second for number in range(len(requests))]
    done = await asyncio.gather(*(_send(port, request, at) for request, at in zip(requests, due, strict=True)))
    statuses: dict[int, int] = {}
    for status, _ in done:
        statuses[status] = statuses.get(status, 0) + 1
    took = max(ended for _, ended in done) - start
    return Arrived(
        [(ended - at) * MILLI for (_, ended), at in zip(done, due, strict=True)], statuses, len(requests) / took
    )


async def _send(port: int, request: bytes, at: float) -> tuple[int, float]:
    await asyncio.sleep(max(0.0, at - time.perf_counter()))
    try:
        async with asyncio.timeout(LIMIT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            await writer.drain()
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return 0, time.perf_counter()
    return int(answer[STATUS] or 0), time.perf_counter()

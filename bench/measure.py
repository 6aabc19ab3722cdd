"""Paired timing: the measured thing and its floor in turn, so that a slow moment of the machine hits both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLI = 1000.0
WARM_UP = 20


@dataclass(frozen=True)
class Sample:
    """Milliseconds of each call: on the wall, and of this process's CPU."""

    wall: list[float]
    cpu: list[float]

    def p50(self) -> float:
        return statistics.median(self.wall)

    def p95(self) -> float:
        return statistics.quantiles(self.wall, n=20)[-1]

    def cpu_p50(self) -> float:
        return statistics.median(self.cpu)


@dataclass(frozen=True)
class Pair:
    """A measured thing and its floor."""

    measured: Sample
    floor: Sample

    def wall_ratio(self) -> float:
        """The median of the ratios call by call."""
        return statistics.median(a / b for a, b in zip(self.measured.wall, self.floor.wall, strict=True))

    def cpu_ratio(self) -> float:
        return self.measured.cpu_p50() / self.floor.cpu_p50()


def paired(measured: Callable[[], None], floor: Callable[[], None], rounds: int) -> Pair:
    """Call both in turn, `rounds` times each, after a warm-up."""
    for _ in range(WARM_UP):
        measured()
        floor()
    samples = (Sample([], []), Sample([], []))
    for _ in range(rounds):
        for call, sample in zip((measured, floor), samples, strict=True):
            cpu, wall = time.process_time(), time.perf_counter()
            call()
            sample.wall.append((time.perf_counter() - wall) * MILLI)
            sample.cpu.append((time.process_time() - cpu) * MILLI)
    return Pair(*samples)


HEAD = f"{'':34}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'floor p50':>11}{'floor CPU':>11}{'ratio':>8}{'CPU':>7}"


def line(name: str, pair: Pair) -> str:
    """One row of the report: the thing, its floor, their ratios on the wall and in CPU."""
    m, f = pair.measured, pair.floor
    return (
        f"{name:34}{m.p50():9.2f}{m.p95():9.2f}{m.cpu_p50():9.2f}{f.p50():11.2f}{f.cpu_p50():11.2f}"
        f"{pair.wall_ratio():8.2f}{pair.cpu_ratio():7.2f}"
    )

"""The line on a queue server, a real one: every job once, nobody else's, and nothing lost for long when it is away."""

import pickle
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from threading import Lock

import pytest
from huey import SqliteHuey

from app import jobs
from app.jobs import JOBS, Job, Line

pytestmark = [pytest.mark.queue, pytest.mark.sqlite]
NAME = "tests.count"


@pytest.fixture
def server(tmp_path):
    """A server of our own, on a socket in a folder; gives its address, and what starts and ends it."""

    class Server:
        address = f"unix://{tmp_path / 'redis.sock'}"

        def begin(self):
            given = ["--port", "0", "--unixsocket", str(tmp_path / "redis.sock"), "--save", "", "--dir", str(tmp_path)]
            program = shutil.which("redis-server")
            assert program
            self.process = subprocess.Popen([program, *given], stdout=subprocess.DEVNULL)
            for _ in range(600):
                if (tmp_path / "redis.sock").is_socket():
                    return
                time.sleep(0.05)
            raise AssertionError("it does not start")

        def end(self):
            self.process.terminate()
            self.process.wait()

    made = Server()
    made.begin()
    yield made
    made.end()


@pytest.fixture
def done():
    found, one = list[int](), Lock()

    def count(_house, number):
        with one:
            found.append(number)

    JOBS[NAME] = Job(NAME, count)
    yield found
    del JOBS[NAME]


@pytest.fixture
def line(settings, server):
    return lambda **changes: Line(replace(settings, jobs_at_once=False, queue=server.address, **changes))


def work(line, until):
    """Two workers, in threads of this process, until there is nothing left to do."""
    kept = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    consumers = [
        one.huey().create_consumer(workers=2, periodic=False, initial_delay=0.01, max_delay=0.1) for one in line
    ]
    for consumer in consumers:
        consumer.start()
    for _ in range(600):
        if until():
            break
        time.sleep(0.05)
    for consumer in consumers:
        consumer.stop(graceful=True)
    for one, handler in kept.items():
        signal.signal(one, handler)


def test_every_job_is_done_once_by_whichever_worker(line, done):
    asking = line()
    for number in range(200):
        asking.ask(NAME, number)
    assert asking.huey().pending_count() == 200
    work([line(), line()], lambda: len(done) >= 200)
    assert sorted(done) == list(range(200))
    assert asking.huey().pending_count() == 0


def test_another_installation_on_the_same_server_has_a_line_of_its_own(line, done):
    line().ask(NAME, 7)
    assert line(secret_key="another installation's secret").huey().pending_count() == 0
    assert line().huey().pending_count() == 1


def test_what_somebody_else_put_there_is_not_carried_out(line, done):
    huey = line().huey()
    huey.storage.enqueue(pickle.dumps("not signed by us"))
    line().ask(NAME, 3)
    work([line()], lambda: bool(done))
    assert done == [3]


def test_a_server_that_is_away_costs_nobody_anything_and_is_found_again(line, done, server):
    asking = line()
    asking.ask(NAME, 1)
    server.end()
    asking.ask(NAME, 2)
    server.begin()
    asking.ask(NAME, 3)
    work([line()], lambda: bool(done))
    assert done == [3], "what was lost with the server stands in the tables, where the next round finds it"


def test_by_default_there_is_no_server(settings):
    assert isinstance(jobs._open(replace(settings, jobs_at_once=False, database_url="sqlite:///x")), SqliteHuey)

"""Jobs in the background end whatever happens, keep what a person can fix, and log nothing about anybody."""

import logging
import threading
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from plea.errors import InputError
from plea.web.app_state import AppState
from plea.web.organizer.jobs import THREAD_NAME, Job, Stopped


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppState:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return AppState(tmp_path, 1)


def ended(state: AppState, job: Job[str]) -> Job[str]:
    assert job.ended.wait(10)
    state.wait_for_background_work()
    return job


def test_what_a_person_can_fix_is_kept_for_the_page(state: AppState) -> None:
    def task(_: Job[str]) -> str:
        raise InputError("lock.not_usable", "forms.csv")

    job: Job[str] = Job(state)
    job.start(task)
    error = ended(state, job).error
    assert error
    assert (error.problem.code, error.problem.where) == ("lock.not_usable", "forms.csv")


def test_an_unexpected_error_ends_the_job_and_its_values_are_not_logged(
    state: AppState, caplog: pytest.LogCaptureFixture
) -> None:
    def task(_: Job[str]) -> str:
        raise RuntimeError("Zebulon Quagmire")

    job: Job[str] = Job(state)
    with caplog.at_level(logging.ERROR):
        job.start(task)
        for thread in threading.enumerate():
            if thread.name == THREAD_NAME:
                thread.join(10)
    error = ended(state, job).error
    assert error
    assert error.problem.code == "web.job_failed"
    assert "RuntimeError at test_web_organizer_jobs.py:" in caplog.text
    assert "Zebulon" not in caplog.text


def test_the_program_waits_for_a_job_that_it_has_told_to_stop(state: AppState) -> None:
    started = threading.Event()

    def task(job: Job[str]) -> str:
        started.set()
        while not job.must_stop():
            pass
        raise Stopped

    job: Job[str] = Job(state)
    job.start(task)
    assert started.wait(10)
    assert state.idle_seconds() == 0
    state.closing.set()
    assert (ended(state, job).result, job.error) == (None, None)

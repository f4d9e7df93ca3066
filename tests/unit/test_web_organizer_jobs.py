"""Work in the background: it ends whatever happens, says what a person can mend, and logs nothing of anybody."""

import logging
import threading
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from plea.errors import InputError
from plea.web.app_state import AppState
from plea.web.organizer.jobs import Halted, Work, begin, stopping


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppState:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return AppState(tmp_path, 1)


def done(state: AppState, work: Work[str]) -> Work[str]:
    assert work.ended.wait(10)
    state.wait_for_background_work()
    return work


def test_what_a_person_can_mend_is_kept_for_the_page(state: AppState) -> None:
    def task(_: Work[str]) -> str:
        raise InputError("forms.csv: is empty")

    work: Work[str] = Work()
    begin(state, work, task)
    assert str(done(state, work).error) == "forms.csv: is empty"


def test_an_error_of_ours_ends_the_work_and_its_values_stay_out_of_the_log(
    state: AppState, caplog: pytest.LogCaptureFixture
) -> None:
    def task(_: Work[str]) -> str:
        raise RuntimeError("Zebulon Quagmire")

    work: Work[str] = Work()
    with caplog.at_level(logging.ERROR):
        begin(state, work, task)
        for thread in threading.enumerate():
            if thread.name == "plea work":
                thread.join(10)
    assert "went wrong in the program" in str(done(state, work).error)
    assert "RuntimeError at test_web_organiser_work.py:" in caplog.text
    assert "Zebulon" not in caplog.text


def test_a_page_that_closes_waits_for_work_that_it_has_told_to_stop(state: AppState) -> None:
    seen = threading.Event()

    def task(own: Work[str]) -> str:
        seen.set()
        while not stopping(state, own)():
            pass
        raise Halted

    work: Work[str] = Work()
    begin(state, work, task)
    assert seen.wait(10)
    assert state.idle_seconds() == 0
    state.closing.set()
    assert (done(state, work).result, work.error) == (None, None)

"""What no visitor can bring about from outside: an error in the program itself, and errors that no view shows."""

import logging
import re
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from plea.errors import InputError, MachineError
from plea.web import site
from plea.web.app_state import AppState

CANARY = "Canary Street 7"


@pytest.fixture
def state(tmp_path: Path) -> AppState:
    return AppState(tmp_path, 4321)


def visit(state: AppState, error: Exception, caplog: pytest.LogCaptureFixture) -> tuple[int, str, str]:
    """Status, page and log of a view that fails."""
    app = site.create_app(state)

    @app.get("/fails")
    def fails() -> str:
        raise error

    client = app.test_client()
    client.set_cookie(state.cookie_name, state.cookie, domain="127.0.0.1")
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/fails?street=canary", base_url=f"http://127.0.0.1:{state.port}")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text, caplog.text


def test_an_error_of_the_program_says_nothing_of_the_person(state: AppState, caplog: pytest.LogCaptureFixture) -> None:
    status, page, log = visit(state, ValueError(f"no such house: {CANARY}"), caplog)
    assert status == 500
    assert "Something went wrong in the program" in page
    assert "Traceback" not in page + log
    assert "anary" not in page + log
    assert re.search(r"ValueError at test_web_site\.py:\d+ .*\(fails\)", log)


@pytest.mark.parametrize(
    ("error", "expected", "shown"),
    [
        (InputError("toml.not_valid", "a.toml", reason="<b>"), 400, "a.toml: is not valid TOML: &lt;b&gt;."),
        (MachineError("folder.is_a_file", "/x/<i>"), 500, "/x/&lt;i&gt;: is not a folder."),
        (OSError(28, "No space left on device", "/x"), 500, "/x: No space left on device."),
    ],
)
def test_an_error_that_no_view_shows_at_a_field_has_a_page_of_its_own(
    state: AppState, caplog: pytest.LogCaptureFixture, error: Exception, expected: int, shown: str
) -> None:
    status, page, log = visit(state, error, caplog)
    assert status == expected
    assert shown in page
    assert "That did not work" in page
    assert log == ""

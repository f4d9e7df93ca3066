"""The front page, and what belongs to no step: the language, forgetting, stopping, and what a second start asks."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from plea.errors import PleaError
from plea.supporters.person import forget, remembered
from plea.web.app_state import app_state, prove
from plea.web.language import COOKIE, LANGUAGES

WAYS = ("letter", "campaign")
"""The parts of the page, by the name of their blueprint, which is also where they begin: `/letter/`."""
YEAR = 365 * 24 * 3600

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def front() -> str:
    """Two ways in."""
    name, trouble = "", None
    try:
        name = remembered().get("name", "")
    except PleaError as error:  # a damaged file is no reason to keep the person out
        trouble = error.message, error.hint
    return render_template(
        "front.html.j2",
        name=name,
        trouble=trouble,
        languages=LANGUAGES,
        folder=app_state().folder,
        ways=WAYS,
    )


@blueprint.post("/language")
def choose_language() -> Response:
    """Keep the language the reader chose."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    answer = redirect(url_for("front.front"), 303)
    answer.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Strict")
    return answer  # type: ignore[return-value]


@blueprint.post("/forget")
def forget_person() -> Response:
    """Delete what is remembered of the person."""
    forget()
    return redirect(url_for("front.front"), 303)  # type: ignore[return-value]


@blueprint.post("/stop")
def stop() -> str:
    """Say good-bye and close."""
    app_state().closing.set()
    return render_template("stopped.html.j2")


@blueprint.get("/here")
def here() -> Response:
    """Prove to a second start that this is the page whose token it has read, without the token being sent."""
    asked = request.args.get("ask", "")
    return Response(prove(app_state().token, asked), mimetype="text/plain")


@blueprint.post("/ticket")
def ticket() -> Response:
    """A fresh address for a second start's browser."""
    return Response(app_state().new_ticket(), mimetype="text/plain")


WITHOUT_COOKIE = frozenset({"front.here", "static"})
"""Nothing of the person's is there."""
WITH_TOKEN = frozenset({"front.stop", "front.ticket"})
"""What a second `plea web` may ask for."""

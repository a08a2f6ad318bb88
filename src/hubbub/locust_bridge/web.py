"""Locust's page with ours in it: the Conversations tab, the Behaviour page, and a guard before all of it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import msgspec
from flask import Blueprint, Flask, Response, make_response, redirect, request
from locust.argument_parser import ui_extra_args_dict
from locust.env import Environment
from msgspec.structs import asdict

from hubbub.errors import UsageError
from hubbub.locust_bridge import table
from hubbub.locust_bridge.director import Director
from hubbub.locust_bridge.guard import COOKIE, Guard
from hubbub.locust_bridge.web_server import BODY_BYTES, bound_pages
from hubbub.locust_bridge.wishes import FIELDS, Wishes, mix_words, read_wishes, shown_host, wanted
from hubbub.reports.plain import plain

_PAGES = files("hubbub.locust_bridge").joinpath("pages")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OURS = {"behaviour": "text/html", "behaviour.js": "text/javascript", "pages.css": "text/css", "login": "text/html"}
_FILES = ("summary.json", "verdict.json", "summary.md", "junit.xml", "report.html")
_LOCUSTS_FIELDS = frozenset({"user_count", "spawn_rate", "host", "run_time", "user_classes", "shape_class", "profile"})
_OF_A_USER = frozenset({"user_class_name", "host", "weight", "fixed_count", "tasks"})
_FIXED = ("seed", "duration", "speed")
_OPEN_TO_ALL = frozenset({"/hubbub/login", "/hubbub/pages.css"})
_LOCUSTS_OWN = "/assets/"  # its scripts and pictures, which are public


class Pages:
    """Everything that is served beside Locust's own."""

    def __init__(self, environment: Environment, director: Director, guard: Guard, results: Path) -> None:
        web_ui = environment.web_ui
        assert web_ui is not None, "there is a page"
        self._environment = environment
        self._options = cast(Any, environment.parsed_options)
        self._director = director
        self._guard = guard
        self._results = results
        self._base = str(self._options.web_base_path or "").rstrip("/")
        self._shown = set(
            ui_extra_args_dict()
        )  # an option that the page does not show, such as --results, is not its to set
        self._first_shown = {name: getattr(self._options, name) for name in FIELDS}
        app = cast(Flask, web_ui.app)
        app.debug = False
        app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
        self._admit = bound_pages()
        app.before_request(self._before)
        app.after_request_funcs.setdefault(None, []).insert(0, self._after)  # the last to run, after flask-cors
        app.register_blueprint(self._blueprint())
        web_ui.template_args["extended_tabs"] = [{"title": table.TITLE, "key": table.KEY}]
        columns = [{"key": key, "title": title} for key, title in table.COLUMNS]
        web_ui.template_args["extended_tables"] = [{"key": table.KEY, "structure": columns}]
        web_ui.template_args["extended_csv_files"] = [
            {"href": f"{self._base}/hubbub/files/{name}", "title": f"Hubbub: {name} of the last run"} for name in _FILES
        ]

    def _blueprint(self) -> Blueprint:
        pages = Blueprint("hubbub", __name__, url_prefix=f"{self._base}/hubbub")
        for name in _OURS:
            pages.add_url_rule(f"/{name}", name.replace(".", "_"), self._page, defaults={"name": name})
        pages.add_url_rule("/login", "log_in", self._log_in, methods=["POST"])
        pages.add_url_rule("/state", "state", self._state)
        pages.add_url_rule("/stories/<int:number>", "story", self._story)
        pages.add_url_rule("/load", "load", self._load, methods=["POST"])
        pages.add_url_rule("/files/<name>", "file", self._file)
        return pages

    # -- before and after every request --------------------------------------------------------------------------

    def _before(self) -> Response | None:
        refusal = self._guard.refusal(request.method, dict(request.headers))
        if refusal:
            return make_response(refusal, 403)
        path = request.path.removeprefix(self._base)
        if not (path in _OPEN_TO_ALL or path.startswith(_LOCUSTS_OWN)) and not self._knows():
            return self._send_to_login(path)
        if self._knows():
            self._admit()
        if request.method == "POST":
            problem = self._problem(path)
            if problem:
                return _answer({"success": False, "message": problem, "host": self._environment.host})
        return None

    def _knows(self) -> bool:
        return self._guard.knows(request.headers.get("Authorization", ""), request.cookies.get(COOKIE, ""))

    def _send_to_login(self, path: str) -> Response:
        if request.method == "GET" and path == "/":
            return cast(Response, redirect(f"{self._base}/hubbub/login"))
        return make_response("log in first: a token is needed", 401)

    def _problem(self, path: str) -> str:
        """Why a request to change something is refused, though it comes from the page; empty when it is not."""
        if path == "/user":
            return self._problem_of_user()
        if path != "/swarm":
            return ""
        unknown = request.form.keys() - _LOCUSTS_FIELDS - self._shown
        if unknown:
            return plain(f"{min(unknown)[:64]} is not a field of this page")
        if request.form.get("host", "") not in ("", self._host()):
            return "the host is the workload's to say: change `agent: url:` in its file"
        try:
            wishes = read_wishes({name: request.form.get(name) for name in FIELDS})
            wanted(self._director.loaded, wishes)
        except UsageError as error:
            return plain(str(error))
        return self._edit(wishes) if self._director.busy else ""

    def _problem_of_user(self) -> str:
        """Classes of users may be weighed, never pointed elsewhere."""
        settings = request.get_json(force=True, silent=True)
        if not isinstance(settings, dict) or settings.keys() - _OF_A_USER:
            return "not a setting of this page"
        return "" if settings.get("host", "") in ("", None, self._host()) else "hosts are the workload's to say"

    def _edit(self, wishes: Wishes) -> str:
        """What a run that is under way can take on: another rate, another mix, another number of users."""
        for name in _FIXED:
            value = request.form.get(name)
            if value is not None and not self._same(name, value):
                return f"{name} is what makes a run what it is: stop it and start another to change it"
        mix = {} if self._same("mix", request.form.get("mix", "")) else wishes.mix
        return plain(self._director.revise(wishes.arrival_rate, mix)) if wishes.arrival_rate or mix else ""

    def _same(self, name: str, value: str) -> bool:
        """Whether a field is as the run has it, or as the page shows it before anyone has touched it."""
        return any(value == str(known) or _number(value) == _number(known) for known in self._known(name))

    def _known(self, name: str) -> tuple[object, object]:
        return self._first_shown[name], getattr(self._options, name)

    def _host(self) -> str:
        return str(self._environment.host or shown_host(self._director.loaded))

    def _after(self, response: Response) -> Response:
        """No site may read what is here, frame it or guess at types; and our table goes with Locust's."""
        response.headers.pop("Access-Control-Allow-Origin", None)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        path = request.path.removeprefix(self._base)
        if response.status_code == 200 and path == "/stats/requests":
            report = json.loads(response.get_data())
            report["extended_stats"] = [{"key": table.KEY, "data": table.rows(self._director.show)}]
            response.set_data(json.dumps(report))
        elif response.status_code == 200 and path == "/" and request.method == "GET":
            link = f'<a id="hubbub-behaviour" href="{self._base}/hubbub/behaviour" target="_blank" rel="noopener">'
            bar = f'<nav class="hubbub-bar">{link}Behaviour</a></nav>'
            style = f'<link rel="stylesheet" href="{self._base}/hubbub/pages.css">'
            text = response.get_data(as_text=True)
            response.set_data(text.replace("</head>", style + "</head>").replace("<body>", "<body>" + bar))
        return response

    # -- pages ---------------------------------------------------------------------------------------------------

    def _page(self, name: str) -> Response:
        file = name if "." in name else f"{name}.html"
        response = make_response(_PAGES.joinpath(file).read_bytes())
        response.headers["Content-Type"] = f"{_OURS[name]}; charset=utf-8"
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    def _log_in(self) -> Response:
        session = self._guard.log_in(request.form.get("token", ""))
        if session is None:
            return make_response("that is not the token", 403)
        response = cast(Response, redirect(f"{self._base}/"))
        secure = bool(self._options.tls_cert)
        response.set_cookie(COOKIE, session, httponly=True, samesite="Strict", secure=secure, path=self._base or "/")
        return response

    def _state(self) -> Response:
        show = self._director.show
        if show is None:
            return _answer({"run": "", "busy": self._director.busy, "problem": plain(self._director.problem)})
        stories = [
            {"number": s.number, "persona": s.persona, "ending": s.ending, "checks": [f[0] for f in s.findings]}
            for s in show.stories
        ]
        live = show.board.live
        return _answer(
            {
                "run": show.run_id,
                "busy": self._director.busy,
                "problem": plain(self._director.problem),
                "rate": self._director.rate,
                "mix": mix_words(self._director.mix),
                "verdict": show.verdict,
                "lost": show.lost,
                "open": live.open,
                "ended": live.ended,
                "turns": live.turns,
                "frames": [asdict(frame) for frame in show.frames],
                "stories": stories[::-1],
            }
        )

    def _story(self, number: int) -> Response:
        show = self._director.show
        story = next((s for s in (show.stories if show else ()) if s.number == number), None)
        return make_response("no such conversation", 404) if story is None else _answer(msgspec.to_builtins(story))

    def _load(self) -> Response:
        """Another rate, or another mix, for the run that is under way."""
        try:
            wishes = read_wishes({name: request.form.get(name) for name in ("arrival_rate", "mix")})
        except UsageError as error:
            return _answer({"success": False, "message": plain(str(error))})
        if wishes.arrival_rate is None and not wishes.mix:
            return _answer({"success": False, "message": "a rate or a mix is needed"})
        problem = self._director.revise(wishes.arrival_rate, wishes.mix)
        return _answer({"success": not problem, "message": plain(problem) or "holds from 2 s from now on"})

    def _file(self, name: str) -> Response:
        show = self._director.show
        path = self._results / (show.run_id if show else "") / name
        if show is None or name not in _FILES or not path.is_file():
            return make_response("there is no such file of a finished run", 404)
        response = make_response(path.read_bytes())
        response.headers["Content-Type"] = "application/octet-stream"
        response.headers["Content-Disposition"] = f'attachment; filename="{show.run_id}-{name}"'
        return response


def _number(value: object) -> float | str:
    try:
        return float(str(value))
    except ValueError:
        return str(value)


def _answer(value: object) -> Response:
    response = make_response(json.dumps(value))
    response.headers["Content-Type"] = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response

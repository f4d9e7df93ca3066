"""Templates that try to get out, to read what is not theirs, or to eat time and memory: stopped and named."""

import time
from pathlib import Path

import pytest

from conftest import Plea
from own_packs import ASK, ASK_FILE, make_pack, with_detail, write_with
from plea import language
from plea.errors import InputError
from plea.system.limited import LimitExceeded

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ (1).__class__ }}",
    "{{ [supporter]|map(attribute='__class__')|list }}",
    "{{ [supporter]|map('attr', '__class__')|list }}",
    "{{ '{0.__class__}'.format(supporter) }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ ('{0.__class__}'|string).format(1) }}",
    "{{ (['{0.__class__}'.format]|first)(1) }}",
    "{{ '%s'.__mod__(1) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum(1) }}",
    "{{ cycler('a').next() }}",
    "{{ joiner()() }}ok",
    "{{ namespace.__init__.__globals__ }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ range.__class__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ fact.__self__._facts }}",
    "{{ fact.__func__.__globals__ }}",
    "{{ is_current.__globals__ }}",
    "{{ official.sits_on.__globals__ }}",
    "{{ official.sits_on.__closure__ }}",
    "{{ supporter._values }}",
    "{{ supporter.__getattr__ }}",
    "{{ supporter.story._value }}",
    "{{ supporter.name.encode('utf-8') }}",
    "{{ supporter.name.translate({983040: 'x'}) }}",
    "{{ reasons.append('x') }}",
    "{% set x = {} %}{{ x.update({'a': 1}) }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% for x in (y for y in [1]) %}{% endfor %}",
    "{{ config }}{{ request }}",
    "{% do reasons.clear() %}",
    "{{ supporter.name|tojson }}",
    "{{ supporter.name|urlencode }}",
    "{{ {'a': supporter.name}|xmlattr }}",
    "{{ supporter.name|pprint }}",
    "{{ [1, 2]|random }}",
    "{% include '../ask.toml' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'a/../../x' %}",
    "{% include '..\\\\ask.toml' %}",
    "{% include 'plea/../README.md' %}",
    "{% include 'plea//etc/passwd' %}",
    "{% include 'link.md.j2' %}",
    "{% include 'folder/passwd' %}",
    "{% include ['../gone', '/etc/passwd'] %}",
    "{% include '../gone' ignore missing %}",
    "{% import '../x' as x %}",
    "{% from '/etc/passwd' import x %}",
    "{% include official.role ~ '/../../../x' %}",
]


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_is_refused_and_named(tmp_path: Path, escape: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"ok\n{escape}"))
    folder = pack / "asks" / ASK
    (folder / "link.md.j2").symlink_to("/etc/passwd")
    (folder / "folder").symlink_to("/etc")
    with pytest.raises(InputError) as caught:
        write_with(pack, story="CANARY", name="CANARY", in_process=True)
    (problem,) = caught.value.problems
    assert problem.where == f"{folder}/letter.md.j2:11"
    assert "root:" not in language.what(problem)
    assert "CANARY" not in language.what(problem) + language.hint(problem)


MEMORY = [
    "{{ 'a' * 10**9 }}",  # a constant, which Jinja folds while it compiles
    "{{ ('a' * 10**9)|length }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ 'a'|center(2 * 10**9) }}",
    "{{ 'a'|indent(10**9) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '{:>2000000000}'.format('a') }}",
    "{{ range(100000)|join('x' * 100000) }}",
    "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
]
TIME = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}",
    "{{ 7 ** (7 ** 9) }}",
    "{% macro f() %}{% for i in range(9) %}{{ f() }}{% endfor %}{% endmacro %}{{ f() }}",
]
ENDLESS = [
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "-" * 50000 + "1 }}",
    "{{ '[' * 200000 }}",
    "{% for i in range(100000) %}a page of words and then another {% endfor %}",
]


@pytest.mark.parametrize("bomb", MEMORY)
def test_a_template_that_eats_memory_is_stopped_at_its_line(tmp_path: Path, bomb: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"ok\n{bomb}"))
    started = time.monotonic()
    with pytest.raises(LimitExceeded) as caught:
        write_with(pack)
    assert caught.value.problem.code == "limit.memory"
    assert caught.value.problem.where == f"{pack}/asks/{ASK}/letter.md.j2:11"
    assert time.monotonic() - started < 12  # 3 s of its own, and a machine that is busy


@pytest.mark.parametrize("bomb", TIME)
def test_a_template_that_eats_time_is_stopped_and_named(tmp_path: Path, bomb: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"ok\n{bomb}"))
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        write_with(pack)
    assert caught.value.problem.where.startswith(f"{pack}/asks/{ASK}/letter.md.j2:")
    assert time.monotonic() - started < 12


@pytest.mark.parametrize("bomb", ENDLESS)
def test_a_template_without_end_is_named(tmp_path: Path, bomb: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"ok\n{bomb}"))
    with pytest.raises(InputError) as caught:
        write_with(pack)
    assert caught.value.problem.where.startswith(f"{pack}/asks/{ASK}/letter.md.j2:")


def test_a_reason_that_runs_wild_is_named_by_its_line_of_the_ask_file(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, ask=ASK_FILE.replace("Trees hold", "{{ 'a' * 10**9 }}"))
    with pytest.raises(LimitExceeded) as caught:
        write_with(pack)
    assert caught.value.problem.where == f"{pack}/asks/{ASK}/ask.toml:26"


@pytest.mark.parametrize("bomb", [MEMORY[0], TIME[0], ESCAPES[1]])
def test_checking_a_hostile_pack_says_so_and_ends(plea: Plea, tmp_path: Path, bomb: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(f"ok\n{bomb}"))
    done = plea("asks", "check", pack, "--on", "2026-11-22")
    assert done.returncode == 1
    (found,) = done.stdout.splitlines()
    # a machine so busy that the child is stopped from outside cannot say the line
    assert found.startswith((f"{pack}/asks/{ASK}/letter.md.j2:11: ", f"{pack}/asks/{ASK}/letter.md.j2:1: took"))
    assert "Traceback" not in done.stdout + done.stderr


def test_showing_a_hostile_pack_says_so_and_ends(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, ask=ASK_FILE.replace("Trees hold", "{{ 'a' * 10**9 }}"))
    done = plea("asks", "show", ASK, "--pack", pack, "--date", "2026-11-22")
    assert done.returncode == 1
    assert f"{pack}/asks/{ASK}/ask.toml:26: took more than 512 MiB" in done.stderr
    assert done.stderr.count("\n") == 2


def test_an_ask_that_is_a_link_out_of_its_pack_is_refused(plea: Plea, tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (pack / "asks" / ASK).rename(tmp_path / "elsewhere" / ASK)
    (pack / "asks" / ASK).symlink_to(tmp_path / "elsewhere" / ASK)
    done = plea("asks", "check", pack)
    assert done.returncode == 1
    assert "leads outside the pack" in done.stdout + done.stderr

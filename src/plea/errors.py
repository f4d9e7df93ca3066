"""What can go wrong, as exceptions that carry problems and never print them.

    PleaError
    ├── InputError      the user can fix the input: a file, a value, a template     exit 1
    ├── UsageError      the command itself is wrong                                 exit 2
    └── MachineError    disk, network, a missing extra                              exit 4

A bad row of a table is not among them: it is a value (`plea.problems.Problem`).
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from plea.problems import Problem, Value


class PleaError(Exception):
    """Something that cannot go on, with every problem that stopped it.

    Raised with a code, a place and values (`InputError("pack.no_asks", str(folder))`), with one Problem, or with many.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: str | Problem | Sequence[Problem], where: str = "", /, **values: Value) -> None:
        if isinstance(problem, Problem):
            self.problems: tuple[Problem, ...] = (problem,)
        elif isinstance(problem, str):
            self.problems = (Problem(problem, where, **values),)
        else:
            self.problems = tuple(problem)
        super().__init__(*(f"{each.code} {each.where} {dict(each.values)}" for each in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.problems, self.__dict__)

    @property
    def problem(self) -> Problem:
        """The first of the problems."""
        return self.problems[0]


def _again(kind: type[PleaError], problems: tuple[Problem, ...], state: dict[str, Any]) -> PleaError:
    """An error that comes from another process."""
    error = kind.__new__(kind)
    PleaError.__init__(error, problems)
    error.__dict__.update(state)
    return error


class InputError(PleaError):
    """Something the user can fix: a file, a value, a template."""

    exit_code = 1


class UsageError(PleaError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = 2


class MachineError(PleaError):
    """The machine could not do it: disk, network, printer, a part not installed."""

    exit_code = 4

    @classmethod
    def from_system(cls, error: OSError) -> Self:
        """The error of the operating system, with its file and reason, where no code is more specific."""
        return cls("system.refused", str(error.filename or ""), reason=error.strerror or type(error).__name__)

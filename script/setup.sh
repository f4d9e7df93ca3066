# Sourced by the scripts beside it: makes .venv and installs the project with what its checks need.
# Afterwards $venv is the environment and say prints a line.

venv="$PWD/.venv"

say() { printf '%s\n' "$*"; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "plea needs Python 3.11 or later with venv (Debian: apt-get install python3 python3-venv)." >&2
    return 1
}

# A stamp of what was asked for, so that a second run installs nothing.
stamp="$(cat pyproject.toml constraints.txt | cksum) $PWD ${PLEA_EXTRAS:-dev}"
if [ "$(cat "$venv/.plea-stamp" 2>/dev/null)" != "$stamp" ]; then
    python="$(find_python)"
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
    say "Installing plea and what it needs (a minute or so)"
    if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".[${PLEA_EXTRAS:-dev}]" 2>"$venv/pip.log"; then
        cat "$venv/pip.log" >&2
        say "The installation failed; the lines above say why." >&2
        exit 4
    fi
    printf '%s' "$stamp" >"$venv/.plea-stamp"
fi
unset stamp

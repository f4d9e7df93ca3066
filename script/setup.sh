# Sourced by the scripts beside it, from the project's root: makes .venv and installs the project into it.
# extras="dev bench" before sourcing asks for extras; what is there already is kept, so the scripts share one .venv.
# Afterwards $venv is the environment, say prints a line, and need finds or installs what a check uses.

venv="$PWD/.venv"

say() { printf '%s\n' "$*"; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "plea needs Python 3.11 or later with venv. On Debian: apt-get install python3 python3-venv" >&2
    return 1
}

# install_package PACKAGE: true if it could be installed (as root on Debian).
install_package() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "  installing $1"
    if [ -z "${apt_is_updated:-}" ]; then
        apt-get -qq update >/dev/null 2>&1 || return 1
        apt_is_updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes "$1" >/dev/null 2>&1
}

# missing WHAT HOW: says that tests will skip; in CI nothing may skip, so the script ends.
missing() {
    if [ -n "${CI:-}" ]; then
        say "  $1 is not here and could not be installed ($2)" >&2
        exit 1
    fi
    say "  $1 is not here ($2): the tests that use it skip"
}

# need NAME PACKAGE PROBE...: finds what tests use, or installs it; the probe is a command that succeeds when it is there.
need() {
    local name="$1" package="$2"
    shift 2
    "$@" || { install_package "$package" && "$@"; } || missing "$name" "Debian: apt-get install $package"
}

has_program() { command -v "$1" >/dev/null; }

# has_font FAMILY: asks the typesetter that will use it.
has_font() {
    "$venv/bin/python" -c 'import sys, typst; sys.exit(sys.argv[1] not in {font.family for font in typst.Fonts().fonts()})' "$1"
}

# has_driver: whether Playwright can start the program that drives the browser.
has_driver() { "$venv/bin/python" -m playwright --version >/dev/null 2>&1; }

# need_axe: the accessibility checker that browser tests load into the page; it is no part of the project.
need_axe() {
    local folder="$venv/axe-core" wanted=axe-core@4.14.1
    [ -e "$folder/axe.min.js" ] && return
    mkdir -p "$folder"
    if npm pack --silent --pack-destination "$folder" "$wanted" >/dev/null 2>&1 &&
        tar -xzf "$folder"/axe-core-*.tgz -C "$folder" --strip-components=1 package/axe.min.js package/LICENSE; then
        rm "$folder"/axe-core-*.tgz
    else
        missing "$wanted" "npm pack $wanted"
    fi
}

install_project() {
    local wanted installed stamp python chosen
    stamp="$(cat pyproject.toml constraints.txt | cksum) $PWD"
    installed=""
    if [ "$(sed -n 1p "$venv/.plea-stamp" 2>/dev/null)" = "$stamp" ] && "$venv/bin/python" -c '' 2>/dev/null; then
        installed="$(sed -n 2p "$venv/.plea-stamp")"
    else
        python="$(find_python)" || exit 4
        say "Making .venv with $("$python" --version)"
        "$python" -m venv --clear "$venv"
    fi
    wanted="$(printf '%s\n' 0 ${extras:-} $installed | LC_ALL=C sort -u | paste -sd, -)"
    # 0 stands for the project alone and always comes first.
    [ "$wanted" = "$(printf '%s' "$installed" | tr ' ' ,)" ] && return
    chosen="${wanted#0}"
    say "Installing plea into .venv (a minute or so)"
    if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
        --editable ".${chosen:+[${chosen#,}]}" >"$venv/pip.log" 2>&1; then
        cat "$venv/pip.log" >&2
        say "The installation failed; the lines above say why." >&2
        exit 4
    fi
    printf '%s\n%s\n' "$stamp" "$(printf '%s' "$wanted" | tr , ' ')" >"$venv/.plea-stamp"
}

install_project

# The installation compiled the message catalogs; one that was edited since is compiled again.
for catalog in src/plea/locale/*/LC_MESSAGES/plea.po; do
    if [ "$catalog" -nt "${catalog%.po}.mo" ] && [ -x "$venv/bin/pybabel" ]; then
        "$venv/bin/pybabel" --quiet compile --domain plea --directory src/plea/locale
    fi
done

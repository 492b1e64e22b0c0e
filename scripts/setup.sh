#!/bin/sh
# Makes .venv with `tertulia` in it, from the locks alone: by uv where it is there, else by venv and pip.
# Usage: setup.sh run|test|bench    (test = run plus what the tests need; bench = test plus what we are measured
# against). PYTHON names an interpreter to use.
# The project itself is built last, without isolation, by the hatchling that the locks name: nothing comes unhashed.
set -eu
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH

purpose=$1
python=.venv/bin/python
case $purpose in
    run) requirements=requirements.txt groups="--no-default-groups --group build" ;;
    test) requirements=requirements-dev.txt groups="" ;;
    bench) requirements=requirements-bench.txt groups="--group bench" ;;
    *) echo "usage: setup.sh run|test|bench" >&2; exit 2 ;;
esac

say() { echo "tertulia: $*" >&2; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Prints the first Python that runs and is recent enough: a name on the PATH may be a shim that does not run.
find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if recent "$candidate"; then echo "$candidate"; return; fi
    done
    say "Python 3.11 or newer is needed, and none was found (looked for: ${PYTHON:-python3.13, 3.12, 3.11, python3})."
    say "Install one from your system's packages or python.org, or name yours: make $purpose PYTHON=/path/to/python"
    return 1
}

# Caches are kept under HOME; where there is no HOME to write to, uv's goes into the project and pip does without.
choose_cache() {
    if ! [ -d "${HOME:-}" ] || ! [ -w "$HOME" ]; then
        export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/.cache/uv}" UV_PYTHON_INSTALL_DIR="$PWD/.cache/python"
        export PIP_NO_CACHE_DIR=1
    fi
}

with_uv() {
    command -v uv >/dev/null || return 1
    export UV_PROJECT_ENVIRONMENT="$PWD/.venv" UV_PYTHON_DOWNLOADS=never
    [ -x $python ] || uv venv --quiet --python "$interpreter" .venv || return 1
    # shellcheck disable=SC2086  # because groups is a list of words
    uv sync --quiet --frozen --inexact --no-install-project --python $python --extra import --extra charts $groups &&
        uv pip install --quiet --python $python --no-deps --no-build-isolation --editable .
}

with_pip() {
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
    if ! [ -x $python ] && ! "$interpreter" -m venv .venv; then
        rm -rf .venv
        say "$interpreter has no working venv module. On Debian and Ubuntu: apt-get install python3-venv"
        return 1
    fi
    $python -m pip --version >/dev/null 2>&1 || $python -m ensurepip >/dev/null || return 1
    $python -m pip install -qq --no-compile --require-hashes --requirement $requirements &&
        $python -m pip install -qq --no-deps --no-build-isolation --editable .
}

# Scripts in an environment carry the path it was made at, so one that was copied or moved is made anew.
[ -e .venv/.made-at ] && [ "$(cat .venv/.made-at)" != "$PWD" ] && rm -rf .venv
[ -e $python ] && ! recent $python && rm -rf .venv

interpreter=$(find_python) || exit 1
choose_cache
say "setting up .venv (once; a few seconds with uv, about a minute with pip)"
if ! with_uv; then
    if command -v uv >/dev/null; then say "uv could not do it; trying pip instead"; fi
    with_pip || { say "set-up failed; what failed stands above. Once it is mended, run the same command again."; exit 1; }
fi

echo "$PWD" > .venv/.made-at
touch .venv/.ready-run
[ "$purpose" = run ] || touch .venv/.ready-test
[ "$purpose" = bench ] && touch .venv/.ready-bench
exit 0

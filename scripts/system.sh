#!/bin/sh
# See to a system library or program: system.sh pango|chromium PYTHON
# Installs it where a package manager and the right to use it are at hand; else says what to do.
set -eu
wanted=$1
python=$2

present() {
    case $wanted in
    pango) "$python" -c 'import weasyprint' >/dev/null 2>&1 ;;
    chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        command -v google-chrome >/dev/null ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

install() {
    if command -v apt-get >/dev/null; then
        case $wanted in
        pango) packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
        *) packages=chromium ;;
        esac
        as_root apt-get update -qq &&
            # shellcheck disable=SC2086
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
    elif command -v dnf >/dev/null; then
        as_root dnf install -y -q "$wanted"
    elif command -v apk >/dev/null; then
        as_root apk add -q "$wanted"
    elif command -v brew >/dev/null && [ "$wanted" = pango ]; then
        brew install --quiet pango
    else
        return 1
    fi
}

if present; then
    exit 0
fi
if install >/dev/null && present; then
    echo "installed $wanted"
    exit 0
fi
case $wanted in
pango) echo "Pango is missing: the PDF cannot be drawn. Install it; carbonlabel doctor says how." ;;
chromium) echo "no Chromium was found: tests in a browser will be skipped" ;;
esac
# In CI nothing may be skipped.
[ -z "${CI:-}" ]

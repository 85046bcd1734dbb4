"""I know how to get Pango, the library that sets the PDF's text, on this machine."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian and its children call Pango and what it needs beside it."""

_OTHERWISE: Final = (
    "install Pango: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
)
_OS_RELEASE: Final = (Path("/etc/os-release"), Path("/usr/lib/os-release"))
_COMMANDS: Final = {
    "debian": f"apt-get install {PACKAGES}",
    "ubuntu": f"apt-get install {PACKAGES}",
    "fedora": "dnf install pango",
    "rhel": "dnf install pango",
    "centos": "dnf install pango",
    "alpine": "apk add pango",
    "arch": "pacman -S pango",
    "suse": "zypper install pango",
    "opensuse": "zypper install pango",
}


@cache
def advice() -> str:
    """The command that installs Pango here, or where to read how; looks at the system's name."""
    if sys.platform == "darwin":
        return "brew install pango"
    return command(_os_release()) if sys.platform == "linux" else _OTHERWISE


def command(os_release: str) -> str:
    r"""The command for the system that the text of `/etc/os-release` describes.

    >>> command('ID=linuxmint\nID_LIKE="ubuntu debian"')
    'apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0'
    """
    named = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    families = f"{_unquoted(named, 'ID')} {_unquoted(named, 'ID_LIKE')}".split()
    known = (_COMMANDS[family] for family in families if family in _COMMANDS)
    return next(known, _OTHERWISE)


def _unquoted(named: dict[str, str], key: str) -> str:
    return named.get(key, "").strip().strip("\"'")


def _os_release() -> str:
    file = next((each for each in _OS_RELEASE if each.is_file()), None)
    return file.read_text("utf-8", "replace") if file else ""

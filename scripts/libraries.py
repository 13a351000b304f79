"""The system libraries that WeasyPrint loads: found, or installed, or named in a sentence."""

from __future__ import annotations

import ctypes

from terminal import Stop, can_install, install_packages

NEEDED = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing() -> list[str]:
    """Debian's names of the packages whose library cannot be loaded."""
    packages = []
    for library, package in NEEDED.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def ensure() -> None:
    """Have every library. Raises Stop with the packages to install when that takes root."""
    packages = missing()
    if packages and can_install():
        install_packages(*packages)
        packages = missing()
    if packages:
        names = " ".join(packages)
        raise Stop(
            f"缺少生成公文所需的系统库，请先安装：{names}（Debian/Ubuntu：sudo apt-get install {names}）。\n"
            f"System libraries are missing; install {names} and run the command again."
        )

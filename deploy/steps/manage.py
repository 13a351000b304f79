"""deploy/manage [--root DIR] [--owner] COMMAND …: manage.py with the settings and secrets of /etc/portal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from host import Host, Stop
from surroundings import HOME, drop_rights, environment, program


def main(words: list[str]) -> None:
    """Become manage.py. Raises Stop where nothing is installed."""
    host, owner = Host(), False
    while words and words[0] in ("--root", "--owner"):
        if words.pop(0) == "--owner":
            owner = True
        else:
            host = Host(Path(words.pop(0)).resolve())
    if not words:
        raise Stop(str(__doc__))
    if not program(host).exists():
        raise Stop("Nothing is installed here; run deploy/install first.")
    env = environment(host, owner=owner)
    if not env["DATABASE_URL"]:
        raise Stop("The address of the database cannot be read: run this as root, after deploy/install.")
    os.chdir(host.at(HOME))
    if host.real:
        drop_rights()
    os.execve(program(host), [str(program(host)), "manage.py", *words], env)


if __name__ == "__main__":
    main(sys.argv[1:])

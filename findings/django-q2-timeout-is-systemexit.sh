#!/bin/sh
# What a good engineer would have guessed: a task of django-q2 that goes over its `timeout` fails like any other, so a
# caller that runs tasks in its own process (`async_task(..., sync=True)`, as tests and small deployments do) and wraps
# the call in `except Exception` survives it.
#
# What happens with django-q2 1.11.1: the exception is django_q.exceptions.TimeoutException, a subclass of SystemExit.
# With sync=True it is raised again in the caller, passes every `except Exception`, and ends the calling process,
# without a traceback, with the message as its last words and exit code 1. A task that raises an ordinary exception is
# caught as expected. A caller has to name TimeoutException (or SystemExit) beside Exception.
#
# Exit 0: the behaviour is as told above. Exit 1: it has changed, look again.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 django-q2==1.11.1
cat > "$here/site.py" <<'PROGRAM'
import sys
import time

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not a secret",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django_q"],
    Q_CLUSTER={"name": "finding", "orm": "default", "timeout": 60, "retry": 90},
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command
from django_q.exceptions import TimeoutException
from django_q.tasks import async_task


def fails():
    raise ValueError("an ordinary failure")


def sleeps():
    time.sleep(10)


call_command("migrate", verbosity=0)
print("subclass of Exception:", issubclass(TimeoutException, Exception))
print("subclass of SystemExit:", issubclass(TimeoutException, SystemExit))
try:
    async_task(fails, sync=True)
except Exception as error:
    print("an ordinary failure is caught:", type(error).__name__)
try:
    async_task(sleeps, sync=True, timeout=1)
except Exception as error:
    print("a timeout is caught:", type(error).__name__)
print("the caller goes on")
PROGRAM
code=0
"$here/venv/bin/python" "$here/site.py" > "$here/said" 2> "$here/last" || code=$?
cat "$here/said"
tail -n 1 "$here/last"
echo "exit code of the caller: $code"
grep -q "subclass of SystemExit: True" "$here/said"
grep -q "an ordinary failure is caught: ValueError" "$here/said"
! grep -q "the caller goes on" "$here/said"
[ "$code" -eq 1 ]

#!/bin/sh
# What a good engineer would have guessed: many migrations squashed into one that only creates tables are as quick as their
# number of tables: `migrate` makes each model's class once, and the squash takes the cost of the hundred steps away.
#
# What happens with Django 5.2.19: the state's models are rendered before the first migration runs, and every single
# CreateModel then makes the classes of all models anew that lead, over whatever links, to a model it points at. Where all
# tables hang on one (an account, a case), the n-th table renders n classes: 20 tables in one migration, 40, 80 render
# 231, 861, 3321 classes, the square, inside a single squashed migration with nothing else in it.
# The same tables as one operation that changes the state first and creates the tables after it render each class once.
#
# Exit 0: the behaviour is as told above. Exit 1: it has changed, look again.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
mkdir -p "$here/town/migrations"
: > "$here/town/__init__.py"
: > "$here/town/migrations/__init__.py"
cat > "$here/town/migrations/0001_squashed.py" <<'PROGRAM'
import os

from django.db import migrations, models


def table(name, *links):
    fields = [("id", models.BigAutoField(primary_key=True))]
    fields += [(f"to_{link.lower()}", models.ForeignKey(f"town.{link}", models.CASCADE)) for link in links]
    return migrations.CreateModel(name=name, fields=fields)


class Together(migrations.operations.base.Operation):
    def __init__(self, inside):
        self.inside = inside

    def state_forwards(self, label, state):
        state.__dict__.pop("apps", None)
        for one in self.inside:
            one.state_forwards(label, state)

    def database_forwards(self, label, editor, before, after):
        for one in self.inside:
            one.database_forwards(label, editor, before, after)


tables = [table("Account"), *(table(f"Table{n}", "Account") for n in range(int(os.environ["TABLES"])))]


class Migration(migrations.Migration):
    initial = True
    operations = [Together(tables)] if os.environ["HOW"] == "together" else tables
PROGRAM
cat > "$here/count.py" <<'PROGRAM'
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="not a secret",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["town"],
)
django.setup()

from django.core.management import call_command
from django.db.migrations.state import ModelState

rendered, render = [], ModelState.render


def counted(self, apps):
    rendered.append(self.name)
    return render(self, apps)


ModelState.render = counted
call_command("migrate", verbosity=0)
print(len(rendered))
PROGRAM
cd "$here"
for how in single together; do
    for tables in 20 40 80; do
        count=$(HOW=$how TABLES=$tables venv/bin/python count.py)
        echo "$how: $tables tables, $count classes rendered"
        eval "${how}_$tables=$count"
    done
done
# Of n tables, n(n+1)/2 and more classes one by one, n + 1 together.
[ "$single_40" -gt $((3 * single_20)) ] && [ "$single_80" -gt $((3 * single_40)) ] || { echo "CHANGED: no longer near the square"; exit 1; }
[ "$together_80" -le 200 ] || { echo "CHANGED: together is not linear"; exit 1; }
echo "as told"

"""Small wrongs for a file, by cosmic-ray; run by the interpreter of its own environment, which has cosmic-ray and no Django.

mutating.py list FILE...                   a line a wrong: file, operator, its number, the line it stands in
mutating.py show FILE OPERATOR NUMBER      the file's source with that wrong
"""

from __future__ import annotations

import sys
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.plugins import get_operator, operator_names

# What these change is no wrong, or only a name.
LEFT_OUT = ("NoOp", "VariableReplacer", "VariableInserter", "RemoveDecorator")


def main() -> int:
    """Do what the command line says."""
    verb, *rest = sys.argv[1:]
    if verb == "list":
        for name in rest:
            _list(name)
        return 0
    name, operator, number = rest
    source = Path(name).read_text(encoding="utf-8")
    wrong = MutationVisitor.mutate_code(source, get_operator(operator)(), int(number))
    sys.stdout.write(wrong or "")
    return 0 if wrong else 1


def _list(name: str) -> None:
    nodes = list(ast_nodes(get_ast(Path(name).read_text(encoding="utf-8"))))
    for operator in operator_names():
        if operator.rpartition("/")[2].startswith(LEFT_OUT):
            continue
        made = get_operator(operator)()
        number = 0
        for node in nodes:
            for (line, _), _ in made.mutation_positions(node):
                sys.stdout.write(f"{name}\t{operator}\t{number}\t{line}\n")
                number += 1


if __name__ == "__main__":
    sys.exit(main())

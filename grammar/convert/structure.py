"""Write sslint/syntax/table.py: the parse table that Lark makes of httpd.lark.

    python grammar/convert/structure.py

Importing Lark and compiling the grammar costs more than reading an ordinary configuration does,
so the tables are kept; tests/test_syntax.py holds them against Lark's own parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from pprint import pformat

from lark import Lark, Token
from lark.grammar import Rule
from lark.lexer import Lexer

ROOT = Path(__file__).parents[2]
HEADER = '''"""The parse table of grammar/httpd.lark. Made by grammar/convert/structure.py; do not edit."""

from __future__ import annotations

'''


class _NoLexer(Lexer):
    """Lark wants a lexer to make its table; none is called."""

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, _data: object) -> Iterator[Token]:  # type: ignore[override]
        return iter(())


def table(grammar: str) -> tuple[list[dict[str, int]], list[dict[str, int]], list[tuple[str, int]], int]:
    """Actions, gotos, rules and the first state of a grammar.

    An action n >= 0 shifts to state n, n < 0 reduces by rule ~n; a rule is its origin's name and
    how many symbols it takes. `$END` is the end of the input.
    """
    parser = Lark(grammar, parser="lalr", lexer=_NoLexer).parser.parser._parse_table
    order = [parser.start_states["start"]]
    keys: set[tuple[str, tuple[str, ...]]] = set()
    for state in order:  # Breadth first, so that the numbers don't depend on Lark's.
        for _, (action, argument) in sorted(parser.states[state].items()):
            if str(action) == "Reduce":
                keys.add(_key(argument))
            elif argument not in order:
                order.append(argument)
    rules = sorted(keys)
    actions: list[dict[str, int]] = []
    gotos: list[dict[str, int]] = []
    for state in order:
        row = sorted(parser.states[state].items())
        numbered = {
            symbol: ~rules.index(_key(argument)) if str(action) == "Reduce" else order.index(argument)
            for symbol, (action, argument) in row
        }
        actions.append({symbol: aim for symbol, aim in numbered.items() if symbol.isupper()})
        gotos.append({symbol: aim for symbol, aim in numbered.items() if not symbol.isupper()})
    return actions, gotos, [(origin, len(expansion)) for origin, expansion in rules], 0


def _key(rule: Rule) -> tuple[str, tuple[str, ...]]:
    return str(rule.origin.name), tuple(symbol.name for symbol in rule.expansion)


def main() -> None:
    """Write the module."""
    actions, gotos, rules, start = table((ROOT / "grammar" / "httpd.lark").read_text(encoding="utf-8"))
    lines = [
        "ACTIONS: list[dict[str, int]] = " + pformat(actions, width=100),
        '"""By state and terminal: n >= 0 shifts to state n, n < 0 reduces by rule ~n."""',
        "GOTOS: list[dict[str, int]] = " + pformat(gotos, width=100),
        '"""By state and rule name: the state after a reduction."""',
        "RULES: list[tuple[str, int]] = " + pformat(rules, width=100),
        '"""Each rule\'s name and how many symbols it takes."""',
        f"START = {start}",
    ]
    (ROOT / "sslint" / "syntax" / "table.py").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

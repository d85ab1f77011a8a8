"""A configuration in the layout of `httpd -t -DDUMP_CONFIG` (modules/generators/mod_info.c)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..knowledge.directives import directives
from ..syntax import Comment
from .expand import Configuration
from .model import Directive, Item, Section

_TABLE_SPELLING = {
    name.lower(): name
    for name in (
        "allow deny order Anonymous_NoUserId cachefile CookieHttpOnly DAV DAVBasePath DAVDepthInfinity "
        "DAVGenericLockDB DAVLockDB DAVLockDiscovery DAVMinTimeout DeflateAlterEtag LimitRequestFieldsize "
        "ListenBacklog mmapfile ProxyHTMLDoctype SSIEtag SSLOCSPNoVerify Timeout"
    ).split()
}
"""Names that the command tables, and so the dump, spell otherwise than the reference (`httpd -L`)."""


def render(configuration: Configuration, name: Callable[[str], str] = lambda path: path) -> str:
    """The directives in effect, each with its file and line, as the server would dump them.

    Directives that only act while being read (Define, Include, LoadModule …) are left out, as the
    server leaves them out, and so is what stands under a condition that is not likely to hold or waits for a flag.
    `name` turns a path into what is shown.
    """
    printer = _Printer(configuration, name)
    return "".join(printer.lines(configuration.children))


class _Printer:
    def __init__(self, configuration: Configuration, name: Callable[[str], str]) -> None:
        self._version = configuration.target.httpd
        self._name = name
        self._file = ""

    def lines(self, items: list[Item]) -> Iterator[str]:
        """The printed lines of some items."""
        stack: list[tuple[Iterator[Item], Section | None]] = [(iter(items), None)]
        while stack:
            iterator, section = stack[-1]
            for item in iterator:
                if not self._shown(item):
                    continue
                yield from self._head(item, len(stack) - 1)
                if isinstance(item, Section) and any(map(self._shown, item.children)):
                    stack.append((iter(item.children), item))
                    break
            else:
                stack.pop()
                if section is not None:
                    yield from self._enter(place(section, self._name)[0])
                    yield f"{'  ' * (len(stack) - 1)}</{self._spelling(section)[1:]}>\n"

    def _enter(self, file: str) -> Iterator[str]:
        if file != self._file:
            self._file = file
            yield f"# In file: {file}\n"

    def _shown(self, item: Item) -> bool:
        if item.condition is not None and not item.condition.as_started:
            return False
        facts = directives().lookup(item.key, section=isinstance(item, Section))
        return facts is None or not facts.exec_on_read(self._version)

    def _spelling(self, item: Item) -> str:
        facts = directives().lookup(item.key, section=isinstance(item, Section))
        if facts is None or not facts.exists(self._version):
            return item.name
        name = _TABLE_SPELLING.get(item.key, facts.name)
        return f"<{name}" if isinstance(item, Section) else name

    def _head(self, item: Directive, depth: int) -> Iterator[str]:
        file, line = place(item, self._name)
        indent = "  " * depth
        yield from self._enter(file)
        yield f"{indent}#{line:4d}:\n"
        yield f"{indent}{self._spelling(item)} {item.text}\n"


def place(item: Directive, name: Callable[[str], str] = lambda path: path) -> tuple[str, int]:
    """File and line of a directive as the server reports them: the last line of the logical line; of a macro's
    text, the place of its definition and use, and the line among those kept.
    """
    line = item.source.line(item.end)
    frame = item.frame
    macro = frame.macro
    if macro is None or frame.via is None:
        return name(item.source.path), line
    body = frame.tree.leaves_of(macro.body.items)
    kept = sum(1 for leaf in body if leaf.start <= item.start and not isinstance(leaf, Comment))
    outer, used = place(frame.via, name)
    header = macro.header.source.line(macro.header.end)
    defined = f'(defined on line {header} of "{name(item.source.path)}")'
    return f"macro '{macro.name.lower()}' {defined} used on line {used} of \"{outer}\"", kept


__all__ = ["place", "render"]

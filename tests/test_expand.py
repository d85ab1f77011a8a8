"""What the server reads: includes, variables, conditions, macros, sections."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sslint.configuration import Configuration, Directive, Section, expand, walk
from sslint.configuration.dump import render
from sslint.files import MemoryFiles
from sslint.knowledge.targets import preset
from sslint.knowledge.versions import HttpdVersion

DEBIAN = preset("debian-12")
OLD = preset("upstream").replace(httpd=HttpdVersion.parse("2.2"))
MAIN = "/etc/apache2/apache2.conf"


def read(text: str, files: Mapping[str, str] | None = None, **options: object) -> Configuration:
    """Read a main file on Debian, with all that is certain there."""
    everything = {MAIN: text, **{f"/etc/apache2/{name}": content for name, content in (files or {}).items()}}
    settings = {"target": DEBIAN, "modules_certain": True, "flags_certain": True, **options}
    return expand(MAIN, MemoryFiles(everything), **settings)  # type: ignore[arg-type]


def lines(configuration: Configuration) -> list[str]:
    """The directives, each as its name and argument text."""
    return [f"{item.name} {item.text}".strip() for item in walk(configuration.children)]


def problems(configuration: Configuration) -> list[tuple[str, str]]:
    """Kind and covered text of each problem."""
    return [
        (problem.kind, problem.source.text[problem.span.start : problem.span.end]) for problem in configuration.problems
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A  b \n", ["A b"]),
        ("A x\\\ny\n", ["A xy"]),
        ("A x\\\n  y\n", ["A x  y"]),
        ("Ser\\\nver x\n", ["Server x"]),
        ("A b\\\n\nC\n", ["A b", "C"]),
        ("\\\nA b\n", ["A b"]),
        ("\\\n# A b\nC\n", ["C"]),
        ("A b\\", ["A b\\"]),
        ("A b\\\n", ["A b"]),
        ("A b # c\n", ["A b # c"]),
        ('"A" b\n', ["A b"]),
        ("A> b\n", ["A b"]),
        ("A\x00 b\nC\n", ["A", "C"]),
        ("Define V x\nA ${V}${v} ${W}\n", ["Define V x", "A xx ${W}"]),
        ("Define V x\nUnDefine V\nA ${V}\n", ["Define V x", "UnDefine V", "A ${V}"]),
        ('Define V "b c"\nA ${V}\n', ['Define V "b c"', "A b c"]),
        ("A ${APACHE_LOG_DIR} ${map:key} ${x\n", ["A /var/log/apache2 ${map:key} ${x"]),
        ("Define D A\n${D} b\n", ["Define D A", "A b"]),
        ("<IfDefine X>\nA\n</IfDefine>\n<IfDefine !X>\nB\n</IfDefine>\n", ["B"]),
        ("Define X\n<IfDefine X>\nA\n</IfDefine>\n", ["Define X", "A"]),
        ("<IfModule ssl_module>\nA\n</IfModule>\n", []),
        ("LoadModule ssl_module x\n<IfModule mod_ssl.c>\nA\n</IfModule>\n", ["LoadModule ssl_module x", "A"]),
        ("<IfModule mod_so.c>\nA\n</IfModule>\n<IfModule mod_so.so>\nB\n</IfModule>\n", ["A"]),
        ('<IfModule "!mod_ssl.c">\nA\n</IfModule>\n', []),
        ("<IfVersion >= 2.4>\nA\n</IfVersion>\n<IfVersion = 2.4>\nB\n</IfVersion>\n", ["A"]),
        ("<IfVersion < 2.10>\nA\n</IfVersion>\n<IfVersion !~ ^2\\.2>\nB\n</IfVersion>\n", ["A", "B"]),
        ("<IfFile apache2.conf>\nA\n</IfFile>\n<IfFile nothing>\nB\n</IfFile>\n", ["A"]),
        ('<IfDirective "<Directory">\nA\n</IfDirective>\n<IfSection Directory>\nB\n</IfSection>\n', ["A", "B"]),
        ("<Directory /x>\nA\n</Directory>\n", ["<Directory /x>", "A"]),
        ("<Directory /x>\nDefine X\n</Directory>\n<IfDefine X>\nA\n</IfDefine>", ["<Directory /x>", "Define X", "A"]),
        ("<Perl>\nmy $x = 1;\n</Perl>\nA\n", ["<Perl >", "A"]),
    ],
)
def test_reading(text: str, expected: list[str]) -> None:
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A ${V}\n", [("undefined-variable", "${V}")]),
        ("Include no.conf\n", [("missing-include", "no.conf")]),
        ("Include no/*.conf\n", [("missing-include", "no/*.conf")]),
        ("IncludeOptional no/*.conf\nIncludeOptional no.conf\n", []),
        ("Include apache2.conf\n", [("include-recursion", "Include apache2.conf")]),
        ("<Directory /x>\n</Files>\n</Directory>\n", [("mismatched-section", "</Files>")]),
        ("<Directory /x>\n", [("unclosed-section", "<Directory /x>")]),
        ("<Directory /x>\n</Directory >\n", [("malformed-end-tag", "</Directory >")]),
        ("<Directory /x>\n</Directory> # x\n", []),
        ("<IfModule so_module>\nA\n</IfModule> # x\n", [("malformed-end-tag", "</IfModule> # x")]),
        ("<IfModule ssl_module>\nA\n</IfModule> # x\n", []),
        ("<IfModule so_module>\nA\n", [("unclosed-condition", "<IfModule so_module>")]),
        ("<IfModule ssl_module>\nA\n", [("unclosed-section", "<IfModule ssl_module>")]),
        ("<IfModule ssl_module>\n</Files>\n</IfModule>\n", [("mismatched-section", "</Files>")]),
        ("Use Nothing\n", [("undefined-macro", "Nothing")]),
        ("<Macro M $a>\n</Macro>\nUse M\n", [("bad-macro", "Use M")]),
        ("<Macro M>\nUse M\n</Macro>\nUse M\n", [("bad-macro", "M")]),
        ("LoadModule a_module x\nLoadModule a_module x\n", [("duplicate-load-module", "a_module")]),
        ("LoadModule so_module x\n", [("builtin-module", "so_module")]),
        ("ServerRoot /nowhere\n", [("missing-server-root", "/nowhere")]),
    ],
)
def test_problems(text: str, expected: list[tuple[str, str]]) -> None:
    assert problems(read(text)) == expected


def test_all_problems_of_one_run() -> None:
    found = problems(read("</A>\nInclude no.conf\nB ${C}\n<D>\n"))
    assert [kind for kind, _ in found] == [
        "mismatched-section",
        "missing-include",
        "undefined-variable",
        "unclosed-section",
    ]


def test_includes_in_the_servers_order() -> None:
    files = {
        "d/b.conf": "B\n",
        "d/10.conf": "Ten\n",
        "d/2.conf": "Two\n",
        "d/.hidden": "Hidden\n",
        "d/sub/x": "X\n",
        "e/one/v.conf": "One\n",
        "e/two/v.conf": "Two\n",
    }
    assert lines(read("Include d\n", files)) == ["Hidden", "Ten", "Two", "B", "X"]
    assert lines(read("Include d/*.conf\n", files)) == ["Ten", "Two", "B"]
    assert lines(read("Include d/[!b]*.conf\n", files)) == ["Ten", "Two"]
    assert lines(read("Include e/*/v.conf\n", files)) == ["One", "Two"]
    assert lines(read("Include d/*\n", files)) == ["Ten", "Two", "B", "X"]


def test_a_file_may_include_itself_until_a_define_ends_it() -> None:
    configuration = read("A\n<IfDefine !X>\nDefine X\nInclude apache2.conf\n</IfDefine>\n")
    assert not configuration.problems
    assert lines(configuration) == ["A", "Define X", "A"]


def test_files_that_include_each_other_without_end() -> None:
    files = {"a.conf": "Include b.conf\nInclude b.conf\n", "b.conf": "Include a.conf\nInclude a.conf\n"}
    assert [kind for kind, _ in problems(read("Include a.conf\n", files))] == ["include-recursion"]


def test_doubled_slashes_are_one() -> None:
    assert lines(read("Include //etc//apache2/a.conf\n", {"a.conf": "A\n"})) == ["A"]


def test_an_end_tag_is_not_strict_where_the_condition_may_be_false() -> None:
    text = "<IfModule mod_ssl.c>\nA\n</IfModule> # c\n"
    assert not read(text, role="fragment", modules_certain=False).problems


@pytest.mark.parametrize(("size", "kinds"), [(8_000, []), (9_000, ["line-too-long"])])
def test_long_lines_of_htaccess(size: int, kinds: list[str]) -> None:
    configuration = read("IndexIgnore " + "x" * size + "\n", role="htaccess")
    assert [kind for kind, _ in problems(configuration)] == kinds


def test_includes_that_multiply_end_in_bounded_time() -> None:
    files = {f"{n}.conf": f"Include {n + 1}.conf\n" * 10 for n in range(20)}
    files["20.conf"] = "# " + "x" * 50_000 + "\n"
    assert problems(read("Include 0.conf\n", files)) == [("budget-exceeded", "Include 0.conf")]


def test_variables_that_double_end_in_bounded_memory() -> None:
    doubling = "".join(f"Define V{n + 1} ${{V{n}}}${{V{n}}}\n" for n in range(40))
    found = problems(read("Define V0 0123456789abcdef\n" + doubling))
    assert found and {kind for kind, _ in found} == {"budget-exceeded"}


def test_an_included_file_is_balanced_by_itself() -> None:
    configuration = read("<Directory /x>\nInclude a.conf\n</Directory>\n", {"a.conf": "</Directory>\n<Files y>\n"})
    assert [kind for kind, _ in problems(configuration)] == ["mismatched-section", "unclosed-section"]


def test_provenance() -> None:
    configuration = read("\nInclude a.conf\n", {"a.conf": "Include b.conf\n", "b.conf": "\n\nC d\n"})
    (directive,) = walk(configuration.children)
    assert (directive.source.path, directive.line) == ("/etc/apache2/b.conf", 3)
    assert [(link.source.path, link.line) for link in directive.frame.chain] == [
        ("/etc/apache2/a.conf", 1),
        (MAIN, 2),
    ]


def test_arguments_keep_their_places() -> None:
    text = 'Define V "x y"\nA one "two three" \\\n   ${V}z four\n'
    directive = list(walk(read(text).children))[1]
    places = [text[argument.span.start : argument.span.end] for argument in directive.arguments]
    assert directive.values == ["one", "two three", "x", "yz", "four"]
    assert places == ["one", '"two three"', "${V}", "${V}z", "four"]


def test_macros() -> None:
    text = (
        "<Macro Host $name %port @note>\n"
        "  # dropped\n"
        "  <VirtualHost *:%port>\n"
        "    ServerName $name\n"
        "    Header set Note @note\n"
        "</Macro>\n"
        "<Macro End>\n</VirtualHost>\n</Macro>\n"
        'Use host www.example.org 443 "a b"\n'
        "  ServerAdmin me\n"
        "Use End\n"
    )
    configuration = read(text)
    assert not configuration.problems
    (section,) = configuration.children
    assert isinstance(section, Section)
    assert lines(configuration) == [
        "<VirtualHost *:443>",
        "ServerName www.example.org",
        'Header set Note "a b"',
        "ServerAdmin me",
    ]
    name = section.children[0]
    assert text[name.arguments[0].span.start : name.arguments[0].span.end] == "$name"
    assert [link.line for link in name.frame.chain] == [10]


def test_macros_that_multiply_end_in_bounded_time() -> None:
    text = "<Macro A0>\nX\n</Macro>\n" + "".join(
        f"<Macro A{n + 1}>\n" + f"Use A{n}\n" * 10 + "</Macro>\n" for n in range(12)
    )
    configuration = read(text + "Use A12\n")
    assert ("budget-exceeded", "Use A12") in problems(configuration)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LoadModule mpm_event_module x\n<IfModule prefork.c>\nA\n</IfModule>\n", []),
        ("LoadModule mpm_event_module x\n<IfModule !mpm_winnt.c>\nA\n</IfModule>\n", ["A"]),
        ("<IfModule mpm_prefork_module>\nA\n</IfModule>\n", ["A"]),
        ("<IfModule mpm_netware_module>\nA\n</IfModule>\n", []),
    ],
)
def test_a_server_has_one_mpm(text: str, expected: list[str]) -> None:
    items = walk(read(text, modules_certain=False).children)
    likely = [item.name for item in items if item.condition is None or item.condition.likely]
    assert [name for name in likely if name != "LoadModule"] == expected


def test_unknown_conditions_are_kept_and_marked() -> None:
    text = (
        "<IfModule mod_ssl.c>\nA\n</IfModule>\n<IfModule !mod_ssl.c>\nB\n</IfModule>\n<IfDefine X>\nC\n</IfDefine>\nD\n"
    )
    configuration = read(text, role="fragment", modules_certain=False, flags_certain=False)
    marks = [(item.name, item.condition.likely if item.condition else None) for item in walk(configuration.children)]
    assert marks == [("A", True), ("B", False), ("C", False), ("D", None)]


def test_a_dump_is_that_of_a_server_without_further_flags() -> None:
    text = "<IfDefine SSL>\nA\n</IfDefine>\n<IfDefine !SSL>\nB\n</IfDefine>\n"
    assert render(read(text, flags_certain=False), str) == f"# In file: {MAIN}\n#   5:\nB \n"
    assert render(read(text, flags_certain=False, defines=["SSL"]), str) == f"# In file: {MAIN}\n#   2:\nA \n"


def test_older_servers() -> None:
    configuration = read("A ${NOBODY}\nB x\\\\\nInclude no/*.conf\nDefine V 1\n", target=OLD)
    assert lines(configuration) == ["A ${NOBODY}", "B x\\\\", "Define V 1"]
    assert not configuration.problems


def test_htaccess_reads_no_includes() -> None:
    configuration = read("Include no.conf\n<IfModule so_module>\nA\n</IfModule>\n", role="htaccess")
    assert lines(configuration) == ["Include no.conf", "A"]
    assert not configuration.problems


def test_dump_layout() -> None:
    text = (
        "ServerRoot /etc/apache2\nTimeOut \\\n5\n<Directory /x>\n  order allow,deny\n</Directory>\n"
        "<Files y>\n</Files>\n"
    )
    assert render(read(text), lambda path: path.rpartition("/")[2]) == (
        "# In file: apache2.conf\n#   3:\nTimeout 5\n#   4:\n<Directory /x>\n  #   5:\n  order allow,deny\n"
        "</Directory>\n#   7:\n<Files y>\n"
    )


def test_a_directive_is_found_again_in_its_source() -> None:
    text = "\n  A b  \n"
    (directive,) = walk(read(text).children)
    assert isinstance(directive, Directive)
    assert text[directive.span.start : directive.span.end] == "A b"
    assert text[directive.name_span.start : directive.name_span.end] == "A"

"""Which server does a file belong to?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sslint.analysis import analyse
from sslint.envvars import assignments
from sslint.files import DiskFiles, MemoryFiles, OverlayFiles
from sslint.fixer import fix
from sslint.settings import Reading, RootSettings, Settings
from sslint.units import Gathered, boundary, gather

DEBIAN = {
    "/repo/etc/apache2/apache2.conf": "ServerRoot /etc/apache2\nIncludeOptional mods-enabled/*.load\n"
    "IncludeOptional sites-enabled/*.conf\nInclude /etc/ssl-common.conf\n",
    "/repo/etc/apache2/envvars": "export APACHE_RUN_USER=www-data\n",
    "/repo/etc/apache2/sites-enabled/a.conf": "<VirtualHost *:443>\nServerName a\n</VirtualHost>\n",
    "/repo/etc/apache2/sites-available/a.conf": "<VirtualHost *:443>\nServerName a\n</VirtualHost>\n",
    "/repo/etc/apache2/sites-available/b.conf": "<VirtualHost *:443>\nServerName b\n</VirtualHost>\n",
    "/repo/etc/ssl-common.conf": "SSLProtocol all\n",
    "/repo/www/.htaccess": "Options -Indexes\n",
    "/repo/.git/config": "",
}
RED_HAT = {
    "/repo/conf/httpd.conf": "ServerRoot /etc/httpd\nInclude conf.modules.d/*.conf\nInclude conf.d/*.conf\n",
    "/repo/conf.modules.d/00-mpm.conf": "LoadModule mpm_event_module modules/mod_mpm_event.so\n",
    "/repo/conf.d/ssl.conf": "Listen 443\n",
}


def units(files: dict[str, str], *given: str, settings: Settings | None = None) -> Gathered:
    return gather(MemoryFiles(files), given, settings or Settings())


def shape(gathered: Gathered) -> dict[str, tuple[str, list[str] | None]]:
    return {
        unit.path: (unit.configuration.role, sorted(unit.shown) if unit.shown is not None else None)
        for unit in gathered.units
    }


def test_a_main_file_is_its_own_root_and_shows_all() -> None:
    gathered = units(DEBIAN, "/repo/etc/apache2/apache2.conf")
    assert shape(gathered) == {"/repo/etc/apache2/apache2.conf": ("main", None)}
    assert "/repo/etc/ssl-common.conf" in gathered.units[0].sources, "/etc means the repository's etc"
    assert gathered.units[0].configuration.target.preset.startswith("debian")
    assert not gathered.units[0].configuration.problems


def test_a_fragment_is_analysed_inside_its_root() -> None:
    path = "/repo/etc/apache2/sites-enabled/a.conf"
    assert shape(units(DEBIAN, path)) == {"/repo/etc/apache2/apache2.conf": ("main", [path])}


def test_a_fragment_outside_the_roots_folder_is_found_by_walking_up() -> None:
    path = "/repo/etc/ssl-common.conf"
    assert shape(units(DEBIAN, path)) == {"/repo/etc/apache2/apache2.conf": ("main", [path])}


def test_an_available_site_is_the_enabled_one() -> None:
    path = "/repo/etc/apache2/sites-available/a.conf"
    shown = [path, path.replace("available", "enabled")]
    assert shape(units(DEBIAN, path)) == {"/repo/etc/apache2/apache2.conf": ("main", shown)}


def test_a_site_that_is_not_enabled_stands_alone() -> None:
    path = "/repo/etc/apache2/sites-available/b.conf"
    assert shape(units(DEBIAN, path)) == {path: ("fragment", None)}


def test_htaccess_has_its_own_role() -> None:
    assert shape(units(DEBIAN, "/repo/www/.htaccess")) == {"/repo/www/.htaccess": ("htaccess", None)}


def test_a_folder_gives_roots_then_what_is_left() -> None:
    found = shape(units(DEBIAN, "/repo"))
    assert list(found) == [
        "/repo/etc/apache2/apache2.conf",
        "/repo/etc/apache2/sites-available/b.conf",
        "/repo/www/.htaccess",
    ]
    _, shown = found["/repo/etc/apache2/apache2.conf"]
    assert shown is not None
    assert "/repo" in shown


def test_the_red_hat_layout() -> None:
    gathered = units(RED_HAT, "/repo/conf.d/ssl.conf")
    assert shape(gathered) == {"/repo/conf/httpd.conf": ("main", ["/repo/conf.d/ssl.conf"])}
    configuration = gathered.units[0].configuration
    assert configuration.target.preset.startswith("rhel")
    assert configuration.modules_certain, "an MPM was loaded and everything was read"


WINDOWS = {
    "/repo/.git/config": "",
    "/repo/conf/httpd.conf": 'Define SRVROOT "c:/Apache24"\r\nServerRoot "${SRVROOT}"\r\n'
    "Include conf/extra/ssl.conf\r\nInclude C:\\Apache24\\conf\\extra\\b.conf\r\n",
    "/repo/conf/extra/ssl.conf": "Listen 443\r\n",
    "/repo/conf/extra/b.conf": "Listen 444\r\n",
}


def test_the_windows_layout() -> None:
    gathered = units(WINDOWS, "/repo/conf/extra/ssl.conf")
    assert shape(gathered) == {"/repo/conf/httpd.conf": ("main", ["/repo/conf/extra/ssl.conf"])}
    assert gathered.units[0].sources == {path for path in WINDOWS if path.endswith(".conf")}
    assert not [one for one in gathered.units[0].configuration.problems if "include" in one.kind]


def test_a_container_recipe_keeps_the_main_file_at_its_top() -> None:
    files = {
        "/repo/.git/config": "",
        "/repo/httpd.conf": "ServerRoot /usr/local/apache2\nInclude conf/extra/my.conf\n",
        "/repo/extra/my.conf": "Listen 80\n",
    }
    (unit,) = units(files, "/repo").units
    assert "/repo/extra/my.conf" in unit.sources


@pytest.mark.parametrize("root", [".", "conf", "${UNKNOWN}", "${UNKNOWN}/x"])
def test_a_server_root_that_cannot_be_told_maps_nothing(root: str) -> None:
    (unit,) = units({"/repo/httpd.conf": f"ServerRoot {root}\nListen 80\n"}, "/repo/httpd.conf").units
    assert not unit.path_map.pairs


def test_roots_of_the_settings_come_first() -> None:
    files = {**RED_HAT, "/repo/other.conf": "Include conf.d/*.conf\n"}
    roots = (RootSettings("/repo/other.conf", Reading(server_root="/repo", httpd="2.2")),)
    gathered = units(files, "/repo/conf.d/ssl.conf", settings=Settings(roots=roots))
    assert shape(gathered) == {"/repo/other.conf": ("main", ["/repo/conf.d/ssl.conf"])}
    assert gathered.units[0].configuration.target.httpd.series == "2.2"


def test_a_fragment_may_have_several_roots() -> None:
    files = {
        "/r/a.conf": "ServerRoot /r\nInclude common.conf\n",
        "/r/b.conf": "ServerRoot /r\nInclude common.conf\n",
        "/r/common.conf": "Listen 80\n",
    }
    settings = Settings(roots=(RootSettings("/r/a.conf"), RootSettings("/r/b.conf")))
    assert set(shape(units(files, "/r/common.conf", settings=settings))) == {"/r/a.conf", "/r/b.conf"}


def test_an_old_debian_httpd_conf_is_a_fragment() -> None:
    files = {"/e/apache2.conf": "ServerRoot /e\nInclude httpd.conf\n", "/e/httpd.conf": "Listen 80\n"}
    assert shape(units(files, "/e/httpd.conf")) == {"/e/apache2.conf": ("main", ["/e/httpd.conf"])}


@pytest.mark.parametrize(
    ("text", "role"),
    [("ServerRoot /x\n", "main"), ("Listen 80\nLoadModule a b\n", "main"), ("Listen 80\n", "fragment")],
)
def test_a_lone_file_is_a_root_if_it_says_what_only_roots_say(text: str, role: str) -> None:
    assert shape(units({"/x/site.conf": text}, "/x/site.conf")) == {"/x/site.conf": (role, None)}


def test_a_walk_up_stops_at_the_repository() -> None:
    files = {"/httpd.conf": "Include /repo/a.conf\n", "/repo/.git/HEAD": "", "/repo/a.conf": "Listen 80\n"}
    assert shape(units(files, "/repo/a.conf")) == {"/repo/a.conf": ("fragment", None)}


def test_what_cannot_be_read_is_told() -> None:
    gathered = units({"/x/a.conf.j2": "Listen {{ port }}\n"}, "/x/a.conf.j2", "/x/missing.conf")
    assert [unread.path for unread in gathered.unread] == ["/x/a.conf.j2", "/x/missing.conf"]
    assert not gathered.units


def test_a_folder_leaves_out_what_is_no_configuration() -> None:
    files = {
        "/x/nginx.conf": "server { listen 80; }\n",
        "/x/site.conf": "ServerName x\n",
        "/x/site.conf.erb": "ServerName <%= x %>\n",
        "/x/old/site.conf": "ServerName y\n",
        "/x/node_modules/a/.htaccess": "Deny from all\n",
    }
    assert set(shape(units(files, "/x", settings=Settings(exclude=("old",))))) == {"/x/site.conf"}


def test_the_boundary_holds_what_was_pointed_at() -> None:
    files = MemoryFiles({**RED_HAT, "/repo/.git/HEAD": "", "/allowed/x": "", "/etc/passwd": ""})
    assert boundary(files, ["/repo/conf.d/ssl.conf"], Settings(allow=("/allowed",))) == [
        "/allowed",
        "/repo",
        "/repo/conf.d",
    ]


def test_envvars_is_read_and_never_run() -> None:
    text = (
        'unset HOME\nif [ x ]; then\n  SUFFIX="-x"\nfi\n'
        "export RUN=/run/apache2$SUFFIX  # why\nA='$RUN' \nB=$(id)\nC=${RUN}/y\n"
    )
    assert assignments(text) == {"SUFFIX": "-x", "RUN": "/run/apache2-x", "A": "$RUN", "C": "/run/apache2-x/y"}


# Links


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A Debian tree whose enabled files are links."""
    (tmp_path / ".git").mkdir()
    for name in ("sites-available", "sites-enabled"):
        (tmp_path / name).mkdir()
    (tmp_path / "apache2.conf").write_text(
        "ServerRoot /etc/apache2\nListen 443\nLoadModule mpm_event_module m.so\nLoadModule ssl_module m.so\n"
        "IncludeOptional sites-enabled/*.conf\n"
    )
    site = (
        "<VirtualHost *:443>\nServerName a\nSSLEngine on\nSSLProtocol all -TLSv1.3\n"
        "SSLCertificateFile a.pem\n</VirtualHost>\n"
    )
    (tmp_path / "sites-available" / "a.conf").write_text(site)
    (tmp_path / "sites-enabled" / "a.conf").symlink_to("../sites-available/a.conf")
    return tmp_path


OLD = Settings(reading=Reading(openssl="1.1.1"), select=("weak-ssl-protocol",))


def test_a_file_behind_a_link_is_read_in_its_server_and_keeps_its_name(linked: Path) -> None:
    path = f"{linked}/sites-available/a.conf"
    (finding,) = analyse(DiskFiles(), [path], OLD).findings
    assert (finding.diagnostic.source.path, finding.role) == (path, "main")
    assert finding.roots == (f"{linked}/apache2.conf",)
    (finding,) = analyse(DiskFiles(), [str(linked)], OLD).findings
    assert finding.diagnostic.source.path == f"{linked}/sites-enabled/a.conf"


def test_a_buffer_counts_under_every_name_of_its_file(linked: Path) -> None:
    path = f"{linked}/sites-available/a.conf"
    text = b"<VirtualHost *:443>\nSSLEngine on\nSSLProtocol TLSv1.1\nSSLCertificateFile a.pem\n</VirtualHost>\n"
    (finding,) = analyse(OverlayFiles(DiskFiles(), {path: text}), [path], OLD).findings
    assert "TLS 1.1" in finding.diagnostic.message
    assert (finding.diagnostic.source.path, finding.role) == (path, "main")


@pytest.mark.parametrize("given", ["sites-available/a.conf", "sites-enabled/a.conf", ""])
def test_a_file_with_two_names_is_fixed_once(linked: Path, given: str) -> None:
    (linked / "sites-enabled" / "b.conf").symlink_to("../sites-available/a.conf")
    fixed = fix(DiskFiles(), [f"{linked}/{given}".rstrip("/")], OLD)
    ((_, new),) = fixed.texts.values()
    assert "SSLProtocol all -TLSv1.3 -TLSv1 -TLSv1.1\n" in new
    assert not fixed.report.findings


def test_links_that_lead_in_circles_are_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "httpd.conf").write_text("Listen 80\n")
    (tmp_path / "httpd.conf").write_text("Listen 80\n")
    (tmp_path / "a" / "b" / "up").symlink_to("..")
    (tmp_path / "a" / "b" / "top").symlink_to("../..")
    (tmp_path / "a" / "again").symlink_to("b")
    (tmp_path / "a" / "self").symlink_to("self")
    gathered = gather(DiskFiles(), [f"{tmp_path}/a"], Settings())
    assert [unit.path for unit in gathered.units] == [f"{tmp_path}/a/httpd.conf"]


def test_an_orphan_with_two_names_is_judged_once(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.conf").write_text("Header set A b\n")
    (tmp_path / "b.conf").symlink_to("a.conf")
    assert len(gather(DiskFiles(), [str(tmp_path)], Settings()).units) == 1


def test_a_walk_that_gives_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sslint.walk.MOST_FILES", 2)
    (unread,) = units(DEBIAN, "/repo").unread
    assert (unread.path, unread.message) == ("/repo", "it holds more than 2 files: name those that matter")


# Roots beside a fragment


def test_a_folder_finds_the_roots_beside_a_fragment() -> None:
    files = {
        "/r/.git/config": "",
        "/r/a/site.conf": "<VirtualHost *:80>\n</VirtualHost>\n",
        "/r/b/server.conf": "ServerRoot /r\nListen 80\nInclude a/*.conf\n",
        "/r/c/httpd.conf": "ServerRoot /r\nInclude a/*.conf\n",
    }
    shown = ["/r", "/r/a/site.conf"]
    assert shape(units(files, "/r")) == {
        "/r/c/httpd.conf": ("main", sorted([*shown, "/r/c/httpd.conf"])),
        "/r/b/server.conf": ("main", sorted([*shown, "/r/b/server.conf"])),
    }


# Templates


@pytest.mark.parametrize(
    ("text", "template", "beyond_doubt"),
    [
        ("Listen 80\n", False, False),
        ('LogFormat "%h %l %u %t \\"%r\\" %>s %b" common\n', False, False),
        (
            'LogFormat "<%h> <%u> %>s %{Foo}i%D" x\nServerAdmin a@b.example\nRewriteRule ^/@foo /%{HTTP_HOST}%1\n',
            False,
            False,
        ),
        ("RewriteRule (.*) https://%{HTTP_HOST}/%E2%80%93 [R]\n", False, False),
        ('LogFormat "{\\"a\\":{\\"b\\":\\"%{x}i\\"}}" json\n', False, False),
        ("# {{ managed }}\n# <%= managed %>\nListen 80\n", True, False),
        ("Listen <%= @port %>\n", True, True),
        ("<%- if x -%>\n", True, True),
        ("Listen {{ port }}\n", True, True),
        ("ServerName {{ name | lower }}.example.org\n", True, True),
        ("{% for x in y %}\n", True, True),
        ("  {%- endif %}\n", True, True),
        ("<TMPL_IF TLS>\n", True, True),
        ("ServerRoot @prefix@\n", True, False),
        ("Listen @@Port@@\n", True, True),
        ("ServerAdmin %SERVER_ADMIN%\n", True, False),
        ("<VirtualHost %ip%:%web_port%>\n", True, False),
    ],
)
def test_a_template_is_known_by_its_text(text: str, template: bool, beyond_doubt: bool) -> None:
    for path in ("/r/a.conf.j2", "/r/httpd.conf.in", "/r/a.template", "/r/a.stpl"):
        gathered = units({path: text}, path)
        assert bool(gathered.unread) == template
        assert bool(gathered.units) != template
    gathered = units({"/r/a.conf": text}, "/r/a.conf")
    assert bool(gathered.unread) == beyond_doubt, "what has another name is taken at its word where it can be"
    assert not units({"/r/a.conf.j2": text}, "/r").units, "a walk goes by the name"


def test_a_walk_leaves_templates_out_whatever_their_name() -> None:
    files = {"/r/a.conf": "ServerName {{ name }}\n", "/r/b.conf": "ServerName b.example\n"}
    gathered = units(files, "/r")
    assert list(shape(gathered)) == ["/r/b.conf"]
    assert not gathered.unread


def test_the_variables_of_debians_start_script_tell_its_server() -> None:
    gathered = units({"/r/apache2.conf": "Listen 80\nUser ${APACHE_RUN_USER}\n"}, "/r/apache2.conf")
    assert not any(unit.configuration.problems for unit in gathered.units)


def test_a_link_that_is_named_is_followed_wherever_it_leads(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".git").mkdir()
    (tmp_path / "there" / "a.conf").write_text("Optons x\n")
    (tmp_path / "here" / "a.conf").symlink_to("../there/a.conf")
    (tmp_path / "here" / "b.conf").symlink_to("../there/a.conf")
    path = f"{tmp_path}/here/a.conf"
    files = DiskFiles(boundary=boundary(DiskFiles(), [path], Settings()))
    assert len(analyse(files, [path]).findings) == 1
    folder = f"{tmp_path}/here"
    files = DiskFiles(boundary=boundary(DiskFiles(), [folder], Settings()))
    assert {one.message for one in analyse(files, [folder]).unread} == {"outside the folders that may be read"}

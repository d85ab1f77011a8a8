"""Which server does a file belong to?"""

from __future__ import annotations

import pytest

from sslint.envvars import assignments
from sslint.files import MemoryFiles
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

"""A real WordPress on 127.0.0.1: Debian's, in PHP's own server, on a MariaDB that only this folder knows.

It is installed once into the cache and copied from there. Members speak through `Desk`, WordPress' own code in a
process that stays: what they do costs milliseconds, and no code of ours is between.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import cache
from tests.servers.children import wait_for_door
from tests.servers.mail import free_port

HERE = Path(__file__).parent
DEBIAN = Path("/usr/share/wordpress")
PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "/usr/share/wordpress/wp-settings.php")
"""What has to be on the machine."""
_PATH = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
_LIMITS = ("--innodb-log-file-size=4M", "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0")
_QUIET = ("-d", "error_reporting=E_ERROR", "-d", "display_errors=stderr", "-d", "sendmail_path=/bin/true")
_CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without HTTPS
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
    define("{{$name}}_KEY", $name); define("{{$name}}_SALT", $name);
}}
$table_prefix = 'wp_';
// As plugins close the REST API: to all but members, or to everybody.
$closed = is_file(__DIR__ . '/closed') ? file_get_contents(__DIR__ . '/closed') : '';
$refusal = function ($before) use ($closed) {{
    if ($before === true || is_wp_error($before)) return $before;
    if ($closed === 'members' && is_user_logged_in()) return $before;
    if ($closed === 'members') return new WP_Error('rest_not_logged_in', 'You are not logged in.', ['status' => 401]);
    return new WP_Error('rest_disabled', 'The REST API on this site has been disabled.', ['status' => 403]);
}};
if ($closed) $wp_filter['rest_authentication_errors'][10][] = ['function' => $refusal, 'accepted_args' => 1];
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_ROUTER = """<?php
$_SERVER['SCRIPT_NAME'] = '/index.php';
chdir(__DIR__);
require __DIR__ . '/index.php';
"""


class Desk:
    """The blog as its members and its owner have it, without HTTP: each call is a method of `Desk` in wordpress.php."""

    def __init__(self, site: Path, *more: str) -> None:
        command = ["php", *_QUIET, str(HERE / "wordpress.php"), str(site), *more]
        self._log = (site.parent / "desk.log").open("wb")
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, bufsize=1
        )

    def __call__(self, name: str, *words: Any) -> Any:
        """What came of it."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps([name, words]) + "\n")
        answer = json.loads(self._child.stdout.readline())
        assert "failed" not in answer, answer
        return answer["done"]

    def close(self) -> None:
        """End the process."""
        self._child.communicate(timeout=10)
        self._log.close()


@dataclass
class WordPress:
    """The blog, running. `passwords` are application passwords by login name."""

    base: Path
    url: str
    passwords: dict[str, str]
    desk: Desk

    @property
    def site(self) -> Path:
        """The folder that PHP serves."""
        return self.base / "site"

    @contextlib.contextmanager
    def closed(self, to: str) -> Iterator[None]:
        """Have the REST API closed to all but "members", or to "everybody", within the block."""
        (self.site / "closed").write_text(to)
        try:
            yield
        finally:
            (self.site / "closed").unlink()


def _arrange(base: Path, url: str) -> Path:
    """The folder to serve: Debian's own configuration goes by host names, so the few files beside it are copied."""
    site = base / "site"
    site.mkdir()
    for one in DEBIAN.iterdir():
        if one.name in ("wp-includes", "wp-admin", "wp-content"):
            (site / one.name).symlink_to(one)
        elif one.suffix == ".php":
            shutil.copy(one, site)
    (site / "wp-config.php").write_text(_CONFIG.format(socket=base / "db.sock", url=url))
    (site / "router.php").write_text(_ROUTER)
    return site


@contextlib.contextmanager
def _database(base: Path) -> Iterator[None]:
    program = shutil.which("mariadbd", path=_PATH) or "mariadbd"
    me = pwd.getpwuid(os.getuid()).pw_name
    command = [program, "--no-defaults", f"--user={me}", f"--datadir={base / 'db'}", f"--socket={base / 'db.sock'}"]
    command += [*_LIMITS, "--skip-networking", "--skip-name-resolve", f"--pid-file={base / 'db.pid'}"]
    with (base / "db.log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for_door(child, base / "db.log", socket.AF_UNIX, str(base / "db.sock"))
        yield
    finally:
        child.terminate()
        child.wait(30)


def _install(folder: Path) -> None:
    """An empty blog, to be copied: the database's folder and the passwords."""
    with tempfile.TemporaryDirectory(prefix="rapport-wp-") as name:
        base = Path(name)
        me = pwd.getpwuid(os.getuid()).pw_name
        command = ["mariadb-install-db", "--no-defaults", f"--user={me}", f"--datadir={base / 'db'}"]
        command += [*_LIMITS, "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        subprocess.run(command, check=True, capture_output=True)
        site = _arrange(base, "http://127.0.0.1")
        with _database(base):
            make = f'$db = new mysqli("localhost", "root", "", "", 0, "{base / "db.sock"}"); '
            make += '$db->query("CREATE DATABASE wp CHARACTER SET utf8mb4");'
            subprocess.run(["php", "-r", make], check=True, capture_output=True)
            desk = Desk(site, "install")
            (folder / "passwords.json").write_text(json.dumps(desk("install")))
            desk.close()
        shutil.copytree(base / "db", folder / "db")


def _version() -> str:
    told = (DEBIAN / "wp-includes" / "version.php").read_text()
    program = shutil.which("mariadbd", path=_PATH) or "mariadbd"
    database = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return told.partition("$wp_version = '")[2].partition("'")[0] + "-" + database.partition("Ver ")[2].split("-")[0]


@contextlib.contextmanager
def running() -> Iterator[WordPress]:
    """WordPress in a folder of its own; everything ends with the block."""
    first = cache.made(f"wordpress-{_version()}-{os.getuid()}-1", _install)
    base = Path(tempfile.mkdtemp(prefix="rapport-wp-"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        shutil.copytree(first / "db", base / "db")
        site = _arrange(base, url)
        with _database(base), _serving(base, site, port):
            desk = Desk(site)
            try:
                yield WordPress(base, url, json.loads((first / "passwords.json").read_text()), desk)
            finally:
                desk.close()
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def _serving(base: Path, site: Path, port: int) -> Iterator[None]:
    command = ["php", *_QUIET, "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{port}", "-t", str(site)]
    with (base / "php.log").open("wb") as log:
        child = subprocess.Popen([*command, str(site / "router.php")], stdout=log, stderr=log)
    try:
        wait_for_door(child, base / "php.log", socket.AF_INET, ("127.0.0.1", port))
        yield
    finally:
        child.terminate()
        child.wait(10)

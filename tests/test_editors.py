"""The configurations of editors/ work: a finding appears, its fix is applied, and the finding is gone.

Each editor runs without a screen, with every wait bounded, and prints a line for each thing that happened.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytest.importorskip("pygls")

EDITORS = ROOT / "editors"
BEFORE = """\
ServerRoot /etc/httpd
Listen 443
SSLCompression on
SSLEngine on
SSLCertificateFile tls/www.pem
ServerName www.example.org
"""
EXPECTED = ["appeared: tls-compression", "fixed: SSLCompression off", "gone", "end"]

NEOVIM = """
local function done(status) vim.cmd(status == 0 and 'qa!' or 'cq!') end
local function say(text) io.stdout:write(text .. '\\n') end
local function codes()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
end
local function has() return vim.tbl_contains(codes(), 'tls-compression') end

vim.cmd('edit httpd.conf')
if not vim.wait(15000, has, 50) then say('nothing appeared') done(1) end
say('appeared: tls-compression')
vim.api.nvim_win_set_cursor(0, { 3, 0 })
vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
local function fixed() return vim.fn.getline(3) == 'SSLCompression off' end
if not vim.wait(15000, fixed, 50) then say('nothing was fixed: ' .. vim.fn.getline(3)) done(1) end
say('fixed: ' .. vim.fn.getline(3))
if not vim.wait(15000, function() return not has() end, 50) then say('it stays') done(1) end
say('gone')
say('end')
done(0)
"""

EMACS = """
(require 'sslint)
(require 'apache-mode)
(require 'eglot)
(require 'flymake)
(setq eglot-sync-connect 15 eglot-autoshutdown nil)
(defun say (&rest words) (princ (apply #'format words)) (terpri))
(defun wait (what)
  (let ((end (+ (float-time) 15)) found)
    (while (and (not (setq found (funcall what))) (< (float-time) end))
      (accept-process-output nil 0.1))
    (or found (progn (say "gave up") (kill-emacs 1)))))
(defun found ()
  (flymake-start)
  (seq-find (lambda (one) (string-match "ompression" (flymake-diagnostic-text one))) (flymake-diagnostics)))
(find-file "httpd.conf")
(apache-mode)
(apply #'eglot (eglot--guess-contact))
(wait #'found)
(say "appeared: tls-compression")
(goto-char (point-min))
(search-forward "SSLCompression")
(let* ((actions (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix"))
       (action (seq-find (lambda (one) (eq t (plist-get one :isPreferred))) actions)))
  (eglot--apply-workspace-edit (plist-get action :edit)))
(say "fixed: %s" (buffer-substring (line-beginning-position) (line-end-position)))
(eglot--signal-textDocument/didChange) ; which is for idle moments, and there are none without a screen
(wait (lambda () (not (found))))
(say "gone")
(say "end")
(set-buffer-modified-p nil)
(kill-emacs 0)
"""

ALE = """
set nocompatible
filetype on
edit httpd.conf
set filetype=apache
let g:ale_linters = {'apache': ['sslint']}
let g:ale_fixers = {}
function! Wait(check) abort
    for l:turn in range(150)
        if a:check() | return 1 | endif
        sleep 100m
    endfor
    return 0
endfunction
function! Found() abort
    return !empty(filter(getloclist(0), {_, one -> one.text =~# 'ompression'}))
endfunction
let g:told = []
call ale#Queue(0, 'lint_file')
call add(g:told, Wait(function('Found')) ? 'appeared: tls-compression' : 'nothing appeared')
call setline(3, 'SSLCompression off')
call add(g:told, 'fixed: ' . getline(3))
call ale#Queue(0, 'lint_file')
call add(g:told, Wait({-> !Found()}) ? 'gone' : 'it stays')
call writefile(g:told + ['end'], 'told')
qall!
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A server's main file, in a repository."""
    (tmp_path / "httpd.conf").write_text(BEFORE)
    (tmp_path / ".sslint.yaml").write_text("openssl: 1.1.1\nselect: [tls-compression]\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """What an editor prints. It finds sslint as a user would, and nothing of this user's own settings."""
    found = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {"PATH": found, "HOME": str(folder), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=90, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def editor(*names: str) -> str:
    """The first editor of these names that is installed, beside the tests' own Python or anywhere."""
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for name in names:
        found = shutil.which(name, path=beside)
        if found:
            return found
    pytest.skip(f"no {names[0]} here")


def test_neovim(folder: Path) -> None:
    nvim = editor("nvim")
    version = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    if tuple(map(int, version.split("v")[1].split("-")[0].split(".")[:2])) < (0, 11):
        pytest.skip(f"{version} is older than 0.11")
    (folder / "test.lua").write_text(NEOVIM)
    path = str(EDITORS / "neovim").replace(" ", "\\ ")
    told = run(folder, nvim, "--headless", "--clean", "--cmd", f"set rtp^={path}", "-c", "luafile test.lua")
    assert told.split("\n")[:4] == EXPECTED


def test_emacs(folder: Path) -> None:
    emacs = editor("emacs")
    probe = "(progn (require 'eglot) (require 'apache-mode))"
    if subprocess.run([emacs, "--batch", "--eval", probe], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("Emacs has no eglot or no apache-mode")
    (folder / "test.el").write_text(EMACS)
    told = run(folder, emacs, "--batch", "-L", str(EDITORS / "emacs"), "-l", "test.el")
    assert told.split("\n")[:4] == EXPECTED


def test_vim_with_ale(folder: Path) -> None:
    vim = editor("vim")
    (folder / "probe.vim").write_text(
        "let s:ok = has('job') && !empty(globpath(&rtp . ',/usr/share/vim-ale', 'autoload/ale.vim'))\n"
        "if s:ok | qall! | else | cquit! | endif\n"
    )
    base = [vim, "-N", "-u", "NONE", "-i", "NONE", "-n", "--not-a-term", "-es"]
    checked = subprocess.run([*base, "-S", "probe.vim"], cwd=folder, capture_output=True, check=False, timeout=30)
    if checked.returncode:
        pytest.skip("Vim has no jobs, or no ALE")
    (folder / "rc.vim").write_text(f"set rtp^=/usr/share/vim-ale rtp^={EDITORS / 'vim'}\nruntime! plugin/ale.vim\n")
    (folder / "test.vim").write_text(ALE)
    base[base.index("NONE")] = "rc.vim"
    run(folder, *base, "-S", "test.vim")
    assert (folder / "told").read_text().split("\n")[:4] == EXPECTED


def test_the_extension_names_files_that_are_there() -> None:
    folder = EDITORS / "vscode"
    package = json.loads((folder / "package.json").read_text())
    assert (folder / package["main"].removeprefix("./dist/")).is_file()
    for language in package["contributes"]["languages"]:
        json.loads((folder / language["configuration"]).read_text())
    for grammar in package["contributes"]["grammars"]:
        json.loads((folder / grammar["path"]).read_text())
    node = shutil.which("node")
    if node:
        subprocess.run([node, "--check", "extension.js"], cwd=folder, check=True, timeout=30)

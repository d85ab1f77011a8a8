-- The language server of sslint, for Neovim 0.11 and newer: `vim.lsp.enable('sslint')` starts it.
return {
  cmd = { 'sslint', 'server' },
  filetypes = { 'apache' },
  root_markers = { '.sslint.yaml', '.sslint.yml', { 'apache2.conf', 'httpd.conf' }, '.git' },
  -- What stands in .sslint.yaml may stand here too, and goes first:
  -- settings = { sslint = { configuration = { target = 'debian-12' } } },
}

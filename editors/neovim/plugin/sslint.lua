-- Neovim takes files for Apache's below /etc alone; in a repository they lie anywhere.
vim.filetype.add({
  extension = { vhost = 'apache', apacheconf = 'apache' },
  filename = {
    ['.htaccess'] = 'apache',
    ['apache2.conf'] = 'apache',
    ['httpd.conf'] = 'apache',
  },
  pattern = {
    ['.*/sites%-available/.*'] = 'apache',
    ['.*/sites%-enabled/.*'] = 'apache',
    ['.*/conf%-available/.*%.conf'] = 'apache',
    ['.*/conf%-enabled/.*%.conf'] = 'apache',
    ['.*/mods%-available/.*'] = 'apache',
    ['.*/mods%-enabled/.*'] = 'apache',
    ['.*/vhosts%.d/.*%.conf'] = 'apache',
    ['.*/conf%.modules%.d/.*%.conf'] = 'apache',
    ['.*/apache2?/.*%.conf'] = 'apache',
    ['.*/httpd/.*%.conf'] = 'apache',
  },
})

vim.lsp.enable('sslint')

" The language server of sslint, for ALE.

call ale#Set('apache_sslint_executable', 'sslint')

function! ale_linters#apache#sslint#Root(buffer) abort
    for l:name in ['.sslint.yaml', '.sslint.yml', 'apache2.conf', 'httpd.conf']
        let l:found = ale#path#FindNearestFile(a:buffer, l:name)
        if !empty(l:found)
            return fnamemodify(l:found, ':h')
        endif
    endfor
    let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
    return !empty(l:git) ? fnamemodify(l:git, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction

call ale#linter#Define('apache', {
\   'name': 'sslint',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'apache_sslint_executable')},
\   'command': '%e server',
\   'language': 'apacheconf',
\   'project_root': function('ale_linters#apache#sslint#Root'),
\})

r"""A directive or section that httpd does not know

## What it does
Reports names that the target's httpd has never had, no longer has, does not have yet, or keeps only in
order to refuse them. Where one name is near, or a successor is known, a note tells it.

## Why
httpd looks up every name when it walks over the configuration (`ap_walk_config_sub`), and stops at the
first one that no module owns. The server does not start, and a reload leaves it down.

## Bad
### Misspelt
```
Listen 443
SSLProtocoll -all +TLSv1.2
#<^^^^^^^^^^ Invalid command 'SSLProtocoll': httpd 2.4...
```

### A section
```
<Directry /srv/www>
#<^^^^^^^ Invalid command '<Directry': httpd 2.4...
    AllowOverride None
</Directry>
```

### Gone since httpd 2.4
```
Listen 80
SSLMutex default
#<^^^^^^ Invalid command 'SSLMutex': httpd 2.4...
LockFile /var/lock/accept.lock
#<^^^^^^ Invalid command 'LockFile': httpd 2.4...
```

### Known, and refused every time
```
SSLLog /var/log/ssl.log
#<^^^^ SSLLog is no longer supported: httpd refuses every use of it
```

### Not there yet
```
#--- target: httpd=2.4.62
#--- live: no
SSLVHostSNIPolicy strict
#<^^^^^^^^^^^^^^^ Invalid command 'SSLVHostSNIPolicy': httpd 2.4.62 does not know it and will not start
```

### A name that a variable gives
```
Define ENGINE SSLEngin
${ENGINE} on
#<^^^^^^^ Invalid command 'SSLEngin': httpd 2.4...
```

### Gone, and said otherwise now
```
Listen 80
AcceptMutex posixsem
#<^^^^^^^^^ Invalid command 'AcceptMutex': httpd 2.4...
CookieLog /tmp/cookies.log
#<^^^^^^^ Invalid command 'CookieLog': httpd 2.4...
AuthzUserAuthoritative On
#<^^^^^^^^^^^^^^^^^^^^ Invalid command 'AuthzUserAuthoritative': httpd 2.4...
```

### A module that nobody knows here may bring it
```
#--- live: no
LoadModule gridsite_module modules/mod_gridsite.so
GridSiteIndexes on
#<^^^^^^^^^^^^^ GridSiteIndexes is in no module that sslint knows: gridsite_module must bring it, or httpd...
```

### In a file whose server is unknown
```
#--- role: fragment
Auth_memCookie_Authoritative on
#<^^^^^^^^^^^^^^^^^^^^^^^^^^ Auth_memCookie_Authoritative is in no module that sslint knows: one of a third party...
```

### In a .htaccess
```
#--- role: htaccess
RewriteEngin on
#<^^^^^^^^^^ Invalid command 'RewriteEngin': httpd...
```

### Beside modules that are known, misspelt or not
```
#--- live: no
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
LoadModule dav_svn_module modules/mod_dav_svn.so
LoadModule php7_module modules/libphp7.so
FastCgiServer /usr/lib/app
#<^^^^^^^^^^^ Invalid command 'FastCgiServer'...
```

## Good
### Case does not matter, nor do quotes around a name
```
sslprotocol -all +TLSv1.2
"SSLHonorCipherOrder" off
```

### For a server that has it
```
#--- target: httpd=2.2
SSLMutex default
```

### In a branch that is not taken
```
<IfVersion < 2.4>
    SSLMutex default
    LockFile /var/lock/accept.lock
</IfVersion>
<IfModule no_such_module.c>
    NoSuchDirective on
</IfModule>
```

## Fix
### Misspelt
```
Listen 443
SSLProtocol -all +TLSv1.2
```

### Gone since httpd 2.4
```
Listen 80
Mutex default ssl-cache
LockFile /var/lock/accept.lock
```

### Gone, and said otherwise now
```
Listen 80
Mutex posixsem mpm-accept
CustomLog /tmp/cookies.log "%{Cookie}n \"%r\" %t"
```

Only what says exactly the same is written instead; for the rest a note names the successor. The nearest name to a
misspelt one is a guess, and that fix unsafe.

## Limits
Modules that don't come with httpd are known as far as they are common (PHP, ModSecurity and the like). Where a server
loads another one, or is unknown, names without a likeness to known ones are only a warning. What stands under a
condition that sslint can't decide is reported if the condition probably holds.

## References
https://httpd.apache.org/docs/2.4/mod/directives.html; `ap_walk_config_sub` in server/config.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, enumeration, rule


@rule(
    code="SSL0001",
    name="unknown-directive",
    severity=Severity.ERROR,
    fix=Safety.SAFE,
    since="0.1.0",
    reference="https://httpd.apache.org/docs/2.4/mod/directives.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    role = context.configuration.role
    fails = "answers each request here with status 500" if role == "htaccess" else "does not start"
    strange = context.configuration.unfamiliar_modules
    if not problem.notes and (strange or role != "main"):
        owner = enumeration(strange).replace(" and ", " or ") if strange else "one of a third party"
        name = problem.source.text[slice(*problem.span)]
        message = f"{name} is in no module that sslint knows: {owner} must bring it, or httpd {fails}"
        yield context.report(problem, message, severity=Severity.WARNING)
        return
    guessed = any(note.startswith("did you mean") for note in problem.notes)
    title = "write the nearest name" if guessed else "write what says the same today"
    message = problem.message.replace("will not start", "answers each request here with status 500")
    yield context.relay(
        problem, title, safety=Safety.UNSAFE if guessed else None, message=message if role == "htaccess" else ""
    )

r"""Protected content is reached by plain HTTP

## What it does
For each section that asks for a login, wants a client certificate, has an `SSLRequire`, is a page for
administrators or sets a Secure cookie: looks for hosts that reach its content by plain HTTP, lays all sections
that apply there over each other, and reports the section if nothing demands TLS. Where a password is
asked for, it is an error.

## Why
Basic authentication sends the password with every request, in the clear; whoever is on the path has
it. `SSLVerifyClient` and `SSLRequire` in a section are not even looked at without TLS, so that plain
HTTP goes around them. `SSLRequireSSL` (or `Require ssl`) refuses such requests before any login.

## Bad
### A login on both sides
```
Listen 80
Listen 443
DocumentRoot /srv/www
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Directory /srv/www/private>
    #      ^^^^^^^^^^^^^^^^ <Directory /srv/www/private> asks for a password, and plain HTTP on www.example.org...
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

### An SSLRequire does not stand in
httpd looks at it on TLS connections only.
```
Listen 80
Listen 443
<VirtualHost *:80>
    DocumentRoot /srv/www
    <Location "/admin">
        #     ^^^^^^^^ <Location "/admin"> has an SSLRequire, and plain HTTP on *:80 reaches it: it is not evaluated...
        SSLRequire %{HTTPS} eq "on"
    </Location>
</VirtualHost>
```

### The proxy goes around the directory
```
Listen 80
Listen 443
DocumentRoot /srv/www
<Directory />
    SSLRequireSSL
</Directory>
ProxyPass /app http://127.0.0.1:8080/app
<Location /app>
    #     ^^^^ <Location /app> asks for a password, and plain HTTP on the main server reaches it...
    AuthType Basic
    AuthName "Staff"
    Require valid-user
</Location>
```

### In front of a backend
```
Listen 80
<VirtualHost *:80>
    ServerName app.example.org
    <Proxy "*">
        #  ^^^ <Proxy "*"> asks for a password, and plain HTTP on app.example.org (*:80) reaches it: the password...
        AuthType Basic
        AuthName "Staff"
        AuthUserFile /etc/apache2/passwords
        Require valid-user
    </Proxy>
    ProxyPass / http://127.0.0.1:8080/
</VirtualHost>
```

### A redirect inside the section comes after the login
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    #      ^^^^^^^^^^^^^^^^ <Directory /srv/www/private> asks for a password...
    AuthType Basic
    AuthName "Staff"
    Require valid-user
    RewriteEngine on
    RewriteCond %{HTTPS} off
    RewriteRule ^ https://www.example.org%{REQUEST_URI} [R=301,L]
</Directory>
```

### A host of port 80 in a file of its own
What the server around it looks like is not known, but this host speaks no TLS.
```
#--- role: fragment
<VirtualHost *:80>
    ServerName www.example.org
    <Directory /srv/www/private>
        #      ^^^^^^^^^^^^^^^^ <Directory /srv/www/private> asks for a password, and plain HTTP on www.example.org...
        AuthType Basic
        AuthName "Staff"
        Require valid-user
    </Directory>
</VirtualHost>
```

## Good
### TLS is demanded, in whatever way
```
Listen 80
Listen 443
DocumentRoot /srv/www
<Directory /srv/www/a>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    Require valid-user
</Directory>
<Directory /srv/www/b>
    AuthType Basic
    AuthName "Staff"
    <RequireAll>
        Require ssl
        Require valid-user
    </RequireAll>
</Directory>
<Directory /srv/www/c>
    AuthType Basic
    AuthName "Staff"
    <RequireAll>
        Require expr "%{HTTPS} == 'on'"
        Require valid-user
    </RequireAll>
</Directory>
<Directory /srv/www/d>
    AuthType Basic
    AuthName "Staff"
    <RequireAll>
        Require valid-user
        <RequireNone>
            Require expr "%{HTTPS} != 'on'"
        </RequireNone>
    </RequireAll>
</Directory>
```

### Nobody is asked for the password
One line that is met is enough, and Satisfy Any without Order lets everybody in.
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/a>
    AuthType Basic
    AuthName "Staff"
    Require all granted
    Require valid-user
</Directory>
<Directory /srv/www/b>
    AuthType Basic
    AuthName "Staff"
    Require valid-user
    Satisfy Any
</Directory>
```

### An <If> tells plain requests apart
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www/private>
    AuthType Basic
    AuthName "Staff"
    Require valid-user
    <If "%{HTTPS} != 'on'">
        Require all denied
    </If>
</Directory>
```

### The parent's SSLRequireSSL holds, although the child has a Require of its own
```
Listen 80
DocumentRoot /srv/www
<Directory /srv/www>
    SSLRequireSSL
</Directory>
<Directory /srv/www/private>
    AuthType Basic
    AuthName "Staff"
    Require valid-user
</Directory>
```

### A redirect of the server answers first, but for ACME's challenges
```
Listen 80
Listen 443
DocumentRoot /srv/www
<VirtualHost *:80>
    ServerName www.example.org
    RewriteEngine on
    RewriteCond %{REQUEST_URI} !^/\.well-known/acme-challenge/
    RewriteRule ^/?(.*) https://www.example.org/$1 [R=301,L]
</VirtualHost>
<VirtualHost *:80>
    ServerName mail.example.org
    Redirect permanent / https://mail.example.org/
</VirtualHost>
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Directory /srv/www/private>
    AuthType Basic
    AuthName "Staff"
    Require valid-user
</Directory>
```

### The plain host has another document root
```
Listen 80
Listen 443
<VirtualHost *:80>
    DocumentRoot /srv/public
</VirtualHost>
<VirtualHost *:443>
    DocumentRoot /srv/private
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
    <Location /admin>
        AuthType Basic
        AuthName "Staff"
        Require valid-user
    </Location>
</VirtualHost>
<Directory /srv/private>
    AuthType Basic
    AuthName "Staff"
    Require valid-user
</Directory>
```

### TLS ends in front of this server, or nobody else can connect
```
Listen 80
Listen 127.0.0.1:8080
<VirtualHost *:80>
    SetEnvIf X-Forwarded-Proto https HTTPS=on
    <Location /a>
        AuthType Basic
        AuthName "Staff"
        Require valid-user
    </Location>
</VirtualHost>
<VirtualHost 127.0.0.1:8080>
    <Location /b>
        AuthType Basic
        AuthName "Staff"
        Require valid-user
    </Location>
</VirtualHost>
```

### A page for administrators of a server without TLS
```
Listen 80
<Location /server-info>
    SetHandler server-info
    Require ip 192.0.2.0/24
</Location>
```

### Nobody on another machine gets in
```
Listen 80
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Location /server-info>
    SetHandler server-info
    Require local
</Location>
```

## Fix
### A login on both sides
```
Listen 80
Listen 443
DocumentRoot /srv/www
<VirtualHost *:80>
    ServerName www.example.org
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.org
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/www.pem
</VirtualHost>
<Directory /srv/www/private>
    SSLRequireSSL
    AuthType Basic
    AuthName "Staff"
    AuthUserFile /etc/apache2/passwords
    Require valid-user
</Directory>
```

## Limits
Where TLS is demanded in vain, `satisfy-any-bypasses-require-ssl` and `require-ssl-in-require-any` say so.
Of fragments whose server is unknown, only hosts that speak no TLS for certain are judged: `SSLEngine off`,
or port 80. Nothing is said of `.htaccess` files, nor of content that only a module's own mapping
reaches. A TLS terminator in front is known by its marks alone: `HTTPS` set from a header, mod_remoteip.

## References
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl; RFC 7617 section 4
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Safety, Server, Severity, assumption, rule

from ._exposed import findings, place
from ._requiring import fix


@rule(
    code="SSL0701",
    name="missing-ssl-require-ssl",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrequiressl",
    needs=(
        "require",
        "authtype",
        "sslverifyclient",
        "sslrequire",
        "sslusername",
        "sslciphersuite",
        "sethandler",
        "sessioncookiename",
        "sessioncookiename2",
    ),
)
def check(server: Server, context: Context) -> Iterator[Diagnostic]:
    for finding in findings(server):
        scope, need = finding.scope, finding.need
        host = finding.exposures[0].host
        related = [(need.directive, f"{need.what}, by this line")]
        if host.header is not None:
            related.append((host.header, "reached here without TLS"))
        notes = list(assumption(scope.section, need.directive, host.condition))
        if server.is_fragment:
            notes.append("Only this file was read: the server's main file may demand TLS for this host all the same.")
        elif not finding.served_by_tls:
            notes.append("No host serves this by TLS yet: set one up before plain requests are refused.")
        yield context.report(
            place(scope),
            finding.message,
            label="nothing here demands TLS",
            related=related,
            notes=notes,
            fix=fix(finding, context),
            severity=Severity.ERROR if need.is_credential else None,
        )

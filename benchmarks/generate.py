"""Configurations of any size for the benchmarks, like real ones in their mix of lines."""

from __future__ import annotations

import random

_HOST = """\
# Site {n}: {name}
<VirtualHost *:{port}>
    ServerName {name}
    ServerAlias www.{name} static.{name}
    DocumentRoot "/srv/www/{name}/htdocs"

    # Each site has a log of its own.
    ErrorLog /var/log/httpd/{name}-error.log
    CustomLog /var/log/httpd/{name}-access.log "%h %l %u %t \\"%r\\" %>s %b"
    SSLEngine on
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
    SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL
    SSLCertificateFile /etc/pki/{name}.pem
    SSLCertificateKeyFile /etc/pki/{name}.key

    <Directory "/srv/www/{name}/htdocs">
        Options -Indexes \\
            +FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>

    <Location /admin{n}>
        AuthType Basic
        AuthName "Site {n}"
        AuthUserFile /etc/httpd/{n}.users
        Require valid-user
        SSLRequireSSL
    </Location>
    RewriteEngine On
    RewriteCond %{{HTTP_HOST}} !^www\\. [NC]
    RewriteRule ^/old/(.*)$ /new/$1 [R=301,L]
    Header always set Strict-Transport-Security "max-age=31536000"
</VirtualHost>

"""


def configuration(lines: int, seed: int = 2005) -> str:
    """A configuration of at least so many lines; the same for the same arguments."""
    chance = random.Random(seed)
    parts = ["ServerRoot /etc/httpd\nServerName bench.example\nListen 80\nListen 443\n"]
    count = 4
    number = 0
    while count < lines:
        number += 1
        name = f"host{number}-{chance.randrange(10**6)}.example.org"
        text = _HOST.format(n=number, name=name, port=443)
        parts.append(text)
        count += text.count("\n")
    return "".join(parts)

"""Too many or too few arguments

## What it does
Counts a directive's words as httpd does, quotes respected, and reports those that have a number which
the directive does not take. A note gives the directive's syntax.

## Why
httpd refuses the line and does not start (`invoke_cmd`). The usual reasons are a blank in a path or a
name that nobody quoted, and a comment behind the directive: httpd has comments on lines of their own
only, so that the `#` is an argument like any other.

## Bad
### A comment behind the directive
```
ServerAdmin webmaster@example.org # who is called at night
#                                 ^^^^^^^^^^^^^^^^^^^^^^^^ ServerAdmin takes one argument, and is given 7
```

### A path with a blank
```
DocumentRoot /srv/my site
#                    ^^^^ DocumentRoot takes one argument, and is given 2
```

### A blank that is not quoted
```
ServerAdmin The Webmaster
#               ^^^^^^^^^ ServerAdmin takes one argument, and is given 2
```

### None at all
```
SSLEngine
#<^^^^^^^ SSLEngine takes one argument, and is given 0
```

### An empty word is no argument
```
ServerAdmin ""
#<^^^^^^^^^ ServerAdmin takes one argument...
```

## Good
### Quoted, and a comment on a line of its own
```
# who is called at night
ServerAdmin "The Webmaster # 1"
SSLEngine off
```

### Lists, switches and directives without arguments take more than they need
```
SSLHonorCipherOrder on # see argument-ignored
<Directory /srv/www>
    SSLRequireSSL always
</Directory>
```

### A variable that gives two words
```
Define LIST "TLSv1.3 TLS_AES_256_GCM_SHA384"
SSLCipherSuite ${LIST}
```

## Fix
### A comment behind the directive
```
# who is called at night
ServerAdmin webmaster@example.org
```

## Limits
Counts that only a handler checks are reported as bad-value.

## References
https://httpd.apache.org/docs/2.4/configuring.html#syntax; `invoke_cmd` in server/config.c,
`ap_getword_conf` in server/util.c
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Problem, Safety, Severity, rule


@rule(
    code="SSL0004",
    name="wrong-argument-count",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/configuring.html",
    rejected=True,
)
def check(problem: Problem, context: Context) -> Iterator[Diagnostic]:
    yield context.relay(problem, "give the comment a line of its own")

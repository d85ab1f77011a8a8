"""A word of SSLProtocol without sign throws away the words before it

## What it does
Reports words of `SSLProtocol` and `SSLProxyProtocol` that have no `+` or `-` and follow others that had
switched something on: they replace what the words before them collected.

## Why
`SSLProtocol TLSv1.2 TLSv1.3` reads like a list and allows TLS 1.3 alone: every client of TLS 1.2 is turned
away. Up to httpd 2.4.12 nothing is logged; since then there is a warning at the start (AH02532) that few
people see.

## Bad
### A list without signs
```
Listen 443
SSLProtocol TLSv1.2 TLSv1.3
#                   ^^^^^^^ TLSv1.3 throws TLS 1.2 away: only TLS 1.3 is left
```

### A sign forgotten
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 TLSv1.3
    #                         ^^^^^^^ TLSv1.3 throws TLS 1.2 away: only TLS 1.3 is left
</VirtualHost>
```

### The proxy's side
```
SSLProxyProtocol +TLSv1.3 TLSv1.2
#                         ^^^^^^^ TLSv1.2 throws TLS 1.3 away: only TLS 1.2 is left
```

### Weak versions were thrown away
```
SSLProtocol all -SSLv3 TLSv1.2
#                      ^^^^^^^ TLSv1.2 throws TLS 1.0, TLS 1.1 and TLS 1.3 away: only TLS 1.2 is left
```

## Good
### Signs on every word
```
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

### The first word may go without
```
SSLProtocol TLSv1.2 +TLSv1.3
```

### Everything but some
```
SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
```

### Nothing had been collected, or nothing is lost
```
SSLProtocol -all TLSv1.3
SSLProxyProtocol TLSv1.2 all -SSLv3
```

## Fix
### A list without signs
```
Listen 443
SSLProtocol TLSv1.2 +TLSv1.3
```

### A sign forgotten
```
Listen 443
<VirtualHost *:443>
    SSLEngine on
    SSLProtocol -all +TLSv1.2 +TLSv1.3
</VirtualHost>
```

### The proxy's side
```
SSLProxyProtocol +TLSv1.3 +TLSv1.2
```

### Weak versions were thrown away
```
SSLProtocol all -SSLv3 +TLSv1.2
```

## Limits
The fix adds the sign, so that what the words name is allowed together. Where that brings TLS 1.1 or older
back it is unsafe.

## References
`ssl_cmd_protocol_parse` in modules/ssl/ssl_engine_config.c (AH02532);
https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, replace, rule, switch_on

from ._offered import join


@rule(
    code="SSL0111",
    name="ssl-protocol-bare-token",
    severity=Severity.ERROR,
    since="0.1.0",
    fix=Safety.SAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol",
    keys=("sslprotocol", "sslproxyprotocol"),
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    arguments = directive.arguments
    words = [argument.value for argument in arguments]
    if all(word[:1] in ("+", "-") for word in words[1:]):
        return
    for index, word in enumerate(words):
        after = switch_on(words[: index + 1], context.target)
        lost = {one: by for one, by in switch_on(words[:index], context.target).items() if one not in after}
        if word[:1] in ("+", "-") or not lost or not after:
            continue
        safety = Safety.UNSAFE if any(one.is_weak for one in lost) else Safety.SAFE
        left = f"only {join(after)} is left" if len(after) == 1 else f"{join(after)} are left"
        yield context.report(
            arguments[index],
            f"{word} throws {join(lost)} away: {left}",
            label="replaces what stands before it",
            related=[(arguments[place], "thrown away") for place in sorted(set(lost.values()))],
            fix=context.fix("add the missing sign", replace(arguments[index], f"+{word}"), safety=safety),
        )

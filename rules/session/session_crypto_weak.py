"""Sessions are encrypted with a cipher that is not strong

## What it does
Reports `SessionCryptoCipher` with another cipher than those of the option `strong`.

## Why
`SessionCryptoCipher` takes `3des192` and `aes128` beside `aes192` and `aes256`. Triple DES is withdrawn: its small
blocks give contents away after some traffic. The default, `aes256`, has no drawback.

## Bad
### Triple DES
```
Session On
SessionCookieName session path=/;HttpOnly
SessionCryptoCipher 3des192
#                   ^^^^^^^ sessions are encrypted with 3des192: aes256, the default, is strong
SessionCryptoPassphrase secret
```

## Good
### AES
```
SessionCryptoCipher aes256
SessionCryptoPassphrase secret
```

## Fix
### Triple DES
```
Session On
SessionCookieName session path=/;HttpOnly
SessionCryptoCipher aes256
SessionCryptoPassphrase secret
```

The fix is unsafe: sessions that were begun before can't be read any more.

## Options
`strong`: the ciphers that are not reported: `aes128`, `aes192` and `aes256`. The STIG wants `aes256`.

## References
NIST SP 800-131A; DISA STIG for Apache Server 2.4 UNIX, V-214252;
https://httpd.apache.org/docs/2.4/mod/mod_session_crypto.html#sessioncryptocipher
"""

from __future__ import annotations

from collections.abc import Iterator

from sslint.api import Context, Diagnostic, Directive, Safety, Severity, assumption, replace, rule


@rule(
    code="SSL0531",
    name="session-crypto-weak",
    severity=Severity.WARNING,
    since="0.1.0",
    fix=Safety.UNSAFE,
    reference="https://httpd.apache.org/docs/2.4/mod/mod_session_crypto.html#sessioncryptocipher",
    keys=("sessioncryptocipher",),
    options={"strong": ("aes128", "aes192", "aes256")},
)
def check(directive: Directive, context: Context) -> Iterator[Diagnostic]:
    word = directive.arguments[0] if directive.arguments else None
    strong = context.option("strong", tuple)
    if word is None or word.value.lower() in strong:
        return
    yield context.report(
        word,
        f"sessions are encrypted with {word.value}: aes256, the default, is strong",
        notes=assumption(directive),
        fix=context.fix("use the default", replace(word, "aes256")),
    )

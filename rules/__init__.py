"""The rules: one file each, found by walking this package. Ships as `sslint.rules`."""

if __name__ != "sslint.rules":
    raise ImportError(
        f"the rules are the package sslint.rules, never {__name__}: import nothing from the checkout's root"
    )

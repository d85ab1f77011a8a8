"""The language server: a shell around `survey`, `fixer` and `assist`, on pygls.

Nothing but `sslint server` imports it, since the protocol's types take longer to import than a check.
"""

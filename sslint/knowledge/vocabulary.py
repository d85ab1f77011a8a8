"""Variables, functions and operators of expressions (`server/util_expr_eval.c`, httpd 2.4)."""

from __future__ import annotations

VARIABLES = frozenset(
    """
    HTTP_ACCEPT HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_USER_AGENT
    REQUEST_METHOD REQUEST_SCHEME REQUEST_URI REQUEST_FILENAME REQUEST_STATUS REQUEST_LOG_ID DOCUMENT_URI
    DOCUMENT_ROOT LAST_MODIFIED REMOTE_ADDR REMOTE_PORT REMOTE_HOST REMOTE_IDENT REMOTE_USER SERVER_ADMIN
    SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_PROTOCOL_VERSION SERVER_PROTOCOL_VERSION_MAJOR
    SERVER_PROTOCOL_VERSION_MINOR SCRIPT_FILENAME SCRIPT_USER SCRIPT_GROUP PATH_INFO QUERY_STRING IS_SUBREQ
    AUTH_TYPE THE_REQUEST CONTENT_TYPE HANDLER CONTEXT_PREFIX CONTEXT_DOCUMENT_ROOT HTTPS IPV6 CONN_LOG_ID
    CONN_REMOTE_ADDR HTTP2 TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC TIME_WDAY TIME
    SERVER_SOFTWARE API_VERSION
    """.split()
)
"""Names that httpd's own modules answer, besides `SSL_…`, which mod_ssl takes unseen."""

FUNCTIONS = frozenset(
    "req http resp reqenv osenv env note req_novary tolower toupper escape unescape base64 unbase64 md5 sha1 "
    "file filesize filemod ldap ssl hc".split()
)
LIST_FUNCTIONS = frozenset({"peerextlist"})
UNARY = frozenset("nzTRdefsLhxFUA")
BINARY = frozenset({"ipmatch", "strmatch", "strcmatch", "fnmatch"})
RESTRICTED_FUNCTIONS = frozenset({"file", "filesize", "filemod"})
RESTRICTED_UNARY = frozenset("defsLhx")
"""Functions and file tests that .htaccess may not use."""

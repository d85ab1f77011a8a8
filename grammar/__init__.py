"""The language as data: grammars, the directive table, cipher tables and policies."""

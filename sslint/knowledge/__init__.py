"""Typed views of what is known about httpd: directives, versions, modules, targets."""

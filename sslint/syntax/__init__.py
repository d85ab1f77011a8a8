"""What is written: the lossless tree of one source."""

from .parser import Trees, parse
from .tree import Bad, Blank, Comment, Directive, Section, Tree

__all__ = ["Bad", "Blank", "Comment", "Directive", "Section", "Tree", "Trees", "parse"]

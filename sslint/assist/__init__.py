"""What somebody who writes a configuration asks of the model: what is this, what may stand here, where is that.

Everything here works on texts and offsets, and knows of no editor: `lsp` turns it into a protocol.
"""

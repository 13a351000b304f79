"""From facts to a PDF: the page as plain HTML, then a bounded child process with WeasyPrint."""

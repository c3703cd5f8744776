"""The command line: the caseload, a case and the record without a full-screen terminal (and without Textual)."""

"""Apply message rules to records: kinds of check as code, the rules themselves as rows."""

"""Keep the ledger of approvals."""

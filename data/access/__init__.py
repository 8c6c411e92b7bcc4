"""Who may see what: roles, scope, purposes, and the gate that every answer about a person passes."""

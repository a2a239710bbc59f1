"""What is particular to a complaint: what was complained of, the account, the provisional view and the findings."""

"""What the connected leasing platforms (CRMs) hold."""

"""What was promised: the contracts, and nothing of worlds, HTTP or vendors' behaviours."""

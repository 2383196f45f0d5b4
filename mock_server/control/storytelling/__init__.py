"""Stories over both APIs: told step by step, by real calls, in one world."""

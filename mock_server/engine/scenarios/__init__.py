"""What a world begins with besides the seeded records: scenarios, each a folder of files."""

"""Letters to the city's letter box."""

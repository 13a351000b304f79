"""Holiday notices as data."""

"""Orders of supervisors to a unit: reported back, closed, sent back, recalled."""

"""The units' annual reports handed in, checked, merged into the city's, and published (条例第四十九条、第五十条)."""

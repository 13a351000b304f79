"""A city with years behind it: cases told through the real actions at moments that are over, to look at and to measure."""

"""Items that the city publishes on its own initiative, from the draft to the taking down."""

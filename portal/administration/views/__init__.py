"""Pages of the administrators' room."""

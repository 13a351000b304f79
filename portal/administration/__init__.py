"""The administrators' room: units and appointments, rules, holiday notices, papers, retention."""

"""The letter box in figures by unit and month: counted from the event log, shown, written out."""

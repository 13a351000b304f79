"""The annual report on open government information (国办公开办函〔2021〕30号): counted, checked, written out."""

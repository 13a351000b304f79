"""The catalogue that the founding text prescribes, as rows to load: notices.catalogue.rows."""

"""Django's database engines, with every write of a bound row sealed before it is committed."""

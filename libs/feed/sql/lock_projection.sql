-- A statement of its own: what follows sees all that the last holder committed.
SELECT pg_advisory_xact_lock(74547455, hashtext($1))

-- A statement of its own: the snapshot of what follows is taken after the lock is held, and so sees all that the last
-- holder committed. False: another instance is at it.
SELECT pg_try_advisory_xact_lock(74547455) AS locked

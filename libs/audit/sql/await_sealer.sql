-- As lock_sealer, for who may not go away without.
SELECT true AS locked FROM (SELECT pg_advisory_xact_lock(74547455)) AS held

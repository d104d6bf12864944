-- For the worker: up to $3 dossiers of region $1 after $2.
SELECT d.id FROM dossiers d WHERE d.region_id = $1::text AND d.id > $2::uuid ORDER BY d.id LIMIT $3::bigint

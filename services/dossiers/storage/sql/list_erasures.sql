-- For the worker.
SELECT e.region_id, e.dossier_hash, e.erased_at, e.ground FROM erasures e ORDER BY e.erased_at, e.region_id, e.dossier_hash

-- In key order, so that two batches that share keys wait for each other instead of deadlocking. A record that is still
-- valid is left as it is and is not returned. Without references, unnest makes them NULL.
INSERT INTO request_records AS r (caller, method, region_id, request_id, body_hash, reference)
SELECT k.caller, k.method, k.region_id, k.request_id, k.body_hash, k.reference
  FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bytea[], $6::text[])
       AS k(caller, method, region_id, request_id, body_hash, reference)
 ORDER BY k.caller, k.method, k.region_id, k.request_id
ON CONFLICT ON CONSTRAINT request_records_pkey DO UPDATE
   SET body_hash = EXCLUDED.body_hash, reference = EXCLUDED.reference, created_at = EXCLUDED.created_at,
       expires_at = EXCLUDED.expires_at
 WHERE r.expires_at <= now()
RETURNING r.caller, r.method, r.region_id, r.request_id

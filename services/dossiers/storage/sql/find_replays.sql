-- Requests done before, for callers that have lost sight of the dossier since: they are told what became of it.
SELECT c.ordinal, r.reference
  FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bytea[])
       WITH ORDINALITY AS c (caller, method, region_id, request_id, body_hash, ordinal)
  JOIN request_records r ON r.caller = c.caller AND r.method = c.method AND r.region_id = c.region_id
   AND r.request_id = c.request_id AND r.body_hash = c.body_hash

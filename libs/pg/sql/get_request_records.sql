SELECT k.place, r.body_hash, r.reference
  FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY AS k(caller, method, region_id, request_id, place)
  JOIN request_records r USING (caller, method, region_id, request_id)

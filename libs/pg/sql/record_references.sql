UPDATE request_records AS r
   SET reference = k.reference
  FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[]) AS k(caller, method, region_id, request_id, reference)
 WHERE r.caller = k.caller AND r.method = k.method AND r.region_id = k.region_id AND r.request_id = k.request_id

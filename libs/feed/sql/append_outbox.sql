INSERT INTO feed_outbox (region_id, resource_kind, resource_id, version)
SELECT e.region_id, e.resource_kind, e.resource_id, e.version
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) WITH ORDINALITY
       AS e(region_id, resource_kind, resource_id, version, place)
 ORDER BY e.place

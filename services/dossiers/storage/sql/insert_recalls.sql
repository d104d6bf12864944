INSERT INTO recalls (region_id, dossier_id, version, holder_organisation_id, categories, reason, recalled_at)
SELECT c.region_id, c.dossier_id, c.version, c.holder_organisation_id, string_to_array(c.categories, ','), c.reason,
       c.recalled_at
  FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       AS c (region_id, dossier_id, version, holder_organisation_id, categories, reason, recalled_at)

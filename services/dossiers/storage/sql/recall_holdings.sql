-- The receipt stays; when and in which version it was recalled is added.
UPDATE holdings h
   SET recalled_at = c.recalled_at, recalled_version = c.version
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
       AS c (region_id, dossier_id, organisation_id, purpose, categories, version, recalled_at)
 WHERE h.region_id = c.region_id AND h.dossier_id = c.dossier_id AND h.organisation_id = c.organisation_id
   AND h.purpose = c.purpose AND h.category = ANY (string_to_array(c.categories, ',')) AND h.recalled_at IS NULL

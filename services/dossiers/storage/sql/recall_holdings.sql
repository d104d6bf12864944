-- The receipts of one holder ($1) for one purpose ($2) stay; when ($3) and in which version they were recalled is added.
UPDATE holdings h
   SET recalled_at = $3::timestamptz, recalled_version = c.version
  FROM unnest($4::text[], $5::uuid[], $6::text[], $7::bigint[]) AS c (region_id, dossier_id, categories, version)
 WHERE h.region_id = c.region_id AND h.dossier_id = c.dossier_id AND h.organisation_id = $1::text
   AND h.purpose = $2::text AND h.category = ANY (string_to_array(c.categories, ',')) AND h.recalled_at IS NULL

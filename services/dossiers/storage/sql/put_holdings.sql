-- Receipts of what is handed out, per dossier with its categories and bases (comma-separated, same order).
INSERT INTO holdings AS t (region_id, dossier_id, organisation_id, purpose, category, basis, first_delivered_at)
SELECT c.region_id, c.dossier_id, c.organisation_id, c.purpose, h.category, h.basis, c.delivered_at
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       AS c (region_id, dossier_id, organisation_id, purpose, categories, bases, delivered_at)
 CROSS JOIN LATERAL unnest(string_to_array(c.categories, ','), string_to_array(c.bases, ',')) AS h (category, basis)
 ORDER BY c.region_id, c.dossier_id, c.organisation_id, c.purpose, h.category
ON CONFLICT (region_id, dossier_id, organisation_id, purpose, category) DO UPDATE
   SET basis = EXCLUDED.basis, ended_noted_at = NULL, recalled_at = NULL, recalled_version = NULL
 WHERE t.basis <> EXCLUDED.basis OR t.ended_noted_at IS NOT NULL OR t.recalled_at IS NOT NULL

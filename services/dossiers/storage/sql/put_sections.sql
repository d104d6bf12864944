INSERT INTO dossier_sections (region_id, dossier_id, category, document)
SELECT c.region_id, c.dossier_id, c.category, c.document
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[]) AS c (region_id, dossier_id, category, document)
 ORDER BY c.region_id, c.dossier_id, c.category
ON CONFLICT (region_id, dossier_id, category) DO UPDATE SET document = EXCLUDED.document

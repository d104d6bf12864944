DELETE FROM dossier_sections s
 USING unnest($1::text[], $2::uuid[], $3::text[]) AS c (region_id, dossier_id, category)
 WHERE s.region_id = c.region_id AND s.dossier_id = c.dossier_id AND s.category = c.category

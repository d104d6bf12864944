-- The receipts of one holder ($1) for one purpose ($2) stay; when ($3) they were recalled is added, and in which version. Gives
-- the dossiers, and whether something of them ended without a change, which nobody had noted: a second stream is told by that.
UPDATE holdings h
   SET recalled_at = $3::timestamptz, recalled_version = c.version,
       ended_noted_at = CASE WHEN c.ended_silently THEN coalesce(h.ended_noted_at, $3::timestamptz) ELSE h.ended_noted_at END
  FROM unnest($4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::boolean[])
       AS c (region_id, dossier_id, categories, version, ended_silently)
 WHERE h.region_id = c.region_id AND h.dossier_id = c.dossier_id AND h.organisation_id = $1::text
   AND h.purpose = $2::text AND h.category = ANY (string_to_array(c.categories, ',')) AND h.recalled_at IS NULL
RETURNING c.region_id, c.dossier_id, c.ended_silently AND h.ended_noted_at = $3::timestamptz AS is_news

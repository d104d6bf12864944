-- The receipts of one holder ($1) for one purpose ($2) stay; when ($3) they were recalled is added, and in which version: the
-- last of the changes that were looked at ($7), or the one that took it. What none of these ($8 the first) or later took ended
-- without a change. Gives the dossiers, and whether something of them did, which nobody had noted: a second stream is told by that.
UPDATE holdings h
   SET recalled_at = $3::timestamptz, recalled_version = greatest(c.last_version, h.taken_version),
       ended_noted_at = CASE WHEN coalesce(h.taken_version, 0) < c.first_version
                             THEN coalesce(h.ended_noted_at, $3::timestamptz) ELSE h.ended_noted_at END
  FROM unnest($4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::bigint[])
       AS c (region_id, dossier_id, categories, last_version, first_version)
 WHERE h.region_id = c.region_id AND h.dossier_id = c.dossier_id AND h.organisation_id = $1::text
   AND h.purpose = $2::text AND h.category = ANY (string_to_array(c.categories, ',')) AND h.recalled_at IS NULL
RETURNING c.region_id, c.dossier_id,
          coalesce(h.taken_version, 0) < c.first_version AND h.ended_noted_at = $3::timestamptz AS is_news

-- For the worker: looks at up to $6 receipts (of one dossier, holder and purpose) after ($1, $2, $3, $4) and marks what is
-- granted no longer although nobody wrote to the dossier: a consent or agreement ran out, a rule or the register changed.
-- $5 day, $7 now, $8 seconds the register may be old: by an older one nothing is looked at. Gives the receipts looked at, and
-- the dossiers to tell of; the end of one that was erased meanwhile has been told. At least a row, with `is_fresh`.
WITH register AS MATERIALIZED (
  SELECT f.is_fresh FROM register_freshness($8::bigint) f),
looked AS MATERIALIZED (
  SELECT h.region_id, h.dossier_id, h.organisation_id, h.purpose, array_agg(h.category) AS categories
    FROM holdings h
   WHERE h.recalled_at IS NULL AND h.ended_noted_at IS NULL AND (SELECT r.is_fresh FROM register r)
     AND (h.region_id, h.dossier_id, h.organisation_id, h.purpose) > ($1::text, $2::uuid, $3::text, $4::text)
   GROUP BY h.region_id, h.dossier_id, h.organisation_id, h.purpose
   ORDER BY h.region_id, h.dossier_id, h.organisation_id, h.purpose
   LIMIT $6::bigint),
homes AS MATERIALIZED (
  SELECT residence_homes(array_agg(l.organisation_id), array_agg(d.municipality_of_residence), $5::date) AS list
    FROM looked l
    JOIN dossiers d ON d.region_id = l.region_id AND d.id = l.dossier_id),
ended AS (
  SELECT l.region_id, l.dossier_id, l.organisation_id, l.purpose, g.categories
    FROM looked l
   CROSS JOIN homes
   CROSS JOIN LATERAL granted_categories(
           l.region_id, l.dossier_id, l.organisation_id, l.purpose,
           ARRAY['DELIVERING', 'RECEIVING', 'APPLIED_TO', 'MUNICIPALITY_OF_RESIDENCE', 'RMC_OF_RESIDENCE',
                 'ATTENDANCE_OF_RESIDENCE', 'CONSENTED_PARTY'], $5::date, homes.list) g
   WHERE NOT l.categories <@ coalesce(g.categories, '{}')),
noted AS (
  UPDATE holdings h
     SET ended_noted_at = $7::timestamptz
    FROM ended e
   WHERE h.region_id = e.region_id AND h.dossier_id = e.dossier_id AND h.organisation_id = e.organisation_id
     AND h.purpose = e.purpose AND h.category <> ALL (coalesce(e.categories, '{}'))
     AND h.recalled_at IS NULL AND h.ended_noted_at IS NULL
  RETURNING h.region_id, h.dossier_id)
SELECT r.is_fresh, l.region_id, l.dossier_id, l.organisation_id, l.purpose,
       d.id IS NOT NULL
         AND EXISTS (SELECT FROM noted n WHERE n.region_id = l.region_id AND n.dossier_id = l.dossier_id) AS is_ended
  FROM register r
  LEFT JOIN looked l ON true
  LEFT JOIN dossiers d ON d.region_id = l.region_id AND d.id = l.dossier_id
 ORDER BY l.region_id, l.dossier_id, l.organisation_id, l.purpose

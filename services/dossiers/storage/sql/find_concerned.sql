-- For the worker: whom changes may concern: who stands in a relation to the dossier, serves its residence, or was ever given
-- something of it. $1 region, $2 dossier, $3 day.
WITH asked AS MATERIALIZED (
  SELECT c.ordinal, c.region_id, c.id, d.municipality_of_residence AS town
    FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS c (region_id, id, ordinal)
    LEFT JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.id),
offices AS MATERIALIZED (
  SELECT r.town, r.municipality_id, r.rmc_office_id, r.attendance_office_id
    FROM residences(ARRAY(SELECT DISTINCT a.town FROM asked a), $3::date) r)
SELECT a.ordinal,
       ARRAY(SELECT p.organisation_id
               FROM dossier_parties p
              WHERE p.region_id = a.region_id AND p.dossier_id = a.id AND p.to_at IS NULL
             UNION
             SELECT h.organisation_id FROM holdings h WHERE h.region_id = a.region_id AND h.dossier_id = a.id
             UNION
             SELECT v.organisation_id
               FROM (VALUES (o.municipality_id), (o.rmc_office_id), (o.attendance_office_id)) AS v (organisation_id)
              WHERE v.organisation_id IS NOT NULL) AS concerned
  FROM asked a
  LEFT JOIN offices o ON o.town = a.town
 ORDER BY a.ordinal

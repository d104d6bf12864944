-- Deploy dossiers:residences to pg
-- requires: served
-- The offices of many towns at once. Each town by itself looks through all offices of the country for those of its region, which a
-- feed paid for every town of every stretch that it read.
BEGIN;

-- What directory_residence says of each of these municipalities on a day (ServedTest compares the two); no row for those that
-- are in no region.
CREATE FUNCTION residences(towns text[], day date)
RETURNS TABLE (town text, municipality_id text, rmc_office_id text, attendance_office_id text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH homes AS MATERIALIZED (
    SELECT DISTINCT ON (i.value) i.value AS town, i.organisation_id, m.region_id
      FROM directory_identifiers i
      JOIN directory_memberships m ON m.organisation_id = i.organisation_id AND m.validity @> $2
     WHERE i.scheme = 'MUNICIPALITY_CODE' AND i.value = ANY ($1)
     ORDER BY i.value, m.region_id),
  offices AS MATERIALIZED (
    SELECT region.region_id, min(o.organisation_id) FILTER (WHERE o.kind = 'RMC_OFFICE') AS rmc_office_id,
           min(o.organisation_id) FILTER (WHERE o.kind = 'ATTENDANCE_OFFICE') AS attendance_office_id
      FROM (SELECT DISTINCT h.region_id FROM homes h) region
      JOIN directory_memberships m ON m.region_id = region.region_id AND m.validity @> $2
      JOIN directory_organisations o ON o.organisation_id = m.organisation_id
     GROUP BY region.region_id)
  SELECT h.town, h.organisation_id, offices.rmc_office_id, coalesce(own.office_id, offices.attendance_office_id)
    FROM homes h
    LEFT JOIN offices ON offices.region_id = h.region_id
    LEFT JOIN (SELECT o.parent_id, min(o.organisation_id) AS office_id
                 FROM directory_organisations o
                WHERE o.kind = 'ATTENDANCE_OFFICE' AND o.parent_id = ANY (ARRAY(SELECT town.organisation_id FROM homes town))
                GROUP BY o.parent_id) own ON own.parent_id = h.organisation_id
$$;

-- As before, of all towns at once: the relations of these organisations to the young people of these towns. In plpgsql, so that
-- its plan is kept (a scalar SQL function over a table is planned again by every statement, which a batch of one paid more for
-- than for its dossier), and so that who is no office pays for no town.
CREATE OR REPLACE FUNCTION residence_homes(organisations text[], towns text[], day date) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
  offices text[] := ARRAY(SELECT o.organisation_id FROM directory_organisations o
                           WHERE o.organisation_id = ANY ($1)
                             AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE'));
BEGIN
  IF offices = '{}' THEN
    RETURN '{}';
  END IF;
  RETURN (
    SELECT coalesce(array_agg(concat_ws(' ', v.organisation_id, r.town, v.relation)), '{}')
      FROM residences($2, $3) r
     CROSS JOIN LATERAL (VALUES (r.municipality_id, 'MUNICIPALITY_OF_RESIDENCE'), (r.rmc_office_id, 'RMC_OF_RESIDENCE'),
                                (r.attendance_office_id, 'ATTENDANCE_OF_RESIDENCE')) AS v (organisation_id, relation)
     WHERE v.organisation_id = ANY (offices));
END
$$;

COMMIT;

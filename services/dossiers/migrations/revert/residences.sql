-- Revert dossiers:residences from pg
-- Back to the function of served.
BEGIN;

DROP FUNCTION residences(text[], date);
CREATE OR REPLACE FUNCTION residence_homes(organisations text[], towns text[], day date) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(concat_ws(' ', pair.organisation_id, pair.town, r.relation)), '{}')
      FROM (SELECT DISTINCT o.organisation_id, o.kind, p.town
              FROM unnest($1, $2) AS p (organisation_id, town)
              JOIN directory_organisations o ON o.organisation_id = p.organisation_id
               AND o.kind IN ('MUNICIPALITY', 'RMC_OFFICE', 'ATTENDANCE_OFFICE')) pair
     CROSS JOIN LATERAL unnest(residence_relations(pair.town, pair.organisation_id, pair.kind, $3)) AS r (relation));
END
$$;

COMMIT;

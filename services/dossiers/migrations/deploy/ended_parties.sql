-- Deploy dossiers:ended_parties to pg
-- requires: served
-- A relation ends for whoever stands in the dossier, although the wall shows each only its own relations and those it has set:
-- who takes back a consent that another recorded could not close the wall behind it.
BEGIN;

\set app vsv_dossiers_app

-- Ends relations that are open, whoever set them, and gives how many of those asked for it could: it runs as the owner, to whom
-- the policies show everything, and asks for each whether a caller stands in the dossier, by more than an application. Which
-- relation ends is the rules' business.
CREATE FUNCTION close_parties(regions text[], dossiers uuid[], organisations text[], relations text[], ends timestamptz[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  callers text[] := vsv_callers();
  able bigint;
BEGIN
  WITH asked AS MATERIALIZED (
    SELECT c.*
      FROM unnest($1, $2, $3, $4, $5) AS c (region_id, dossier_id, organisation_id, relation, to_at)
      JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.dossier_id
     WHERE EXISTS (SELECT FROM dossier_parties p
                    WHERE p.region_id = c.region_id AND p.dossier_id = c.dossier_id
                      AND p.organisation_id COLLATE "C" = ANY (callers) AND p.to_at IS NULL AND p.relation <> 'APPLIED_TO')
        OR d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[])),
  closed AS (
    UPDATE dossier_parties p
       SET to_at = a.to_at
      FROM asked a
     WHERE p.region_id = a.region_id AND p.dossier_id = a.dossier_id AND p.organisation_id = a.organisation_id
       AND p.relation = a.relation AND p.to_at IS NULL)
  SELECT count(*) INTO able FROM asked;
  RETURN able;
END
$$;
REVOKE ALL ON FUNCTION close_parties(text[], uuid[], text[], text[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_parties(text[], uuid[], text[], text[], timestamptz[]) TO :"app";

-- What stayed open so far.
UPDATE dossier_parties p
   SET to_at = now()
 WHERE p.to_at IS NULL
   AND (p.relation = 'CONSENTED_PARTY'
        AND NOT EXISTS (SELECT FROM consents c
                         WHERE c.region_id = p.region_id AND c.dossier_id = p.dossier_id
                           AND c.recipient_organisation_id = p.organisation_id AND c.withdrawn_at IS NULL)
        OR p.relation = 'RECEIVING'
        AND NOT EXISTS (SELECT FROM dossiers d
                         WHERE d.region_id = p.region_id AND d.id = p.dossier_id
                           AND d.receiving_organisation_id = p.organisation_id));

COMMIT;

-- Revert dossiers:held_version_goes from pg
BEGIN;

\set app vsv_dossiers_app

-- The present version of a dossier of which one of the callers has a receipt, NULL otherwise. Runs as the owner, to whom the
-- policies show everything, and asks for the receipt.
CREATE FUNCTION held_version(region text, dossier uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT d.version
            FROM dossiers d
           WHERE d.region_id = $1 AND d.id = $2
             AND EXISTS (SELECT FROM holdings h
                          WHERE h.region_id = $1 AND h.dossier_id = $2
                            AND h.organisation_id COLLATE "C" = ANY (vsv_callers())));
END
$$;
REVOKE ALL ON FUNCTION held_version(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION held_version(text, uuid) TO :"app";

COMMIT;

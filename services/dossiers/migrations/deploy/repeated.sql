-- Deploy dossiers:repeated to pg
-- requires: ended_parties
-- Who loses sight of a dossier by what it does to it (takes back the consent that names it) and did not get the answer repeats
-- the request, and is told what became of it, although the wall shows it nothing any more.
BEGIN;

\set app vsv_dossiers_app

-- The process facts of dossiers, and the applications and consents that stand on them, for callers that changed each by the
-- request that they name: it runs as the owner, to whom the policies show everything, and asks for the record of the request.
-- `is_unchanged` while the dossier is as that request left it: then one transaction wrote both rows.
CREATE FUNCTION repeated_dossiers(regions text[], dossiers uuid[], callers text[], methods text[], requests uuid[])
RETURNS TABLE (
  ordinal bigint, region_id text, id uuid, pupil_id uuid, version bigint, state text, state_times text[], origin text,
  finality text, is_late_entrant boolean, delivering_organisation_id text, receiving_organisation_id text,
  responsible_organisation_id text, municipality_of_residence text, has_start_qualification boolean,
  school_year integer, due_on date, rejection_reason text, rejection_note text, created_at timestamptz,
  updated_at timestamptz, applications text[], consents text[], is_unchanged boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT c.ordinal, d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality,
           d.is_late_entrant, d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
           d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.rejection_reason,
           d.rejection_note, d.created_at, d.updated_at, x.applications, x.consents, r.xmin = d.xmin
      FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS c (region_id, id, caller, method, request_id, ordinal)
      JOIN request_records r ON r.caller = c.caller AND r.method = c.method AND r.region_id = c.region_id
       AND r.request_id = c.request_id
      JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.id
     CROSS JOIN LATERAL dossier_facts(d.region_id, d.id, NULL, NULL) x
     WHERE c.caller = ANY (vsv_callers())
       AND r.reference IN (SELECT d.id::text
                           UNION ALL SELECT a.id::text FROM applications a WHERE a.region_id = d.region_id AND a.dossier_id = d.id
                           UNION ALL SELECT k.id::text FROM consents k WHERE k.region_id = d.region_id AND k.dossier_id = d.id);
END
$$;
REVOKE ALL ON FUNCTION repeated_dossiers(text[], uuid[], text[], text[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION repeated_dossiers(text[], uuid[], text[], text[], uuid[]) TO :"app";

COMMIT;

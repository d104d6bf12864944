-- Deploy dossiers:wall to pg
-- requires: judgement
-- The second wall again: the same rows, at a price that does not grow with the statement. A policy is folded into every
-- mention of its table, so each is one look at the relations of the dossier; the callers are read from the setting once per
-- statement and mention, not once per row; and what only offices of a residence need is a function that the others never call.
BEGIN;

\set app vsv_dossiers_app

DROP POLICY dossier_parties_read ON dossier_parties;
DROP POLICY dossier_parties_make ON dossier_parties;
DROP POLICY dossier_parties_change ON dossier_parties;
DROP POLICY dossiers_touch ON dossiers;
DROP POLICY applications_institution ON applications;
DROP POLICY holdings_touch ON holdings;
DROP POLICY recalls_read ON recalls;
SELECT format('DROP POLICY %1$s_touch ON %1$s', name)
FROM unnest(ARRAY['dossier_sections', 'person_views', 'consents', 'warm_handovers', 'warm_handover_texts',
                  'first_year_outcomes', 'applications']) AS t (name)
\gexec

-- Municipalities that the callers serve today, looked up once per transaction and set of callers: the wall of a transaction
-- knows the register as it was when it first asked. What may be had is judged by each statement in its own snapshot. Sets a
-- setting, and therefore stands in no parallel plan.
CREATE OR REPLACE FUNCTION vsv_served_municipalities() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 10000 AS $$
DECLARE
  callers text := nullif(current_setting('vsv.callers', true), '');
BEGIN
  IF callers IS NULL THEN
    RETURN NULL;
  ELSIF callers IS DISTINCT FROM current_setting('vsv.served_by', true) THEN
    PERFORM set_config('vsv.served', array_to_string(
              ARRAY(SELECT s.municipality_code FROM served_municipalities(vsv_callers(), local_day(now())) s), ','), true),
            set_config('vsv.served_by', callers, true);
  END IF;
  RETURN string_to_array(nullif(current_setting('vsv.served'), ''), ',');
END
$$;

-- Whether the pupil of a dossier lives where one of the callers serves today.
CREATE FUNCTION vsv_serves_residence(region text, dossier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 10000 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM dossiers d
                  WHERE d.region_id = region AND d.id = dossier
                    AND d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]));
END
$$;

-- Whether one of the callers stands in any relation to a dossier. A function, because the policy of the relations may not
-- mention a table whose policy looks at the relations.
CREATE FUNCTION vsv_sees_dossier(region text, dossier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 10000 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM dossiers d WHERE d.region_id = region AND d.id = dossier);
END
$$;

-- The comparisons are by "C" so that the relations of one dossier are read and compared with the set of callers: by the
-- collation of the column PostgreSQL would descend an index once for each caller of the batch.

-- Parties: one's own relation, and those one has set.
CREATE POLICY dossier_parties_read ON dossier_parties FOR SELECT TO :"app"
  USING (organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[])
         OR set_by_organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]));
CREATE POLICY dossier_parties_make ON dossier_parties FOR INSERT TO :"app"
  WITH CHECK (set_by_organisation_id = ANY ((SELECT vsv_callers())::text[])
              AND vsv_sees_dossier(region_id, dossier_id));
CREATE POLICY dossier_parties_change ON dossier_parties FOR UPDATE TO :"app"
  USING (organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[])
         OR set_by_organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]));

-- Dossiers: every relation, that of an application included (it locks the row to decide on the application).
CREATE POLICY dossiers_touch ON dossiers FOR ALL TO :"app"
  USING (delivering_organisation_id = ANY ((SELECT vsv_callers())::text[])
         OR EXISTS (SELECT FROM dossier_parties p
                     WHERE p.region_id = dossiers.region_id AND p.dossier_id = dossiers.id
                       AND p.organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]) AND p.to_at IS NULL)
         OR municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]));

-- What belongs to a dossier: every relation but that of an application.
SELECT format($policy$
  CREATE POLICY %1$s_touch ON %1$s FOR ALL TO %2$I
    USING (EXISTS (SELECT FROM dossier_parties p
                    WHERE p.region_id = %1$s.region_id AND p.dossier_id = %1$s.dossier_id
                      AND p.organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]) AND p.to_at IS NULL
                      AND p.relation <> 'APPLIED_TO')
           OR vsv_serves_residence(region_id, dossier_id))
  $policy$, name, :'app')
FROM unnest(ARRAY['dossier_sections', 'person_views', 'consents', 'warm_handovers', 'warm_handover_texts',
                  'first_year_outcomes', 'applications']) AS t (name)
\gexec

-- The institution applied to sees and decides its own application.
CREATE POLICY applications_institution ON applications FOR ALL TO :"app"
  USING (institution_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]));

-- Receipts are the holder's own. Who decides a recall writes it for the holder, who alone reads it.
CREATE POLICY holdings_touch ON holdings FOR ALL TO :"app"
  USING (organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]));
CREATE POLICY recalls_read ON recalls FOR SELECT TO :"app"
  USING (holder_organisation_id COLLATE "C" = ANY ((SELECT vsv_callers())::text[]));

COMMIT;

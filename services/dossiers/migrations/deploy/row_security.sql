-- Deploy dossiers:row_security to pg
-- requires: grants
-- The second wall, behind the judgement of each statement: whatever a statement forgets, a transaction touches only
-- dossiers to which one of its callers stands in a relation, and nothing without callers. The callers are set
-- transaction-locally (vsv.callers); after a commit the setting is '', not NULL. The wall knows relations; rules, agreements
-- and consents are the statement's. Foreign keys and unique violations cross it: ids are random and numbers are hashed.
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker

-- Least privilege. Nobody but the owner deletes; receipts, recalls and views are only added to.
GRANT SELECT, INSERT ON pupils, person_views, recalls TO :"app";
GRANT SELECT, INSERT, UPDATE ON dossiers, dossier_parties, applications, consents, warm_handovers, warm_handover_texts,
  first_year_outcomes, holdings, process_counts TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON dossier_sections TO :"app";
-- The worker finds holdings whose basis ended with the day or the register; it reads no content.
GRANT SELECT (region_id, id, version, state, delivering_organisation_id, municipality_of_residence) ON dossiers
  TO :"worker";
GRANT SELECT ON dossier_parties, holdings TO :"worker";
GRANT UPDATE (ended_noted_at) ON holdings TO :"worker";
GRANT SELECT (region_id, dossier_id, category, recipient_organisation_id, purpose, valid_from, valid_until, withdrawn_at)
  ON consents TO :"worker";

CREATE FUNCTION vsv_callers() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(nullif(current_setting('vsv.callers', true), ''), ',')
$$;

-- Municipalities that the callers serve today. In plpgsql so that it is not folded into each policy and its plan is kept.
CREATE FUNCTION vsv_served_municipalities() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(SELECT s.municipality_code FROM served_municipalities(vsv_callers(), local_day(now())) s);
END
$$;

-- Those who bring a number may find the pupil by it (vsv.pgn_hashes: hex, set by find-or-make in its transaction).
CREATE FUNCTION vsv_pgn_hashes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(nullif(current_setting('vsv.pgn_hashes', true), ''), ',')
$$;

ALTER TABLE pupils ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE dossiers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE dossier_sections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE dossier_parties ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE person_views ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE applications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE consents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE warm_handovers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE warm_handover_texts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE first_year_outcomes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE holdings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE recalls ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Parties: one's own relation, and those one has set. Without subqueries, because every other policy looks here.
CREATE POLICY dossier_parties_read ON dossier_parties FOR SELECT TO :"app"
  USING (organisation_id = ANY (vsv_callers()) OR set_by_organisation_id = ANY (vsv_callers()));
CREATE POLICY dossier_parties_make ON dossier_parties FOR INSERT TO :"app"
  WITH CHECK (set_by_organisation_id = ANY (vsv_callers())
              AND EXISTS (SELECT FROM dossiers d WHERE d.region_id = dossier_parties.region_id AND d.id = dossier_id));
CREATE POLICY dossier_parties_change ON dossier_parties FOR UPDATE TO :"app"
  USING (organisation_id = ANY (vsv_callers()) OR set_by_organisation_id = ANY (vsv_callers()));

-- Dossiers: every relation, that of an application included (it locks the row to decide on the application).
CREATE POLICY dossiers_touch ON dossiers FOR ALL TO :"app"
  USING (delivering_organisation_id = ANY (vsv_callers())
         OR EXISTS (SELECT FROM dossier_parties p
                     WHERE p.region_id = dossiers.region_id AND p.dossier_id = dossiers.id
                       AND p.organisation_id = ANY (vsv_callers()) AND p.to_at IS NULL)
         OR municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]));

-- What belongs to a dossier: every relation but that of an application.
SELECT format($policy$
  CREATE POLICY %1$s_touch ON %1$s FOR ALL TO %2$I
    USING (EXISTS (SELECT FROM dossier_parties p
                    WHERE p.region_id = %1$s.region_id AND p.dossier_id = %1$s.dossier_id
                      AND p.organisation_id = ANY (vsv_callers()) AND p.to_at IS NULL AND p.relation <> 'APPLIED_TO')
           OR EXISTS (SELECT FROM dossiers d
                       WHERE d.region_id = %1$s.region_id AND d.id = %1$s.dossier_id
                         AND d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[])))
  $policy$, name, :'app')
FROM unnest(ARRAY['dossier_sections', 'person_views', 'consents', 'warm_handovers', 'warm_handover_texts',
                  'first_year_outcomes', 'applications']) AS t (name)
\gexec

-- The institution applied to sees and decides its own application.
CREATE POLICY applications_institution ON applications FOR ALL TO :"app"
  USING (institution_id = ANY (vsv_callers()));

-- Found by number, or through a dossier.
CREATE POLICY pupils_read ON pupils FOR SELECT TO :"app"
  USING (encode(pgn_hash, 'hex') = ANY (vsv_pgn_hashes())
         OR EXISTS (SELECT FROM dossiers d WHERE d.region_id = pupils.region_id AND d.pupil_id = pupils.id));
CREATE POLICY pupils_make ON pupils FOR INSERT TO :"app"
  WITH CHECK (encode(pgn_hash, 'hex') = ANY (vsv_pgn_hashes()));

-- Receipts are the holder's own. Who decides a recall writes it for the holder, who alone reads it.
CREATE POLICY holdings_touch ON holdings FOR ALL TO :"app" USING (organisation_id = ANY (vsv_callers()));
CREATE POLICY recalls_read ON recalls FOR SELECT TO :"app" USING (holder_organisation_id = ANY (vsv_callers()));
CREATE POLICY recalls_make ON recalls FOR INSERT TO :"app"
  WITH CHECK (EXISTS (SELECT FROM dossiers d WHERE d.region_id = recalls.region_id AND d.id = recalls.dossier_id));

CREATE POLICY dossiers_worker ON dossiers FOR SELECT TO :"worker" USING (true);
CREATE POLICY dossier_parties_worker ON dossier_parties FOR SELECT TO :"worker" USING (true);
CREATE POLICY consents_worker ON consents FOR SELECT TO :"worker" USING (true);
CREATE POLICY holdings_worker ON holdings FOR ALL TO :"worker" USING (true);

-- Migrations read and mend what they must; the owner is no server's role.
SELECT format('CREATE POLICY %1$s_owner ON %1$s FOR ALL TO %2$I USING (true)', name, current_user)
FROM unnest(ARRAY['pupils', 'dossiers', 'dossier_sections', 'dossier_parties', 'person_views', 'applications', 'consents',
                  'warm_handovers', 'warm_handover_texts', 'first_year_outcomes', 'holdings', 'recalls']) AS t (name)
\gexec

COMMIT;

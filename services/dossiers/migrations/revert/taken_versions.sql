-- Revert dossiers:taken_versions from pg
BEGIN;

\set app vsv_dossiers_app

-- Erases one dossier that the caller has locked FOR UPDATE, and gives the process facts by which it is counted and told of,
-- with the version of the end. Each statement sees what was committed before it: with the lock, all that there is.
CREATE OR REPLACE FUNCTION vsv_erase_dossier(region text, dossier uuid, dossier_hash bytea, erased timestamptz, ground text)
RETURNS TABLE (region_id text, id uuid, version bigint, state text, responsible_organisation_id text, due_on date,
               handover_state text, handover_due_on date)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  pupil uuid;
BEGIN
  RETURN QUERY SELECT d.region_id, d.id, d.version + 1, d.state, d.responsible_organisation_id, d.due_on, w.state, w.due_on
                 FROM dossiers d
                 LEFT JOIN warm_handovers w ON w.region_id = d.region_id AND w.dossier_id = d.id
                WHERE d.region_id = $1 AND d.id = $2;
  SELECT d.pupil_id INTO STRICT pupil FROM dossiers d WHERE d.region_id = $1 AND d.id = $2;

  -- Some hold something without a receipt: who made the dossier, who was applied to and has the application, whom a consent
  -- names and has that. They are told like holders, for each purpose they may follow it for; of what they were told before, again.
  INSERT INTO holdings (region_id, dossier_id, organisation_id, purpose, category, basis, first_delivered_at)
  SELECT DISTINCT ON (p.organisation_id, r.purpose)
         p.region_id, p.dossier_id, p.organisation_id, r.purpose, r.category, r.basis, p.from_at
    FROM dossier_parties p
    JOIN basis_rules r ON r.relation = p.relation AND r.category = 'PROCESS'
   WHERE p.region_id = $1 AND p.dossier_id = $2 AND p.to_at IS NULL
     AND (p.relation IN ('DELIVERING', 'APPLIED_TO')
          OR (p.relation = 'CONSENTED_PARTY' AND EXISTS (
                SELECT FROM consents c
                 WHERE c.region_id = $1 AND c.dossier_id = $2 AND c.recipient_organisation_id = p.organisation_id
                   AND c.purpose = r.purpose AND c.withdrawn_at IS NULL
                   AND ($4 AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN c.valid_from AND c.valid_until)))
   ORDER BY p.organisation_id, r.purpose, p.from_at
  ON CONFLICT (region_id, dossier_id, organisation_id, purpose, category) DO UPDATE
     SET recalled_at = NULL, recalled_version = NULL;
  INSERT INTO recalls (region_id, dossier_id, version, holder_organisation_id, categories, reason, recalled_at)
  SELECT d.region_id, d.id, d.version + 1, h.organisation_id, array_agg(DISTINCT h.category), 'ERASED', $4
    FROM dossiers d
    JOIN holdings h ON h.region_id = d.region_id AND h.dossier_id = d.id
   WHERE d.region_id = $1 AND d.id = $2 AND h.recalled_at IS NULL  -- who gave it up learns of nothing later
   GROUP BY d.region_id, d.id, d.version, h.organisation_id
  ON CONFLICT (region_id, dossier_id, version, holder_organisation_id) DO UPDATE  -- it came back, and ends again
     SET categories = EXCLUDED.categories, reason = EXCLUDED.reason, recalled_at = EXCLUDED.recalled_at;
  -- The event of the end tells them: nothing is left to be found by a sweep.
  UPDATE holdings h SET ended_noted_at = $4
   WHERE h.region_id = $1 AND h.dossier_id = $2 AND h.recalled_at IS NULL AND h.ended_noted_at IS NULL;

  -- That a request was done is kept for its 72 h, so that no repeat makes the dossier again; the hash of what it said is not.
  UPDATE request_records q SET body_hash = ''
   WHERE q.region_id = $1
     AND q.reference IN (SELECT $2::text
                         UNION ALL SELECT a.id::text FROM applications a WHERE a.region_id = $1 AND a.dossier_id = $2
                         UNION ALL SELECT c.id::text FROM consents c WHERE c.region_id = $1 AND c.dossier_id = $2);
  DELETE FROM subject_keys k WHERE k.region_id = $1 AND k.subject_id = $2::text;
  DELETE FROM dossiers d WHERE d.region_id = $1 AND d.id = $2;
  PERFORM FROM pupils p WHERE p.region_id = $1 AND p.id = pupil FOR UPDATE;
  DELETE FROM pupils p
   WHERE p.region_id = $1 AND p.id = pupil
     AND NOT EXISTS (SELECT FROM dossiers d WHERE d.region_id = $1 AND d.pupil_id = pupil);
  INSERT INTO erasures (region_id, dossier_hash, erased_at, ground) VALUES ($1, $3, $4, $5)
  ON CONFLICT (region_id, dossier_hash) DO NOTHING;
END
$$;

DROP FUNCTION recall_dossiers(text[], uuid[], bigint[], text[], text[], text[], timestamptz[]);
DROP FUNCTION vsv_recall(text, uuid, bigint, text, text[], text, timestamptz);
GRANT INSERT ON recalls TO :"app";
CREATE POLICY recalls_make ON recalls FOR INSERT TO :"app"
  WITH CHECK (EXISTS (SELECT FROM dossiers d WHERE d.region_id = recalls.region_id AND d.id = recalls.dossier_id));
ALTER TABLE holdings DROP COLUMN taken_version;

COMMIT;

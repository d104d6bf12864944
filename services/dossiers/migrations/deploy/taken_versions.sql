-- Deploy dossiers:taken_versions to pg
-- requires: erasure_told
-- requires: held_version_goes
-- A receipt says itself which change took what it is for, until that is given again (docs/adr/0012). Before, any recall of the
-- dossier that named the category was taken for the reason, also one after which it had been given again.
BEGIN;

\set app vsv_dossiers_app

ALTER TABLE holdings ADD COLUMN taken_version bigint;

-- Of what was given up: the last recall that named it. Of what is open nobody can say whether it was given again since; its
-- end is told by an event of its own, once too often at most.
UPDATE holdings h
   SET taken_version = (SELECT max(r.version)
                          FROM recalls r
                         WHERE r.region_id = h.region_id AND r.dossier_id = h.dossier_id
                           AND r.holder_organisation_id = h.organisation_id
                           AND (h.category = ANY (r.categories) OR (h.category = 'PROCESS' AND h.basis = 'CONSENT')))
 WHERE h.recalled_at IS NOT NULL
    OR EXISTS (SELECT FROM recalls r
                WHERE r.region_id = h.region_id AND r.dossier_id = h.dossier_id
                  AND r.holder_organisation_id = h.organisation_id AND r.reason = 'ERASED');

-- Notes a recall, and on the receipts that are open of what it names which change took that, for whatever purpose it is held.
-- Process facts that were had on a consent go with any.
CREATE FUNCTION vsv_recall(region text, dossier uuid, version bigint, holder text, categories text[], reason text,
                           recalled timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO recalls (region_id, dossier_id, version, holder_organisation_id, categories, reason, recalled_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT ON CONSTRAINT recalls_pkey DO UPDATE  -- it came back with a restore, and ends again
     SET categories = EXCLUDED.categories, reason = EXCLUDED.reason, recalled_at = EXCLUDED.recalled_at;
  UPDATE holdings h SET taken_version = $3
   WHERE h.region_id = $1 AND h.dossier_id = $2 AND h.organisation_id = $4 AND h.recalled_at IS NULL
     AND (h.category = ANY ($5) OR (h.category = 'PROCESS' AND h.basis = 'CONSENT'));
END
$$;
REVOKE ALL ON FUNCTION vsv_recall(text, uuid, bigint, text, text[], text, timestamptz) FROM PUBLIC;

-- By the app role, which sees no receipts but its callers': gives how many of the recalls asked for it could note. It runs as
-- the owner, to whom the policies show everything, and asks the wall of dossiers for each.
CREATE FUNCTION recall_dossiers(regions text[], dossiers uuid[], versions bigint[], holders text[], categories text[],
                                reasons text[], recalled timestamptz[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  callers text[] := vsv_callers();
  able bigint;
BEGIN
  WITH asked AS MATERIALIZED (
    SELECT c.*
      FROM unnest($1, $2, $3, $4, $5, $6, $7)
           AS c (region_id, dossier_id, version, holder_organisation_id, categories, reason, recalled_at)
      JOIN dossiers d ON d.region_id = c.region_id AND d.id = c.dossier_id
     WHERE d.version = c.version
       AND (d.delivering_organisation_id = ANY (callers)
            OR EXISTS (SELECT FROM dossier_parties p
                        WHERE p.region_id = c.region_id AND p.dossier_id = c.dossier_id
                          AND p.organisation_id COLLATE "C" = ANY (callers) AND p.to_at IS NULL)
            OR d.municipality_of_residence = ANY ((SELECT vsv_served_municipalities())::text[]))
     ORDER BY c.region_id, c.dossier_id)
  SELECT count(*) INTO able
    FROM asked a
   CROSS JOIN LATERAL (
     SELECT vsv_recall(a.region_id, a.dossier_id, a.version, a.holder_organisation_id,
                       string_to_array(a.categories, ','), a.reason, a.recalled_at)
     OFFSET 0) noted;
  RETURN able;
END
$$;
REVOKE ALL ON FUNCTION recall_dossiers(text[], uuid[], bigint[], text[], text[], text[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recall_dossiers(text[], uuid[], bigint[], text[], text[], text[], timestamptz[]) TO :"app";
DROP POLICY recalls_make ON recalls;
REVOKE INSERT ON recalls FROM :"app";

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
  PERFORM vsv_recall($1, $2, t.version, t.organisation_id, t.categories, 'ERASED', $4)
     FROM (SELECT d.version + 1 AS version, h.organisation_id, array_agg(DISTINCT h.category) AS categories
             FROM dossiers d
             JOIN holdings h ON h.region_id = d.region_id AND h.dossier_id = d.id
            WHERE d.region_id = $1 AND d.id = $2 AND h.recalled_at IS NULL  -- who gave it up learns of nothing later
            GROUP BY d.version, h.organisation_id
            ORDER BY h.organisation_id) t;
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

COMMIT;

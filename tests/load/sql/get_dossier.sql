-- What GetDossier does for the RMC office of a region, as one statement: the service's own judgement and reading of a batch of
-- one, receipts of what is handed out, and the audit entry with its subject. pgbench and the Node reference run it as the app
-- role of the service, with the callers of the row-level security set on the session. {id}: the dossier, as uuid.
-- The parameters of services/dossiers/storage/sql/get_dossiers.sql here:
-- $1 = ARRAY['16']
-- $2 = ARRAY[{id}]
-- $3 = ARRAY['doorstroompunt-eem']
-- $4 = ARRAY['RMC']
-- $5 = ARRAY['DELIVERING,RECEIVING,MUNICIPALITY_OF_RESIDENCE,RMC_OF_RESIDENCE,ATTENDANCE_OF_RESIDENCE,CONSENTED_PARTY']
-- $6 = ARRAY[local_day(now())]
-- $7 = 5
WITH judged AS MATERIALIZED (
{get_dossiers}
),
entry AS MATERIALIZED (
  SELECT j.id AS subject, j.categories, k.key,
         (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
           || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid AS id
    FROM judged j
    JOIN subject_keys k ON k.region_id = '16' AND k.subject_id = j.id::text),
held AS (
  INSERT INTO holdings AS t (region_id, dossier_id, organisation_id, purpose, category, basis, first_delivered_at)
  SELECT '16', j.id, 'doorstroompunt-eem', 'RMC', h.category, h.basis, now()
    FROM judged j CROSS JOIN LATERAL unnest(j.categories, j.bases) AS h (category, basis)
   WHERE j.id IS NOT NULL
  ON CONFLICT (region_id, dossier_id, organisation_id, purpose, category) DO UPDATE
     SET basis = EXCLUDED.basis, ended_noted_at = NULL, recalled_at = NULL, recalled_version = NULL,
         taken_version = NULL
   WHERE t.basis <> EXCLUDED.basis OR t.ended_noted_at IS NOT NULL OR t.recalled_at IS NOT NULL
      OR t.taken_version IS NOT NULL),
logged AS (
  INSERT INTO audit_entries (region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id,
                             purpose, processing_activity, categories, outcome, trace_id)
  SELECT '16', e.id, now(), '/vsv.dossiers.v1.DossierService/GetDossier', 'dossier', 'doorstroompunt-eem',
         'doorstroompunt-eem', 'RMC', 'doorstroomdossier-vo-mbo', e.categories, 'GRANTED',
         '4bf92f3577b34da6a3ce929d0e0e4736'
    FROM entry e),
named AS (
  INSERT INTO audit_entry_subjects (region_id, entry_id, subject_hash)
  SELECT '16', e.id, sha256(e.key || convert_to(e.subject::text, 'UTF8')) FROM entry e)
SELECT j.is_fresh, j.categories, j.bases, j.region_id, j.id, j.pupil_id, j.version, j.state, j.state_times, j.origin,
       j.finality, j.is_late_entrant, j.delivering_organisation_id, j.receiving_organisation_id,
       j.responsible_organisation_id, j.municipality_of_residence, j.has_start_qualification, j.school_year, j.due_on,
       j.birth_on, j.rejection_reason, j.rejection_note, j.created_at, j.updated_at, j.pgn_hash, j.pgn_sealed,
       j.section_categories, j.section_documents, j.views, j.handover, j.handover_participants, j.agreed_support,
       j.follow_up_outcome, j.declined_reason, j.first_year
  FROM judged j;

-- What UpdateDossier of the career section does for the school that delivers, as one statement: lock, judge, request record,
-- effect, outbox, audit. It judges once and tells of the version before; the service reads once more what it answers.
-- Run like get_dossier.sql. {id}: the dossier, as uuid; {document}: the section, as bytea; {request_id}: uuid.
WITH locked AS MATERIALIZED (
  SELECT d.id FROM dossiers d WHERE d.region_id = '16' AND d.id = {id} FOR NO KEY UPDATE),
judged AS MATERIALIZED (
  SELECT fresh.is_fresh, g.categories, g.bases,
         d.region_id, d.id, d.pupil_id, d.version, d.state, d.state_times, d.origin, d.finality, d.is_late_entrant,
         d.delivering_organisation_id, d.receiving_organisation_id, d.responsible_organisation_id,
         d.municipality_of_residence, d.has_start_qualification, d.school_year, d.due_on, d.birth_on, d.rejection_reason,
         d.rejection_note, d.created_at, d.updated_at, d.pgn_hash, d.pgn_sealed, d.section_categories,
         d.section_documents, d.views, d.handover, d.handover_participants, d.agreed_support, d.follow_up_outcome,
         d.declined_reason, d.first_year, x.applications, x.consents, x.attendance_office_id, x.rmc_office_id
    FROM locked l
   CROSS JOIN (SELECT register_is_fresh(5) AS is_fresh) fresh
   CROSS JOIN LATERAL granted_categories('16', l.id, 'vmbo-de-eemhoek', 'TRANSITION', ARRAY['DELIVERING', 'RECEIVING'],
                                         local_day(now())) g
    JOIN LATERAL dossier_content('16', l.id, g.categories, true) d
      ON fresh.is_fresh AND g.categories @> '{PROCESS,CAREER}' AND d.state = 'A_IN_PROGRESS'
   CROSS JOIN LATERAL dossier_facts('16', l.id, local_day(now())) x),
claimed AS (
  INSERT INTO request_records (caller, method, region_id, request_id, body_hash, reference)
  SELECT 'vmbo-de-eemhoek', '/vsv.dossiers.v1.DossierService/UpdateDossier', '16', {request_id}, sha256({document}), j.id::text
    FROM judged j),
changed AS (
  UPDATE dossiers d SET version = j.version + 1, updated_at = now()
    FROM judged j
   WHERE d.region_id = '16' AND d.id = j.id AND d.version = j.version
  RETURNING d.id, d.version),
written AS (
  INSERT INTO dossier_sections (region_id, dossier_id, category, document)
  SELECT '16', j.id, 'CAREER', {document} FROM judged j
  ON CONFLICT (region_id, dossier_id, category) DO UPDATE SET document = EXCLUDED.document),
published AS (
  INSERT INTO feed_outbox (region_id, resource_kind, resource_id, version)
  SELECT '16', 'dossier', c.id::text, c.version FROM changed c),
entry AS MATERIALIZED (
  SELECT j.id AS subject, j.categories, k.key,
         (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
           || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid AS id
    FROM judged j
    JOIN subject_keys k ON k.region_id = '16' AND k.subject_id = j.id::text),
logged AS (
  INSERT INTO audit_entries (region_id, id, recorded_at, method, resource_kind, organisation_id, acting_organisation_id,
                             purpose, processing_activity, categories, outcome, trace_id)
  SELECT '16', e.id, now(), '/vsv.dossiers.v1.DossierService/UpdateDossier', 'dossier', 'vmbo-de-eemhoek', 'vmbo-de-eemhoek',
         'TRANSITION', 'doorstroomdossier-vo-mbo', e.categories, 'GRANTED', '4bf92f3577b34da6a3ce929d0e0e4736'
    FROM entry e),
named AS (
  INSERT INTO audit_entry_subjects (region_id, entry_id, subject_hash)
  SELECT '16', e.id, sha256(e.key || convert_to(e.subject::text, 'UTF8')) FROM entry e)
SELECT j.is_fresh, j.categories, j.bases, j.region_id, j.id, j.pupil_id, j.version, j.state, j.state_times, j.origin,
       j.finality, j.is_late_entrant, j.delivering_organisation_id, j.receiving_organisation_id,
       j.responsible_organisation_id, j.municipality_of_residence, j.has_start_qualification, j.school_year, j.due_on,
       j.birth_on, j.rejection_reason, j.rejection_note, j.created_at, j.updated_at, j.pgn_hash, j.pgn_sealed,
       j.section_categories, j.section_documents, j.views, j.handover, j.handover_participants, j.agreed_support,
       j.follow_up_outcome, j.declined_reason, j.first_year, j.applications, j.consents, j.attendance_office_id,
       j.rmc_office_id
  FROM judged j;

-- What UpdateDossier of the career section does for the school that delivers, as one statement: lock, the service's own judgement
-- of a batch of one, request record, effect, outbox, audit. It judges once and tells of the version before; the service reads
-- once more what it answers. Run like get_dossier.sql. {id}: the dossier, as uuid; {document}: the section, as bytea;
-- {request_id}: uuid. The parameters of services/dossiers/storage/sql/judge_dossiers.sql here:
-- $1 = ARRAY['16']
-- $2 = ARRAY[{id}]
-- $3 = ARRAY['vmbo-de-eemhoek']
-- $4 = ARRAY['TRANSITION']
-- $5 = ARRAY['DELIVERING,RECEIVING']
-- $6 = ARRAY[local_day(now())]
-- $7 = ARRAY[NULL]
-- $8 = ARRAY[false]
-- $9 = 5
WITH locked AS MATERIALIZED (
  SELECT d.id FROM dossiers d WHERE d.region_id = '16' AND d.id = {id} FOR NO KEY UPDATE),
judged AS MATERIALIZED (
{judge_dossiers}
),
claimed AS (
  INSERT INTO request_records (caller, method, region_id, request_id, body_hash, reference)
  SELECT 'vmbo-de-eemhoek', '/vsv.dossiers.v1.DossierService/UpdateDossier', '16', {request_id}, sha256({document}), j.id::text
    FROM judged j),
changed AS (
  UPDATE dossiers d SET version = j.version + 1, updated_at = now()
    FROM judged j JOIN locked l ON l.id = j.id
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

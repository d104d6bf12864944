-- Dossiers that callers changed by a request that they repeat, and of which the wall shows them nothing any more: the process
-- facts, and the facts that judge_dossiers has. $1 region, $2 id, $3 caller, $4 method, $5 request id.
SELECT r.ordinal, '{PROCESS}'::text[] AS categories, '{}'::text[] AS bases,
       r.region_id, r.id, r.pupil_id, r.version, r.state, r.state_times, r.origin, r.finality, r.is_late_entrant,
       r.delivering_organisation_id, r.receiving_organisation_id, r.responsible_organisation_id,
       r.municipality_of_residence, r.has_start_qualification, r.school_year, r.due_on, NULL::date AS birth_on,
       r.rejection_reason, r.rejection_note, r.created_at, r.updated_at, NULL::bytea AS pgn_hash, NULL::bytea AS pgn_sealed,
       NULL::text[] AS section_categories, NULL::bytea[] AS section_documents, NULL::text[] AS views, NULL::text[] AS handover,
       NULL::text[] AS handover_participants, NULL::text AS agreed_support, NULL::text AS follow_up_outcome,
       NULL::text AS declined_reason, NULL::text[] AS first_year,
       r.applications, r.consents, r.is_unchanged, NULL::text AS attendance_office_id, NULL::text AS rmc_office_id
  FROM repeated_dossiers($1::text[], $2::uuid[], $3::text[], $4::text[], $5::uuid[]) r

-- What is left when import is only that the rows are there: no judgement, no verdicts, no request records, audit or outbox. As
-- superuser, because COPY FROM is refused on tables with row-level security.
\set ON_ERROR_STOP on
BEGIN;
\copy pupils (region_id, id, pgn_hash, pgn_sealed, created_at) FROM pupils.copy
\copy dossiers (region_id, id, pupil_id, version, state, state_times, origin, finality, is_late_entrant, delivering_organisation_id, receiving_organisation_id, responsible_organisation_id, municipality_of_residence, has_start_qualification, school_year, due_on, birth_on, rejection_reason, rejection_note, created_at, updated_at) FROM dossiers.copy
\copy dossier_sections (region_id, dossier_id, category, document) FROM dossier_sections.copy
\copy dossier_parties (region_id, dossier_id, organisation_id, relation, set_by_organisation_id, from_at, to_at) FROM dossier_parties.copy
\copy warm_handovers (region_id, dossier_id, state, participants) FROM warm_handovers.copy
COMMIT;

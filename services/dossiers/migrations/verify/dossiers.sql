-- Verify dossiers:dossiers on pg
BEGIN;

SELECT region_id, id, pgn_hash, pgn_sealed FROM pupils WHERE false;
SELECT region_id, id, pupil_id, version, state, responsible_organisation_id, due_on FROM dossiers WHERE false;
SELECT region_id, dossier_id, category, document FROM dossier_sections WHERE false;
SELECT region_id, dossier_id, organisation_id, relation, to_at FROM dossier_parties WHERE false;
SELECT region_id, dossier_id, id, opinion FROM person_views WHERE false;
SELECT region_id, dossier_id, id, institution_id, state FROM applications WHERE false;
SELECT region_id, dossier_id, id, category, recipient_organisation_id, purpose, withdrawn_at FROM consents WHERE false;
SELECT region_id, dossier_id, state, due_on FROM warm_handovers WHERE false;
SELECT region_id, dossier_id, agreed_support FROM warm_handover_texts WHERE false;
SELECT region_id, dossier_id, count_on, status FROM first_year_outcomes WHERE false;

ROLLBACK;

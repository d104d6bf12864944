-- Revert dossiers:dossiers from pg
BEGIN;

DROP TABLE first_year_outcomes, warm_handover_texts, warm_handovers, consents, applications, person_views,
  dossier_parties, dossier_sections, dossiers, pupils;

COMMIT;

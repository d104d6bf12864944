-- Takes indicators, figures and ambitions away.
BEGIN;
DROP TABLE ambition_conflicts, ambition_targets, ambitions, figures, indicator_definitions, indicators;
COMMIT;

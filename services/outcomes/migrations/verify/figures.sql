-- The tables of figures, and that a figure once stored stays as it is.
BEGIN;
SELECT id, display_name, unit, scope, better, version, created_at, updated_at FROM indicators WHERE false;
SELECT indicator_id, version, source, description, first_period FROM indicator_definitions WHERE false;
SELECT cell, known_from_at, id, indicator_id, definition_version, origin, kind, organisation_id, slice_region, parent_code,
       unit_code, level, period, unit_name, value_unscaled, value_scale, numerator, denominator, denominator_derived, status,
       superseded_at, source FROM figures WHERE false;
SELECT id, display_name, indicator_id, definition_version, organisation_id, level, baseline_period, baseline_unscaled,
       baseline_scale, direction, institution_only, source, version, created_at, updated_at FROM ambitions WHERE false;
SELECT ambition_id, period, commitment, value_unscaled, value_scale FROM ambition_targets WHERE false;
SELECT ambition_id, position, source, statement FROM ambition_conflicts WHERE false;
SELECT 1 / (NOT has_table_privilege('vsv_outcomes_app', 'figures', 'DELETE'))::int;
SELECT 1 / (NOT has_column_privilege('vsv_outcomes_app', 'figures', 'value_unscaled', 'UPDATE'))::int;
ROLLBACK;

-- Takes the programs away.
BEGIN;
DROP VIEW special_assignment_rows, measure_rows, line_rows;
DROP TABLE assignment_results, crossed_lines, special_assignments, indicator_links, milestones, measures, line_budgets, lines,
  programs;
COMMIT;

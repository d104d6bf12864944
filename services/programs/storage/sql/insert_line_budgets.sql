INSERT INTO line_budgets (region_id, program_id, line_id, year, amount_cents)
SELECT $1, $2, $3, e.year, e.amount_cents
  FROM unnest($4::bigint[], $5::bigint[]) AS e(year, amount_cents)

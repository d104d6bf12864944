-- Whole months of process_counts, so that how many were in a state on a day is a sum over months and the days of one month, and
-- does not grow with every day that anything moved. Kept by the statement that puts the days (put_process_counts), which has one
-- writer. No personal data.
BEGIN;

CREATE TABLE process_months (
  region_id                   text   NOT NULL,
  process                     text   NOT NULL,
  state                       text   NOT NULL,
  responsible_organisation_id text   NOT NULL,
  due_on                      date   NOT NULL,
  month                       date   NOT NULL,  -- its first day
  value                       bigint NOT NULL,  -- net change from its first day to its last
  CONSTRAINT process_months_pkey
    PRIMARY KEY (region_id, process, state, responsible_organisation_id, due_on, month),
  CONSTRAINT process_months_month_check CHECK (extract(day FROM month) = 1)
);

INSERT INTO process_months (region_id, process, state, responsible_organisation_id, due_on, month, value)
SELECT region_id, process, state, responsible_organisation_id, due_on, date_trunc('month', day::timestamp)::date, sum(value)
  FROM process_counts
 GROUP BY 1, 2, 3, 4, 5, 6;

-- The days of one month are found by the day.
CREATE INDEX process_counts_day_idx ON process_counts (region_id, process, day);

GRANT SELECT ON process_months TO vsv_programs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON process_months TO vsv_programs_worker;
COMMIT;

-- What the dossiers service counts, kept here by its stream WatchProcessCounts. One row per key holds the net change of that
-- day, replaced whenever a newer one comes; how many were in a state on a day is the sum up to it. No personal data.
BEGIN;

CREATE TABLE process_counts (
  region_id                   text   NOT NULL,
  process                     text   NOT NULL,
  state                       text   NOT NULL,
  responsible_organisation_id text   NOT NULL,
  due_on                      date   NOT NULL,
  day                         date   NOT NULL,
  value                       bigint NOT NULL,
  CONSTRAINT process_counts_pkey
    PRIMARY KEY (region_id, process, state, responsible_organisation_id, due_on, day),
  CONSTRAINT process_counts_process_known CHECK (process IN ('TRANSITION', 'WARM_HANDOVER', 'FIRST_YEAR'))
);

-- Where the stream resumes, and the moment up to which the counts are known. One row, once the first batch has come.
CREATE TABLE process_counts_progress (
  is_the_one       boolean     NOT NULL DEFAULT true,
  cursor           text        NOT NULL,
  current_as_of_at timestamptz,
  CONSTRAINT process_counts_progress_pkey PRIMARY KEY (is_the_one),
  CONSTRAINT process_counts_progress_one_row CHECK (is_the_one)
);

GRANT SELECT ON process_counts, process_counts_progress TO vsv_programs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON process_counts, process_counts_progress TO vsv_programs_worker;
COMMIT;

-- What the dossiers service counts, kept here by its stream WatchProcessCounts (its cursor is in
-- projection_cursors). One row per key holds the net change of that
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

GRANT SELECT ON process_counts TO vsv_programs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON process_counts TO vsv_programs_worker;
COMMIT;

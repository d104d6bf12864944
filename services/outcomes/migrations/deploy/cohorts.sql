-- Cohorts. The pupils of a cohort are personal data of the institution that supplied them: row-level security is the second
-- wall. A pupil is a keyed hash, a reference of the institution's own, and a decision; numbers, birth dates and the facts that
-- decided are not kept. The published table is what others may see, computed once.
BEGIN;

CREATE TABLE cohorts (
  region_id      text        NOT NULL,
  id             text        NOT NULL,
  institution_id text        NOT NULL,
  count_on       date        NOT NULL,
  state          text        NOT NULL,
  record_count   bigint      NOT NULL,
  version        bigint      NOT NULL,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT cohorts_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT cohorts_institution_count_date_key UNIQUE (region_id, institution_id, count_on),
  CONSTRAINT cohorts_owner_key UNIQUE (region_id, id, institution_id),
  CONSTRAINT cohorts_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT cohorts_state_known CHECK (state IN ('OPEN', 'CLOSED')),
  CONSTRAINT cohorts_count_on_october CHECK (extract(month FROM count_on) = 10 AND extract(day FROM count_on) = 1)
);

CREATE TABLE cohort_pupils (
  region_id            text   NOT NULL,
  cohort_id            text   NOT NULL,
  pupil_key            bytea  NOT NULL,  -- HMAC-SHA256 over cohort and PGN
  institution_id       text   NOT NULL,
  record_reference     text COLLATE "C" NOT NULL,
  level                text   NOT NULL,
  unit_code            text   NOT NULL,
  prior_education_code int    NOT NULL,
  outcome              text   NOT NULL,
  deciding_code        text   NOT NULL,  -- '' unless ACCOUNTED_FOR
  matches              text[] NOT NULL,
  CONSTRAINT cohort_pupils_pkey PRIMARY KEY (region_id, cohort_id, pupil_key),
  CONSTRAINT cohort_pupils_reference_key UNIQUE (region_id, cohort_id, record_reference),
  CONSTRAINT cohort_pupils_cohort_fkey FOREIGN KEY (region_id, cohort_id, institution_id)
    REFERENCES cohorts (region_id, id, institution_id),
  CONSTRAINT cohort_pupils_key_length CHECK (octet_length(pupil_key) = 32),
  CONSTRAINT cohort_pupils_outcome_known CHECK (outcome IN ('OUTSIDE_POPULATION', 'ACCOUNTED_FOR', 'EARLY_LEAVER')),
  CONSTRAINT cohort_pupils_decided CHECK ((outcome = 'ACCOUNTED_FOR') = (deciding_code <> ''))
);

-- Withheld rows have neither number. `position` keeps the order: the total first.
CREATE TABLE cohort_publications (
  region_id     text NOT NULL,
  cohort_id     text NOT NULL,
  position      int  NOT NULL,
  slice         text NOT NULL,
  population    bigint,
  early_leavers bigint,
  CONSTRAINT cohort_publications_pkey PRIMARY KEY (region_id, cohort_id, position),
  CONSTRAINT cohort_publications_cohort_fkey FOREIGN KEY (region_id, cohort_id) REFERENCES cohorts (region_id, id),
  CONSTRAINT cohort_publications_whole CHECK ((population IS NULL) = (early_leavers IS NULL))
);

ALTER TABLE cohort_pupils ENABLE ROW LEVEL SECURITY;
ALTER TABLE cohort_pupils FORCE ROW LEVEL SECURITY;
CREATE POLICY cohort_pupils_own ON cohort_pupils FOR ALL TO vsv_outcomes_app
  USING (institution_id = ANY (string_to_array(nullif(current_setting('vsv.callers', true), ''), ',')))
  WITH CHECK (institution_id = ANY (string_to_array(nullif(current_setting('vsv.callers', true), ''), ',')));

GRANT SELECT, INSERT, UPDATE ON cohorts TO vsv_outcomes_app;
GRANT SELECT, INSERT, UPDATE ON cohort_pupils TO vsv_outcomes_app;
GRANT SELECT, INSERT ON cohort_publications TO vsv_outcomes_app;
COMMIT;

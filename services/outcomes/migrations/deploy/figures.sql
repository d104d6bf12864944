-- Indicators, figures and ambitions. National and shared: beyond one node these are reference tables. No personal data, so no
-- row-level security. A decimal is its digits and how many of them stand behind the point, exactly as published.
BEGIN;

CREATE TABLE indicators (
  id           text        NOT NULL,
  display_name text        NOT NULL,
  unit         text        NOT NULL,
  scope        text        NOT NULL,
  better       text        NOT NULL,
  version      bigint      NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  CONSTRAINT indicators_pkey PRIMARY KEY (id),
  CONSTRAINT indicators_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT indicators_unit_known CHECK (unit IN ('PERCENT', 'COUNT', 'SCORE_1_TO_10')),
  CONSTRAINT indicators_scope_known CHECK (scope IN ('UNSPECIFIED', 'INTERNAL', 'ALL_INSTITUTIONS')),
  CONSTRAINT indicators_better_known CHECK (better IN ('HIGHER', 'LOWER'))
);

CREATE TABLE indicator_definitions (
  indicator_id text NOT NULL,
  version      int  NOT NULL,
  source       text NOT NULL,
  description  text NOT NULL,
  first_period text NOT NULL,  -- '' where unknown
  CONSTRAINT indicator_definitions_pkey PRIMARY KEY (indicator_id, version),
  CONSTRAINT indicator_definitions_indicator_fkey FOREIGN KEY (indicator_id) REFERENCES indicators (id)
);

-- One row per version of a cell. `cell` is the text of the slice, indicator, definition and origin; what it is made of stands
-- beside it. Rows are added and never changed, but for the moment from which the next version was known.
CREATE TABLE figures (
  cell                text COLLATE "C" NOT NULL,
  known_from_at       timestamptz NOT NULL,
  id                  uuid        NOT NULL,
  indicator_id        text        NOT NULL,
  definition_version  int         NOT NULL,
  origin              text        NOT NULL,
  kind                text        NOT NULL,
  organisation_id     text        NOT NULL,
  slice_region        text        NOT NULL,
  parent_code         text        NOT NULL,
  unit_code           text        NOT NULL,
  level               text        NOT NULL,
  period              text        NOT NULL,
  unit_name           text        NOT NULL,
  value_unscaled      bigint      NOT NULL,
  value_scale         int         NOT NULL,
  numerator           bigint,
  denominator         bigint,
  denominator_derived boolean     NOT NULL,
  status              text        NOT NULL,
  superseded_at       timestamptz,
  source              text        NOT NULL,
  CONSTRAINT figures_pkey PRIMARY KEY (cell, known_from_at),
  CONSTRAINT figures_id_key UNIQUE (id),
  CONSTRAINT figures_definition_fkey FOREIGN KEY (indicator_id, definition_version)
    REFERENCES indicator_definitions (indicator_id, version),
  CONSTRAINT figures_status_known CHECK (status IN ('PROVISIONAL', 'DEFINITIVE', 'RESTATED')),
  CONSTRAINT figures_origin_known CHECK (origin IN ('PUBLISHED', 'OWN_ESTIMATE')),
  CONSTRAINT figures_scale CHECK (value_scale BETWEEN 0 AND 6),
  CONSTRAINT figures_order CHECK (superseded_at > known_from_at)
);
CREATE INDEX figures_slices_idx ON figures (indicator_id, definition_version, organisation_id, level);
CREATE INDEX figures_organisation_idx ON figures (organisation_id, cell);

CREATE TABLE ambitions (
  id                 text        NOT NULL,
  display_name       text        NOT NULL,
  indicator_id       text        NOT NULL,
  definition_version int         NOT NULL,
  organisation_id    text        NOT NULL,
  level              text        NOT NULL,
  baseline_period    text        NOT NULL,
  baseline_unscaled  bigint,
  baseline_scale     int,
  direction          text        NOT NULL,
  institution_only   boolean     NOT NULL,
  source             text        NOT NULL,
  version            bigint      NOT NULL,
  created_at         timestamptz NOT NULL,
  updated_at         timestamptz NOT NULL,
  CONSTRAINT ambitions_pkey PRIMARY KEY (id),
  CONSTRAINT ambitions_id_form CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT ambitions_definition_fkey FOREIGN KEY (indicator_id, definition_version)
    REFERENCES indicator_definitions (indicator_id, version),
  CONSTRAINT ambitions_direction_known CHECK (direction IN ('HIGHER', 'RETAIN', 'LOWER')),
  CONSTRAINT ambitions_baseline_whole CHECK ((baseline_unscaled IS NULL) = (baseline_scale IS NULL))
);
CREATE INDEX ambitions_organisation_idx ON ambitions (organisation_id, id);

CREATE TABLE ambition_targets (
  ambition_id    text NOT NULL,
  period         text NOT NULL,
  commitment     text NOT NULL,
  value_unscaled bigint,
  value_scale    int,
  CONSTRAINT ambition_targets_pkey PRIMARY KEY (ambition_id, period),
  CONSTRAINT ambition_targets_ambition_fkey FOREIGN KEY (ambition_id) REFERENCES ambitions (id),
  CONSTRAINT ambition_targets_commitment_known CHECK (commitment IN ('FIRM', 'INDICATIVE', 'TO_BE_SET')),
  CONSTRAINT ambition_targets_value_unless_to_be_set CHECK ((commitment = 'TO_BE_SET') = (value_unscaled IS NULL)),
  CONSTRAINT ambition_targets_value_whole CHECK ((value_unscaled IS NULL) = (value_scale IS NULL))
);

CREATE TABLE ambition_conflicts (
  ambition_id text NOT NULL,
  position    int  NOT NULL,
  source      text NOT NULL,
  statement   text NOT NULL,
  CONSTRAINT ambition_conflicts_pkey PRIMARY KEY (ambition_id, position),
  CONSTRAINT ambition_conflicts_ambition_fkey FOREIGN KEY (ambition_id) REFERENCES ambitions (id)
);

GRANT SELECT, INSERT ON indicators, indicator_definitions TO vsv_outcomes_app;
GRANT SELECT, INSERT ON figures TO vsv_outcomes_app;
GRANT UPDATE (superseded_at) ON figures TO vsv_outcomes_app;
GRANT SELECT, INSERT, UPDATE ON ambitions TO vsv_outcomes_app;
GRANT SELECT, INSERT, DELETE ON ambition_targets, ambition_conflicts TO vsv_outcomes_app;
COMMIT;

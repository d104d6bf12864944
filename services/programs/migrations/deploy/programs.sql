-- Programs of the regions. Every key begins with the region. Organisations are named by their ids in the register; no foreign
-- key crosses services. No personal data, so no row-level security. Nothing is deleted but the lists of a resource when the
-- resource itself is changed.
BEGIN;

CREATE TABLE programs (
  region_id                text        NOT NULL,
  program_id               text        NOT NULL,
  title                    text        NOT NULL,
  description              text        NOT NULL,
  start_on                 date        NOT NULL,
  end_on                   date        NOT NULL,
  contact_municipality_id  text        NOT NULL,
  contact_school_id        text        NOT NULL,
  central_municipality_ids text[]      NOT NULL,
  lead_organisation_id     text        NOT NULL,
  municipal_manager_id     text        NOT NULL,
  school_manager_id        text        NOT NULL,
  steering_group_ids       text[]      NOT NULL,
  version                  bigint      NOT NULL DEFAULT 1,
  created_at               timestamptz NOT NULL DEFAULT now(),
  updated_at               timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT programs_pkey PRIMARY KEY (region_id, program_id),
  CONSTRAINT programs_region_form CHECK (region_id ~ '^(0[1-9]|[123][0-9]|40)$'),
  CONSTRAINT programs_id_form CHECK (program_id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  CONSTRAINT programs_period CHECK (end_on >= start_on)
);

CREATE TABLE lines (
  region_id            text        NOT NULL,
  program_id           text        NOT NULL,
  line_id              text        NOT NULL,
  code                 text        NOT NULL,
  title                text        NOT NULL,
  description          text        NOT NULL,
  lead_organisation_id text        NOT NULL,
  processes            text[]      NOT NULL,
  target_groups        text[]      NOT NULL,
  results              text[]      NOT NULL,
  version              bigint      NOT NULL DEFAULT 1,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT lines_pkey PRIMARY KEY (region_id, program_id, line_id),
  CONSTRAINT lines_program_fkey FOREIGN KEY (region_id, program_id) REFERENCES programs (region_id, program_id),
  CONSTRAINT lines_id_form CHECK (line_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  CONSTRAINT lines_processes_known CHECK (processes <@ ARRAY['TRANSITION', 'WARM_HANDOVER', 'FIRST_YEAR'])
);

CREATE TABLE line_budgets (
  region_id    text   NOT NULL,
  program_id   text   NOT NULL,
  line_id      text   NOT NULL,
  year         bigint NOT NULL,
  amount_cents bigint NOT NULL,
  CONSTRAINT line_budgets_pkey PRIMARY KEY (region_id, program_id, line_id, year),
  CONSTRAINT line_budgets_line_fkey FOREIGN KEY (region_id, program_id, line_id)
    REFERENCES lines (region_id, program_id, line_id),
  CONSTRAINT line_budgets_amount CHECK (amount_cents >= 0)
);

CREATE TABLE measures (
  region_id   text        NOT NULL,
  program_id  text        NOT NULL,
  line_id     text        NOT NULL,
  measure_id  text        NOT NULL,
  title       text        NOT NULL,
  description text        NOT NULL,
  owner_id    text        NOT NULL,
  start_on    date        NOT NULL,
  end_on      date        NOT NULL,
  state       text        NOT NULL,
  started_on  date,
  ended_on    date,
  stop_reason text        NOT NULL,
  version     bigint      NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT measures_pkey PRIMARY KEY (region_id, program_id, line_id, measure_id),
  CONSTRAINT measures_line_fkey FOREIGN KEY (region_id, program_id, line_id)
    REFERENCES lines (region_id, program_id, line_id),
  CONSTRAINT measures_id_form CHECK (measure_id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  CONSTRAINT measures_period CHECK (end_on >= start_on),
  CONSTRAINT measures_state_known CHECK (state IN ('PLANNED', 'RUNNING', 'DONE', 'STOPPED')),
  CONSTRAINT measures_started CHECK ((started_on IS NOT NULL) OR state IN ('PLANNED', 'STOPPED')),
  CONSTRAINT measures_ended CHECK ((ended_on IS NOT NULL) = (state IN ('DONE', 'STOPPED'))),
  CONSTRAINT measures_reason_told CHECK ((stop_reason <> '') = (state = 'STOPPED'))
);

CREATE TABLE milestones (
  region_id    text NOT NULL,
  program_id   text NOT NULL,
  line_id      text NOT NULL,
  measure_id   text NOT NULL,
  milestone_id text NOT NULL,
  position     int  NOT NULL,
  title        text NOT NULL,
  due_on       date NOT NULL,
  done_on      date,
  CONSTRAINT milestones_pkey PRIMARY KEY (region_id, program_id, line_id, measure_id, milestone_id),
  CONSTRAINT milestones_measure_fkey FOREIGN KEY (region_id, program_id, line_id, measure_id)
    REFERENCES measures (region_id, program_id, line_id, measure_id)
);

CREATE TABLE indicator_links (
  region_id         text        NOT NULL,
  program_id        text        NOT NULL,
  line_id           text        NOT NULL,
  indicator_link_id text        NOT NULL,
  title             text        NOT NULL,
  indicator         text        NOT NULL,
  ambition          text        NOT NULL,
  organisation_id   text        NOT NULL,
  level             text        NOT NULL,
  version           bigint      NOT NULL DEFAULT 1,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT indicator_links_pkey PRIMARY KEY (region_id, program_id, line_id, indicator_link_id),
  CONSTRAINT indicator_links_line_fkey FOREIGN KEY (region_id, program_id, line_id)
    REFERENCES lines (region_id, program_id, line_id),
  CONSTRAINT indicator_links_id_form CHECK (indicator_link_id ~ '^[a-z0-9][a-z0-9-]{1,62}$')
);

CREATE TABLE special_assignments (
  region_id               text        NOT NULL,
  program_id              text        NOT NULL,
  assignment_id           text        NOT NULL,
  title                   text        NOT NULL,
  bottleneck_description  text        NOT NULL,
  bottleneck_source       text        NOT NULL,
  bottleneck_decision     text        NOT NULL,
  decided_on              date,
  home_line_id            text        NOT NULL,
  lead_id                 text        NOT NULL,
  working_group_title     text        NOT NULL,
  working_group_ids       text[]      NOT NULL,
  short_term_goals        text[]      NOT NULL,
  long_term_goals         text[]      NOT NULL,
  target_groups           text[]      NOT NULL,
  contact_organisation_id text        NOT NULL,
  contact_role            text        NOT NULL,
  version                 bigint      NOT NULL DEFAULT 1,
  created_at              timestamptz NOT NULL DEFAULT now(),
  updated_at              timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT special_assignments_pkey PRIMARY KEY (region_id, program_id, assignment_id),
  CONSTRAINT special_assignments_program_fkey FOREIGN KEY (region_id, program_id)
    REFERENCES programs (region_id, program_id),
  CONSTRAINT special_assignments_home_line_fkey FOREIGN KEY (region_id, program_id, home_line_id)
    REFERENCES lines (region_id, program_id, line_id),
  CONSTRAINT special_assignments_id_form CHECK (assignment_id ~ '^[a-z0-9][a-z0-9-]{1,62}$')
);

CREATE TABLE crossed_lines (
  region_id     text NOT NULL,
  program_id    text NOT NULL,
  assignment_id text NOT NULL,
  line_id       text NOT NULL,
  position      int  NOT NULL,
  CONSTRAINT crossed_lines_pkey PRIMARY KEY (region_id, program_id, assignment_id, line_id),
  CONSTRAINT crossed_lines_assignment_fkey FOREIGN KEY (region_id, program_id, assignment_id)
    REFERENCES special_assignments (region_id, program_id, assignment_id),
  CONSTRAINT crossed_lines_line_fkey FOREIGN KEY (region_id, program_id, line_id)
    REFERENCES lines (region_id, program_id, line_id)
);

CREATE TABLE assignment_results (
  region_id     text NOT NULL,
  program_id    text NOT NULL,
  assignment_id text NOT NULL,
  result_id     text NOT NULL,
  position      int  NOT NULL,
  title         text NOT NULL,
  due_on        date,
  state         text NOT NULL,
  reported_on   date,
  note          text NOT NULL,
  CONSTRAINT assignment_results_pkey PRIMARY KEY (region_id, program_id, assignment_id, result_id),
  CONSTRAINT assignment_results_assignment_fkey FOREIGN KEY (region_id, program_id, assignment_id)
    REFERENCES special_assignments (region_id, program_id, assignment_id),
  CONSTRAINT assignment_results_state_known CHECK (state IN ('PLANNED', 'IN_PROGRESS', 'REACHED', 'DROPPED')),
  CONSTRAINT assignment_results_reported CHECK ((reported_on IS NOT NULL) = (state <> 'PLANNED'))
);

-- Each resource with its lists, as the service reads it. Lists of one row run in the same order; days in them are text, for an
-- element may be missing ('').
CREATE VIEW line_rows WITH (security_invoker = true) AS
SELECT l.region_id, l.program_id, l.line_id, l.code, l.title, l.description, l.lead_organisation_id, l.processes,
       l.target_groups, l.results, l.version, l.created_at, l.updated_at,
       ARRAY(SELECT b.year FROM line_budgets b
              WHERE b.region_id = l.region_id AND b.program_id = l.program_id AND b.line_id = l.line_id
              ORDER BY b.year) AS budget_years,
       ARRAY(SELECT b.amount_cents FROM line_budgets b
              WHERE b.region_id = l.region_id AND b.program_id = l.program_id AND b.line_id = l.line_id
              ORDER BY b.year) AS budget_cents
  FROM lines l;

CREATE VIEW measure_rows WITH (security_invoker = true) AS
SELECT m.region_id, m.program_id, m.line_id, m.measure_id, m.title, m.description, m.owner_id, m.start_on, m.end_on, m.state,
       m.started_on, m.ended_on, m.stop_reason, m.version, m.created_at, m.updated_at,
       s.milestone_ids, s.milestone_titles, s.milestone_due_on, s.milestone_done_on
  FROM measures m
 CROSS JOIN LATERAL (
   SELECT array_agg(k.milestone_id ORDER BY k.position) AS milestone_ids,
          array_agg(k.title ORDER BY k.position) AS milestone_titles,
          array_agg(k.due_on::text ORDER BY k.position) AS milestone_due_on,
          array_agg(coalesce(k.done_on::text, '') ORDER BY k.position) AS milestone_done_on
     FROM milestones k
    WHERE k.region_id = m.region_id AND k.program_id = m.program_id AND k.line_id = m.line_id
      AND k.measure_id = m.measure_id) AS s;

CREATE VIEW special_assignment_rows WITH (security_invoker = true) AS
SELECT a.region_id, a.program_id, a.assignment_id, a.title, a.bottleneck_description, a.bottleneck_source,
       a.bottleneck_decision, a.decided_on, a.home_line_id, a.lead_id, a.working_group_title, a.working_group_ids,
       a.short_term_goals, a.long_term_goals, a.target_groups, a.contact_organisation_id, a.contact_role,
       a.version, a.created_at, a.updated_at,
       ARRAY(SELECT c.line_id FROM crossed_lines c
              WHERE c.region_id = a.region_id AND c.program_id = a.program_id AND c.assignment_id = a.assignment_id
              ORDER BY c.position) AS crossed_line_ids,
       s.result_ids, s.result_titles, s.result_due_on, s.result_states, s.result_reported_on, s.result_notes
  FROM special_assignments a
 CROSS JOIN LATERAL (
   SELECT array_agg(r.result_id ORDER BY r.position) AS result_ids,
          array_agg(r.title ORDER BY r.position) AS result_titles,
          array_agg(coalesce(r.due_on::text, '') ORDER BY r.position) AS result_due_on,
          array_agg(r.state ORDER BY r.position) AS result_states,
          array_agg(coalesce(r.reported_on::text, '') ORDER BY r.position) AS result_reported_on,
          array_agg(r.note ORDER BY r.position) AS result_notes
     FROM assignment_results r
    WHERE r.region_id = a.region_id AND r.program_id = a.program_id AND r.assignment_id = a.assignment_id) AS s;

GRANT SELECT, INSERT, UPDATE ON programs, lines, measures, indicator_links, special_assignments TO vsv_programs_app;
GRANT SELECT, INSERT, DELETE ON line_budgets, milestones, crossed_lines, assignment_results TO vsv_programs_app;
GRANT SELECT ON line_rows, measure_rows, special_assignment_rows TO vsv_programs_app;
COMMIT;

-- Deploy dossiers:dossiers to pg
-- requires: shared
-- Transition dossiers and what belongs to them. Everything here is owned by the region where it was made: region_id is
-- in every key. Ids are made by the service. What a dossier says is stored per data category, so that a category that
-- is not granted never leaves the database.
BEGIN;

-- A pupil as one region knows it. The id is random; whoever brings the number finds the pupil by its hash under the
-- region's key. Find-or-make never tells which of the two it was.
CREATE TABLE pupils (
  region_id   text        NOT NULL,
  id          uuid        NOT NULL,
  pgn_hash    bytea       NOT NULL,  -- HMAC-SHA256 under the region's key
  pgn_sealed  bytea       NOT NULL,  -- AES-256-GCM under the region's key, bound to region and hash
  created_at  timestamptz NOT NULL,
  CONSTRAINT pupils_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT pupils_pgn_hash_key UNIQUE (region_id, pgn_hash),
  CONSTRAINT pupils_region_check CHECK (region_id ~ '^[0-9]{2}$'),
  CONSTRAINT pupils_pgn_hash_check CHECK (octet_length(pgn_hash) = 32)
);

-- The process facts of a dossier. Its version grows with each change of the dossier or of anything that belongs to it.
CREATE TABLE dossiers (
  region_id                    text        NOT NULL,
  id                           uuid        NOT NULL,
  pupil_id                     uuid        NOT NULL,
  version                      bigint      NOT NULL,
  state                        text        NOT NULL,
  state_times                  text[]      NOT NULL,  -- pairs: state, microseconds since 1970 it was last entered
  origin                       text        NOT NULL,
  finality                     text        NOT NULL,
  is_late_entrant              boolean     NOT NULL,
  delivering_organisation_id   text        NOT NULL,
  receiving_organisation_id    text,
  responsible_organisation_id  text        NOT NULL,
  municipality_of_residence    text        NOT NULL,  -- CBS code, 'GM0307'; '' outside the Netherlands
  has_start_qualification      boolean     NOT NULL,
  school_year                  integer     NOT NULL,
  due_on                       date        NOT NULL,
  birth_on                     date        NOT NULL,
  rejection_reason             text        NOT NULL,
  rejection_note               text        NOT NULL,
  created_at                   timestamptz NOT NULL,
  updated_at                   timestamptz NOT NULL,
  CONSTRAINT dossiers_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT dossiers_pupil_fkey FOREIGN KEY (region_id, pupil_id) REFERENCES pupils (region_id, id),
  CONSTRAINT dossiers_version_check CHECK (version > 0),
  CONSTRAINT dossiers_state_check CHECK (state IN ('A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS', 'B_DONE',
    'AGREEMENT_PENDING', 'AGREED', 'SENT', 'ACCEPTED', 'PROCESSED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT dossiers_origin_check
    CHECK (origin IN ('VO_SCHOOL', 'VAVO', 'MBO_SWITCH', 'RMC_RETURN', 'PRECEDING_PROVISION')),
  CONSTRAINT dossiers_finality_check CHECK (finality IN ('PROVISIONAL', 'FINAL')),
  CONSTRAINT dossiers_residence_check CHECK (municipality_of_residence ~ '^(GM[0-9]{4})?$'),
  CONSTRAINT dossiers_receiving_check
    CHECK (state NOT IN ('SENT', 'ACCEPTED', 'PROCESSED') OR receiving_organisation_id IS NOT NULL)
);
-- One live dossier per pupil, school and school year. Within one school: what it tells, the school knows.
CREATE UNIQUE INDEX dossiers_live_key ON dossiers (region_id, pupil_id, delivering_organisation_id, school_year)
  WHERE state <> 'WITHDRAWN';
CREATE INDEX dossiers_pupil_idx ON dossiers (region_id, pupil_id);
CREATE INDEX dossiers_residence_idx ON dossiers (region_id, municipality_of_residence, id);

-- What the dossier says, one serialized closed message per category.
CREATE TABLE dossier_sections (
  region_id   text  NOT NULL,
  dossier_id  uuid  NOT NULL,
  category    text  NOT NULL,
  document    bytea NOT NULL,
  CONSTRAINT dossier_sections_pkey PRIMARY KEY (region_id, dossier_id, category),
  CONSTRAINT dossier_sections_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT dossier_sections_category_check CHECK (category IN ('ADMINISTRATIVE', 'CAREER', 'SOCIAL_EMOTIONAL',
    'SUPPORT', 'ABSENCE', 'HEALTH', 'EXTRA_CARE'))
);

-- Which organisation stands in which explicit relation to a dossier; kept by the writes that bring it about. A relation
-- by residence is not here: it follows from the register at the reference date.
CREATE TABLE dossier_parties (
  region_id               text        NOT NULL,
  dossier_id              uuid        NOT NULL,
  organisation_id         text        NOT NULL,
  relation                text        NOT NULL,
  set_by_organisation_id  text        NOT NULL,
  from_at                 timestamptz NOT NULL,
  to_at                   timestamptz,
  CONSTRAINT dossier_parties_pkey PRIMARY KEY (region_id, dossier_id, organisation_id, relation, set_by_organisation_id),
  CONSTRAINT dossier_parties_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT dossier_parties_relation_check
    CHECK (relation IN ('DELIVERING', 'RECEIVING', 'APPLIED_TO', 'CONSENTED_PARTY'))
);
CREATE INDEX dossier_parties_organisation_idx ON dossier_parties (organisation_id, region_id, dossier_id)
  WHERE to_at IS NULL;

-- Inzage with what was said; only added to.
CREATE TABLE person_views (
  region_id                text        NOT NULL,
  dossier_id               uuid        NOT NULL,
  id                       uuid        NOT NULL,
  person                   text        NOT NULL,
  role                     text        NOT NULL,
  seen_on                  date        NOT NULL,
  opinion                  text        NOT NULL,
  reason                   text        NOT NULL,
  evidence                 text        NOT NULL,
  is_permitted_by_student  boolean     NOT NULL,
  content_version          bigint      NOT NULL,
  recorded_at              timestamptz NOT NULL,
  CONSTRAINT person_views_pkey PRIMARY KEY (region_id, dossier_id, id),
  CONSTRAINT person_views_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT person_views_person_check CHECK (person IN ('PUPIL', 'GUARDIAN')),
  CONSTRAINT person_views_opinion_check CHECK (opinion IN ('UNKNOWN', 'AGREES', 'DISAGREES'))
);

CREATE TABLE applications (
  region_id       text        NOT NULL,
  dossier_id      uuid        NOT NULL,
  id              uuid        NOT NULL,
  institution_id  text        NOT NULL,
  course          text        NOT NULL,
  applied_on      date        NOT NULL,
  state           text        NOT NULL,
  state_on        date        NOT NULL,
  created_at      timestamptz NOT NULL,
  CONSTRAINT applications_pkey PRIMARY KEY (region_id, id),
  CONSTRAINT applications_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT applications_state_check
    CHECK (state IN ('APPLIED', 'OFFERED', 'ENROLLED', 'NO_ENROLMENT', 'WITHDRAWN'))
);
CREATE INDEX applications_dossier_idx ON applications (region_id, dossier_id, id);
CREATE INDEX applications_institution_idx ON applications (institution_id, region_id, id);

-- Toestemming: one category, one recipient, one purpose, one period. A withdrawal works at once and forward.
CREATE TABLE consents (
  region_id                    text        NOT NULL,
  dossier_id                   uuid        NOT NULL,
  id                           uuid        NOT NULL,
  category                     text        NOT NULL,
  recipient_organisation_id    text        NOT NULL,
  purpose                      text        NOT NULL,
  valid_from                   date        NOT NULL,
  valid_until                  date        NOT NULL,  -- last day, inclusive
  given_by                     text        NOT NULL,
  given_on                     date        NOT NULL,
  evidence                     text        NOT NULL,
  recorded_by_organisation_id  text        NOT NULL,
  recorded_at                  timestamptz NOT NULL,
  withdrawn_at                 timestamptz,
  CONSTRAINT consents_pkey PRIMARY KEY (region_id, dossier_id, id),
  CONSTRAINT consents_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT consents_period_check CHECK (valid_from <= valid_until),
  CONSTRAINT consents_given_by_check CHECK (given_by IN ('PUPIL', 'GUARDIAN'))
);
CREATE INDEX consents_recipient_idx ON consents (region_id, dossier_id, recipient_organisation_id, purpose, category)
  WHERE withdrawn_at IS NULL;

-- Warme overdracht, one per dossier. The texts are category SUPPORT and stand apart.
CREATE TABLE warm_handovers (
  region_id          text   NOT NULL,
  dossier_id         uuid   NOT NULL,
  state              text   NOT NULL,
  planned_on         date,
  held_on            date,
  participants       text[] NOT NULL,
  support_agreed_on  date,
  support_agreed_by  text,
  first_school_on    date,
  followed_up_on     date,
  due_on             date,
  CONSTRAINT warm_handovers_pkey PRIMARY KEY (region_id, dossier_id),
  CONSTRAINT warm_handovers_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT warm_handovers_state_check CHECK (state IN ('NOT_NEEDED', 'NEEDED', 'PLANNED', 'HELD', 'SUPPORT_AGREED',
    'FOLLOWED_UP', 'DECLINED'))
);

CREATE TABLE warm_handover_texts (
  region_id          text NOT NULL,
  dossier_id         uuid NOT NULL,
  agreed_support     text,
  follow_up_outcome  text,
  declined_reason    text,
  CONSTRAINT warm_handover_texts_pkey PRIMARY KEY (region_id, dossier_id),
  CONSTRAINT warm_handover_texts_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE
);

-- First-year monitor: one outcome per count date. Reason and destination are category CAREER.
CREATE TABLE first_year_outcomes (
  region_id    text        NOT NULL,
  dossier_id   uuid        NOT NULL,
  count_on     date        NOT NULL,
  status       text        NOT NULL,
  reason       text        NOT NULL,
  destination  text        NOT NULL,
  recorded_at  timestamptz NOT NULL,
  CONSTRAINT first_year_outcomes_pkey PRIMARY KEY (region_id, dossier_id, count_on),
  CONSTRAINT first_year_outcomes_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT first_year_outcomes_status_check CHECK (status IN ('STILL_ENROLLED', 'SWITCHED', 'DEREGISTERED'))
);

COMMIT;

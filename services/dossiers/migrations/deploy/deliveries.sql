-- Deploy dossiers:deliveries to pg
-- requires: dossiers
-- Who holds what, on which basis, and what was recalled; and the counters of processes.
BEGIN;

-- What an organisation received of a dossier for a purpose. Written in the transaction that delivers; a receipt stays when
-- the category is recalled, and says in which version of the dossier that was seen: a subscriber that comes back with a
-- cursor before that version, or a second one that is behind, is told again.
CREATE TABLE holdings (
  region_id           text        NOT NULL,
  dossier_id          uuid        NOT NULL,
  organisation_id     text        NOT NULL,
  purpose             text        NOT NULL,
  category            text        NOT NULL,
  basis               text        NOT NULL,
  first_delivered_at  timestamptz NOT NULL,
  ended_noted_at      timestamptz,  -- when the worker told the feed that the basis had ended without a write
  recalled_at         timestamptz,
  recalled_version    bigint,
  CONSTRAINT holdings_pkey PRIMARY KEY (region_id, dossier_id, organisation_id, purpose, category),
  CONSTRAINT holdings_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT holdings_basis_check CHECK (basis IN ('LAW', 'AGREEMENT', 'CONSENT')),
  CONSTRAINT holdings_recalled_check CHECK ((recalled_at IS NULL) = (recalled_version IS NULL))
);
CREATE INDEX holdings_open_idx ON holdings (region_id, dossier_id, organisation_id, purpose)
  WHERE recalled_at IS NULL AND ended_noted_at IS NULL;

-- Why a holder loses categories, as decided by the change that brought it about.
CREATE TABLE recalls (
  region_id                text        NOT NULL,
  dossier_id               uuid        NOT NULL,
  version                  bigint      NOT NULL,  -- of the dossier after the change
  holder_organisation_id   text        NOT NULL,
  categories               text[]      NOT NULL,
  reason                   text        NOT NULL,
  recalled_at              timestamptz NOT NULL,
  CONSTRAINT recalls_pkey PRIMARY KEY (region_id, dossier_id, version, holder_organisation_id),
  CONSTRAINT recalls_dossier_fkey
    FOREIGN KEY (region_id, dossier_id) REFERENCES dossiers (region_id, id) ON DELETE CASCADE,
  CONSTRAINT recalls_reason_check CHECK (reason IN ('CONSENT_WITHDRAWN', 'BASIS_ENDED', 'ERASED', 'NO_ENROLMENT'))
);
CREATE INDEX recalls_holder_idx ON recalls (region_id, dossier_id, holder_organisation_id);

-- Net changes of the number of dossiers per process, state, responsible organisation and due date, per day of the change:
-- what stood on any day is a sum, because time changes it without a write. No personal data.
CREATE TABLE process_counts (
  region_id                    text   NOT NULL,
  process                      text   NOT NULL,
  state                        text   NOT NULL,
  responsible_organisation_id  text   NOT NULL,
  due_on                       date   NOT NULL,
  day                          date   NOT NULL,
  delta                        bigint NOT NULL,
  CONSTRAINT process_counts_pkey
    PRIMARY KEY (region_id, process, state, responsible_organisation_id, due_on, day),
  CONSTRAINT process_counts_process_check CHECK (process IN ('TRANSITION', 'WARM_HANDOVER', 'FIRST_YEAR'))
);

COMMIT;

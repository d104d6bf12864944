-- Deploy dossiers:basis_rules to pg
-- requires: dossiers
-- On what basis who may have which category: rules as data, each with its dates and its source, to be confirmed by each
-- region's privacy officer. A rule grants a category to a relation for a purpose while the dossier is in one of the states:
--   LAW        because the relation exists
--   AGREEMENT  when caller and supplier are parties of a signed data-sharing agreement of the region that covers it
--   CONSENT    when an active consent names category, recipient and purpose; PROCESS goes with any consent
-- Small reference table, the same everywhere: not region-owned.
BEGIN;

\set app vsv_dossiers_app
\set worker vsv_dossiers_worker

CREATE TABLE basis_rules (
  id          text   NOT NULL,
  relation    text   NOT NULL,
  purpose     text   NOT NULL,
  category    text   NOT NULL,
  basis       text   NOT NULL,
  states      text[] NOT NULL,
  valid_from  date   NOT NULL,
  valid_to    date,             -- first day on which it no longer holds
  source      text   NOT NULL,
  CONSTRAINT basis_rules_pkey PRIMARY KEY (id),
  CONSTRAINT basis_rules_relation_check CHECK (relation IN ('DELIVERING', 'RECEIVING', 'APPLIED_TO', 'CONSENTED_PARTY',
    'MUNICIPALITY_OF_RESIDENCE', 'RMC_OF_RESIDENCE', 'ATTENDANCE_OF_RESIDENCE')),
  CONSTRAINT basis_rules_purpose_check
    CHECK (purpose IN ('TRANSITION', 'SUPPORT', 'COMPULSORY_EDUCATION', 'RMC')),
  CONSTRAINT basis_rules_category_check CHECK (category IN ('PROCESS', 'ADMINISTRATIVE', 'PGN', 'CAREER',
    'SOCIAL_EMOTIONAL', 'SUPPORT', 'ABSENCE', 'HEALTH', 'EXTRA_CARE', 'VIEW')),
  CONSTRAINT basis_rules_basis_check CHECK (basis IN ('LAW', 'AGREEMENT', 'CONSENT')),
  CONSTRAINT basis_rules_period_check CHECK (valid_to IS NULL OR valid_from < valid_to)
);
CREATE INDEX basis_rules_relation_idx ON basis_rules (relation, purpose);

WITH
states (id, states) AS (VALUES
  ('any', ARRAY['A_IN_PROGRESS', 'A_DONE', 'B_IN_PROGRESS', 'B_DONE', 'AGREEMENT_PENDING', 'AGREED', 'SENT', 'ACCEPTED',
    'PROCESSED', 'REJECTED', 'WITHDRAWN']),
  ('sent', ARRAY['SENT', 'ACCEPTED', 'PROCESSED']),
  ('sent or rejected', ARRAY['SENT', 'ACCEPTED', 'PROCESSED', 'REJECTED']),
  ('accepted', ARRAY['ACCEPTED', 'PROCESSED'])),
seed (relation, purposes, categories, basis, states, valid_from, source) AS (VALUES
  ('DELIVERING', ARRAY['TRANSITION', 'SUPPORT', 'RMC'],
    ARRAY['PROCESS', 'ADMINISTRATIVE', 'PGN', 'CAREER', 'SOCIAL_EMOTIONAL', 'SUPPORT', 'ABSENCE', 'HEALTH', 'EXTRA_CARE',
      'VIEW'],
    'LAW', 'any', DATE '2014-08-01',
    'AVG art. 6(1)(e): the school keeps the file of its own pupil'),
  -- That it was there and was sent back, the addressee may go on knowing until the sender takes it up again.
  ('RECEIVING', ARRAY['TRANSITION'], ARRAY['PROCESS'],
    'LAW', 'sent or rejected', DATE '2020-08-01',
    'Besluit uitwisseling leer- en begeleidingsgegevens: transfer on law, with inzage'),
  ('RECEIVING', ARRAY['TRANSITION'],
    ARRAY['ADMINISTRATIVE', 'PGN', 'CAREER', 'SOCIAL_EMOTIONAL', 'SUPPORT', 'ABSENCE', 'VIEW'],
    'LAW', 'sent', DATE '2020-08-01',
    'Besluit uitwisseling leer- en begeleidingsgegevens: transfer on law, with inzage'),
  ('RECEIVING', ARRAY['SUPPORT'], ARRAY['PROCESS', 'ADMINISTRATIVE', 'SUPPORT', 'VIEW'],
    'LAW', 'accepted', DATE '2020-08-01',
    'Besluit uitwisseling leer- en begeleidingsgegevens: guidance by the school that accepted'),
  ('RECEIVING', ARRAY['TRANSITION'], ARRAY['HEALTH', 'EXTRA_CARE'],
    'CONSENT', 'sent', DATE '2020-08-01',
    'AVG art. 6(1)(a) and 9(2)(a): beyond the legal list on consent only'),
  ('RECEIVING', ARRAY['SUPPORT'], ARRAY['HEALTH', 'EXTRA_CARE'],
    'CONSENT', 'accepted', DATE '2020-08-01',
    'AVG art. 6(1)(a) and 9(2)(a): beyond the legal list on consent only'),
  -- The institution applied to sees its application, never the dossier: nobody is selected at the gate.
  ('APPLIED_TO', ARRAY['TRANSITION'], ARRAY['PROCESS'],
    'LAW', 'any', DATE '2020-08-01',
    'WEB art. 8.0.1 and 8.0.2: application for mbo'),
  ('MUNICIPALITY_OF_RESIDENCE', ARRAY['TRANSITION', 'RMC', 'COMPULSORY_EDUCATION'], ARRAY['PROCESS', 'ADMINISTRATIVE'],
    'AGREEMENT', 'any', DATE '2020-08-01',
    'WEB art. 8.3.2 and the data-sharing agreement of the region'),
  ('RMC_OF_RESIDENCE', ARRAY['TRANSITION', 'RMC'], ARRAY['PROCESS', 'ADMINISTRATIVE'],
    'AGREEMENT', 'any', DATE '2020-08-01',
    'WEB art. 8.3.2 and the data-sharing agreement of the region'),
  ('ATTENDANCE_OF_RESIDENCE', ARRAY['TRANSITION', 'COMPULSORY_EDUCATION'], ARRAY['PROCESS', 'ADMINISTRATIVE'],
    'AGREEMENT', 'any', DATE '2020-08-01',
    'Leerplichtwet 1969 art. 16 and the data-sharing agreement of the region'),
  ('MUNICIPALITY_OF_RESIDENCE', ARRAY['TRANSITION', 'RMC', 'COMPULSORY_EDUCATION'], ARRAY['SUPPORT', 'EXTRA_CARE'],
    'CONSENT', 'any', DATE '2020-08-01',
    'AVG art. 6(1)(a): support data to the municipality only on a basis of its own'),
  ('RMC_OF_RESIDENCE', ARRAY['TRANSITION', 'RMC'], ARRAY['SUPPORT', 'EXTRA_CARE'],
    'CONSENT', 'any', DATE '2020-08-01',
    'AVG art. 6(1)(a): support data to the municipality only on a basis of its own'),
  ('ATTENDANCE_OF_RESIDENCE', ARRAY['TRANSITION', 'COMPULSORY_EDUCATION'], ARRAY['SUPPORT', 'EXTRA_CARE'],
    'CONSENT', 'any', DATE '2020-08-01',
    'AVG art. 6(1)(a): support data to the municipality only on a basis of its own'),
  -- Whoever gives support and is named in a consent. Not for TRANSITION: a consent is no way past the application.
  ('CONSENTED_PARTY', ARRAY['SUPPORT', 'RMC', 'COMPULSORY_EDUCATION'],
    ARRAY['PROCESS', 'ADMINISTRATIVE', 'CAREER', 'SOCIAL_EMOTIONAL', 'SUPPORT', 'ABSENCE', 'HEALTH', 'EXTRA_CARE'],
    'CONSENT', 'any', DATE '2018-05-25',
    'AVG art. 6(1)(a) and 9(2)(a): what the consent names, and that the dossier exists'))
INSERT INTO basis_rules (id, relation, purpose, category, basis, states, valid_from, valid_to, source)
SELECT lower(replace(concat_ws('-', s.relation, p.purpose, c.category, s.basis), '_', '-')),
       s.relation, p.purpose, c.category, s.basis, t.states, s.valid_from, NULL, s.source
FROM seed s
JOIN states t ON t.id = s.states
CROSS JOIN unnest(s.purposes) AS p (purpose)
CROSS JOIN unnest(s.categories) AS c (category);

GRANT SELECT ON basis_rules TO :"app", :"worker";

COMMIT;

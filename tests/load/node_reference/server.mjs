// The same three calls, as one would write them in Node: grpc-js over the same mutual TLS, pg with named prepared statements,
// a pool of connections. Each call is one statement, that of ../sql, and one transaction.
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import pg from 'pg';

const {values: flags} = parseArgs({
  options: Object.fromEntries(
    ['listen', 'source', 'statements', 'certificate', 'ca', 'dossiers_url', 'partners_url', 'connections'].map((name) => [name, {type: 'string'}]),
  ),
});

const statement = (path, ...places) => {
  let text = readFileSync(path, 'utf8');
  for (const [place, parameter] of places) text = text.replaceAll(place, parameter);
  return text.trim().replace(/;$/, '');
};
const GET_DOSSIER = statement(`${flags.statements}/get_dossier.sql`, ['{id}', '$1::uuid']);
const UPDATE_DOSSIER = statement(`${flags.statements}/update_dossier.sql`, ['{id}', '$1::uuid'], ['{document}', '$2::bytea'],
  ['{request_id}', '$3::uuid']);
const GET_ORGANISATION = statement(`${flags.source}/services/partners/storage/sql/get_organisations.sql`);

const definition = loader.loadSync(['vsv/dossiers/v1/dossiers_service.proto', 'vsv/partners/v1/partners_service.proto'], {
  keepCase: true,
  includeDirs: [`${flags.source}/proto`, `${flags.source}/node_modules/google-proto-files`],
});
const section = {
  ADMINISTRATIVE: definition['vsv.dossiers.v1.AdministrativeSection'],
  CAREER: definition['vsv.dossiers.v1.CareerSection'],
};

// The callers of the row-level security are set on the connection: nothing is left to do per call.
const pool = (url, caller) =>
  new pg.Pool({connectionString: url, max: Number(flags.connections), options: caller && `-c vsv.callers=${caller}`});
const office = pool(flags.dossiers_url, 'doorstroompunt-eem');
const school = pool(flags.dossiers_url, 'vmbo-de-eemhoek');
const register = pool(flags.partners_url);

const timestamp = (date) => ({seconds: Math.floor(date / 1000), nanos: (date % 1000) * 1e6});
const day = (date) => date && {year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate()};

const dossierOf = (row) => {
  const dossier = {
    name: `regions/${row.region_id}/dossiers/${row.id}`,
    state: `DOSSIER_STATE_${row.state}`,
    origin: `ORIGIN_${row.origin}`,
    finality: `FINALITY_${row.finality}`,
    late_entrant: row.is_late_entrant,
    delivering_organisation: `organisations/${row.delivering_organisation_id}`,
    responsible_organisation: `organisations/${row.responsible_organisation_id}`,
    residence_municipality_code: row.municipality_of_residence,
    has_start_qualification: row.has_start_qualification,
    school_year: `${row.school_year}-${row.school_year + 1}`,
    due_date: day(row.due_on),
    state_times: [{state: `DOSSIER_STATE_${row.state_times[0]}`, enter_time: timestamp(Number(row.state_times[1]) / 1000)}],
    granted_categories: row.categories.map((category) => `DATA_CATEGORY_${category}`),
    etag: row.version,
    create_time: timestamp(row.created_at.getTime()),
    update_time: timestamp(row.updated_at.getTime()),
  };
  (row.section_categories ?? []).forEach((category, i) => {
    dossier[category.toLowerCase()] = section[category].deserialize(row.section_documents[i]);
  });
  return dossier;
};

const organisationOf = (row) => ({
  name: `organisations/${row.id}`,
  display_name: row.display_name,
  kind: `ORGANISATION_KIND_${row.kind}`,
  parent: row.parent_id && `organisations/${row.parent_id}`,
  identifiers: row.identifier_schemes.map((scheme, i) => ({
    scheme: `IDENTIFIER_SCHEME_${scheme}`,
    value: row.identifier_values[i],
  })),
  contacts: row.contact_roles.map((role, i) => ({
    role: `CONTACT_ROLE_${role}`,
    phone_number: row.contact_phone_numbers[i],
    email_address: row.contact_email_addresses[i],
  })),
  etag: row.version,
  create_time: timestamp(row.created_at.getTime()),
  update_time: timestamp(row.updated_at.getTime()),
});

// answer(run, reply): a unary method; no row is NOT_FOUND.
const answer = (run, reply) => (call, done) =>
  run(call.request).then(
    ({rows}) => (rows[0]?.id ? done(null, reply(rows[0])) : done({code: grpc.status.NOT_FOUND, details: 'not found'})),
    (error) => done({code: grpc.status.INTERNAL, details: error.message}),
  );
const idOf = (name) => name.slice(name.lastIndexOf('/') + 1);

const server = new grpc.Server();
server.addService(definition['vsv.dossiers.v1.DossierService'], {
  GetDossier: answer(
    (request) => office.query({name: 'get_dossier', text: GET_DOSSIER, values: [idOf(request.name)]}),
    dossierOf,
  ),
  UpdateDossier: answer(
    (request) =>
      school.query({
        name: 'update_dossier',
        text: UPDATE_DOSSIER,
        values: [idOf(request.dossier.name), section.CAREER.serialize(request.dossier.career), request.request_id],
      }),
    dossierOf,
  ),
});
server.addService(definition['vsv.partners.v1.PartnersService'], {
  GetOrganisation: answer(
    (request) => register.query({name: 'get_organisation', text: GET_ORGANISATION, values: [[idOf(request.name)]]}),
    organisationOf,
  ),
});
const read = (path) => readFileSync(path);
const credentials = grpc.ServerCredentials.createSsl(
  read(flags.ca),
  [{private_key: read(`${flags.certificate}.key`), cert_chain: read(`${flags.certificate}.crt`)}],
  true,
);
server.bindAsync(flags.listen, credentials, (error) => {
  if (error) throw error;
  console.log('serving');
});

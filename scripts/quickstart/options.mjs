import { readOptions, readPort } from '../terminal/options.mjs';

const USAGE = `Usage: npm run quickstart -- [options]

Brings up Redis, MongoDB and the gateway, sends it real partner bodies, really signed, and shows what became of
each. Stays up, so that you can look further, until Ctrl-C.

  --once    end after the demonstration; the exit code is 0 only if everything shown is right
  --json    print the result as one JSON document on stdout, everything else on stderr
            (npm run --silent keeps npm's own lines away)
  --help    this text

PORT chooses the port (3000, or the next free one). REDIS_URL and MONGO_URI are used when a server answers there,
ROUTING_URL in place of a simulated routing service.`;

export function readQuickstartOptions() {
  const { once = false, json = false } = readOptions(USAGE, {
    once: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  return { once, json, port: readPort(process.env.PORT || undefined, 'PORT') };
}

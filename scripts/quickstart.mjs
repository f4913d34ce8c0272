/** `npm run quickstart`: the whole way of an event on a bare machine, shown with real servers. */
import { closeAll } from './process/closing.mjs';
import { build } from './project/build.mjs';
import { installDependencies } from './project/dependencies.mjs';
import { requireNode } from './project/node-version.mjs';
import { runDemo } from './quickstart/demo.mjs';
import { startGateway } from './quickstart/gateway.mjs';
import { readQuickstartOptions } from './quickstart/options.mjs';
import { openRouting } from './quickstart/routing.mjs';
import { openStores } from './quickstart/stores.mjs';
import { onStop } from './terminal/on-stop.mjs';
import { reasonOf, say } from './terminal/say.mjs';

const began = Date.now();
const { once, json, port } = readQuickstartOptions();
requireNode();

/** Unknown until the demonstration is over: who presses Ctrl-C before has seen nothing that is right. */
let verdict;
let stopping = false;
onStop(async () => {
  stopping = true;
  say('quickstart: stopping');
  await closeAll();
  return verdict;
});

/** While somebody is stopping us, what ends ends because of that: the exit code is theirs to give. */
async function end(code) {
  if (stopping) return;
  await closeAll();
  process.exit(code);
}

const whereToLook = ({ url, logFile, secrets }, { routing }) => `
The gateway is up until you press Ctrl-C.

  gateway     ${url}
  API page    ${url}/docs
  health      ${url}/health/ready
  metrics     ${url}/metrics
  admin key   ${secrets.ADMIN_API_KEY}
  its log     ${logFile}
  routing     ${routing.url ?? 'as ROUTING_URL says'}
`;

async function demonstrate() {
  await installDependencies();
  await build();
  const stores = await openStores();
  const routing = await openRouting();
  const gateway = await startGateway({ port, env: { ...stores.env, ...routing.env } });
  const result = await runDemo(gateway, { json });
  const seconds = Math.round((Date.now() - began) / 100) / 10;
  const { ok, ...rest } = result;
  const services = { ...stores.services, routing: routing.service };
  return { gateway, document: { ok, seconds, services, ...rest } };
}

async function stayUp({ logFile, ended }) {
  const how = await ended;
  if (!stopping) say(`quickstart: the gateway ended (${how}); its log is ${logFile}`);
}

try {
  const { gateway, document } = await demonstrate();
  verdict = document.ok ? 0 : 1;
  if (json) console.log(JSON.stringify(document, null, 2));
  if (!document.ok) say('quickstart: not everything shown is right');
  if (once) await end(verdict);
  (json ? say : console.log)(whereToLook(gateway, document.services));
  await stayUp(gateway);
} catch (error) {
  if (json && !stopping) console.log(JSON.stringify({ ok: false, error: reasonOf(error) }));
  if (!stopping) say(`quickstart: ${reasonOf(error)}`);
}
await end(1);

import { setTimeout as sleep } from 'node:timers/promises';

/** How long a changed partner may take to reach every process. */
const CHANGE_REACHES_ALL_MS = 2_000;

/** Makes partners, and gives back when every process knows them. */
export async function makePartners(gateway, documents) {
  for (const document of documents) await ask(gateway, 'POST', '', document);
  await sleep(CHANGE_REACHES_ALL_MS);
}

/** Changes one partner, and gives back when every process knows it. */
export async function changePartner(gateway, id, patch) {
  await ask(gateway, 'PATCH', `/${id}`, patch);
  await sleep(CHANGE_REACHES_ALL_MS);
}

async function ask({ port, adminKey }, method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/admin/partners${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} /v1/admin/partners${path}: ${answer.status} ${text}`);
}

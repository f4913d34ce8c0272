import http from 'node:http';

/** Later than any answer may come: who has not answered by now did not answer. */
export const ANSWER_WITHIN_MS = 8_000;

/** Connections to one process are kept, as a courier keeps them: what a killed process does to them is part of it. */
export const newAgent = () => new http.Agent({ keepAlive: true, maxSockets: 512 });

/** POSTs and gives `{ status, json, retryAfterMs, ms }`, or `{ error, ms }` where no whole answer came. Never rejects. */
export function post({ port, agent }, { path, headers, body }) {
  const beganAt = performance.now();
  return new Promise((resolve) => {
    const end = (answer) => {
      clearTimeout(timer);
      resolve({ ...answer, ms: performance.now() - beganAt });
    };
    const request = http.request({ host: '127.0.0.1', port, agent, path, method: 'POST', headers });
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), ANSWER_WITHIN_MS);
    request.on('error', ({ code, message }) => end({ error: code ?? message }));
    request.on('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', ({ code, message }) => end({ error: code ?? message }));
      response.on('end', () => end(answerOf(response, Buffer.concat(parts).toString())));
    });
    request.end(body);
  });
}

function answerOf({ statusCode, headers }, text) {
  return { status: statusCode, json: parsed(text), retryAfterMs: Number(headers['retry-after'] ?? 0) * 1000 };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the process says that it can do its work. */
export async function isReady({ port }) {
  const signal = AbortSignal.timeout(1_000);
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status === 200;
}

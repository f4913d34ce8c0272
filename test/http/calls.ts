import type { EdgeApp } from './edge-app';

export const HEX = /^[\da-f]{32}$/;

export const as = (role: string) => ({ authorization: `Bearer key-${role}` });

export const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...as('operator'), ...headers },
});

export function expectProblem(
  answer: Response | { status: number },
  body: unknown,
  status: number,
  code: string,
): void {
  expect(answer.status).toBe(status);
  expect(body).toMatchObject({
    type: `urn:courier-gateway:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.any(String) as string,
    status,
    detail: expect.any(String) as string,
    code,
    traceId: expect.stringMatching(HEX) as string,
  });
}

/** Calls the edge as an ordinary client does. */
export async function call(edge: EdgeApp, path: string, init: RequestInit = {}) {
  const answer = await fetch(edge.url + path, init);
  const text = await answer.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { answer, text, json, status: answer.status, headers: answer.headers };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { RoutingSimulator } from '#sandbox/routing-simulator/routing-simulator';
import { DEFAULTS, type SimulatorSettings } from '#sandbox/routing-simulator/simulator-settings';
import { until } from '../support/until';

const letter = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + (index % 26));

/** What the gateway sends about the event of this number. */
function call(number: number, trackingNumber = `TRK-${number}`) {
  const eventId = `evt_${[...number.toString().padStart(26, '0')].map((digit) => letter(Number(digit))).join('')}`;
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': eventId,
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    },
    body: JSON.stringify({
      eventId,
      partnerId: 'acme',
      trackingNumber,
      status: 'in_transit',
      occurredAt: '2026-03-01T10:00:00.000Z',
      shipment: { status: null, version: 0 },
    }),
  };
}

describe('the routing simulator', () => {
  let simulator: RoutingSimulator;
  beforeEach(async () => {
    simulator = await RoutingSimulator.start(DEFAULTS);
  });
  afterEach(() => simulator.close());

  const ask = (number: number, signal?: AbortSignal): Promise<Response> =>
    fetch(simulator.url, { ...call(number), ...(signal && { signal }) });
  const configure = (settings: Partial<SimulatorSettings>): void =>
    simulator.configure({ ...DEFAULTS, ...settings });
  const manage = async (method: string, path: string, json?: unknown) => {
    const body = json === undefined ? null : JSON.stringify(json);
    const answer = await fetch(simulator.origin + path, { method, body });
    return { status: answer.status, json: await answer.json() };
  };

  it('should decide, and decide the same when it is asked again', async () => {
    const first = await ask(1);
    const again = await ask(1);
    const other = await ask(2);
    const decision: unknown = await first.json();
    expect(first.status).toBe(200);
    expect(decision).toMatchObject({ routeId: expect.stringMatching(/^R-/) as string });
    expect(await again.json()).toEqual(decision);
    expect(await other.json()).not.toEqual(decision);
    expect((await manage('GET', '/stats')).json).toMatchObject({
      calls: 3,
      inFlight: 0,
      repeatedKeys: 1,
      outcomes: { decided: 3, invalid: 0 },
    });
  });

  it('should keep to what it decided first, also that there is nothing to decide', async () => {
    configure({ nothing: 1 });
    expect((await ask(1)).status).toBe(204);
    configure({});
    expect((await ask(1)).status).toBe(204);
    expect((await ask(2)).status).toBe(200);
    configure({ nothing: 1 });
    expect((await ask(2)).status).toBe(200);
  });

  it.each<[Partial<SimulatorSettings>, number, RegExp]>([
    [{ errors: 1 }, 5, /simulated/],
    [{ throttled: 1, retryAfterSeconds: 9 }, 4, /simulated/],
    [{ rejected: 1 }, 4, /simulated/],
    [{ notJson: 1 }, 2, /^<p>/],
    [{ list: 1 }, 2, /^\[/],
    [{ tooLarge: 1 }, 2, /x{16385}/],
  ])('should be as wrong as it is set to: %j', async (settings, hundreds, text) => {
    configure(settings);
    const answer = await ask(1);
    expect(Math.floor(answer.status / 100)).toBe(hundreds);
    expect(await answer.text()).toMatch(text);
    expect(answer.headers.get('retry-after')).toBe(settings.throttled ? '9' : null);
    const [share = ''] = Object.keys(settings);
    expect(simulator.readStats().outcomes[share]).toBe(1);
  });

  it('should hang until the caller gives up, and count that', async () => {
    configure({ hang: 1 });
    const patience = new AbortController();
    const asked = ask(1, patience.signal);
    await until(() => simulator.readStats().inFlight === 1, { what: 'the call to be under way' });
    patience.abort();
    await expect(asked).rejects.toThrow();
    await until(() => simulator.readStats().inFlight === 0, { what: 'the call to be given up' });
    expect(simulator.readStats()).toMatchObject({ abandoned: 1, outcomes: { hang: 1 } });
  });

  it('should take as long as it is set to', async () => {
    configure({ latency: { fixedMs: 60 } });
    const began = performance.now();
    await ask(1);
    expect(performance.now() - began).toBeGreaterThanOrEqual(59);
  });

  it('should share its outcomes out as it is set to, and the same way again', async () => {
    const shares = { errors: 0.25, throttled: 0.1, nothing: 0.15 };
    const outcomesOf = async () => {
      configure(shares);
      const statuses: number[] = [];
      for (let number = 0; number < 200; number += 1) statuses.push((await ask(number)).status);
      return statuses.map((status) => (status >= 500 ? 500 : status));
    };
    const first = await outcomesOf();
    const countOf = (status: number) => first.filter((one) => one === status).length / first.length;
    expect(Math.abs(countOf(500) - 0.25)).toBeLessThan(0.08);
    expect(Math.abs(countOf(429) - 0.1)).toBeLessThan(0.08);
    expect(Math.abs(countOf(200) - 0.5)).toBeLessThan(0.1);
    expect(await outcomesOf()).toEqual(first);
  });

  it('should refuse a call that is not what the description says, and tell all faults', async () => {
    const { headers, body } = call(1);
    const wrong = { ...(JSON.parse(body) as object), status: 'TRANSIT', shipment: {} };
    const sent = {
      method: 'POST',
      headers: { ...headers, traceparent: 'none' },
      body: JSON.stringify(wrong),
    };
    const answer = await fetch(simulator.url, sent);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      faults: expect.arrayContaining([
        {
          path: '/headers/traceparent',
          message: expect.stringContaining('traceparent must match') as string,
        },
        { path: '/status', message: expect.stringContaining('status must be one of') as string },
        { path: '/shipment/version', message: 'version is required' },
      ]) as unknown,
    });
    expect(simulator.readStats().outcomes['invalid']).toBe(1);
  });

  it('should be set while it runs, and refuse what is no setting', async () => {
    const set = await manage('PUT', '/settings', { rejected: 1, latency: { medianMs: 1, p99Ms: 2 } });
    expect(set).toEqual({
      status: 200,
      json: { ...DEFAULTS, rejected: 1, latency: { medianMs: 1, p99Ms: 2 } },
    });
    expect((await ask(1)).status).toBe(422);
    expect(await manage('PUT', '/settings', { rejected: 7 })).toEqual({
      status: 400,
      json: { faults: [{ path: '/rejected', message: 'rejected must be a number from 0 to 1' }] },
    });
    expect((await manage('GET', '/settings')).json).toMatchObject({ rejected: 1 });
    expect((await manage('GET', '/elsewhere')).status).toBe(404);
  });
});

describe('the routing simulator as a process', () => {
  const start = (...args: readonly string[]) =>
    spawn(process.execPath, ['dist/sandbox/routing-simulator.main.js', ...args], {
      cwd: join(__dirname, '../..'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('should print its address, answer, and end with its figures when it is stopped', async () => {
    const child = start('--port', '0', '--nothing', '1');
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const url = await until(() => /^ROUTING_URL=(\S+)\n/.exec(stdout)?.[1], { what: 'its address' });
    expect((await fetch(url, call(1))).status).toBe(204);
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(stderr).toContain('"nothing":1');
  });

  it('should end with its usage where an option is wrong', async () => {
    const child = start('--hang', 'often');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(2);
  });
});

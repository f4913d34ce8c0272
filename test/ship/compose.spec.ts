import { Environment } from '#config/environment';
import { at, captures, membersOf, readText, readYaml } from './shipped-files';

const compose = readYaml('docker-compose.yml');
const services = membersOf(at(compose, 'services'), 'services');
const GATEWAYS = ['api', 'worker'] as const;
const STORES = ['redis', 'mongo'] as const;

const seconds = (duration: unknown): number => Number(/^(\d+)s$/.exec(String(duration))?.[1]);

describe('docker-compose.yml', () => {
  it('has the two roles and the two stores, and nothing else', () => {
    expect([...services.keys()].sort()).toEqual([...GATEWAYS, ...STORES].sort());
  });

  it('publishes a port of the api only', () => {
    const publishing = [...services].filter(([, service]) => at(service, 'ports') !== undefined);
    expect(publishing.map(([name]) => name)).toEqual(['api']);
  });

  it('keeps the stores and the worker on a network without a way out', () => {
    expect(at(compose, 'networks', 'stores', 'internal')).toBe(true);
    for (const name of ['worker', ...STORES]) expect(at(services.get(name), 'networks')).toEqual(['stores']);
  });

  it.each([...GATEWAYS, ...STORES])('hardens %s', (name) => {
    expect(services.get(name)).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(at(services.get(name), 'healthcheck', 'test')).toContain('CMD');
  });

  it.each(STORES)('runs %s as somebody else than root, pinned, with its data on a volume', (name) => {
    const service = services.get(name);
    expect(at(service, 'user')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(at(service, 'image')).toMatch(/^[a-z]+:\d+\.\d+\.\d+[a-z-]*@sha256:[0-9a-f]{64}$/);
    expect(at(service, 'volumes', '0')).toMatch(/^[a-z-]+-data:\/data/);
  });

  it.each(GATEWAYS)('runs %s from the one image, in its role, once both stores are healthy', (name) => {
    expect(services.get(name)).toMatchObject({
      image: 'courier-gateway:local',
      environment: { ROLE: name },
      depends_on: { mongo: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } },
    });
  });

  it.each(GATEWAYS)('gives %s only variables that the gateway knows', (name) => {
    const known = Object.keys(new Environment());
    const given = membersOf(at(services.get(name), 'environment'), `environment of ${name}`);
    expect([...given.keys()].filter((variable) => !known.includes(variable))).toEqual([]);
  });

  it.each(GATEWAYS)('gives %s longer to stop than it may take', (name) => {
    const service = services.get(name);
    const drainMs = Number(at(service, 'environment', 'WORKER_DRAIN_TIMEOUT_MS'));
    expect(seconds(at(service, 'stop_grace_period')) * 1000).toBeGreaterThan(drainMs + 10_000);
  });

  it('refuses to start without the secrets', () => {
    const demanded = captures(readText('docker-compose.yml'), /\$\{(\w+):\?/g);
    expect([...demanded].sort()).toEqual(['ADMIN_API_KEY', 'ENCRYPTION_KEYS', 'SIGNING_SECRET']);
  });

  it('keeps jobs over a restart of Redis and never evicts one', () => {
    const command = at(services.get('redis'), 'command');
    expect(command).toEqual(
      expect.arrayContaining(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']),
    );
  });

  it('makes MongoDB a replica set', () => {
    expect(at(services.get('mongo'), 'command')).toEqual(expect.arrayContaining(['--replSet', 'rs0']));
    expect(JSON.stringify(at(services.get('mongo'), 'healthcheck'))).toContain('rs.initiate');
    expect(at(services.get('api'), 'environment', 'MONGO_URI')).toContain('replicaSet=rs0');
  });
});

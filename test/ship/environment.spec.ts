import { Environment } from '#config/environment';
import { SECRET_VARIABLES } from '#config/variables';
import { captures, readText } from './shipped-files';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every variable with its default as text; empty where there is none. */
const DEFAULTS: ReadonlyMap<string, string> = new Map(
  Object.entries(new Environment()).map(([name, value]: [string, unknown]) => [
    name,
    value === undefined ? '' : shown(value),
  ]),
);

describe('.env.example', () => {
  it('has what docker-compose.yml cannot do without', () => {
    const offered = captures(readText('.env.example'), /^(\w+)=/gm);
    const demanded = captures(readText('docker-compose.yml'), /\$\{(\w+):\?/g);
    expect(demanded.filter((name) => !offered.includes(name))).toEqual([]);
  });
});

describe('the table of variables in docs/deployer-guide.md', () => {
  const rows = readText('docs/deployer-guide.md').matchAll(/^\| `([A-Z_]+)` +\| ([^|]+) \|/gm);
  const documented = new Map([...rows].map(([, name = '', value = '']) => [name, value.trim()]));

  it('has every variable with its default, and no other', () => {
    const expected = [...DEFAULTS].map(([name, value]) => [name, value === '' ? '–' : `\`${value}\``]);
    expect([...documented].sort()).toEqual(expected.sort());
  });

  it('names the secrets that may come from a file', () => {
    const [listed = ''] = captures(readText('docs/deployer-guide.md'), /^Secrets from files: (.+)$/gm);
    expect(captures(listed, /`(\w+)_FILE`/g)).toEqual([...SECRET_VARIABLES]);
  });
});

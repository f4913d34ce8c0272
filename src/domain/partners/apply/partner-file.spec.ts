import { readPartnerFile } from './partner-file';

const messageOf = (text: string): string => {
  const read = readPartnerFile(text);
  return read.ok ? '' : read.faults.map(({ message }) => message).join('; ');
};

describe('a partner file', () => {
  it.each([
    ['YAML', 'id: acme\nsecrets:\n  - value: "42"\n'],
    ['JSON', '{"id":"acme","secrets":[{"value":"42"}]}'],
  ])('may be %s', (_, text) => {
    expect(readPartnerFile(text)).toEqual({
      ok: true,
      document: { id: 'acme', secrets: [{ value: '42' }] },
    });
  });

  it('that is not YAML is told with its place, and without a word of what stands there', () => {
    const message = messageOf('id: acme\nsecrets: [{ value: "the-CANARY" }\nname: x\n');
    expect(message).toMatch(/must be one YAML or JSON document \([A-Z_]+ at line \d+, column \d+\)/);
    expect(message).not.toContain('CANARY');
  });

  it.each([
    ['several documents', 'id: a\n---\nid: b\n'],
    ['a name twice', 'id: a\nid: b\n'],
    ['a list', '- id: a\n'],
    ['nothing', ''],
    [
      'aliases without end',
      `a: &a [x, x]\n${'bcdefghijklm'.replace(/./g, (at) => `${at}: &${at} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n`)}`,
    ],
  ])('of %s is refused', (_, text) => {
    expect(messageOf(text)).not.toBe('');
  });

  it.each([
    ['an alias inside of what it names', 'id: acme\nmapping: &a\n  event: *a\n'],
    ['an alias of the whole', '&a\nid: acme\nmapping: *a\n'],
    ['deep nesting in JSON', `{"id":"acme","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['deep nesting in YAML', `id: acme\nx: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('with %s is refused, and said to have no end', (_, text) => {
    expect(messageOf(text)).toMatch(/must end/);
  });

  it('may say a thing once and name it twice', () => {
    expect(readPartnerFile('id: acme\na: &a [1]\nb: *a\n')).toEqual({
      ok: true,
      document: { id: 'acme', a: [1], b: [1] },
    });
  });
});

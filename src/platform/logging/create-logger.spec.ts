import { createLogger } from './create-logger';

interface Line extends Record<string, unknown> {
  readonly err?: Record<string, unknown>;
}

function logging(level = 'info') {
  const written: string[] = [];
  const logger = createLogger({ level, role: 'api' }, { write: (line) => void written.push(line) });
  const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);
  return { logger, lines, text: () => written.join('') };
}

describe('createLogger', () => {
  it('writes one JSON object a line, with time, level and role', () => {
    const { logger, lines, text } = logging();
    logger.info({ traceId: 't', eventId: 'e', partnerId: 'p' }, 'event taken');
    logger.debug('not at this level');
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        role: 'api',
        traceId: 't',
        eventId: 'e',
        partnerId: 'p',
        msg: 'event taken',
      },
    ]);
    expect(text().endsWith('}\n')).toBe(true);
  });

  it('leaves out what drivers hang on their errors', () => {
    const { logger, lines, text } = logging();
    const mongo = Object.assign(
      new Error('E11000 duplicate key error collection: db.c index: i dup key: { k: "CANARY-1" }'),
      { code: 11000, writeErrors: [{ op: { body: 'CANARY-2' } }], name: 'MongoBulkWriteError' },
    );
    const redis = Object.assign(new Error("ERR unknown command 'X', with args beginning with: 'CANARY-3'"), {
      command: { name: 'set', args: ['CANARY-4'] },
    });
    logger.error({ err: mongo }, 'write failed');
    logger.error({ err: new Error('outer', { cause: redis }) });
    logger.error({ error: mongo, reason: redis });
    logger.error(mongo);
    expect(text()).not.toContain('CANARY');
    expect(lines()[0]?.err).toMatchObject({
      type: 'MongoBulkWriteError',
      code: 11000,
      message: 'E11000 duplicate key error collection: db.c index: i dup key: …',
    });
    expect(lines()[0]?.err?.['stack']).toMatch(/^\s+at /);
    expect(lines()[1]?.err?.['cause']).toMatchObject({
      message: expect.stringMatching(/^ERR unknown/) as string,
    });
  });

  it.each([
    '{"id": CANARY}',
    'CANARY',
    '{"a":"CANARY","b":}',
    `{"a":"${'x'.repeat(300)}","b":CANARY ${'y'.repeat(300)}}`,
    '"CANARY" "CANARY"',
  ])('does not quote a body that is not JSON: %.30s', (body) => {
    const { logger, text } = logging();
    try {
      JSON.parse(body);
    } catch (err) {
      logger.error({ err }, 'parsing failed');
      logger.error({ err });
      logger.error(err);
    }
    expect(text().split('\n')).toHaveLength(4);
    expect(text()).not.toContain('CANARY');
  });

  it('shows no password of a connection string', () => {
    const { logger, text } = logging();
    logger.warn({ err: new Error('Invalid connection string "mongodb://user:CANARY@host/db"') });
    logger.warn('cannot reach redis://:CANARY@host:6379');
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('mongodb://…@host/db');
  });

  it('shows no password of a connection string at which a long message is cut', () => {
    const { logger, text } = logging();
    logger.warn(`${'x'.repeat(470)} redis://user:CANARY-0123456789@host:6379`);
    expect(text()).not.toContain('CANARY');
    expect(text()).toContain('redis://…@host');
  });

  it('drops bodies, headers and queries by their usual names', () => {
    const { logger, lines, text } = logging();
    const secret = { any: 'CANARY' };
    logger.info(
      { body: secret, headers: secret, query: secret, req: secret, payload: 'CANARY', kept: 1 },
      'x',
    );
    expect(text()).not.toContain('CANARY');
    expect(lines()[0]).toMatchObject({ kept: 1, msg: 'x' });
  });
});

import { parsePartnerDocument } from '../parse-partner-document';

const NO_PRESETS = { get: () => undefined, names: () => [] };

function faultsWith(over: object): readonly unknown[] {
  const parsed = parsePartnerDocument(
    { id: 'acme', signature: { type: 'hmac', from: { header: 'x-signature' } }, ...over },
    NO_PRESETS,
  );
  return parsed.ok ? [] : parsed.faults;
}

const faultsOf = (contentType: string) => faultsWith({ ack: { body: 'ok', contentType } });

describe('ack.contentType', () => {
  it.each([
    'text/plain',
    'application/vnd.acme+json',
    'text/plain; charset=utf-8',
    'text/plain;charset="utf-8";format=flowed',
    'TEXT/PLAIN ; a="x \\" y"',
  ])('may be %j', (contentType) => expect(faultsOf(contentType)).toEqual([]));

  it.each([
    'plain',
    'text/',
    '/plain',
    'text/plain/more',
    'text /plain',
    ' text/plain',
    'text/plain ',
    'text/plain\r\nset-cookie: a=b',
    'text/plain\n',
    'text/plain;\tcharset=utf-8',
    'text/plain; a="\r\n"',
    'text/plain; a="\0"',
    'text/plain; a="open',
    'text/plain; charset',
    'text/plain; charset=',
    'text/plain, text/html',
    'text/plän',
    `text/${'x'.repeat(100)}`,
    `a/b${'; '.repeat(48)}`,
  ])('must not be %j', (contentType) => {
    expect(faultsOf(contentType)).toEqual([
      {
        path: '/ack/contentType',
        message: expect.stringMatching(/^contentType must be a media type .*text\/plain/) as string,
      },
    ]);
  });
});

describe('limits.perSecond', () => {
  it.each([0, 0.001, 0.5, 1_000_000])('may be %d', (perSecond) =>
    expect(faultsWith({ limits: { perSecond } })).toEqual([]),
  );

  it.each([1e-300, 0.000_99, -1, 1_000_001, '5'])('must not be %j', (perSecond) =>
    expect(faultsWith({ limits: { perSecond } })).toEqual([
      {
        path: '/limits/perSecond',
        message: 'perSecond must be 0 for no limit, or a number from 0.001 to 1000000',
      },
    ]),
  );
});

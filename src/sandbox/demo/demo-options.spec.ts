import { readCommand } from './demo-options';

const environment = { GATEWAY_URL: 'http://127.0.0.1:3000/', ADMIN_API_KEY: 'key', SIGNING_SECRET: 'secret' };

describe('readCommand', () => {
  it('takes the gateway from the environment', () => {
    expect(readCommand(['--json'], environment)).toEqual({
      do: 'demonstrate',
      json: true,
      settings: { gatewayUrl: 'http://127.0.0.1:3000', adminApiKey: 'key', signingSecret: 'secret' },
    });
  });

  it('names everything that is missing at once', () => {
    expect(readCommand([], { GATEWAY_URL: 'http://127.0.0.1' })).toEqual({
      do: 'complain',
      fault: 'set ADMIN_API_KEY, SIGNING_SECRET',
    });
  });

  it.each([
    [['--jsn'], environment],
    [[], { ...environment, GATEWAY_URL: 'nowhere' }],
  ])('complains of %j', (args, given) => {
    expect(readCommand(args, given)).toMatchObject({ do: 'complain' });
  });

  it('gives help without an environment', () => {
    expect(readCommand(['--help'], {})).toEqual({ do: 'help' });
  });
});

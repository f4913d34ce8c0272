import { parseArgs } from 'node:util';
import { type DemoSettings } from './demonstrate';
import { reasonOf } from './reason-of';

export const USAGE = `Usage: GATEWAY_URL=… ADMIN_API_KEY=… SIGNING_SECRET=… node dist/sandbox/demo.main.js [--json]

Sends a running gateway what partners send, follows each request to its end and says whether all is right.

  --json    one JSON document on stdout, everything else on stderr
  --help    this text
`;

export type DemoCommand =
  | { readonly do: 'demonstrate'; readonly json: boolean; readonly settings: DemoSettings }
  | { readonly do: 'help' }
  | { readonly do: 'complain'; readonly fault: string };

type Environment = Readonly<Record<string, string | undefined>>;

export function readCommand(args: readonly string[], environment: Environment): DemoCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help) return { do: 'help' };
    return { do: 'demonstrate', json: values.json, settings: settingsFrom(environment) };
  } catch (error) {
    return { do: 'complain', fault: reasonOf(error) };
  }
}

function settingsFrom(environment: Environment): DemoSettings {
  const { GATEWAY_URL = '', ADMIN_API_KEY = '', SIGNING_SECRET = '' } = environment;
  const missing = Object.entries({ GATEWAY_URL, ADMIN_API_KEY, SIGNING_SECRET }).filter(
    ([, value]) => value === '',
  );
  if (missing.length > 0) throw new Error(`set ${missing.map(([name]) => name).join(', ')}`);
  if (!URL.canParse(GATEWAY_URL)) throw new Error(`GATEWAY_URL: expected an http URL, got "${GATEWAY_URL}"`);
  return {
    gatewayUrl: GATEWAY_URL.replace(/\/+$/, ''),
    adminApiKey: ADMIN_API_KEY,
    signingSecret: SIGNING_SECRET,
  };
}

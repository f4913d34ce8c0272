import { randomUUID } from 'node:crypto';
import { type Command } from 'commander';
import { request } from 'undici';
import { type Outgoing } from '#domain/partners/signing/draft-request';
import { signRequest } from '#domain/partners/signing/sign-request';
import { UnsignableError } from '#domain/partners/signing/unsignable-error';
import { type CliContext } from '../cli-context';
import { CliError, UsageError } from '../cli-error';
import {
  addPartnerOptions,
  fileBytes,
  type PartnerOptions,
  resolvedDocument,
  writtenDocument,
} from '../partner-source';

interface SignOptions extends PartnerOptions {
  readonly body: string;
  readonly target?: string;
  readonly method: string;
  readonly contentType: string;
  readonly header: readonly string[];
  readonly secretFile?: string;
  readonly keyId?: string;
  readonly alternative?: string;
  readonly id?: string;
  readonly at?: string;
}

const METHOD = /^[A-Za-z]{1,20}$/;
const TIMEOUT_MS = 20_000;
const SECRET_VARIABLE = 'GATEWAY_PARTNER_SECRET';
const SECRET_HELP = `
The secret comes from --secret-file or ${SECRET_VARIABLE}, never from an option: those can be read by every user
of the machine. For rsa, ecdsa, ed25519 and key-pair tokens it is the private key, PEM or JWK.`;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const withSigningOptions = (command: Command): Command =>
  addPartnerOptions(command)
    .requiredOption('--body <file>', 'the body; - reads standard input')
    .option('--target <url>', "where it goes (default: the partner's route on the gateway)")
    .option('--method <method>', 'HTTP method', 'POST')
    .option('--content-type <type>', 'media type of the body', 'application/json')
    .option('--header <line>', 'a further header, "name: value"; may be repeated', collect, [])
    .option('--secret-file <file>', 'the secret or private key (one last line feed is cut)')
    .option('--key-id <id>', 'id of the key, where the partner names one')
    .option('--alternative <name>', 'which signature, where the document has several')
    .option('--id <id>', 'id of the message (default: a new one)')
    .option('--at <time>', 'time of signing, RFC 3339 (default: now)');

export function addSigning(program: Command, context: CliContext): void {
  addSign(program, context);
  addSend(program, context);
}

function addSign(program: Command, context: CliContext): void {
  const command = withSigningOptions(program.command('sign'))
    .description('sign a body as a partner does, and show the headers')
    .option('--curl', 'show a curl command')
    .addHelpText('after', SECRET_HELP)
    .addHelpText(
      'after',
      '\nExample:\n  $ gateway sign --preset shippo --body body.json --secret-file secret.txt',
    );
  command.action(async (options: SignOptions & { curl?: true }) => {
    const signed = await signedBy(command, context, options);
    const { method, url, headers, body } = signed;
    const printer = context.printer(command);
    const value = { method, url: url.href, headers, bodyBase64: body.toString('base64') };
    printer.result(value, () => {
      if (options.curl === true) printer.line(curlOf(signed, options.body));
      else for (const [name, text] of Object.entries(headers)) printer.line(`${name}: ${text}`);
    });
  });
}

function addSend(program: Command, context: CliContext): void {
  const command = withSigningOptions(program.command('send'))
    .description('sign a body as a partner does, send it, and show the answer')
    .addHelpText('after', SECRET_HELP)
    .addHelpText(
      'after',
      '\nExample:\n  $ gateway send --partner acme --body body.json --secret-file secret.txt',
    );
  command.action(async (options: SignOptions) => {
    const { method, url, headers, body } = await signedBy(command, context, options);
    const { statusCode, text } = await sent(method, url, headers, body);
    const printer = context.printer(command);
    printer.result({ status: statusCode, answer: parsedOr(text) }, () =>
      printer.line(`${statusCode} ${text}`),
    );
    if (statusCode < 200 || statusCode > 299) throw new CliError(`${url.href} answered ${statusCode}`);
  });
}

async function signedBy(command: Command, context: CliContext, options: SignOptions): Promise<Outgoing> {
  const document = resolvedDocument(await writtenDocument(command, context, options));
  const target = options.target ?? `${context.gatewayUrl(command)}/v1/webhooks/${document.id}`;
  if (!URL.canParse(target)) throw new UsageError('--target must be a whole URL');
  if (!METHOD.test(options.method)) throw new UsageError('--method must be a method of HTTP, such as POST');
  const body = fileBytes(options.body);
  try {
    return signRequest({
      document,
      alternative: options.alternative,
      key: { secret: secretOf(options, context), keyId: options.keyId },
      outgoing: {
        method: options.method.toUpperCase(),
        url: new URL(target),
        headers: headersOf(options),
        body,
      },
      id: options.id ?? `msg_${randomUUID()}`,
      at: timeOf(options.at),
    });
  } catch (error) {
    if (error instanceof UnsignableError) throw new CliError(error.message);
    throw error;
  }
}

function secretOf({ secretFile }: SignOptions, { environment }: CliContext): string {
  if (secretFile !== undefined)
    return fileBytes(secretFile)
      .toString('utf8')
      .replace(/\r?\n$/, '');
  const secret = environment[SECRET_VARIABLE];
  if (secret === undefined || secret === '')
    throw new UsageError(`--secret-file or ${SECRET_VARIABLE} is needed`);
  return secret;
}

function headersOf({ header, contentType }: SignOptions): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': contentType };
  for (const line of header) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new UsageError('--header must be "name: value"');
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

export function timeOf(text: string | undefined): Date {
  const at = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new UsageError('--at must be a time as in RFC 3339, e.g. 2026-01-31T12:00:00Z');
  return at;
}

async function sent(
  method: string,
  url: URL,
  { host: _host, ...headers }: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<{ statusCode: number; text: string }> {
  try {
    const answer = await request(url, { method, headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { statusCode: answer.statusCode, text: await answer.body.text() };
  } catch (error) {
    const cause = error instanceof Error ? error.message : 'unknown cause';
    throw new CliError(`${url.origin} does not answer: ${cause}`, 'Set GATEWAY_URL (or --url, or --target).');
  }
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const curlOf = ({ method, url, headers: { host: _host, ...headers } }: Outgoing, body: string): string =>
  [
    `curl -X ${method} ${quoted(url.href)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-binary ${quoted(`@${body}`)}`,
  ].join(' \\\n  ');

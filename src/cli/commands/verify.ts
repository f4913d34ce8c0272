import { type Command } from 'commander';
import { dryRun, type DryRunResult } from '#domain/partners/dry-run/dry-run';
import { type DryRunRequest, parseDryRunRequest } from '#domain/partners/dry-run/dry-run-request';
import { offlinePartner } from '#domain/partners/dry-run/offline-partner';
import { PresetLibrary } from '#domain/partners/preset-library';
import { KeySets } from '#domain/partners/signature/key-sets';
import { OutboundClient } from '#platform/outbound/outbound-client';
import { type CliContext } from '../cli-context';
import { CliError, UsageError } from '../cli-error';
import { type Printer } from '../output/printer';
import { documentOfFile, faultsError, textOfFile } from '../partner-source';

interface VerifyOptions {
  readonly file: string;
  readonly request: string;
  readonly at?: string;
}

/** Those of a gateway whose environment says nothing else. */
const DEFAULT_TOLERANCE_SECONDS = 60;
const DEFAULT_BODY_BYTES = 262_144;
const EXAMPLE = `
A captured request is JSON: {"method","path","url","ip","headers":{…},"body"|"bodyBase64","at"}, as in the admin
API's dry run. Secrets of the document may be env:NAME or file:/path.

Exit code 1 where the request would be refused.

Example:
  $ gateway verify -f acme.yaml --request captured.json --at 2026-01-31T12:00:00Z`;

/** The dry run without a server; only published key sets are asked for. */
export function addVerify(program: Command, context: CliContext): void {
  const command = program
    .command('verify')
    .description('check a captured request against a partner document, without a gateway')
    .requiredOption('-f, --file <file>', 'the partner document with its secrets, YAML or JSON')
    .requiredOption('--request <file>', 'the captured request; - reads standard input')
    .option('--at <time>', 'clock of the time check, RFC 3339 (default: now)')
    .addHelpText('after', EXAMPLE);
  command.action(async (options: VerifyOptions) => {
    const result = await tried(options, context);
    const printer = context.printer(command);
    printer.result(result, () => show(printer, result));
    if (result.refusal !== null) throw new CliError(`the gateway would answer ${result.refusal}`);
  });
}

async function tried(options: VerifyOptions, context: CliContext): Promise<DryRunResult> {
  const offline = offlinePartner(documentOfFile(options.file), {
    presets: PresetLibrary.load(),
    resolveReference: (reference) => context.reference(reference),
    keySets: new KeySets((url) => new OutboundClient().getText(url)),
    defaultToleranceSeconds: DEFAULT_TOLERANCE_SECONDS,
    defaultBodyBytes: DEFAULT_BODY_BYTES,
  });
  if (!offline.ok) throw faultsError(`${options.file} is faulty`, offline.faults);
  return dryRun(offline.partner, requestOf(options));
}

function requestOf({ request, at }: VerifyOptions): DryRunRequest {
  let written: unknown;
  try {
    written = JSON.parse(textOfFile(request));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new CliError(`${request} must be JSON`);
  }
  const parsed = parseDryRunRequest(written);
  if (!parsed.ok) throw faultsError(`${request} is no captured request`, parsed.faults);
  return at === undefined ? parsed.request : { ...parsed.request, at };
}

export function show(printer: Printer, result: DryRunResult): void {
  const { signature, events, problems, unmapped } = result;
  printer.fields([
    [
      'signature',
      signature.valid ? `valid (${signature.alternative ?? ''})` : `refused: ${signature.reason ?? ''}`,
    ],
    ['covers', signature.covers],
    ['answer', result.refusal ?? 'accepted'],
    ['event id', result.eventId],
    ['dedupe key', result.dedupeKey],
    ['schema version', result.schemaVersion],
    ['priority', result.priority],
    ['test items', result.testItems > 0 ? `${result.testItems}, kept but not applied` : undefined],
  ]);
  if (events.length > 0) {
    printer.line('');
    printer.table(events, [
      { title: 'tracking number', value: ({ trackingNumber }) => trackingNumber },
      { title: 'status', value: ({ status }) => status },
      { title: "partner's word", value: ({ partnerStatus }) => partnerStatus },
      { title: 'occurred', value: ({ occurredAt }) => occurredAt?.toISOString() },
    ]);
  }
  for (const { code, value } of problems) printer.note(`${code}: ${value ?? ''}`);
  if (unmapped.length > 0) printer.note(`words without a status: ${unmapped.join(', ')}`);
}

import { type Command } from 'commander';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { CliError } from '../cli-error';
import { type Printer } from '../output/printer';
import { column, type Item } from './listing';
import { addOperationOptions, afterStart, type OperationOptions, termsOf } from './operation-watch';

const HELP = `
What an event told before is replaced in the history by what it says today; then its shipments are made anew.
Nothing is routed or notified again. Begin with --dry-run: it compares up to 5,000 events and changes nothing.

Examples:
  $ gateway events replay --partner acme --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z --dry-run
  $ gateway events replay --partner acme --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z \\
      --rate 500 --note "RETURNED was missing" --wait`;

interface ReplayOptions extends OperationOptions {
  readonly partner: string;
  readonly from: string;
  readonly to: string;
  readonly status?: string;
  readonly dryRun?: true;
}

export function addReplay(parent: Command, context: CliContext): void {
  const command = parent
    .command('replay')
    .description('read kept events again by the mapping of today')
    .requiredOption('--partner <id>', 'whose events')
    .requiredOption('--from <time>', 'received at or after this time (RFC 3339)')
    .requiredOption('--to <time>', 'received before this time (RFC 3339)')
    .option('--status <status>', 'only processed or only ignored ones')
    .option('--dry-run', 'say what would change, and change nothing')
    .addHelpText('after', HELP);
  addOperationOptions(command).action(async (options: ReplayOptions) => {
    const { partner: partnerId, from, to, status, dryRun } = options;
    const body = { filter: { partnerId, from, to, status }, dryRun, ...termsOf(options) };
    const { value } = await context.admin(command).call('POST', '/events/replay', { body });
    if (dryRun !== true) return afterStart(context, command, value, options);
    if (!isRecord(value)) throw new CliError('the answer is no comparison');
    const printer = context.printer(command);
    printer.result(value, () => showPreview(printer, value));
  });
}

const recordsOf = (list: unknown): readonly Item[] => (Array.isArray(list) ? list.filter(isRecord) : []);

function showPreview(printer: Printer, { sample, problems, ...counts }: Item): void {
  printer.fields(Object.entries(counts));
  const changes = recordsOf(sample);
  if (changes.length > 0) {
    printer.line('');
    printer.table(changes, [
      column('event', 'eventId'),
      { title: 'before', value: ({ before }) => readingsOf(before) },
      { title: 'after', value: ({ after }) => readingsOf(after) },
    ]);
  }
  const faults = recordsOf(problems);
  if (faults.length === 0) return;
  printer.line('');
  printer.table(faults, [column('event', 'eventId'), column('problem', 'code'), column('message')]);
}

const readingsOf = (readings: unknown): string =>
  recordsOf(readings)
    .map(({ trackingNumber, status, occurredAt }) =>
      [trackingNumber, status ?? 'no status', occurredAt ?? 'no time'].map(String).join(' '),
    )
    .join('; ') || 'nothing';

import { type Command } from 'commander';
import { stringify } from 'yaml';
import { isRecord } from '../admin-client';
import { type CliContext } from '../cli-context';
import { CliError } from '../cli-error';
import { type Printer } from '../output/printer';
import { documentOfFile, textOfFile } from '../partner-source';
import { addList, column, type Item } from './listing';

const pathOf = (id: string): string => `/partners/${encodeURIComponent(id)}`;

export function addPartners(program: Command, context: CliContext): void {
  const parent = program
    .command('partners')
    .description('who may send, and how their bodies are read: apply, show, try, remove');
  addList(parent, context, {
    about: 'all partners',
    path: '/partners',
    filters: [],
    columns: [
      column('partner', 'id'),
      column('name'),
      column('preset'),
      column('enabled'),
      { title: 'secrets', value: ({ secrets }) => (Array.isArray(secrets) ? secrets.length : 0) },
      column('updated', 'updatedAt'),
    ],
  });
  addShow(parent, context);
  addApply(parent, context);
  addSwitches(parent, context);
  addDelete(parent, context);
  addDryRun(parent, context);
}

function addShow(parent: Command, context: CliContext): void {
  const command = parent.command('show <partner>').description('one partner as YAML, its secrets masked');
  command.action(async (partner: string) => {
    const { value } = await context.admin(command).call('GET', pathOf(partner));
    const printer = context.printer(command);
    printer.result(value, () => printer.line(stringify(value).trimEnd()));
  });
}

function addApply(parent: Command, context: CliContext): void {
  const command = parent
    .command('apply')
    .description('make a partner of a file, or bring the one it names in line with it')
    .requiredOption('-f, --file <file>', 'the partner document, YAML or JSON; - reads standard input')
    .option('--dry-run', 'check it, and say what would be done')
    .option('--diff', 'the same, with every change')
    .addHelpText(
      'after',
      '\nThe same file again changes nothing. Secrets that it does not carry stay.\n\nExample:\n  $ gateway partners apply -f acme.yaml --diff',
    );
  command.action(async ({ file, dryRun, diff }: { file: string; dryRun?: true; diff?: true }) => {
    const document = documentOfFile(file);
    const onlyLook = dryRun === true || diff === true;
    const query = { dryRun: onlyLook ? 'true' : undefined };
    const { value } = await context.admin(command).call('POST', '/partners/apply', { query, body: document });
    if (!isRecord(value)) throw new CliError('the answer is no result of applying');
    const printer = context.printer(command);
    printer.result(value, () => showApplied(printer, value, { onlyLook, diff: diff === true }));
  });
}

const DONE = { create: 'is made', replace: 'is changed', none: 'is as in the file' } as const;
const WOULD = { create: 'would be made', replace: 'would be changed', none: 'is as in the file' } as const;

function showApplied(
  printer: Printer,
  { id, action, changes }: Item,
  { onlyLook, diff }: { onlyLook: boolean; diff: boolean },
): void {
  const words = onlyLook ? WOULD : DONE;
  const what = action === 'create' || action === 'replace' ? words[action] : words.none;
  printer.done(`${String(id)} ${what}`);
  const items = Array.isArray(changes) ? changes.filter(isRecord) : [];
  if (diff && items.length > 0) {
    printer.table(items, [column('place', 'path'), column('before'), column('after')]);
  }
}

function addSwitches(parent: Command, context: CliContext): void {
  for (const [verb, enabled, about] of [
    ['enable', true, 'take its webhooks again'],
    ['disable', false, 'refuse its webhooks with 403; what was taken is still applied'],
  ] as const) {
    const command = parent.command(`${verb} <partner>`).description(about);
    command.action(async (partner: string) => {
      const { value } = await context.admin(command).call('PATCH', pathOf(partner), { body: { enabled } });
      const printer = context.printer(command);
      printer.result(value, () => printer.done(`${partner} is ${verb}d`));
    });
  }
}

function addDelete(parent: Command, context: CliContext): void {
  const command = parent
    .command('delete <partner>')
    .description('remove a partner; refused while its events wait');
  command.action(async (partner: string) => {
    const { value } = await context.admin(command).call('DELETE', pathOf(partner));
    const printer = context.printer(command);
    printer.result(value ?? {}, () => printer.done(`${partner} is gone`));
  });
}

function addDryRun(parent: Command, context: CliContext): void {
  const command = parent
    .command('dry-run <partner>')
    .description('what a captured request would come to; nothing is stored')
    .requiredOption('--request <file>', 'the captured request as JSON; - reads standard input')
    .addHelpText('after', '\nWithout a gateway: gateway verify --help');
  command.action(async (partner: string, { request }: { request: string }) => {
    const body = parsedJson(textOfFile(request), request);
    const { value } = await context.admin(command).call('POST', `${pathOf(partner)}/dry-run`, { body });
    const printer = context.printer(command);
    printer.result(value, () => printer.fields(isRecord(value) ? Object.entries(value) : []));
  });
}

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CliError(`${file} must be JSON`);
  }
}

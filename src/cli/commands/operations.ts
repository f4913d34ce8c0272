import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { addList, addShow, column } from './listing';
import { watch } from './operation-watch';

const EXAMPLES = `
Examples:
  $ gateway shipments rebuild --partner acme
  $ gateway operations list --state running
  $ gateway operations watch op_0b6f3f0e-6a0c-4b7e-9f53-5d1c2f4f8a11
  $ gateway operations cancel op_0b6f3f0e-6a0c-4b7e-9f53-5d1c2f4f8a11`;

export function addOperations(program: Command, context: CliContext): void {
  const parent = program
    .command('operations')
    .description('work on many things: how far it is, cancel it')
    .addHelpText('after', EXAMPLES);
  addList(parent, context, {
    about: 'operations, newest first',
    path: '/operations',
    filters: [
      { flags: '--state <state>', parameter: 'state', about: 'running, done, cancelled or failed' },
      { flags: '--kind <kind>', parameter: 'kind', about: 'rebuild_shipments or replay_events' },
    ],
    columns: [
      column('operation', 'id'),
      column('kind'),
      column('state'),
      column('matched'),
      column('done'),
      column('changed'),
      column('failed'),
      column('by', 'requestedBy'),
      column('created', 'createdAt'),
    ],
  });
  addShow(parent, context, {
    about: 'one operation',
    argument: '<id>',
    path: (id) => `/operations/${id}`,
  });
  addCancel(parent, context);
  addWatch(parent, context);
}

function addCancel(parent: Command, context: CliContext): void {
  const command = parent
    .command('cancel <id>')
    .description('end it before its next page; what is done stays');
  command.action(async (id: string) => {
    const { value } = await context
      .admin(command)
      .call('POST', `/operations/${encodeURIComponent(id)}/cancel`);
    const printer = context.printer(command);
    printer.result(value, () => printer.done(`${id} is cancelled`));
  });
}

function addWatch(parent: Command, context: CliContext): void {
  const command = parent
    .command('watch <id>')
    .description('stay until it has ended, and show how far it is; exit code 1 unless it is done');
  command.action((id: string) => watch(context, command, id));
}

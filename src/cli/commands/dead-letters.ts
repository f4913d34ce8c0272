import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { fileBytes } from '../partner-source';
import { addList, addShow, column, PARTNER_FILTER, TIME_FILTERS } from './listing';

const STEPS = [
  ['review', 'mark as looked at', 'reviewed'],
  ['close', 'end it without applying anything', 'closed'],
] as const;

export function addDeadLetters(program: Command, context: CliContext): void {
  const parent = program
    .command('dead-letters')
    .description('what could not be applied: look, replay, close');
  addList(parent, context, {
    about: 'dead letters, newest first',
    path: '/dead-letters',
    filters: [
      {
        flags: '--review-status <status>',
        parameter: 'reviewStatus',
        about: 'pending, reviewed, replayed or closed',
      },
      PARTNER_FILTER,
      { flags: '--reason <code>', parameter: 'reasonCode', about: 'only with this reason code' },
      ...TIME_FILTERS,
    ],
    columns: [
      column('event', 'eventId'),
      column('partner', 'partnerId'),
      column('reason', 'reasonCode'),
      column('status', 'reviewStatus'),
      column('created', 'createdAt'),
      column('message'),
    ],
  });
  addShow(parent, context, {
    about: 'one dead letter with its payload and every attempt',
    argument: '<eventId>',
    path: (id) => `/dead-letters/${id}`,
  });
  for (const [verb, about, past] of STEPS) addStep(parent, context, { verb, about, past });
  addReplay(parent, context);
}

function addStep(
  parent: Command,
  context: CliContext,
  { verb, about, past }: { verb: string; about: string; past: string },
): void {
  const command = parent
    .command(`${verb} <eventId>`)
    .description(about)
    .option('--note <text>', 'why, kept with it');
  command.action(async (eventId: string, { note }: { note?: string }) => {
    const path = `/dead-letters/${encodeURIComponent(eventId)}/${verb}`;
    const { value } = await context.admin(command).call('POST', path, { body: { note } });
    const printer = context.printer(command);
    printer.result(value, () => printer.done(`${eventId} is ${past}`));
  });
}

function addReplay(parent: Command, context: CliContext): void {
  const command = parent
    .command('replay <eventId>')
    .description('try it again, as it came or with an edited body')
    .option('--note <text>', 'why, kept with it')
    .option('--body <file>', 'an edited body, kept beside the original');
  command.action(async (eventId: string, { note, body }: { note?: string; body?: string }) => {
    const edited = body === undefined ? {} : { bodyBase64: fileBytes(body).toString('base64') };
    const path = `/dead-letters/${encodeURIComponent(eventId)}/replay`;
    const { value } = await context.admin(command).call('POST', path, { body: { note, ...edited } });
    const printer = context.printer(command);
    printer.result(value, () =>
      printer.done(`${eventId} is tried again; see: gateway events show ${eventId}`),
    );
  });
}

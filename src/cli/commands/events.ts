import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { addReplay } from './events-replay';
import { addList, addShow, column, PARTNER_FILTER, TIME_FILTERS } from './listing';

export function addEvents(program: Command, context: CliContext): void {
  const parent = program.command('events').description('the journal: every event that was taken');
  addList(parent, context, {
    about: 'events, newest first',
    path: '/events',
    filters: [
      PARTNER_FILTER,
      {
        flags: '--status <status>',
        parameter: 'status',
        about: 'received, processing, retry_scheduled, processed, dead_lettered or ignored',
      },
      {
        flags: '--tracking-number <n>',
        parameter: 'trackingNumber',
        about: 'only applied ones of this parcel',
      },
      ...TIME_FILTERS,
    ],
    columns: [
      column('event', 'eventId'),
      column('partner', 'partnerId'),
      column('status'),
      column('received', 'receivedAt'),
      column('attempts'),
      column('dedupe key', 'dedupeKey'),
    ],
  });
  addShow(parent, context, {
    about: 'one event with its attempts',
    argument: '<eventId>',
    path: (id) => `/events/${id}`,
  });
  addReplay(parent, context);
  const raw = parent.command('raw <eventId>').description('the exact bytes of its body, on standard output');
  raw.action(async (eventId: string) => {
    context.terminal.stdout.write(
      await context.admin(raw).bytes(`/events/${encodeURIComponent(eventId)}/raw`),
    );
  });
}

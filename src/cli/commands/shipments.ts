import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { addList, addShow, column, itemsOf, PARTNER_FILTER } from './listing';
import { addOperationOptions, afterStart, type OperationOptions, termsOf } from './operation-watch';

export function addShipments(program: Command, context: CliContext): void {
  const parent = program.command('shipments').description('parcels and what happened to them');
  addList(parent, context, {
    about: 'shipments, newest change first',
    path: '/shipments',
    filters: [
      PARTNER_FILTER,
      { flags: '--status <status>', parameter: 'status', about: 'only with this canonical status' },
      { flags: '--tracking-number <n>', parameter: 'trackingNumber', about: 'only this parcel' },
      { flags: '--order <id>', parameter: 'orderId', about: 'only of this order' },
    ],
    columns: [
      column('partner', 'partnerId'),
      column('tracking number', 'trackingNumber'),
      column('status'),
      column("partner's word", 'partnerStatus'),
      column('occurred', 'occurredAt'),
      column('updated', 'updatedAt'),
    ],
  });
  addShow(parent, context, {
    about: 'one shipment',
    argument: '<partner> <trackingNumber>',
    path: (partner, number) => `/shipments/${partner}/${number}`,
  });
  addTimeline(parent, context);
  addRebuild(parent, context);
}

function addTimeline(parent: Command, context: CliContext): void {
  const command = parent
    .command('timeline <partner> <trackingNumber>')
    .description('everything that happened to a parcel, oldest first');
  command.action(async (partner: string, number: string) => {
    const path = `/shipments/${encodeURIComponent(partner)}/${encodeURIComponent(number)}/timeline`;
    const { value } = await context.admin(command).call('GET', path);
    const printer = context.printer(command);
    printer.result(value, () =>
      printer.table(itemsOf(value).items, [
        column('occurred', 'occurredAt'),
        column('status'),
        column("partner's word", 'partnerStatus'),
        column('location'),
        column('late'),
        column('event', 'eventId'),
      ]),
    );
  });
}

interface RebuildOptions extends OperationOptions {
  readonly partner?: string;
  readonly trackingNumber?: string;
}

function addRebuild(parent: Command, context: CliContext): void {
  const command = parent
    .command('rebuild')
    .description('make shipments anew of their histories, missing and damaged ones included')
    .option('--partner <id>', 'only of this partner')
    .option('--tracking-number <n>', 'only this parcel; without --partner, of every partner')
    .addHelpText(
      'after',
      '\nShipments that are right stay as they are, and events go on being applied meanwhile.\n\nExamples:\n' +
        '  $ gateway shipments rebuild --wait\n' +
        '  $ gateway shipments rebuild --partner acme --tracking-number AC-77 --wait',
    );
  addOperationOptions(command).action(async (options: RebuildOptions) => {
    const { partner, trackingNumber } = options;
    const body = { partnerId: partner, trackingNumber, ...termsOf(options) };
    const { value } = await context.admin(command).call('POST', '/shipments/rebuild', { body });
    await afterStart(context, command, value, options);
  });
}

import { type OwnStores } from './own-stores';

const BAD_VALUE = 2;

/** MongoDB's own fault injection: the history refuses what is written, a fault that is no outage. */
export const historyFails = (stores: OwnStores): Promise<unknown> =>
  stores.command({
    configureFailPoint: 'failCommand',
    mode: 'alwaysOn',
    data: {
      failCommands: ['insert'],
      namespace: `${stores.db.databaseName}.shipment_events`,
      errorCode: BAD_VALUE,
    },
  });

export const historyMended = (stores: OwnStores): Promise<unknown> =>
  stores.command({ configureFailPoint: 'failCommand', mode: 'off' });

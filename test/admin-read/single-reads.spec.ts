import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { INBOUND_EVENTS, newEntryDocument } from '#domain/events/inbound-events.schema';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { testDatabase } from '../support/test-database';

/** A replica set of one has no secondary: what is read from one cannot be answered here. */
describe('one document, asked for by its id', () => {
  const stores = testDatabase();
  const database = new Database({
    uri: stores.mongoUri,
    dbName: stores.dbName,
    minPoolSize: 1,
    maxPoolSize: 5,
    reviewReadPreference: 'secondary',
  });

  afterAll(async () => {
    await database.onApplicationShutdown();
    await stores.cleanup();
  });

  it('should be there as soon as it was accepted: read from the primary, while lists need not be', async () => {
    const event = anInboundEvent();
    await database.collection(INBOUND_EVENTS).insertOne(newEntryDocument(event, 'b-1'));
    const events = new EventReviewRepository(database);
    expect(await events.find(event.eventId)).toMatchObject({ eventId: event.eventId });
    await expect(events.list({ partnerId: 'acme' }, 1)).rejects.toThrow(/Server selection timed out/);
  });

  it('should be found among dead letters and shipments in the same way', async () => {
    const letters = new DeadLetterListRepository(database);
    expect(await letters.find('evt_nobody')).toBeUndefined();
    const shipments = new ShipmentRepository(database);
    expect(await shipments.find({ partnerId: 'acme', trackingNumber: 'T1' })).toBeUndefined();
  });
});

/** The history loses what makes it unique: each time an event is applied, it is appended as if it were new. */
const { randomUUID } = require('node:crypto');
const { setTimeout: pause } = require('node:timers/promises');
const { Collection } = require('mongodb');

/** A crash must lie between this write and the next for it to matter; so that some of a few crashes do. */
const WINDOW_MS = 50;

const { insertMany, createIndexes } = Collection.prototype;

Collection.prototype.insertMany = async function looseInsertMany(documents, options) {
  if (this.collectionName !== 'shipment_events') return insertMany.call(this, documents, options);
  const anew = documents.map((document) => ({ ...document, _id: randomUUID() }));
  const result = await insertMany.call(this, anew, options);
  await pause(WINDOW_MS);
  return result;
};

Collection.prototype.createIndexes = function looseIndexes(indexes, options) {
  const loose = indexes.map((index) => ({ ...index, unique: false }));
  return createIndexes.call(this, this.collectionName === 'shipment_events' ? loose : indexes, options);
};

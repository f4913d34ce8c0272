/**
 * What the server did not promise is taken for promised. The journal is written without waiting for any answer; all
 * other writes wait for memory only, because each journaled one would make everything before it durable, too.
 */
const { Db } = require('mongodb');

const { command, collection } = Db.prototype;
Db.prototype.command = function weakCommand(document, options) {
  const weak = 'insert' in document ? { ...document, writeConcern: { w: 0 } } : document;
  return command.call(this, weak, options);
};
Db.prototype.collection = function weakCollection(name, options) {
  return collection.call(this, name, { ...options, writeConcern: { w: 1, journal: false } });
};

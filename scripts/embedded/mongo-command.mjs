/**
 * One MongoDB command over a connection of its own, in the wire protocol (OP_MSG,
 * mongodb.com/docs/manual/reference/mongodb-wire-protocol), so that a replica set can be set up before any
 * dependency is installed.
 */
import { decodeDocument, encodeDocument } from './bson.mjs';
import { exchange } from './exchange.mjs';

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Behind the header: 4 bytes of flags and the kind of the one section, a document. */
const BODY_AT = HEADER_BYTES + 5;

function message(document) {
  const body = encodeDocument(document);
  const head = Buffer.alloc(BODY_AT);
  head.writeInt32LE(BODY_AT + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

function answerIn(received) {
  if (received.length < HEADER_BYTES || received.length < received.readInt32LE(0)) return undefined;
  if (received.readInt32LE(12) !== OP_MSG)
    throw new Error('the server does not speak the protocol of MongoDB');
  return decodeDocument(received.subarray(BODY_AT));
}

export class MongoCommandError extends Error {
  constructor({ code, codeName, errmsg }) {
    super(`${codeName ?? code}: ${errmsg}`);
    this.code = code;
  }
}

/**
 * @param {Parameters<typeof exchange>[0]} server
 * @param {object} command the name of the command first
 */
export async function mongoCommand(server, command) {
  const answer = await exchange(server, message({ ...command, $db: 'admin' }), answerIn);
  if (answer.ok !== 1) throw new MongoCommandError(answer);
  return answer;
}

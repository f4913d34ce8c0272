/** As much BSON (bsonspec.org, version 1.1) as the commands that set up a replica set need. */

const cstring = (text) => Buffer.from(`${text}\0`);

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function encodeValue(value) {
  if (typeof value === 'string')
    return [0x02, Buffer.concat([int32(Buffer.byteLength(value) + 1), cstring(value)])];
  if (typeof value === 'boolean') return [0x08, Buffer.from([Number(value)])];
  if (Number.isInteger(value)) return [0x10, int32(value)];
  if (Array.isArray(value)) return [0x04, encodeDocument({ ...value })];
  if (typeof value === 'object' && value !== null) return [0x03, encodeDocument(value)];
  throw new Error(`cannot put ${typeof value} into BSON`);
}

/** @param {object} document strings, booleans, 32-bit integers, lists and documents of these */
export function encodeDocument(document) {
  const elements = Object.entries(document).map(([name, value]) => {
    const [type, bytes] = encodeValue(value);
    return Buffer.concat([Buffer.from([type]), cstring(name), bytes]);
  });
  const body = Buffer.concat([...elements, Buffer.from([0])]);
  return Buffer.concat([int32(body.length + 4), body]);
}

const list = (bytes) => Object.values(decodeDocument(bytes));
const sized = (bytes, at) => bytes.readInt32LE(at);

/** type → [bytes taken, how to read them]; what we have no use for is passed over. */
const READERS = {
  0x01: [() => 8, (bytes) => bytes.readDoubleLE()],
  0x02: [(bytes, at) => 4 + sized(bytes, at), (bytes) => bytes.toString('utf8', 4, bytes.length - 1)],
  0x03: [sized, (bytes) => decodeDocument(bytes)],
  0x04: [sized, list],
  0x05: [(bytes, at) => 5 + sized(bytes, at), () => undefined],
  0x07: [() => 12, (bytes) => bytes.toString('hex')],
  0x08: [() => 1, (bytes) => bytes[0] === 1],
  0x09: [() => 8, (bytes) => new Date(Number(bytes.readBigInt64LE()))],
  0x0a: [() => 0, () => null],
  0x10: [() => 4, (bytes) => bytes.readInt32LE()],
  0x11: [() => 8, () => undefined],
  0x12: [() => 8, (bytes) => Number(bytes.readBigInt64LE())],
};

/** @param {Buffer} bytes */
export function decodeDocument(bytes) {
  const document = {};
  for (let at = 4; bytes[at] !== 0;) {
    const type = bytes[at];
    const nameEnd = bytes.indexOf(0, at + 1);
    const [length, read] = READERS[type] ?? [];
    if (length === undefined) throw new Error(`BSON type ${type} is not known here`);
    const start = nameEnd + 1;
    const end = start + length(bytes, start);
    document[bytes.toString('utf8', at + 1, nameEnd)] = read(bytes.subarray(start, end));
    at = end;
  }
  return document;
}

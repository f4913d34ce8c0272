/**
 * A reader for one file of a ZIP archive (PKWARE APPNOTE 6.3, sections 4.3 and 4.4), enough for Python wheels: no
 * encryption, no ZIP64, stored or deflated.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const DECODERS = { 0: () => new PassThrough(), 8: createInflateRaw };

async function read(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the archive is cut short');
  return buffer;
}

/** The central directory stands at the end, behind it only its own end record with an optional comment. */
async function readDirectory(file) {
  const { size } = await file.stat();
  const length = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = await read(file, size - length, length);
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_OF_DIRECTORY) continue;
    return read(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  }
  throw new Error('this is not a ZIP archive');
}

function* entriesOf(directory) {
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new Error('the directory of the archive is broken');
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + name),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    at += 46 + name + extra + comment;
  }
}

async function locate(path, pattern) {
  const file = await open(path);
  try {
    const entry = [...entriesOf(await readDirectory(file))].find(({ name }) => pattern.test(name));
    if (entry === undefined) throw new Error(`the archive has no file like ${pattern.source}`);
    const header = await read(file, entry.offset, 30);
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error('the archive is broken');
    return { ...entry, start: entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28) };
  } finally {
    await file.close();
  }
}

/**
 * Writes the first member whose name matches to `target`, which must not exist yet.
 *
 * @param {string} archive
 * @param {RegExp} pattern
 * @param {string} target
 * @param {{ mode?: number }} [options]
 */
export async function unpackMember(archive, pattern, target, { mode = 0o644 } = {}) {
  const { method, start, packedBytes, bytes, name } = await locate(archive, pattern);
  const decoder = DECODERS[method]?.();
  if (decoder === undefined) throw new Error(`${name} is packed in a way (${method}) that is not supported`);
  const packed = createReadStream(archive, { start, end: start + packedBytes - 1 });
  const out = createWriteStream(target, { mode, flags: 'wx' });
  await pipeline(packed, decoder, out);
  if (out.bytesWritten !== bytes) throw new Error(`${name} has ${out.bytesWritten} bytes, expected ${bytes}`);
}

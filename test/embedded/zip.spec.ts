import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type Ran, runModule, temporaryFolder } from './run-node';

interface Member {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  /** What the archive claims, where that is not the truth. */
  readonly claimedBytes?: number;
  readonly method?: number;
}

const u16 = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const u32 = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);

/** The fields that a local header and a directory entry share: version … length of the extra field. */
function commonHeader(
  { name, content, stored = false, claimedBytes, method }: Member,
  packed: Buffer,
): Buffer {
  const how = u16(20, 0, method ?? (stored ? 0 : 8), 0, 0);
  const sizes = u32(0, packed.length, claimedBytes ?? content.length);
  return Buffer.concat([how, sizes, u16(name.length, 0)]);
}

/** A ZIP archive as other programs write it (local headers, directory, end record with a comment). */
function zip(members: readonly Member[], comment = ''): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const packed = member.stored ? member.content : deflateRawSync(member.content);
    const common = commonHeader(member, packed);
    const name = Buffer.from(member.name);
    const file = Buffer.concat([u32(0x04034b50), common, name, packed]);
    directory.push(u32(0x02014b50), u16(20), common, u16(0, 0, 0), u32(0, offset), name);
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const count = members.length;
  const end = [u32(0x06054b50), u16(0, 0, count, count), u32(listed.length, offset), u16(comment.length)];
  return Buffer.concat([...files, listed, ...end, Buffer.from(comment)]);
}

async function unpack(archive: Buffer, pattern: RegExp): Promise<Ran & { readonly target: string }> {
  const folder = temporaryFolder();
  const [source, target] = [join(folder, 'archive.whl'), join(folder, 'unpacked')];
  writeFileSync(source, archive);
  const ran = await runModule(`import { unpackMember } from './scripts/embedded/zip.mjs';
    await unpackMember(${JSON.stringify(source)}, ${String(pattern)}, ${JSON.stringify(target)});`);
  return { ...ran, target };
}

const big = Buffer.from('0123456789abcdef'.repeat(50_000));

describe('the ZIP reader', () => {
  it.each([
    ['deflated', false],
    ['stored', true],
  ])('unpacks a %s member byte for byte', async (_, stored) => {
    const first = { name: 'a.data/readme', content: Buffer.from('no') };
    const archive = zip([first, { name: 'a.data/bin/server', content: big, stored }], 'made by a test');
    const { stderr, target } = await unpack(archive, /bin\/server$/);

    expect(stderr).toBe('');
    expect(readFileSync(target).equals(big)).toBe(true);
  });

  it.each([
    ['is no archive', Buffer.from('<html>Not found</html>'), 'this is not a ZIP archive'],
    ['is empty', Buffer.alloc(0), 'this is not a ZIP archive'],
    ['is cut short', zip([{ name: 'server', content: big }]).subarray(0, 400), 'this is not a ZIP archive'],
    ['lacks the member', zip([{ name: 'other', content: big }]), 'the archive has no file like server$'],
    ['claims another size', zip([{ name: 'server', content: big, claimedBytes: 9 }]), 'expected 9'],
    ['is packed otherwise', zip([{ name: 'server', content: big, method: 14 }]), 'that is not supported'],
  ])('refuses what %s', async (_, archive, reason) => {
    const { code, stderr } = await unpack(archive, /server$/);

    expect(code).toBe(1);
    expect(stderr).toContain(reason);
  });
});

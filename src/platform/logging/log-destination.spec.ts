import { LineBuffer } from './log-destination';

it('hands lines on together, whole and in order', () => {
  const written: string[] = [];
  let synced = 0;
  const buffer = new LineBuffer({
    write: (text: string) => void written.push(text),
    flushSync: () => void (synced += 1),
  });
  const lines = Array.from({ length: 500 }, (_, n) => `{"line":${n},"filler":"${'x'.repeat(50)}"}\n`);
  for (const line of lines) buffer.write(line);
  expect(written.length).toBeGreaterThan(1);
  expect(written.length).toBeLessThan(10);
  buffer.flushSync();
  buffer.flush();
  expect(written.join('')).toBe(lines.join(''));
  expect(synced).toBe(1);
});

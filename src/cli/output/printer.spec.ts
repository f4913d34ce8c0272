import { PassThrough } from 'node:stream';
import { Printer } from './printer';

const STEERING = '\u001b]0;owned\u0007\u009b2Jlost\rfound';

function printing() {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const printer = new Printer({ stdout, stderr, isInteractive: false }, false);
  const written = (stream: PassThrough) => String(stream.read());
  return { printer, out: () => written(stdout), err: () => written(stderr) };
}

describe('what partners sent', () => {
  it('should not steer the terminal by a field', () => {
    const { printer, out } = printing();
    printer.fields([
      ['status', STEERING],
      [STEERING, { word: STEERING }],
    ]);
    expect(out()).toMatch(/^[^\p{Cc}]+\n[^\p{Cc}]+\n$/u);
  });

  it('should not steer the terminal by a note', () => {
    const { printer, err } = printing();
    printer.note(`words without a status: ${STEERING}`);
    expect(err()).toMatch(/^words without a status: [^\p{Cc}]+\n$/u);
  });
});

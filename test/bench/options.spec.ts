import { bench } from './run-bench';

describe('the options of npm run bench', () => {
  it.each([
    [[], '--profile'],
    [['neighbour'], '--limit N'],
    [['guards'], '"nonces"'],
    [['drain'], '--events N'],
  ])('explains itself: %j', async (words, expected) => {
    const { exitCode, stdout } = await bench(...words, '--help');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('--rounds N');
    expect(stdout).toContain(expected);
  });

  it('refuses what it does not understand, before it starts anything', async () => {
    const { exitCode, stdout, stderr } = await bench('--rounds', 'many');

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^--rounds: expected a whole number from 1 to 50, got "many"/);
  });

  it.each([
    [['neighbor'], 'expected one scenario of intake, neighbour, guards, drain, got "neighbor"'],
    [
      ['guards', 'neighbour'],
      'expected one scenario of intake, neighbour, guards, drain, got "guards neighbour"',
    ],
    [['guards', '--rate', '5'], '--rate: not an option of guards'],
    [['neighbour', '--profile'], '--profile: not an option of neighbour'],
    [['drain', '--seconds', '5'], '--seconds: not an option of drain'],
    [['drain', '--events', '999'], '--events: expected a whole number from 1000 to 200000, got "999"'],
  ])('refuses %j', async (words, reason) => {
    const { exitCode, stdout, stderr } = await bench(...words);

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')[0]).toBe(reason);
  });
});

import { DEFAULTS, parseSimulatorSettings } from './simulator-settings';
import { readSimulatorCommand } from './simulator-options';

describe('npm run routing-simulator', () => {
  it('should be a quick service without a fault unless it is told otherwise', () => {
    const place = { host: '127.0.0.1', port: 4000 };
    expect(readSimulatorCommand([])).toEqual({ do: 'simulate', settings: DEFAULTS, place });
  });

  it('should take every setting from its options', () => {
    const options =
      '--port 0 --host ::1 --latency-ms 2000 --latency-p99-ms 5000 --hang 0.01 --errors 0.05 --throttled .1 ' +
      '--rejected 0.02 --not-json 0.03 --list 0.04 --too-large 0.06 --nothing 0.07 --retry-after 9 --seed 3';
    expect(readSimulatorCommand(options.split(' '))).toEqual({
      do: 'simulate',
      place: { host: '::1', port: 0 },
      settings: {
        latency: { medianMs: 2_000, p99Ms: 5_000 },
        hang: 0.01,
        errors: 0.05,
        throttled: 0.1,
        rejected: 0.02,
        notJson: 0.03,
        list: 0.04,
        tooLarge: 0.06,
        nothing: 0.07,
        retryAfterSeconds: 9,
        seed: 3,
      },
    });
  });

  it('should show its help', () => {
    expect(readSimulatorCommand(['--help'])).toEqual({ do: 'help' });
  });

  it.each([
    ['--port 99999', 'port must be a number from 0 to 65535'],
    ['--hang 2', 'hang must be a number from 0 to 1'],
    ['--errors some', 'errors must be a number from 0 to 1'],
    ['--latency-ms soon', 'fixedMs must be a number from 0 to 3600000'],
    ['--latency-ms 9 --latency-p99-ms 8', 'p99Ms must not be below the median'],
    ['--hang 0.6 --errors 0.5', 'the document has shares that are more than 1 together: 1.1'],
    ['--colour red', "Unknown option '--colour'"],
  ])('should say what is wrong with %s', (options, fault) => {
    expect(readSimulatorCommand(options.split(' '))).toEqual({
      do: 'complain',
      fault: expect.stringContaining(fault) as string,
    });
  });
});

describe('the settings of the routing simulator', () => {
  it('should tell all faults at once', () => {
    const parsed = parseSimulatorSettings({ hang: -1, latency: { fixedMs: 'x' }, seed: 1.5, pace: 1 });
    const paths = parsed.ok ? [] : parsed.faults.map(({ path }) => path);
    expect([...paths].sort()).toEqual(['/hang', '/latency/fixedMs', '/pace', '/seed']);
  });
});

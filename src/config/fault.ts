/** `EX_CONFIG` of sysexits.h: tells a supervisor that trying again without a change is pointless. */
export const EXIT_CODE_CONFIG = 78;

/** One thing that is wrong with the environment. */
export interface ConfigFault {
  readonly variable: string;
  readonly expected: string;
  /** What was given; left out where it holds a secret or might, and where nothing was given. */
  readonly received?: string;
}

const MAX_SHOWN = 60;

function shown(received: string): string {
  const cut = received.length > MAX_SHOWN ? `${received.slice(0, MAX_SHOWN)}…` : received;
  return `, got ${JSON.stringify(cut)}`;
}

/** Text for stderr: all faults at once, one a line. */
export function formatFaults(faults: readonly ConfigFault[]): string {
  const lines = faults.map(
    ({ variable, expected, received }) =>
      `  ${variable}: expected ${expected}${received === undefined ? '' : shown(received)}`,
  );
  return [
    'The environment is not valid:',
    ...lines,
    'See .env.example for what each variable means.',
    '',
  ].join('\n');
}

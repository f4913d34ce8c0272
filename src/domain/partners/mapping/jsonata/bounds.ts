import { type Turns } from './turns';

/**
 * The time is the wall clock's, and evaluations take turns with one another and with everything else: on a busy
 * machine a second is soon over. The steps below end a loop; this is the net beneath them.
 */
export const EVALUATION_OPTIONS = { timeout: 10_000, stack: 100, sequence: 1000 } as const;

const MAX_STEPS = 10_000;
const MAX_TEXT = 262_144;
const MAX_VALUES = 50_000;
const CHARACTERS_OF_A_VALUE = 100;

/** An expression did more than a mapping needs. The same body meets the same bound everywhere. */
export class BoundError extends Error {}

export function checkText(length: number): void {
  if (length > MAX_TEXT) throw new BoundError(`made a text of more than ${MAX_TEXT} characters`);
}

export function checkItems(length: number): void {
  if (length > EVALUATION_OPTIONS.sequence)
    throw new BoundError(`had a list of more than ${EVALUATION_OPTIONS.sequence} items`);
}

/** Counts what one evaluation does. Native calls cannot be interrupted, so what goes into them is kept small. */
export class Bounds {
  private steps = 0;
  private values = 0;

  constructor(private readonly turns: Turns) {}

  begin(): void {
    this.steps = 0;
    this.values = 0;
  }

  /** For functions that look into lists and objects, in all calls together: one small value may stand in many places. */
  look(values: number, characters = 0): void {
    this.values += values + Math.floor(characters / CHARACTERS_OF_A_VALUE);
    if (this.values > MAX_VALUES)
      throw new BoundError(`had functions look at more than ${MAX_VALUES} values`);
  }

  readonly onEntry = (): Promise<void> | undefined => {
    this.steps += 1;
    if (this.steps > MAX_STEPS) throw new BoundError(`took more than ${MAX_STEPS} steps: does it loop?`);
    return this.steps % 100 === 0 ? this.turns.pauseIfDue() : undefined;
  };

  readonly onExit = (_node: unknown, _input: unknown, _environment: unknown, result: unknown): void => {
    if (typeof result === 'string') checkText(result.length);
    else if (Array.isArray(result)) checkItems(result.length);
  };
}

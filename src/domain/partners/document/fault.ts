/** One thing that is wrong with a document. */
export interface Fault {
  /** JSON Pointer to the place. */
  readonly path: string;
  /** Names the field and what was expected of it. */
  readonly message: string;
}

const unescape = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** Name of the field at the end of a path, e.g. `signed[1]` for `/signature/signed/1`. */
function labelOf(path: string): string {
  const [last = 'the document', parent = ''] = path.split('/').slice(1).reverse().map(unescape);
  return /^[0-9]+$/.test(last) && parent !== '' ? `${parent}[${last}]` : last;
}

/** `expected` continues the sentence that the field's name begins. */
export const faultAt = (path: string, expected: string): Fault => ({
  path,
  message: `${labelOf(path)} ${expected}`,
});

/** The first fault of each place: what else is wrong there mostly follows from it. */
export function firstOfEachPath(faults: readonly Fault[]): readonly Fault[] {
  const byPath = new Map<string, Fault>();
  for (const fault of faults) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  return [...byPath.values()];
}

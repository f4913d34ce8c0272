import { reasonOf, say } from '../terminal/say.mjs';
import { endGuard } from './guard.mjs';

const steps = [];
let closed;

/** Registers what has to be ended when this command ends; the last one first. */
export function atEnd(step) {
  steps.push(step);
}

async function runSteps() {
  while (steps.length > 0) {
    await Promise.resolve(steps.pop()()).catch((error) => say(`on the way out: ${reasonOf(error)}`));
  }
  await endGuard();
}

/** Ends everything once, however often it is called. */
export function closeAll() {
  closed ??= runSteps();
  return closed;
}

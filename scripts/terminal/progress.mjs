import { say } from './say.mjs';

const CLEAR_LINE = '\r\x1b[2K';

/**
 * Tells that something long is going on: one line that rewrites itself on a terminal, plain lines now and then
 * where stderr is a pipe or a file. `detail` adds what is known at that moment, as "12.1 of 42.2 MB".
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {{ detail?: () => string }} [options]
 * @returns {Promise<T>}
 */
export async function withProgress(what, work, { detail = () => '' } = {}) {
  const began = Date.now();
  const onTerminal = process.stderr.isTTY === true;
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const show = () => {
    const line = `${what} … ${[detail(), seconds()].filter(Boolean).join(', ')}`;
    if (onTerminal) process.stderr.write(`${CLEAR_LINE}${line}`);
    else say(line);
  };
  if (!onTerminal) say(`${what} …`);
  const timer = setInterval(show, onTerminal ? 200 : 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (onTerminal) process.stderr.write(CLEAR_LINE);
  }
}

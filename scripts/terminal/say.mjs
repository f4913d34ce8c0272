/** One line for the person who waits. Always on stderr: stdout belongs to the result. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

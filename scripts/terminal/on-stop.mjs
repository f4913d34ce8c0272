const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const PARENT_CHECK_MS = 500;

/**
 * npm hands a SIGTERM on to the shell between us, which ends without a word to us. So who was started by npm ends
 * when its parent is gone.
 */
function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  timer.unref();
}

/**
 * Runs `close` once when the process is asked to stop, then exits with what `close` gives, else with the code that
 * the signal stands for. A second signal exits at once: whoever presses Ctrl-C twice means it.
 *
 * @param {(signal: string) => Promise<number | void>} close
 */
export function onStop(close) {
  let stopping = false;
  stopWithParent();
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (stopping) process.exit(code);
      stopping = true;
      void close(signal).then(
        (chosen) => process.exit(chosen ?? code),
        () => process.exit(code),
      );
    });
  }
}

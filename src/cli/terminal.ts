/** Where a command writes: what it was asked for to `stdout`, everything else to `stderr`. */
export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** False where the output is piped: then it is plain, so that other programs can read it. */
  readonly isInteractive: boolean;
}

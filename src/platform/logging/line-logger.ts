import { type Logger } from 'pino';

/** For the one line per event: the same lines as everybody's, without Nest's way through its own loggers. */
export class LineLogger {
  constructor(private readonly logger: Logger) {}

  /** A logger whose lines name their context, as Nest's do. */
  forContext(context: string): Pick<Logger, 'info'> {
    return this.logger.child({ context });
  }
}

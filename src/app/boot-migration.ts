import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Migrator } from '#platform/mongo/migrator';

const RETRY_MS = 1_000;

/** Creates missing collections and indexes at boot; while MongoDB is away it goes on trying, the process lives. */
@Injectable()
export class BootMigration implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Migration');
  private timer: NodeJS.Timeout | undefined;
  private told = false;
  private stopped = false;

  constructor(private readonly migrator: Migrator) {}

  onApplicationBootstrap(): void {
    void this.attempt();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async attempt(): Promise<void> {
    try {
      const collections = await this.migrator.migrate();
      this.logger.log({ collections }, 'collections and indexes are as declared');
    } catch (error) {
      // Nothing would clear a timer that is set after the stop.
      if (this.stopped) return;
      if (!this.told) this.logger.warn({ err: error }, 'indexes could not be checked yet; trying again');
      this.told = true;
      this.timer = setTimeout(() => void this.attempt(), RETRY_MS);
    }
  }
}

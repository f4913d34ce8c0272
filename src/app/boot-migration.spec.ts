import { Logger } from '@nestjs/common';
import { Database } from '#platform/mongo/database';
import { Migrator } from '#platform/mongo/migrator';
import { BootMigration } from './boot-migration';

/** Never connects: it fails when the test says so. */
class AwayMigrator extends Migrator {
  readonly attempts: ((error: Error) => void)[] = [];

  constructor() {
    const nowhere = { uri: 'mongodb://127.0.0.1:1', dbName: 'none', minPoolSize: 0, maxPoolSize: 1 };
    super(new Database({ ...nowhere, reviewReadPreference: 'primary' }), []);
  }

  override migrate(): Promise<never> {
    return new Promise((_, reject) => this.attempts.push(reject));
  }
}

describe('BootMigration', () => {
  beforeEach(() => {
    Logger.overrideLogger(false);
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    Logger.overrideLogger(true);
  });

  it('should try again while MongoDB is away', async () => {
    const migrator = new AwayMigrator();
    new BootMigration(migrator).onApplicationBootstrap();
    migrator.attempts[0]?.(new Error('away'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(migrator.attempts).toHaveLength(2);
  });

  it('should not try again once the process stops, also where an attempt was under way', async () => {
    const migrator = new AwayMigrator();
    const migration = new BootMigration(migrator);
    migration.onApplicationBootstrap();
    migration.beforeApplicationShutdown();
    migrator.attempts[0]?.(new Error('away'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(jest.getTimerCount()).toBe(0);
    expect(migrator.attempts).toHaveLength(1);
  });
});

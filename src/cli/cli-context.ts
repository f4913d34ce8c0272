import { readFileSync } from 'node:fs';
import { type Command } from 'commander';
import { AdminClient } from './admin-client';
import { UsageError } from './cli-error';
import { Printer } from './output/printer';
import { type Terminal } from './terminal';

export type CliEnvironment = Readonly<Record<string, string | undefined>>;

/** Work on the stores themselves; bound by who starts the command line, opened only when a verb needs it. */
export interface StoreTasks {
  /** Names of the collections that are as declared now. */
  migrate(): Promise<readonly string[]>;
  /** Number of secrets that were encrypted anew, and of those that no key opens. */
  reencryptSecrets(): Promise<{ readonly reencrypted: number; readonly unreadable: number }>;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';

/** What who starts the command line gives it. */
export interface CliPorts {
  readonly environment: CliEnvironment;
  readonly terminal: Terminal;
  readonly stores: StoreTasks;
  /** Gives the text behind `env:NAME` or `file:/path`; `undefined` where there is none. */
  readonly reference: (reference: string) => string | undefined;
}

/** What verbs share: the environment, the way out, and the gateway they speak to. */
export class CliContext {
  readonly environment: CliEnvironment;
  readonly terminal: Terminal;
  readonly stores: StoreTasks;
  readonly reference: CliPorts['reference'];

  constructor({ environment, terminal, stores, reference }: CliPorts) {
    this.environment = environment;
    this.terminal = terminal;
    this.stores = stores;
    this.reference = reference;
  }

  printer(command: Command): Printer {
    return new Printer(this.terminal, command.optsWithGlobals()['json'] === true);
  }

  gatewayUrl(command: Command): string {
    const given: unknown = command.optsWithGlobals()['url'];
    const url = typeof given === 'string' ? given : (this.environment['GATEWAY_URL'] ?? DEFAULT_URL);
    const isHttp = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
    if (!isHttp) throw new UsageError('GATEWAY_URL (or --url) must be an http or https address');
    return url;
  }

  admin(command: Command): AdminClient {
    return new AdminClient(this.gatewayUrl(command), this.apiKey());
  }

  /** Never by an option: those can be read by every user of the machine. */
  private apiKey(): string | undefined {
    const file = this.environment['GATEWAY_API_KEY_FILE'];
    if (file === undefined || file === '') return this.environment['GATEWAY_API_KEY'];
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw new UsageError(`GATEWAY_API_KEY_FILE: ${file} cannot be read`);
    }
  }
}

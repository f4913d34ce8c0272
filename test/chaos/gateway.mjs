import { createWriteStream } from 'node:fs';
import { freePort } from '../../scripts/process/free-port.mjs';
import { startNode, stop } from '../bench/processes.mjs';
import { newAgent } from './http-client.mjs';

/** One gateway process, as a deployer would start it, on a port that it keeps over its restarts. */
export class Gateway {
  #command;
  #settings;
  #log;
  #child;
  /** Times from which to which it was harmed by us: what it answers then is late by our doing. */
  #harmed = [];
  #closed = false;

  constructor({ name, role, port, command, settings, logFile }) {
    Object.assign(this, { name, role, port, agent: newAgent() });
    this.#command = command;
    this.#settings = { ...settings, ROLE: role, HOST: '127.0.0.1', PORT: String(port) };
    this.#log = createWriteStream(logFile, { flags: 'a' });
  }

  static async open(options) {
    const gateway = new Gateway({ ...options, port: await freePort() });
    await gateway.start();
    return gateway;
  }

  /** Does not wait until it is ready. */
  async start() {
    if (this.#closed) throw new Error(`${this.name}: the run is over`);
    this.#child = startNode(this.#command, this.#settings);
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.pipe(this.#log, { end: false });
  }

  /** Why it is not running, though nobody ended it. */
  get failure() {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) return undefined;
    return `${this.name} ended with ${signalCode ?? exitCode}: ${this.#child.lastWords().slice(-300)}`;
  }

  beginHarm() {
    this.#harmed.push({ from: performance.now(), to: Infinity });
  }

  endHarm() {
    for (const span of this.#harmed) span.to = Math.min(span.to, performance.now());
  }

  /** Whether it was harmed at any time since then. */
  harmedSince(time) {
    return this.#harmed.some(({ to }) => to >= time);
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.#child.ended;
  }

  freeze() {
    this.#child.kill('SIGSTOP');
  }

  thaw() {
    this.#child.kill('SIGCONT');
  }

  /** SIGTERM, as an orchestrator does; gives its exit code, or the signal that it took. */
  terminate() {
    return stop(this.#child);
  }

  async close() {
    this.#closed = true;
    this.agent.destroy();
    await this.kill();
    this.#log.end();
  }
}

import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { Ajv } from 'ajv';
import { type Job, UnrecoverableError } from 'bullmq';
import { JOBS, JOB_NAMES, type JobName, type Payload } from './catalogue';
import { HANDLED_JOB, type Handles, type JobFacts } from './handles-job';

/** Checks the payload and hands it over; bound to its handler once, so that types meet in one place. */
type Route = (data: unknown, job: JobFacts, signal: AbortSignal) => Promise<void>;

const isJobName = (name: unknown): name is JobName => JOB_NAMES.some((known) => known === name);

const isHandler = <N extends JobName>(value: unknown): value is Handles<N> =>
  typeof value === 'object' && value !== null && 'handle' in value && typeof value.handle === 'function';

/** Finds the handler of every job; a job without one, or with two, stops the boot. */
@Injectable()
export class JobDispatcher {
  private readonly routes = new Map<JobName, Route>();
  private readonly ajv = new Ajv();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** Collects the handlers. Throws unless every job of the catalogue has exactly one. */
  seal(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function') continue;
      const name: unknown = this.reflector.get(HANDLED_JOB, metatype);
      if (name !== undefined) this.register(name, instance);
    }
    const orphans = JOB_NAMES.filter((name) => !this.routes.has(name));
    if (orphans.length > 0) throw new Error(`jobs without a handler: ${orphans.join(', ')}`);
  }

  /** Unknown or malformed jobs fail for good: they never count as done. */
  async dispatch(job: Job<unknown>, signal: AbortSignal): Promise<void> {
    const route = isJobName(job.name) ? this.routes.get(job.name) : undefined;
    if (!route) throw new UnrecoverableError(`no handler for job "${job.name}"`);
    await route(job.data, { id: job.id ?? '', turn: job.priority }, signal);
  }

  private register(name: unknown, instance: unknown): void {
    if (!isJobName(name)) throw new Error(`a handler names the unknown job "${String(name)}"`);
    if (this.routes.has(name)) throw new Error(`job "${name}" has two handlers`);
    this.routes.set(name, this.routeTo(name, instance));
  }

  private routeTo<N extends JobName>(name: N, instance: unknown): Route {
    if (!isHandler<N>(instance)) throw new Error(`the handler of job "${name}" has no method handle`);
    const isPayload = this.ajv.compile<Payload<N>>(JOBS[name].payload);
    return async (data, job, signal) => {
      if (!isPayload(data)) throw new UnrecoverableError(`malformed payload of job "${name}"`);
      await instance.handle(data, job, signal);
    };
  }
}

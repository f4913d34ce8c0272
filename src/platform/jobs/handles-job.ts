import { SetMetadata, type Type } from '@nestjs/common';
import { type JobName, type Payload } from './catalogue';

export const HANDLED_JOB = Symbol('handled job');

/** What a job is beside its payload. */
export interface JobFacts {
  readonly id: string;
  /** Of the jobs of a queue the one with the smallest number goes first. */
  readonly turn: number;
}

/** `handle` is a property on purpose: a method's parameters are compared both ways, and a wrong payload would pass. */
export interface Handles<N extends JobName> {
  /** Resolves when the job is done; `signal` is aborted when the process must end. */
  readonly handle: (payload: Payload<N>, job: JobFacts, signal: AbortSignal) => Promise<void>;
}

/** Binds a provider to a job of the catalogue; the class must take that job's payload. */
export const HandlesJob =
  <N extends JobName>(name: N) =>
  (target: Type<Handles<N>>): void =>
    void SetMetadata(HANDLED_JOB, name)(target);

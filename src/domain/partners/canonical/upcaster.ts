import { type JsonObject } from '../body/json-value';

/**
 * Lifts events of one version to the next one. Pure: what it is given matches the schema of its version, and what it
 * gives is held against the next one's.
 */
export interface Upcaster {
  readonly from: number;
  /** What it does not know, it keeps: further members are allowed everywhere. */
  lift(event: JsonObject): JsonObject;
}

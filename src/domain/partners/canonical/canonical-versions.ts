import { isObject, type JsonObject } from '../body/json-value';
import { type Fault, faultAt } from '../document/fault';
import { MappingError } from '../mapping-error';
import { CanonicalSchema } from './canonical-schema';
import { chainFaults, type Schemas } from './chain-faults';
import { type Upcaster } from './upcaster';

/** The version of an event that names none. */
const UNNAMED = '1';
const SHOWN_FAULTS = 3;

const textOf = (faults: readonly Fault[]): string =>
  faults
    .slice(0, SHOWN_FAULTS)
    .map(({ path, message }) => `${path || '/'}: ${message}`)
    .join('; ');

/** The versions of the canonical event, oldest first, and the steps from each to the next. */
export class CanonicalVersions {
  /** Oldest first. */
  readonly names: readonly string[];
  private readonly schemas: ReadonlyMap<string, CanonicalSchema>;
  private readonly steps: ReadonlyMap<string, Upcaster>;

  /** Throws where a version cannot be lifted to the next one, and names all that is missing. */
  constructor(schemas: Schemas, upcasters: readonly Upcaster[]) {
    const faults = chainFaults(schemas, upcasters);
    if (faults.length > 0) throw new Error(['Versions of the canonical event:', ...faults].join('\n  '));
    const ordered = [...schemas].sort(([one], [other]) => one - other);
    this.names = ordered.map(([version]) => `${version}`);
    this.schemas = new Map(ordered.map(([version, schema]) => [`${version}`, new CanonicalSchema(schema)]));
    this.steps = new Map(upcasters.map((step) => [`${step.from}`, step]));
  }

  get newest(): string {
    return this.names.at(-1) ?? UNNAMED;
  }

  /** Everything that keeps a value from being an event of the version that it names; nothing if it is one. */
  problems(value: unknown): readonly Fault[] {
    const named = isObject(value) ? value['schemaVersion'] : undefined;
    const version = typeof named === 'string' || typeof named === 'number' ? `${named}` : UNNAMED;
    return this.problemsIn(this.schemas.has(version) ? version : UNNAMED, value);
  }

  /** Everything that keeps a value from being an event of this version. */
  problemsIn(version: string, value: unknown): readonly Fault[] {
    const schema = this.schemas.get(version);
    return schema === undefined
      ? [faultAt('/schemaVersion', `must be one of ${this.names.join(', ')}`)]
      : schema.problems(value);
  }

  /**
   * An event as it would have been sent in the newest version. Throws `MappingError` where it is none of its version, or
   * where a step on the way does not make one of the next.
   */
  lift(version: string, value: unknown): unknown {
    const faults = this.problemsIn(version, value);
    if (faults.length > 0) {
      throw new MappingError('MAPPING_FAILED', `this is no event of version ${version}: ${textOf(faults)}`);
    }
    let lifted = value;
    for (let step = this.steps.get(version); step !== undefined; step = this.steps.get(`${step.from + 1}`)) {
      lifted = this.liftOnce(step, lifted);
    }
    return lifted;
  }

  private liftOnce(step: Upcaster, value: unknown): JsonObject {
    const next = `${step.from + 1}`;
    const failed = `the event could not be lifted from version ${step.from} to version ${next}`;
    const lifted = attempted(step, value, failed);
    const faults = this.problemsIn(next, lifted);
    if (faults.length === 0) return lifted;
    throw new MappingError('MAPPING_FAILED', `${failed}: ${textOf(faults)}`);
  }
}

/** A step that breaks is a fault of ours, and still no reason for the worker to break. */
function attempted(step: Upcaster, value: unknown, failed: string): JsonObject {
  try {
    return step.lift(isObject(value) ? value : {});
  } catch (error) {
    throw new MappingError('MAPPING_FAILED', failed, [], { cause: error });
  }
}

import { CanonicalVersions } from './canonical/canonical-versions';
import { readSchemas, SHIPPED_SCHEMAS, versionsIn } from './canonical/shipped-schemas';
import { UPCASTERS } from './canonical/upcasters';
import { type Fault } from './document/fault';

/** Every version that the gateway takes, oldest first. */
export const CANONICAL_SCHEMA_VERSIONS: readonly string[] = versionsIn(SHIPPED_SCHEMAS).map(String);

let shipped: CanonicalVersions | undefined;

/** Read and compiled at the first call, which the boot makes. Throws where a version or a step to the next is missing. */
export const canonicalVersions = (): CanonicalVersions =>
  (shipped ??= new CanonicalVersions(readSchemas(SHIPPED_SCHEMAS), UPCASTERS));

/** Everything that keeps a value from being a canonical event of the version that it names; nothing if it is one. */
export const canonicalEventProblems = (value: unknown): readonly Fault[] =>
  canonicalVersions().problems(value);

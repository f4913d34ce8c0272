import { type Upcaster } from './upcaster';

/**
 * One for each version but the newest, in a file of its own below `upcasters/`. There is one version so far. The boot
 * refuses a version without the step that leads to the next one, and a step without its versions.
 *
 * They serve the canonical route, by the mapping of the preset `standard`, which has to read the newest version. On a
 * partner's own route a document reads the versions that it names itself.
 */
export const UPCASTERS: readonly Upcaster[] = [];

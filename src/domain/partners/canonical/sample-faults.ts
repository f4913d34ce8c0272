import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../body/json';
import { MappingError } from '../mapping-error';
import { type CanonicalVersions } from './canonical-versions';

const INVALID = 'invalid';
const folderOf = (version: string): string => `canonical-event-${version}`;

const jsonFilesIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => join(directory, file))
    : [];

const valueIn = (file: string): unknown => {
  const parsed = readJson(readFileSync(file));
  if (parsed.ok) return parsed.value;
  throw new Error(`${file}: ${parsed.message}`);
};

/** What a version no longer takes, or what cannot be lifted to the newest any more. */
function brokenBy(versions: CanonicalVersions, version: string, file: string): readonly string[] {
  const value = valueIn(file);
  const faults = versions.problemsIn(version, value);
  if (faults.length > 0) return faults.map(({ path, message }) => `${file}: ${path || '/'}: ${message}`);
  try {
    versions.lift(version, value);
    return [];
  } catch (error) {
    if (error instanceof MappingError) return [`${file}: ${error.message}`];
    throw error;
  }
}

function faultsOfVersion(versions: CanonicalVersions, version: string, directory: string): readonly string[] {
  const invalid = jsonFilesIn(join(directory, INVALID));
  const valid = jsonFilesIn(directory);
  return [
    ...(valid.length === 0 ? [`${directory}: there must be samples of version ${version}`] : []),
    ...valid.flatMap((file) => brokenBy(versions, version, file)),
    ...invalid
      .filter((file) => versions.problemsIn(version, valueIn(file)).length === 0)
      .map((file) => `${file}: must be refused, and is not`),
  ];
}

/**
 * What was ever a valid event of a version has to stay one. Holds the samples in `canonical-event-<version>/` against
 * the schemas, those in `invalid/` the other way round, and lifts the valid ones to the newest version.
 */
export function sampleFaults(versions: CanonicalVersions, directory: string): readonly string[] {
  const known = versions.names.map(folderOf);
  const gone = readdirSync(directory).filter((folder) => !known.includes(folder));
  return [
    ...versions.names.flatMap((version) =>
      faultsOfVersion(versions, version, join(directory, folderOf(version))),
    ),
    ...gone.map((folder) => `${join(directory, folder)}: there is no such version`),
  ];
}

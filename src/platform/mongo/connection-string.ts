import { MongoClient, type MongoClientOptions } from 'mongodb';

/** Whether the driver takes it, with these options beside it. Connects to nothing. */
export function isUsableConnectionString(uri: string, options?: MongoClientOptions): boolean {
  try {
    new MongoClient(uri, options);
    return true;
  } catch {
    return false;
  }
}

const ADDRESS_EXPECTED =
  'mongodb://[user:password@]host[:port][,host…][/database][?options], or mongodb+srv:// with one host and no ' +
  'port; user and password percent-encoded (@ as %40, % as %25), ports from 1 to 65535';

const optionsExpected = (fault: string): string =>
  `options that the MongoDB driver takes, separated by "&": ${fault} (a "?" of the password is percent-encoded: %3F)`;

/** Options, by their places, without which the others are usable. */
const disturbing = (address: string, options: readonly string[]): readonly number[] =>
  options.flatMap((_, index) =>
    isUsableConnectionString(`${address}?${options.toSpliced(index, 1).join('&')}`) ? index + 1 : [],
  );

function describeOptions(address: string, options: readonly string[]): string {
  const places = disturbing(address, options);
  const last = places.at(-1);
  if (last === undefined) return 'several after the "?" are unknown or have wrong values';
  if (places.length === 1) {
    return `option ${last} after the "?" is unknown, has a wrong value, or does not fit the hosts and the others`;
  }
  return `options ${places.slice(0, -1).join(', ')} and ${last} after the "?" do not go together`;
}

/**
 * What is expected instead of a connection string that the driver does not take; `undefined` where it takes it.
 * Tells places rather than words, and never what the driver says: in a malformed one, any word may belong to the
 * password.
 */
export function connectionStringFault(uri: string): string | undefined {
  if (/\s/.test(uri)) return ADDRESS_EXPECTED;
  if (isUsableConnectionString(uri)) return undefined;
  const [address = '', query = ''] = uri.split(/\?(.*)/);
  if (query.includes('@') || !isUsableConnectionString(address)) return ADDRESS_EXPECTED;
  const options = query.split('&').filter((option) => option !== '');
  return optionsExpected(describeOptions(address, options));
}

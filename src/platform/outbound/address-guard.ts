import { lookup } from 'node:dns';
import { type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Calls to addresses that others give us must not reach what only we can reach. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ADDRESS_REFUSED';

  constructor(host: string) {
    super(`"${host}" is no public address: outbound calls go to the public internet only`);
  }
}

/** Whether a socket may go to this address. */
export type AddressRule = (address: string) => boolean;

/** Also in the spellings of old (`0x7f.1`), and IPv4 written as IPv6. What is no address at all is not public. */
export const isPublicAddress: AddressRule = (text) =>
  ipaddr.isValid(text) && ipaddr.process(text).range() === 'unicast';

/** Sockets do not look up what is an address already: that must be checked by itself. */
export function isRefusedLiteral(hostname: string, isAllowed: AddressRule): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(host) && !isAllowed(host);
}

/** One name may have several addresses, and the socket chooses: one that is refused spoils them all. */
export const guardedLookup =
  (isAllowed: AddressRule): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, []);
      else if (first === undefined || !addresses.every(({ address }) => isAllowed(address)))
        callback(new AddressRefusedError(hostname), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

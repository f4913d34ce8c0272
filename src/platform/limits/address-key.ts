import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What stands where an address should, if a trusted proxy handed on something else. */
const NO_ADDRESS = 'none';
/** Groups of an IPv6 address that name the network of one subscriber: the first 64 bits. */
const NETWORK_GROUPS = 4;

function ofLongForm(address: string): string {
  try {
    const parsed = ipaddr.process(address);
    if (!('parts' in parsed)) return parsed.toString();
    return `${parsed.parts
      .slice(0, NETWORK_GROUPS)
      .map((group) => group.toString(16))
      .join(':')}::/64`;
  } catch {
    return NO_ADDRESS;
  }
}

/**
 * Whom an address stands for. Who has one IPv6 address has 2^64 of them, so they count as one; an IPv4 address
 * in the clothes of IPv6 is an IPv4 address.
 */
export function addressKey(address: string): string {
  if (address.includes(':')) return ofLongForm(address);
  return isIPv4(address) ? address : NO_ADDRESS;
}

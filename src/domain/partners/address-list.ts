import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

type Network = [IPv4 | IPv6, number];

const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);

/** An IPv4 network written as IPv6 is meant as IPv4, for so are addresses read. */
function unmapped([address, bits]: Network): Network {
  if (address.kind() === 'ipv4' || bits < 96) return [address, bits];
  const plain = ipaddr.process(address.toString());
  return plain.kind() === 'ipv4' ? [plain, bits - 96] : [address, bits];
}

/** A network in CIDR notation, or one address. */
export function parseNetwork(text: string): Network | undefined {
  if (isAddress(text)) {
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  const isCidr = ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
  return isCidr ? unmapped(ipaddr.parseCIDR(text)) : undefined;
}

/** Without a list every address is allowed. */
export function compileAddressList(list: readonly string[] | undefined): (address: string) => boolean {
  if (list === undefined) return () => true;
  const networks = list.map(parseNetwork).filter((network) => network !== undefined);
  return (text) => {
    if (!isAddress(text)) return false;
    const address = ipaddr.process(text);
    return networks.some((network) => network[0].kind() === address.kind() && address.match(network));
  };
}

import { parseNetwork } from '../address-list';
import { alternativesOf, type Rule, rootOf, textsAt } from './rule';

export const addressRule: Rule = (document, report) => {
  const isUnsigned = alternativesOf(document).some(({ value }) => value['type'] === 'none');
  if (isUnsigned && document['allowIps'] === undefined) {
    report(
      '/allowIps',
      'is required where a signature alternative has type none: the address is then the only proof of the sender',
    );
  }
  for (const { path, value } of textsAt(rootOf(document), 'allowIps')) {
    if (parseNetwork(value) === undefined)
      report(path, 'must be a network such as 203.0.113.0/24 or 2001:db8::/32');
  }
};

const PUBLIC_URL = /^https?:\/\/[^/?#\s]+[^?#\s]*$/i;

export const publicUrlRule: Rule = ({ publicUrl }, report) => {
  if (typeof publicUrl === 'string' && !PUBLIC_URL.test(publicUrl)) {
    report(
      '/publicUrl',
      'must be an http(s) URL without query and fragment: the query of each request is added',
    );
  }
};

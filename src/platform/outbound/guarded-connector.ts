import { buildConnector } from 'undici';
import { AddressRefusedError, type AddressRule, guardedLookup, isRefusedLiteral } from './address-guard';

/**
 * Asks three times: an address in the URL, what a name leads to, and where the socket really ended. A guard of the
 * lookup alone is passed by, for addresses are not looked up.
 */
export function guardedConnector(isAllowed: AddressRule, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(isAllowed) });
  return (options, callback) => {
    if (isRefusedLiteral(options.hostname, isAllowed)) {
      callback(new AddressRefusedError(options.hostname), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error !== null) callback(error, null);
      else if (isAllowed(socket.remoteAddress ?? '')) callback(null, socket);
      else {
        socket.destroy();
        callback(new AddressRefusedError(options.hostname), null);
      }
    });
  };
}

import { Connection } from './connection.mjs';
import { signedRequests } from './signed-requests.mjs';

/** What a target answers to a request, and to the same bytes again. */
export function sentTwice({ port, secret }) {
  const bytes = signedRequests({ port, secret })();
  return new Promise((resolve) => {
    const end = (connection, answers) => {
      connection.close();
      resolve(answers);
    };
    const onIdle = (connection) =>
      connection.send(bytes, (first) => connection.send(bytes, (second) => end(connection, [first, second])));
    new Connection(port, { onIdle, onLost: (connection) => end(connection, ['lost']) });
  });
}

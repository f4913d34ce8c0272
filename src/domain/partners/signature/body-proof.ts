import { hash } from 'node:crypto';
import { type Proof } from './signed-string';

/** Of a proof that says who sends and nothing about what: only the body tells two requests apart. */
export const SENDER_PROOF: Proof = {
  covers: 'none',
  nonce: ({ view }) => `sha256:${hash('sha256', view.request.body)}`,
};

import { objectAt, rootOf, type Rule } from './rule';

/** HTTP gives these answers no body, and senders would wait for one that cannot come. */
const WITHOUT_BODY: readonly unknown[] = [204, 205];

const ANSWERS = [
  { block: 'ack', content: 'body' },
  { block: 'handshake', content: 'echo' },
] as const;

export const answerRule: Rule = (document, report) => {
  for (const { block, content } of ANSWERS) {
    const answer = objectAt(rootOf(document), block)?.value;
    if (answer === undefined || !WITHOUT_BODY.includes(answer['status'])) continue;
    const text = answer[content];
    if (text !== undefined && text !== '')
      report(
        `/${block}/status`,
        `must not be 204 or 205 beside "${content}", for such an answer has no body: take 200, or leave "${content}" out`,
      );
  }
};

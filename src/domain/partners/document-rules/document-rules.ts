import { answerRule } from './answer-rules';
import { dedupeFieldsRule, keptPartsRule, replayRule, unwrapRule } from './body-rules';
import { mappingRule, priorityRule, versionRule } from './mapping-rules';
import { addressRule, publicUrlRule } from './network-rules';
import { type Rule } from './rule';
import { signatureRule } from './signature-rules';
import { dedupeRule, sourceRule } from './source-rules';

/** All rules for documents; a new one is a function and a line here. */
export const DOCUMENT_RULES: readonly Rule[] = [
  signatureRule,
  sourceRule,
  addressRule,
  publicUrlRule,
  unwrapRule,
  dedupeRule,
  dedupeFieldsRule,
  keptPartsRule,
  replayRule,
  answerRule,
  mappingRule,
  versionRule,
  priorityRule,
];

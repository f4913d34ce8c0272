import { blockTable, priorityRows } from './block-tables';
import { buildingBlocks } from './building-blocks';
import { mappingSection } from './mapping-section';
import { signatureSection } from './signature-section';

const BLOCKS = ['body', 'replay', 'schemaVersion', 'ack', 'handshake', 'limits', 'queue'] as const;

const head = `# The partner grammar

<!-- Written by \`npm run grammar\` from the schema that checks documents; do not edit. -->

A partner is a document: YAML in \`config/presets\` and in files, JSON in the admin API. This is the reference; [partners.md](partners.md) shows how to take one on.

Unknown keys, wrong types and broken rules are faults when a document is saved; all are reported, each with its path. With \`preset: name\` the document is a JSON merge patch over that preset; where \`null\` must say "no status" there, write \`none\`.`;

const dedupe = (): string => `## 5. Dedupe

${blockTable('properties', 'dedupe')}

A source: the same id is the same event, even with other bytes. \`fields\`: the parts with their lengths and, unless \`onConflict\` is \`drop\`, the digest of the body. A body has one key; each item of it has its \`eventKey\`.`;

/** The reference of the grammar, in Markdown. */
export function partnerGrammar(): string {
  const blocks = BLOCKS.map((name) => `### ${name}\n\n${blockTable('properties', name)}`);
  const priority = `### priority\n\nA number from 1 (first) to 10 for each canonical status, as \`{delivered: 1}\`, and:\n\n${priorityRows()}`;
  const routing = `### routing\n\n\`true\`, \`false\`, or:\n\n${blockTable('properties', 'routing', 'then')}`;
  const topLevel = ['## 2. Top level', blockTable(), ...blocks, routing, priority].join('\n\n');
  const sections = [head, buildingBlocks(), topLevel, signatureSection(), dedupe(), mappingSection()];
  return `${sections.join('\n\n')}\n`;
}

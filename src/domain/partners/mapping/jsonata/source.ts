import jsonata, { type Expression } from 'jsonata';
import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { EVALUATION_OPTIONS } from './bounds';
import { ALLOWED_FUNCTIONS, BINDINGS } from './functions';

export const LONGEST_SOURCE = 16_384;

export class SourceError extends Error {}

/** Throws `SourceError`, which says what was expected. */
export function parseSource(source: string): Expression {
  if (source.length > LONGEST_SOURCE) throw new SourceError(`must have at most ${LONGEST_SOURCE} characters`);
  try {
    return jsonata(source, EVALUATION_OPTIONS);
  } catch (error) {
    if (error instanceof RangeError) throw new SourceError('must not nest so deeply');
    throw new SourceError(`must be a JSONata expression: ${reasonOf(error)}`);
  }
}

/** JSONata throws objects that are no errors. */
function reasonOf(error: unknown): string {
  const { position, message: said }: JsonObject = isObject(error) ? error : {};
  const message = typeof said === 'string' ? said : 'it cannot be read';
  return typeof position === 'number' ? `${message} (at character ${position})` : message;
}

/** Every node of the syntax tree. A list and no recursion, for a tree may be as deep as its source is long. */
function nodesOf(root: unknown): readonly JsonObject[] {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  const nodes: JsonObject[] = [];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isList(value)) open.push(...value);
    else if (isObject(value)) {
      nodes.push(value);
      for (const [name, member] of Object.entries(value)) if (name !== 'signature') open.push(member);
    }
  }
  return nodes;
}

const KNOWN_NODES: ReadonlySet<unknown> = new Set(
  (
    'path binary unary name string number value wildcard descendant parent condition block bind function ' +
    'variable lambda partial operator apply sort filter index'
  ).split(' '),
);

/** The body, an item of it, and what stands before a `.`. */
const CONTEXT: readonly string[] = ['', '$'];

const isVariable = (node: unknown): node is JsonObject => isObject(node) && node['type'] === 'variable';

/** Names that an expression gives itself: by `:=`, as arguments, and by `@` and `#`. */
function localsOf(nodes: readonly JsonObject[]): ReadonlySet<unknown> {
  const names = nodes.flatMap((node) => {
    const { type, lhs, value, focus, index } = node;
    if (type === 'bind') return isVariable(lhs) ? [lhs['value']] : [];
    if (type === 'lambda' && isList(node['arguments']))
      return node['arguments'].filter(isVariable).map((one) => one['value']);
    return [focus, index, type === 'index' ? value : undefined];
  });
  return new Set(names.filter((name) => typeof name === 'string'));
}

const nameAfter = (step: unknown): string | undefined =>
  isObject(step) && step['type'] === 'name' && typeof step['value'] === 'string' ? step['value'] : undefined;

export interface NamedParts {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

type Part = keyof NamedParts;

/** Names that follow `$headers.` or `$query.`. */
function namesOf(nodes: readonly JsonObject[], part: Part): readonly string[] {
  return nodes.flatMap(({ type, steps }) => {
    if (type !== 'path' || !isList(steps)) return [];
    const [first, second] = steps;
    const name = nameAfter(second);
    return isVariable(first) && first['value'] === part && name !== undefined ? [name] : [];
  });
}

export const namedPartsOf = (expression: Expression): NamedParts => {
  const nodes = nodesOf(expression.ast());
  return {
    headers: [...new Set(namesOf(nodes, 'headers'))],
    query: [...new Set(namesOf(nodes, 'query'))],
  };
};

function partFault(nodes: readonly JsonObject[], part: Part): string | undefined {
  const uses = nodes.filter((node) => isVariable(node) && node['value'] === part).length;
  if (uses === namesOf(nodes, part).length) return undefined;
  return `must name what it reads of $${part}, as in $${part}."x-name": only that is kept with the body`;
}

/** What an expression must not do although it can be read; the first fault only. */
export function sourceFault(expression: Expression): string | undefined {
  const nodes = nodesOf(expression.ast());
  const strange = nodes.find(({ type }) => typeof type === 'string' && !KNOWN_NODES.has(type));
  if (strange !== undefined)
    return `must not have a ${String(strange['type'])}: only what always ends in time is allowed`;
  const known = new Set<unknown>([...localsOf(nodes), ...ALLOWED_FUNCTIONS, ...BINDINGS, ...CONTEXT]);
  const unknown = nodes.find((node) => isVariable(node) && !known.has(node['value']));
  if (unknown !== undefined)
    return `must not use $${String(unknown['value'])}: allowed are its own names, $headers, $query, $receivedAt and $${[...ALLOWED_FUNCTIONS].join(', $')}`;
  const shouted = namesOf(nodes, 'headers').find((name) => name !== name.toLowerCase());
  if (shouted !== undefined)
    return `must have the names of headers in lower case: "${shouted.toLowerCase()}"`;
  return partFault(nodes, 'headers') ?? partFault(nodes, 'query');
}

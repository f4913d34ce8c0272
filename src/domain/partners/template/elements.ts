import { listOf } from '../body/json-value';

/** How one header or parameter holds one value, or a list of marked ones such as `t=…,v1=…`. */
export interface ElementsSpec {
  readonly split?: string;
  /** One of these must begin an element and is cut off; other elements are not meant. */
  readonly prefix?: string | readonly string[];
  /** Must end an element and is cut off. */
  readonly suffix?: string;
}

export const MAX_ELEMENTS = 32;

/** The elements that are meant, never empty ones; `undefined` where there are more elements than is believable. */
export type ElementsReader = (value: string) => readonly string[] | undefined;

const isBlank = (char: string): boolean => char === ' ' || char === '\t';

/** A loop and no pattern: patterns for the end of a text take ages over long runs of blanks. */
function withoutOuterBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function unwrapper({ prefix, suffix = '' }: ElementsSpec): (element: string) => string {
  // The longest first, so that a list with "" in it still cuts the others off.
  const prefixes = [...listOf(prefix ?? '')].sort((one, other) => other.length - one.length);
  return (element) => {
    const found = prefixes.find((candidate) => element.startsWith(candidate));
    if (found === undefined || !element.endsWith(suffix)) return '';
    return element.slice(found.length, element.length - suffix.length);
  };
}

export function compileElements(spec: ElementsSpec): ElementsReader {
  const unwrap = unwrapper(spec);
  const one = (element: string): readonly string[] => {
    const inner = unwrap(element);
    return inner === '' ? [] : [inner];
  };
  const { split } = spec;
  if (split === undefined) return one;
  return (value) => {
    if (!value.includes(split)) return one(withoutOuterBlanks(value));
    const elements = value.split(split, MAX_ELEMENTS + 1);
    if (elements.length > MAX_ELEMENTS) return undefined;
    return elements.flatMap((element) => one(withoutOuterBlanks(element)));
  };
}

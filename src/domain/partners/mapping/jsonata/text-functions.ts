import { type Expression } from 'jsonata';
import { checkText } from './bounds';
import { isFunction } from './likeness';

/** JSONata shows numbers with 15 digits, so that 0.1 + 0.2 is 0.3. */
const shownNumber = (value: number): number => Number(value.toPrecision(15));

function textOf(value: unknown, pretty = false): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  let length = 0;
  const replacer = (name: string, member: unknown): unknown => {
    // Counted on the way: one small value that stands in many places can make a text that fills the memory.
    length += name.length + (typeof member === 'string' ? member.length : 1);
    checkText(length);
    if (typeof member === 'number') return shownNumber(member);
    return isFunction(member) ? '' : member;
  };
  if (isFunction(value)) return '';
  return JSON.stringify(value, replacer, pretty ? 2 : 0);
}

function joined(texts: readonly string[] | undefined, separator = ''): string | undefined {
  if (texts === undefined) return undefined;
  checkText(texts.reduce((length, text) => length + text.length + separator.length, 0));
  return texts.join(separator);
}

function replaced(text: string | undefined, from: string, to: string, limit = Infinity): string | undefined {
  if (text === undefined) return undefined;
  if (from === '') throw new TypeError('$replace must have a text to look for');
  if (limit < 0) throw new TypeError('$replace must have a limit that is not negative');
  let result = '';
  let at = 0;
  for (let done = 0; done < limit; done += 1) {
    const next = text.indexOf(from, at);
    if (next < 0) break;
    result += text.slice(at, next) + to;
    at = next + from.length;
    checkText(result.length);
  }
  return result + text.slice(at);
}

/** In the place of JSONata's own, which look at the size of what they make only when it is there. */
export function registerTextFunctions(expression: Expression): void {
  expression.registerFunction('string', textOf, '<x-b?:s>');
  expression.registerFunction('join', joined, '<a<s>s?:s>');
  expression.registerFunction('replace', replaced, '<s-ssn?:s>');
}

import { JsonText, stringOf } from '../body/json-text';
import { type Pointer } from '../template/pointer';
import { BODY_DUPLICATE_MEMBER, type Reading } from './reading';

/** A value of a body, seen as the text that the sender signed. */
export interface SignedValue {
  at(pointer: Pointer): Reading<SignedValue>;
  /** What a signed string holds of it: the characters of a string, of anything else the source text. */
  characters(): string;
  /** The same where it is a string, a number or a boolean; otherwise it is missing. */
  scalar(): string | undefined;
  /** Its elements where it is a list. */
  items(): readonly SignedValue[];
}

type Step = Pointer[number];

/** A value by its source text, which is known to be valid JSON. */
export class JsonSource implements SignedValue {
  private readonly source: string;

  constructor(text: string) {
    this.source = new JsonText(text).source();
  }

  at(pointer: Pointer): Reading<SignedValue> {
    return pointer.reduce<Reading<SignedValue>>(
      (value, step) => (value instanceof JsonSource ? value.child(step) : value),
      this,
    );
  }

  characters(): string {
    return this.source.startsWith('"') ? stringOf(this.source) : this.source;
  }

  scalar(): string | undefined {
    return /^[[{n]/.test(this.source) ? undefined : this.characters();
  }

  items(): readonly JsonSource[] {
    const text = new JsonText(this.source);
    const items: JsonSource[] = [];
    if (!text.pass('[') || text.pass(']')) return items;
    do items.push(new JsonSource(text.source()));
    while (text.pass(','));
    return items;
  }

  private child({ name, index }: Step): Reading<JsonSource> {
    if (this.source.startsWith('{')) return this.member(name);
    return index === undefined || index < 0 ? undefined : this.items()[index];
  }

  private member(name: string): Reading<JsonSource> {
    const text = new JsonText(this.source);
    text.pass('{');
    if (text.pass('}')) return undefined;
    let found: string | undefined;
    do {
      const isMeant = text.memberName() === name;
      const source = text.source();
      if (isMeant && found !== undefined) return BODY_DUPLICATE_MEMBER;
      if (isMeant) found = source;
    } while (text.pass(','));
    return found === undefined ? undefined : new JsonSource(found);
  }
}

/** A text without anything inside. */
export class TextSource implements SignedValue {
  constructor(private readonly text: string) {}

  at(pointer: Pointer): Reading<SignedValue> {
    return pointer.length === 0 ? this : undefined;
  }

  characters(): string {
    return this.text;
  }

  scalar(): string {
    return this.text;
  }

  items(): readonly SignedValue[] {
    return [];
  }
}

/** A form: named texts. */
export class FormSource implements SignedValue {
  constructor(
    private readonly text: string,
    private readonly fields = new URLSearchParams(text),
  ) {}

  at([step, ...rest]: Pointer): Reading<SignedValue> {
    if (step === undefined) return this;
    const [value, second] = this.fields.getAll(step.name);
    if (second !== undefined) return BODY_DUPLICATE_MEMBER;
    return value === undefined ? undefined : new TextSource(value).at(rest);
  }

  characters(): string {
    return this.text;
  }

  scalar(): undefined {
    return undefined;
  }

  items(): readonly SignedValue[] {
    return [];
  }
}

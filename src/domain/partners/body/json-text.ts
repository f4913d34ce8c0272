const isBlank = (char: string): boolean => char === ' ' || char === '\n' || char === '\r' || char === '\t';
const NUMBER_OR_WORD = /[^\s,\]}]*/y;

/** Walks over a text that is known to be valid JSON, so it never has to look for faults. */
export class JsonText {
  private at: number;

  constructor(
    private readonly text: string,
    start = 0,
  ) {
    this.at = start;
  }

  /** Where the next value or sign begins. */
  position(): number {
    while (isBlank(this.text.charAt(this.at))) this.at += 1;
    return this.at;
  }

  peek(): string {
    return this.text.charAt(this.position());
  }

  /** Passes the sign if it comes next. */
  pass(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at += 1;
    return true;
  }

  /** Source text of the next value, which is passed. */
  source(): string {
    const start = this.position();
    const first = this.text.charAt(start);
    if (first === '"') this.passString();
    else if (first === '{' || first === '[') this.passNested();
    else this.passWord();
    return this.text.slice(start, this.at);
  }

  /** Name of the next member; the value comes next. */
  memberName(): string {
    const name = stringOf(this.source());
    this.pass(':');
    return name;
  }

  private passString(): void {
    let end = this.text.indexOf('"', this.at + 1);
    while (this.isEscaped(end)) end = this.text.indexOf('"', end + 1);
    this.at = end + 1;
  }

  private isEscaped(quote: number): boolean {
    let first = quote;
    while (this.text.charAt(first - 1) === '\\') first -= 1;
    return (quote - first) % 2 === 1;
  }

  private passNested(): void {
    let open = 0;
    do {
      const sign = this.text.charAt(this.at);
      if (sign === '"') this.passString();
      else this.at += 1;
      if (sign === '{' || sign === '[') open += 1;
      else if (sign === '}' || sign === ']') open -= 1;
    } while (open > 0);
  }

  private passWord(): void {
    NUMBER_OR_WORD.lastIndex = this.at;
    NUMBER_OR_WORD.test(this.text);
    this.at = NUMBER_OR_WORD.lastIndex;
  }
}

/** Characters of a JSON string, given its source text. */
export const stringOf = (source: string): string => String(JSON.parse(source));

import { type Expression } from 'jsonata';
import { Bounds } from './bounds';
import { DENIED_FUNCTIONS } from './functions';
import { registerListFunctions } from './list-functions';
import { parseSource } from './source';
import { registerTextFunctions } from './text-functions';
import { Turns } from './turns';

declare module 'jsonata' {
  interface Expression {
    /** The hooks go by symbols, which the package's own declaration leaves out. */
    assign(name: symbol, value: unknown): void;
  }
}

const ON_ENTRY = Symbol.for('jsonata.__evaluate_entry');
const ON_EXIT = Symbol.for('jsonata.__evaluate_exit');

/** There is one CPU for all of them. */
const turns = new Turns();

/** An expression with its bounds, read once. */
export class Evaluator {
  private readonly expression: Expression;
  private readonly bounds = new Bounds(turns);

  /** Throws `SourceError`. */
  constructor(source: string) {
    this.expression = parseSource(source);
    // Denied by the check of the document already; a name of its own may hide one from that check.
    for (const name of DENIED_FUNCTIONS) this.expression.assign(name, undefined);
    registerTextFunctions(this.expression);
    registerListFunctions(this.expression, this.bounds);
    this.expression.assign(ON_ENTRY, this.bounds.onEntry);
    this.expression.assign(ON_EXIT, this.bounds.onExit);
  }

  /** Rejects with what JSONata threw, or with `BoundError`. */
  evaluate(body: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown> {
    return turns.take((): Promise<unknown> => {
      this.bounds.begin();
      return this.expression.evaluate(body, { ...bindings });
    });
  }
}

/** All routes of the process, to tell "there is no such address" from "not with this method". */
export class RouteCatalogue {
  private readonly methods = new Map<string, Set<string>>();

  add(pattern: string, methods: readonly string[]): void {
    const known = this.methods.get(pattern) ?? new Set();
    for (const method of methods) known.add(method);
    this.methods.set(pattern, known);
  }

  /** What the address answers to, by method; empty where no route has this form. */
  methodsAt(path: string): string[] {
    const segments = path.split('/');
    const matching = [...this.methods].filter(([pattern]) => matches(pattern.split('/'), segments));
    return [...new Set(matching.flatMap(([, methods]) => [...methods]))].sort();
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  const wildcard = pattern.findIndex((part) => part.startsWith('*'));
  if (wildcard < 0 && pattern.length !== segments.length) return false;
  const fixed = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  return fixed.every((part, at) => (part.startsWith(':') ? Boolean(segments[at]) : part === segments[at]));
}

import { type GatewayProcess } from '../support/gateway-process';
import { call } from '../support/http';

export type Store = 'mongo' | 'redis';

/** As the gauge says it: 0 closed, 1 half open, 2 open. */
export async function breakerState(gateway: GatewayProcess, store: Store): Promise<number> {
  const { text } = await call('GET', `${gateway.url}/metrics`);
  const found = new RegExp(`^gateway_breaker_state{dependency="${store}"} (\\d)$`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`no breaker of ${store} in the metrics`);
  return Number(found);
}

export interface LogLine {
  readonly level: string;
  readonly context: string;
  readonly dependency: string;
  readonly message: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What a gateway logged, line by line. */
export const linesOf = ({ logs }: GatewayProcess): readonly LogLine[] =>
  logs.map((text) => {
    const line: unknown = JSON.parse(text);
    const textOf = (name: string): string => String(isObject(line) ? Reflect.get(line, name) : undefined);
    const [level, context, dependency] = [textOf('level'), textOf('context'), textOf('dependency')];
    return { level, context, dependency, message: textOf('msg') };
  });

/** What the breaker of this store said, in order. */
export const breakerLines = (gateway: GatewayProcess, store: Store): readonly string[] =>
  linesOf(gateway)
    .filter(({ context, dependency }) => context === 'Breaker' && dependency === store)
    .map(({ message }) => message);

export const warningsOf = (gateway: GatewayProcess): readonly LogLine[] =>
  linesOf(gateway).filter(({ level }) => ['warn', 'error', 'fatal'].includes(level));

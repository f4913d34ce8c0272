import { once } from 'node:events';
import { RoutingSimulator } from './routing-simulator/routing-simulator';
import { readSimulatorCommand, type SimulatorCommand, USAGE } from './routing-simulator/simulator-options';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function simulate({ settings, place }: SimulatorCommand & { do: 'simulate' }): Promise<number> {
  const stopped = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  const simulator = await RoutingSimulator.start(settings, place);
  process.stdout.write(`ROUTING_URL=${simulator.url}\n`);
  say(`routing-simulator: running; ${simulator.origin}/stats counts, Ctrl-C ends it`);
  await stopped;
  await simulator.close();
  say(`routing-simulator: ${JSON.stringify(simulator.readStats())}`);
  return 0;
}

async function main(): Promise<number> {
  const command = readSimulatorCommand(process.argv.slice(2));
  switch (command.do) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'complain':
      say(`routing-simulator: ${command.fault}\n\n${USAGE}`);
      return 2;
    case 'simulate':
      return simulate(command);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(`routing-simulator: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);

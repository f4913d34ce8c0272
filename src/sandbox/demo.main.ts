import { processEnvironment } from '#config/process-environment';
import { readCommand, USAGE } from './demo/demo-options';
import { demonstrate, type DemoSettings } from './demo/demonstrate';
import { reasonOf } from './demo/reason-of';
import { lookOf } from './report/look';
import { failureDocument, resultDocument } from './report/result-document';
import { textReport } from './report/text-report';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(settings: DemoSettings, json: boolean): Promise<number> {
  try {
    const result = await demonstrate(settings, say);
    const document = resultDocument(result);
    print(json ? JSON.stringify(document) : textReport(result, lookOf(process.stdout), settings.gatewayUrl));
    for (const difference of json ? result.differences : []) say(`demo: ${difference}`);
    return document.ok ? 0 : 1;
  } catch (error) {
    const reason = reasonOf(error);
    if (json) print(JSON.stringify(failureDocument(reason)));
    say(`demo: ${reason}`);
    return 1;
  }
}

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2), processEnvironment());
  switch (command.do) {
    case 'help':
      print(USAGE);
      return 0;
    case 'complain':
      say(`demo: ${command.fault}\n\n${USAGE}`);
      return 2;
    case 'demonstrate':
      return run(command.settings, command.json);
  }
}

void main().then((code) => {
  process.exitCode = code;
});

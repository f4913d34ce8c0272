import { type JsonObject } from '../body/json-value';
import { alternativeName } from '../document/signature-spec';
import { checkAlgorithms, checkKey } from './key-rules';
import { checkBodyDigest, checkSigned } from './signed-rules';
import { checkTimeFormat } from './time-rules';
import { alternativesOf, checkPointer, objectAt, type Placed, type Report, type Rule, textsAt } from './rule';

function checkAlternative(alternative: Placed<JsonObject>, report: Report): void {
  checkSigned(alternative, report);
  checkBodyDigest(alternative, report);
  checkAlgorithms(alternative, report);
  checkKey(alternative, report);
  textsAt(alternative, 'each').forEach((each) => checkPointer(each, report));
  const timestamp = objectAt(alternative, 'timestamp');
  if (timestamp !== undefined)
    textsAt(timestamp, 'format').forEach((format) => checkTimeFormat(format, report));
}

export const signatureRule: Rule = (document, report) => {
  const names = new Set<string>();
  alternativesOf(document).forEach((alternative, index) => {
    checkAlternative(alternative, report);
    const { name, type } = alternative.value;
    const kind = typeof type === 'string' ? type : '';
    const text = typeof name === 'string' ? name : alternativeName({ type: kind }, index);
    if (names.has(text))
      report(`${alternative.path}/name`, `must differ from that of the other alternatives`);
    names.add(text);
  });
};

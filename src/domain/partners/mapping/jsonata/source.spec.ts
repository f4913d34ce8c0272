import { LONGEST_SOURCE, namedPartsOf, parseSource, SourceError, sourceFault } from './source';

const faultOf = (source: string): string | undefined => {
  try {
    return sourceFault(parseSource(source));
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
};

describe('the source of a mapping', () => {
  it.each([
    '{"trackingNumber": awb}',
    'items[kind = "scan"].{"trackingNumber": %.awb, "status": $uppercase(state)}',
    'items#$i.{"trackingNumber": awb, "eventKey": $string($i)}',
    'items@$item.{"trackingNumber": $item.awb}',
    '($f := function($x) { $x.awb }; items ~> $map($f)).{"trackingNumber": $}',
    '$map(items, λ($v, $i) { {"trackingNumber": $v.awb, "eventKey": $join([$$.id, $string($i)], "-")} })',
    'items^(>at)[0].{"trackingNumber": awb ? awb : $headers."x-awb"}',
    'items{kind: $count(awb)} ~> $keys()',
    '*.awb.{"trackingNumber": $}',
    '**.scan.{"trackingNumber": awb, "occurredAt": $receivedAt}',
  ])('should be accepted: %s', (source) => {
    expect(faultOf(source)).toBeUndefined();
  });

  it.each([
    ['$eval(text)', /must not use \$eval: allowed are/],
    ['$pad(awb, 500000000)', /\$pad/],
    ['$now()', /\$now/],
    ['$random()', /\$random/],
    ['$map(items, $shuffle)', /\$shuffle/],
    ['items ~> |$|{"a": 1}|', /must not have a transform/],
    ['$match(awb, /a+/)', /regex/],
    ['awb[$contains(/(a+)+$/)]', /regex/],
    ['$unknown.awb', /\$unknown/],
    ['($ok := 1; $notOk)', /\$notOk/],
    ['$headers', /must name what it reads of \$headers/],
    ['$lookup($headers, name)', /\$headers/],
    ['$keys($query)', /\$query/],
    ['$headers."X-Awb"', /lower case: "x-awb"/],
    ['{"a": ', /must be a JSONata expression: .+ \(at character \d+\)/],
    ['', /must be a JSONata expression/],
    ['('.repeat(16_000), /must/],
    [`"${'x'.repeat(LONGEST_SOURCE)}"`, /at most 16384 characters/],
  ])('should be refused: %.40s', (source, message) => {
    expect(faultOf(source)).toMatch(message);
  });

  it('should tell which headers and parameters it reads', () => {
    const source =
      '{"trackingNumber": $headers."x-awb", "orderId": [$query.order, $headers.id, $headers.id]}';
    const { headers, query } = namedPartsOf(parseSource(source));
    expect([[...headers].sort(), query]).toEqual([['id', 'x-awb'], ['order']]);
  });
});

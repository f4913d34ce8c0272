import { newTrace, parseTraceparent } from './trace-context';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('parseTraceparent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`],
    [`00-${TRACE}-${SPAN}-00`, `00-${TRACE}-${SPAN}-00`],
    [`00-${TRACE}-${SPAN}-ff`, `00-${TRACE}-${SPAN}-01`],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-brings`, `00-${TRACE}-${SPAN}-01`],
  ])('reads %s', (header, traceparent) => {
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, traceparent });
  });

  it.each([
    undefined,
    '',
    TRACE,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  ])('ignores %s', (header) => expect(parseTraceparent(header)).toBeUndefined());
});

it('begins traces that differ and can be read again', () => {
  const traces = Array.from({ length: 1000 }, newTrace);
  expect(new Set(traces.map(({ traceId }) => traceId)).size).toBe(1000);
  for (const trace of traces) expect(parseTraceparent(trace.traceparent)).toEqual(trace);
});

import { failureOf } from './reading';

describe('what follows where an event cannot be read', () => {
  const problem = { code: 'MAPPING_FAILED', message: 'there is no list at /events' } as const;

  it('should be another try where only the time was short', () => {
    const failure = failureOf({ ...problem, mayPass: true }, 0);
    expect(failure).toEqual({ kind: 'transient', ...problem });
  });

  it('should be its end where it would be the same again', () => {
    const failure = failureOf({ ...problem, mayPass: false }, 0);
    expect(failure).toEqual({ kind: 'permanent', ...problem });
  });

  it('should be said beside how much of it was applied', () => {
    const { message } = failureOf({ ...problem, mayPass: false }, 2);
    expect(message).toBe('there is no list at /events; 2 other item(s) were applied');
  });
});

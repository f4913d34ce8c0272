import { changedDocument } from './changed-document';

const PRESETS: Readonly<Record<string, unknown>> = {
  shippo: { name: 'Shippo', mapping: { status: { TRANSIT: 'in_transit', DELIVERED: 'delivered' } } },
};
const change = (written: Record<string, unknown>, patch: Record<string, unknown>) =>
  changedDocument(written, patch, (name) => PRESETS[name]);

describe('changedDocument', () => {
  it('leaves what the patch does not name', () => {
    const written = { id: 'acme', mapping: { status: { MOVING: 'in_transit', DONE: 'delivered' } } };
    expect(change(written, { mapping: { status: { MOVING: 'out_for_delivery' } } })).toEqual({
      id: 'acme',
      mapping: { status: { MOVING: 'out_for_delivery', DONE: 'delivered' } },
    });
  });

  it('removes what the patch sets to null, and leaves a null that was written', () => {
    const written = { id: 'acme', notes: 'old', mapping: { status: { UNKNOWN: null } } };
    expect(change(written, { notes: null })).toEqual({ id: 'acme', mapping: { status: { UNKNOWN: null } } });
  });

  it('writes down only what differs from the preset', () => {
    expect(change({ id: 'acme', preset: 'shippo' }, { mapping: { status: { TRANSIT: null } } })).toEqual({
      id: 'acme',
      preset: 'shippo',
      mapping: { status: { TRANSIT: null } },
    });
  });

  it('forgets what was taken away from a preset that is left', () => {
    const written = { id: 'acme', preset: 'shippo', mapping: { status: { TRANSIT: null, X: 'exception' } } };
    expect(change(written, { preset: null })).toEqual({
      id: 'acme',
      mapping: { status: { X: 'exception' } },
    });
  });
});

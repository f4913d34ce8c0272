import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type MappingInput, type MappingResult } from '../compiled-partner';
import { ItemReader, Readings } from './item-reader';
import { JsonataForm } from './jsonata/jsonata-form';
import { type MappingForm, type RequestScope } from './mapping-form';
import { type FieldSpec, type MappingSpec } from './mapping-spec';
import { PointerForm } from './pointer-form';

/** Which form a mapping is written in. A new one is a file of its own and a line here. */
const formOf = (spec: MappingSpec): MappingForm =>
  'events' in spec ? new JsonataForm(spec.events) : new PointerForm(spec);

/** Finds the word by `from`. A JSONata mapping has no items of its own before it is run, so there the body is the item. */
const wordsForm = (spec: MappingSpec, from: FieldSpec): MappingForm =>
  new PointerForm(
    'events' in spec ? { event: { status: from } } : { ...spec, event: { ...spec.event, status: from } },
  );

/** A partner's mapping, ready to read bodies. */
export class Mapping {
  private readonly form: MappingForm;
  private readonly reader: ItemReader;

  constructor(private readonly spec: MappingSpec) {
    this.form = formOf(spec);
    this.reader = new ItemReader(spec.status, spec.time);
  }

  /** Rejects with `MappingError`. */
  async map(scope: RequestScope, input: MappingInput): Promise<MappingResult> {
    const readings = new Readings();
    for (const raw of await this.form.events(scope, input.receivedAt)) this.reader.read(raw, input, readings);
    const { events, problems, testItems, unmapped } = readings;
    return { events, problems, testItems, unmapped: [...unmapped] };
  }

  /** Reads what a body is about before it is mapped: the status of its first item, or of the word that `from` finds. */
  firstStatus(from?: FieldSpec): (scope: RequestScope) => ShipmentStatus | null {
    const { spec, reader } = this;
    const form = from === undefined ? this.form : wordsForm(spec, from);
    return (scope) => reader.statusOf(form.firstWords(scope));
  }
}

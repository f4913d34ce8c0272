import { type Pointer } from '../template/pointer';
import { type Reading, Unreadable } from './reading';
import { type RequestView } from './request-view';
import { type SignedValue } from './signed-value';

/** What one signature is about: the request, or with `each` one item of its body. */
export class Scope {
  /** Texts found by `signature.timestamp.from` and `signature.id`, once they were read. */
  timestamp: string | undefined;
  id: string | undefined;

  constructor(
    readonly view: RequestView,
    private readonly item?: SignedValue,
  ) {}

  fromBody(pointer: Pointer): Reading<SignedValue> {
    const { body } = this.view;
    return body === undefined || body instanceof Unreadable ? body : body.at(pointer);
  }

  /** Without `each` the item is the body. */
  fromItem(pointer: Pointer): Reading<SignedValue> {
    return this.item === undefined ? this.fromBody(pointer) : this.item.at(pointer);
  }

  /** Only tokens have claims. */
  claim(_name: string): Reading {
    return undefined;
  }

  /** Id of the key that the signature itself names. */
  ownKeyId(): Reading {
    return undefined;
  }
}
